/* show.c - posts as a visitor sees them. */
#include "internal.h"
#include "utf8.h"

struct str question_ref(struct arena *a, int64_t id, struct str title) {
        struct str slug = utf8_slug(a, str_sub(title, 0, 80));
        return slug.n ? str_fmt(a, "%lld-%.*s", (long long) id, STR(slug)) : str_fmt(a, "%lld", (long long) id);
}

enum err post_path(struct req *rq, const struct post *p, struct str *ret) {
        struct post question = *p;
        struct topic item;
        enum err e = p->question_id.is_set ? post_find(rq, p->question_id.v, &question) : OK;
        if (e == OK && str_eq(p->kind, S("ervaring"))) {
                e = topic_by_id(rq->db, rq->arena, p->item_id, &item);
                if (e == OK)
                        *ret = str_fmt(rq->arena, "/kennis/%.*s/praktijk#bijdrage-%lld", STR(item.slug), (long long) p->id);
                return e;
        }
        if (e == OK)
                *ret = str_fmt(rq->arena, "/vragen/%.*s%s", STR(question_ref(rq->arena, question.id, question.title)),
                               p->question_id.is_set ? str_fmt(rq->arena, "#bijdrage-%lld", (long long) p->id).p : "");
        return e;
}

/* The name is looked up each time, so that nothing of a person stays behind here. */
static enum err author(struct req *rq, const struct post *p, struct str *ret) {
        struct person who;
        bool found = false;
        const struct role *r = role_find(p->role);
        *ret = S("Een collega");
        if (str_eq(p->role, S(COLLEAGUE)))
                return OK;
        enum err e = person_get(rq->db, rq->arena, p->person_id, &who, &found);
        struct str name = found ? who.name : S("Een oud-deelnemer");
        *ret = r ? str_fmt(rq->arena, "%.*s, %.*s", STR(name), STR(r->name)) : name;
        return e;
}

/* Why others do not see the text. */
static struct str gone(struct req *rq, const struct post *p) {
        bool own = p->person_id == rq->viewer.person_id;
        if (str_eq(p->state, S("withdrawn")))
                return S("Ingetrokken door de schrijver.");
        if (str_eq(p->state, S("removed")))
                return str_fmt(rq->arena, "Verwijderd door een moderator. De reden: %.*s.", STR(dialogue_label(dialogue_reasons, p->reason)));
        if (str_eq(p->state, S("hidden")))
                return S("Even niet te zien. Meer mensen meldden dit. Een moderator kijkt ernaar, meestal binnen twee werkdagen.");
        return str_eq(p->state, S("waiting")) && !own ? S("Wacht op een moderator.") : S("");
}

enum err post_show(struct req *rq, const struct post *p, const struct post *question, struct post_view *ret) {
        *ret = (struct post_view) { .post = *p, .gone = gone(rq, p), .own = rq->viewer.person_id && p->person_id == rq->viewer.person_id,
                                    .may_edit = post_may_edit(rq, p), .may_withdraw = post_may_withdraw(rq, p) };
        ret->may_moderate = viewer_may(rq, RIGHT_MODERATE) && !ret->own && !str_eq(p->state, S("withdrawn"));
        ret->accepted = question && question->accepted_id.is_set && question->accepted_id.v == p->id;
        ret->may_accept = question && post_may_accept(rq, question, p);
        ret->address = str_eq(p->kind, S("vraag")) ? str_fmt(rq->arena, "/vragen/%.*s", STR(question_ref(rq->arena, p->id, p->title))) : S("");
        return author(rq, p, &ret->who);
}

enum err posts_show(struct req *rq, const struct post_list *rows, const struct post *question, struct post_views *ret) {
        enum err e = OK;
        *ret = (struct post_views) { 0 };
        for (size_t i = 0; e == OK && i < rows->n; i++)
                e = post_show(rq, &rows->v[i], question, vec_push(rq->arena, ret));
        return e;
}

enum err writer_names(struct req *rq, struct name_choices *ret) {
        struct role_held_list held;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        *ret = (struct name_choices) { 0 };
        for (size_t i = 0; e == OK && i < held.n; i++) {
                const struct role *r = role_find(held.v[i].role);
                size_t k = 0;
                while (r && k < ret->n && !str_eq(ret->v[k].code, r->code))
                        k++;
                if (r && k == ret->n && held.v[i].granted_ms.is_set)
                        *vec_push(rq->arena, ret) = (struct dialogue_word) { r->code,
                                str_fmt(rq->arena, "%.*s, %.*s", STR(rq->viewer.name), STR(r->name)) };
        }
        *vec_push(rq->arena, ret) = (struct dialogue_word) { S("naam"), rq->viewer.name };
        *vec_push(rq->arena, ret) = (struct dialogue_word) { S(COLLEAGUE), S("Een collega (uw naam staat er niet bij)") };
        return e;
}
