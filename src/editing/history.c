/* history.c - the versions of an item, for everybody: when, what changed, and the difference between any two. */
#include "history.tmpl.h"
#include "internal.h"
#include "knowledge.h"
#include "views.h"

const struct field editing_version_fields[] = { { .name = "met", .type = FIELD_INTEGER, .min = 1, .max = INT32_MAX }, { 0 } };

static struct page history_page(struct req *rq, struct resp *rs, const struct edited_item *item, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, item->title, str_fmt(rq->arena, "/kennis/%.*s", STR(item->slug)));
        return p;
}

/* What was withdrawn is gone for readers, its history too: a story must be able to disappear. */
static enum err path_item_with_history(struct req *rq, struct edited_item *item) {
        enum err e = path_item(rq, item);
        return e == OK && !str_eq(item->state, S("published")) && !viewer_may(rq, RIGHT_EDIT) ? ERR_NOT_FOUND : e;
}

enum err editing_versions_get(struct req *rq, struct resp *rs) {
        struct versions_view v = { .may_restore = viewer_may(rq, RIGHT_EDIT) };
        enum err e = path_item_with_history(rq, &v.item);
        if (e == OK)
                e = versions_of(rq->db, rq->arena, v.item.id, &v.versions);
        if (e != OK)
                return e == ERR_NOT_FOUND ? knowledge_leads_on(rq, rs) : e;
        size_t n = 0;           /* what a file offers was never shown */
        for (size_t i = 0; i < v.versions.n; i++)
                if (v.versions.v[i].number <= v.item.version)
                        v.versions.v[n++] = v.versions.v[i];
        v.versions.n = n;
        struct page p = history_page(rq, rs, &v.item, S("Wat is er veranderd?"));
        page_crumb(&p, S("Versies"), rq->path);
        editing_versions_page(&p, &v);
        return page_done(&p);
}

/* "Geschreven door …, nagekeken door …": for editors only. */
static enum err names(struct req *rq, struct version_view *v) {
        const struct opt_i64 ids[] = { v->version.made_by, v->version.checked_by };
        static const char *const did[] = { "Geschreven door", "nagekeken door" };
        v->who = S("");
        for (size_t i = 0; i < 2 && v->may_restore; i++) {
                struct person who;
                bool found;
                if (!ids[i].is_set)
                        continue;
                enum err e = person_get(rq->db, rq->arena, ids[i].v, &who, &found);
                if (e != OK)
                        return e;
                struct str name = found ? who.name : S("iemand die geen account meer heeft");
                v->who = str_fmt(rq->arena, "%.*s%s%s %.*s", STR(v->who), i ? ", " : "", did[i], STR(name));
        }
        return OK;
}

enum err editing_version_get(struct req *rq, struct resp *rs) {
        struct version_view v = { .may_restore = viewer_may(rq, RIGHT_EDIT) };
        struct version_of_row other = { .text = S("") };
        bool found = false;
        enum err e = path_item_with_history(rq, &v.item);
        if (e == ERR_NOT_FOUND)
                return knowledge_leads_on(rq, rs);
        if (!str_to_i64(rq->param[1], &v.number))
                return ERR_NOT_FOUND;
        if (e == OK)
                e = version_of(rq->db, rq->arena, v.item.id, v.number, &v.version, &found);
        if (e == OK && (!found || (v.number > v.item.version && !v.may_restore)))
                return ERR_NOT_FOUND;
        v.other = req_integer(rq, "met", v.number > v.item.version ? v.item.version : v.number - 1);
        if (e == OK && v.other)
                e = version_of(rq->db, rq->arena, v.item.id, v.other, &other, &found);
        if (e == OK && (!found || v.other > v.item.version))
                return ERR_NOT_FOUND;
        if (e == OK)
                e = names(rq, &v);
        if (e != OK)
                return e;
        v.difference = item_difference(rq->arena, v.other ? other.text : S(""), v.version.text);
        struct page p = history_page(rq, rs, &v.item, str_fmt(rq->arena, "Versie %lld", (long long) v.number));
        page_crumb(&p, S("Versies"), str_fmt(rq->arena, "/kennis/%.*s/versies", STR(v.item.slug)));
        page_crumb(&p, p.title, rq->path);
        editing_version_page(&p, &v);
        return page_done(&p);
}
