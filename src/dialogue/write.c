/* write.c - the forms to ask, tell, answer and change. */
#include "internal.h"
#include "question.tmpl.h"
#include "write.tmpl.h"

static bool declares(const struct req *rq, const char *name) {
        for (const struct field *f = rq->route->fields; f && f->name; f++)
                if (str_eq(str_of(f->name), str_of(name)))
                        return true;
        return false;
}

static struct str typed(const struct req *rq, const char *name) {
        return declares(rq, name) ? req_text(rq, name) : S("");
}

static struct post_form form_of(const struct req *rq) {
        return (struct post_form) {
                .title = typed(rq, "titel"), .body = typed(rq, "tekst"), .needed = typed(rq, "nodig"), .result = typed(rq, "resultaat"),
                .organisation = typed(rq, "organisatie"), .size = typed(rq, "grootte"), .again = typed(rq, "weer"), .role = typed(rq, "naam"),
                .mail = str_eq(typed(rq, "post"), S("ja")), .offer = str_eq(typed(rq, "aanbod"), S("ja")),
        };
}

/* The chosen name as it is kept: a role of the visitor's, COLLEAGUE, or "" for the name alone. */
static struct str role_of(const struct name_choices *names, struct str chosen) {
        for (size_t i = 0; i < names->n; i++)
                if (str_eq(names->v[i].code, chosen) && !str_eq(chosen, S("naam")))
                        return chosen;
        return S("");
}

static void check_name(struct req *rq, const struct name_choices *names) {
        struct str chosen = typed(rq, "naam");
        for (size_t i = 0; i < names->n; i++)
                if (str_eq(names->v[i].code, chosen))
                        return;
        if (req_error_of(rq, "naam").n == 0)
                req_error(rq, "naam", S("Kies onder welke naam u schrijft"));
}

/* What somebody sent: judged by what the writer may do now. */
struct sent {
        struct standing standing;
        struct str html, role;          /* as they are kept */
};

static enum err check_form(struct req *rq, struct str kind, struct post_form *f, struct sent *ret) {
        struct name_choices names;
        enum err e = standing_get(rq, &ret->standing);
        if (e == OK)
                e = writer_names(rq, &names);
        if (e != OK)
                return e;
        check_name(rq, &names);
        ret->role = role_of(&names, f->role);
        ret->html = post_render(rq, kind, f, ret->standing.trust);
        return OK;
}

static enum err draw_form(struct req *rq, struct resp *rs, struct write_view *v, struct str title) {
        struct standing s;
        enum err e = standing_get(rq, &s);
        if (e == OK)
                e = writer_names(rq, &v->names);
        if (e != OK)
                return e;
        v->standing = s.trust->waits ? s.trust->rule : S("");
        rs->cache = CACHE_NONE;
        struct page p = page_new(rq, rs, title, SECTION_KNOWLEDGE);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, v->item.title, str_fmt(rq->arena, "/kennis/%.*s", STR(v->item.slug)));
        page_crumb(&p, S("Uit de praktijk"), str_fmt(rq->arena, "/kennis/%.*s/praktijk", STR(v->item.slug)));
        page_crumb(&p, title, v->action);
        post_write_page(&p, v);
        return page_done(&p);
}

