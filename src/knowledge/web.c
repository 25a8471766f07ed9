/* web.c - /kennis and /kennis/{slug}. */
#include "item.tmpl.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "list.tmpl.h"
#include "page.h"
#include "views.h"

static const struct field list_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 40 }, { .name = "fase", .type = FIELD_CODE, .max = 40 },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40 }, { .name = "thema", .type = FIELD_CODE, .max = 40 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 10000 }, { 0 },
};

static enum err list_get(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = list_fill(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Kennis"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        list_page(&p, &v);
        return page_done(&p);
}

const struct item_scores_row *item_score(const struct item_view *v, const char *score) {
        for (size_t i = 0; i < v->scores.n; i++)
                if (str_eq(v->scores.v[i].score, str_of(score)))
                        return &v->scores.v[i];
        return NULL;
}

struct str item_labels(struct arena *a, const struct item_view *v, const char *list) {
        struct str out = S("");
        for (size_t i = 0; i < v->terms.n; i++)
                if (str_eq(v->terms.v[i].list, str_of(list)))
                        out = str_fmt(a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(v->terms.v[i].label));
        return out;
}

static enum err item_load(struct req *rq, struct item_view *v) {
        struct card_row_list related;
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        enum err e = item_by_slug(db, a, rq->param[0], &v->item);
        if (e == OK)
                e = item_sections(db, a, v->item.id, &v->sections);
        if (e == OK)
                e = item_terms(db, a, v->item.id, &v->terms);
        if (e == OK)
                e = item_scores(db, a, v->item.id, &v->scores);
        if (e == OK)
                e = item_indicators(db, a, v->item.id, &v->indicators);
        if (e == OK)
                e = item_adoptions(db, a, v->item.id, &v->adoptions);
        if (e == OK)
                e = related_cards(db, a, v->item.id, &related);
        if (e == OK)
                knowledge_cards_of(a, &related, &v->related);
        return e;
}

static enum err item_get(struct req *rq, struct resp *rs) {
        struct item_view v = { 0 };
        enum err e = item_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.item.title, SECTION_KNOWLEDGE);
        p.description = v.item.summary;
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, v.item.title, rq->path);
        item_page(&p, &v);
        return page_done(&p);
}

const struct route knowledge_routes[] = {
        { GET, "/kennis", ACCESS_PUBLIC, list_get, list_fields },
        { GET, "/kennis/{slug}", ACCESS_PUBLIC, item_get, NULL },
        { 0 },
};