/* A new post of KIND about the item in the address. */
static enum err new_view(struct req *rq, struct str kind, struct write_view *v) {
        bool found = false;
        enum err e = topic_by_slug(rq->db, rq->arena, rq->param[0], &v->item, &found);
        v->kind = kind;
        v->action = str_fmt(rq->arena, "/kennis/%.*s/praktijk/%.*s", STR(rq->param[0]), STR(kind));
        v->back = str_fmt(rq->arena, "/kennis/%.*s/praktijk", STR(rq->param[0]));
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static struct str new_title(struct str kind) {
        return str_eq(kind, S("vraag")) ? S("Stel een vraag") : S("Vertel uw ervaring");
}

static enum err new_get(struct req *rq, struct resp *rs, struct str kind) {
        struct write_view v = { .form.mail = true };
        enum err e = new_view(rq, kind, &v);
        if (e == ERR_NOT_FOUND)
                return knowledge_leads_on(rq, rs);
        return e == OK ? draw_form(rq, rs, &v, new_title(kind)) : e;
}

static enum err new_post(struct req *rq, struct resp *rs, struct str kind) {
        struct write_view v = { .form = form_of(rq) };
        struct sent sent;
        int64_t id = 0;
        enum err e = new_view(rq, kind, &v);
        if (e == ERR_NOT_FOUND)
                return knowledge_leads_on(rq, rs);
        if (e == OK)
                e = check_form(rq, kind, &v.form, &sent);
        if (e != OK)
                return e;
        if (rq->errors.n || standing_is_full(rq, &sent.standing, "titel"))
                return page_refused(rs, draw_form(rq, rs, &v, new_title(kind)));
        v.form.role = sent.role;
        e = post_write(rq, &v.item, kind, NULL, &v.form, sent.html, &sent.standing, &id);
        if (e != OK || id == 0 || str_eq(kind, S("ervaring")))
                return e == OK ? resp_redirect(rs, str_fmt(rq->arena, id ? "%.*s#bijdrage-%lld" : "%.*s", STR(v.back), (long long) id)) : e;
        return resp_redirect(rs, str_fmt(rq->arena, "/vragen/%.*s", STR(question_ref(rq->arena, id, v.form.title))));
}

enum err question_new_get(struct req *rq, struct resp *rs) { return new_get(rq, rs, S("vraag")); }
enum err question_new_post(struct req *rq, struct resp *rs) { return new_post(rq, rs, S("vraag")); }
enum err note_new_get(struct req *rq, struct resp *rs) { return new_get(rq, rs, S("ervaring")); }
enum err note_new_post(struct req *rq, struct resp *rs) { return new_post(rq, rs, S("ervaring")); }

/* Changing, for half an hour. Links stay judged by what the writer may do now. */

static enum err edit_view(struct req *rq, struct post *p, struct write_view *v) {
        enum err e = post_find(rq, post_path_id(rq), p);
        if (e == OK && !post_may_edit(rq, p))
                e = p->person_id == rq->viewer.person_id ? ERR_CONFLICT : ERR_NOT_FOUND;
        if (e == OK)
                e = topic_by_id(rq->db, rq->arena, p->item_id, &v->item);
        if (e == OK)
                e = post_path(rq, p, &v->back);
        v->kind = p->kind;
        v->is_edit = true;
        v->action = str_fmt(rq->arena, "/bijdragen/%lld/wijzigen", (long long) post_path_id(rq));
        return e;
}

/* Too late: to where the post stands. */
static enum err too_late(struct resp *rs, const struct write_view *v, enum err e) {
        return e == ERR_CONFLICT && v->back.n ? resp_redirect(rs, v->back) : e == ERR_CONFLICT ? resp_redirect(rs, S("/mijn-bijdragen")) : e;
}

enum err post_change_get(struct req *rq, struct resp *rs) {
        struct write_view v = { 0 };
        struct post p;
        enum err e = edit_view(rq, &p, &v);
        if (e != OK)
                return too_late(rs, &v, e);
        v.form = (struct post_form) { p.title, p.body, p.needed, p.result, p.organisation, p.size, p.again, p.role.n ? p.role : S("naam"), p.mail, p.offered };
        return draw_form(rq, rs, &v, S("Verander uw bijdrage"));
}

enum err post_change_post(struct req *rq, struct resp *rs) {
        struct write_view v = { .form = form_of(rq) };
        struct sent sent;
        struct post p;
        enum err e = edit_view(rq, &p, &v);
        if (e != OK)
                return too_late(rs, &v, e);
        e = check_form(rq, p.kind, &v.form, &sent);
        if (e != OK)
                return e;
        if (rq->errors.n)
                return page_refused(rs, draw_form(rq, rs, &v, S("Verander uw bijdrage")));
        e = post_edit(rq->db, p.id, v.form.title, v.form.body, v.form.needed, v.form.result, sent.html, v.form.organisation, v.form.size,
                      v.form.again, p.offered == 2 ? 2 : v.form.offer, sent.role, v.form.mail, rq->now_ms);
        if (e == OK && sent.standing.trust->waits && str_eq(p.state, S("visible")))       /* a moderator approved another text */
                e = post_set_desk(rq->db, p.id, S("waiting"));
        p.title = v.form.title;
        if (e == OK)
                e = post_path(rq, &p, &v.back);
        if (e == OK)
                e = dialogue_index(rq, &p);
        return e == OK ? resp_redirect(rs, v.back) : e;
}

/* A question with its answers, and the form for one more. */

static enum err question_of(struct req *rq, struct post *ret) {
        int64_t id = 0;
        struct str number = str_sub(rq->param[0], 0, str_index(rq->param[0], '-'));
        enum err e = str_to_i64(number, &id) ? post_find(rq, id, ret) : ERR_NOT_FOUND;
        if (e == OK && (!str_eq(ret->kind, S("vraag")) || (!ret->shown_ms.is_set && ret->person_id != rq->viewer.person_id)))
                return ERR_NOT_FOUND;
        return e;
}

static enum err question_fill(struct req *rq, const struct post *question, struct question_view *v) {
        struct post_list rows;
        struct standing s;
        enum err e = topic_by_id(rq->db, rq->arena, question->item_id, &v->item);
        if (e == OK)
                e = post_show(rq, question, NULL, &v->question);
        if (e == OK)
                e = answers_to(rq->db, rq->arena, question->id, rq->viewer.person_id, &rows);
        for (size_t i = 1; e == OK && i < rows.n; i++)          /* the accepted one comes first */
                if (question->accepted_id.is_set && rows.v[i].id == question->accepted_id.v) {
                        struct post best = rows.v[i];
                        for (; i > 0; i--)
                                rows.v[i] = rows.v[i - 1];
                        rows.v[0] = best;
                        break;
                }
        if (e == OK)
                e = posts_show(rq, &rows, question, &v->answers);
        v->signed_in = rq->viewer.person_id > 0;
        v->may_answer = v->signed_in && str_eq(question->state, S("visible")) && !question->closed;
        if (e == OK && v->may_answer)
                e = writer_names(rq, &v->names);
        if (e == OK && v->may_answer)
                e = standing_get(rq, &s);
        v->standing = e == OK && v->may_answer && s.trust->waits ? s.trust->rule : S("");
        return e;
}

static enum err draw_question(struct req *rq, struct resp *rs, const struct post *question, struct question_view *v) {
        enum err e = question_fill(rq, question, v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, question->title.n && v->question.gone.n == 0 ? question->title : S("Een vraag die er niet meer staat"), SECTION_KNOWLEDGE);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Vragen uit de praktijk"), S("/vragen"));
        page_crumb(&p, p.title, v->question.address);
        question_page(&p, v);
        return page_done(&p);
}

enum err question_get(struct req *rq, struct resp *rs) {
        struct question_view v = { .form.mail = true };
        struct post question;
        enum err e = question_of(rq, &question);
        if (e != OK)
                return e;
        struct str ref = question_ref(rq->arena, question.id, question.title);
        if (!str_eq(ref, rq->param[0]))
                return resp_moved(rs, str_fmt(rq->arena, "/vragen/%.*s", STR(ref)));
        if (str_eq(question.state, S("removed")) || str_eq(question.state, S("withdrawn")))
                rs->status = 410;
        return draw_question(rq, rs, &question, &v);
}

enum err answer_new_post(struct req *rq, struct resp *rs) {
        struct question_view v = { .form = form_of(rq) };
        struct sent sent;
        struct post question;
        struct topic item;
        int64_t id = 0;
        enum err e = question_of(rq, &question);
        if (e == OK)
                e = topic_by_id(rq->db, rq->arena, question.item_id, &item);
        if (e == OK)
                e = check_form(rq, S("antwoord"), &v.form, &sent);
        if (e != OK)
                return e;
        if (question.closed || !str_eq(question.state, S("visible")))
                req_error(rq, "tekst", S("Op deze vraag kan niet meer worden geantwoord"));
        if (rq->errors.n || standing_is_full(rq, &sent.standing, "tekst"))
                return page_refused(rs, draw_question(rq, rs, &question, &v));
        v.form.role = sent.role;
        e = post_write(rq, &item, S("antwoord"), &question, &v.form, sent.html, &sent.standing, &id);
        struct str path = str_fmt(rq->arena, "/vragen/%.*s", STR(question_ref(rq->arena, question.id, question.title)));
        return e == OK ? resp_redirect(rs, id ? str_fmt(rq->arena, "%.*s#bijdrage-%lld", STR(path), (long long) id) : path) : e;
}

enum err answer_accept_post(struct req *rq, struct resp *rs) {
        struct post question, answer;
        enum err e = question_of(rq, &question);
        if (e == OK)
                e = post_find(rq, req_integer(rq, "antwoord", 0), &answer);
        if (e == OK && !(answer.question_id.is_set && answer.question_id.v == question.id))
                e = ERR_NOT_FOUND;
        if (e == OK && !post_may_accept(rq, &question, &answer))
                e = ERR_DENIED;
        if (e == OK)
                e = post_accept(rq, &question, &answer);
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/vragen/%.*s", STR(question_ref(rq->arena, question.id, question.title)))) : e;
}

#define TITLE .name = "titel", .type = FIELD_TEXT, .max = POST_TITLE_MAX
#define TEXT(field) .name = field, .type = FIELD_MULTILINE, .max = POST_TEXT_MAX
#define WHO { .name = "naam", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies onder welke naam u schrijft" }, \
            { .name = "post", .type = FIELD_CODE, .max = 2 }
const struct field question_fields[] = { { TITLE }, { TEXT("tekst") }, WHO, { 0 } };
const struct field answer_fields[] = { { TEXT("tekst") }, WHO, { 0 } };
const struct field field_note_fields[] = {
        { TITLE }, { TEXT("tekst") }, { TEXT("nodig") }, { TEXT("resultaat") }, WHO, { .name = "organisatie", .type = FIELD_CODE, .max = 40 },
        { .name = "grootte", .type = FIELD_CODE, .max = 20 }, { .name = "weer", .type = FIELD_CODE, .max = 20 },
        { .name = "aanbod", .type = FIELD_CODE, .max = 2 }, { 0 },
};
