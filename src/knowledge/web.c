/* web.c - /kennis and /kennis/{slug}. */
#include "buf.h"
#include "html.h"
#include "item.tmpl.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "list.tmpl.h"
#include "page.h"
#include "vec.h"
#include "views.h"

#define PAGE_SIZE 24

/* The facets of the list in the order of the page; the name of the field is the name of the value list. */
static const struct { const char *list; struct str title; } facet_lists[FACETS] = {
        { "fase", S_INIT("Fase") }, { "doelgroep", S_INIT("Doelgroep") }, { "thema", S_INIT("Thema") }, { "soort", S_INIT("Soort") },
};

/* The address of the list with one choice changed and page PAGE (1 is left out). */
static struct str list_address(struct req *rq, const char *list, struct str code, int64_t page) {
        _cleanup_(buf_done) struct buf b = { 0 };
        char glue = '?';
        html_lit(&b, "/kennis");
        for (size_t i = 0; i < FACETS; i++) {
                bool changed = list && str_eq(str_of(list), str_of(facet_lists[i].list));
                struct str value = changed ? code : req_text(rq, facet_lists[i].list);
                if (value.n == 0)
                        continue;
                buf_fmt(&b, "%c%s=%.*s", glue, facet_lists[i].list, STR(value));
                glue = '&';
        }
        if (page > 1)
                buf_fmt(&b, "%cpagina=%d", glue, (int) page);
        return str_dup(rq->arena, buf_view(&b));
}

static int64_t count_of(const struct facet_counts_row_list *counts, struct str list, struct str code) {
        for (size_t i = 0; i < counts->n; i++)
                if (str_eq(counts->v[i].list, list) && str_eq(counts->v[i].code, code))
                        return counts->v[i].items;
        return 0;
}

/* ERR_NOT_FOUND when a chosen code is not in its list. */
static enum err fill_facets(struct req *rq, const struct all_terms_row_list *terms, const struct facet_counts_row_list *counts,
                            struct list_view *v) {
        for (size_t i = 0; i < FACETS; i++) {
                struct facet *f = &v->facets[i];
                struct str list = str_of(facet_lists[i].list), chosen = req_text(rq, facet_lists[i].list);
                f->title = facet_lists[i].title;
                bool known = chosen.n == 0;
                for (size_t k = 0; k < terms->n; k++) {
                        if (!str_eq(terms->v[k].list, list))
                                continue;
                        bool is_chosen = str_eq(terms->v[k].code, chosen);
                        int64_t items = count_of(counts, list, terms->v[k].code);
                        known = known || is_chosen;
                        if (items == 0 && !is_chosen)
                                continue;
                        *vec_push(rq->arena, &f->values) = (struct facet_value) {
                                terms->v[k].label,
                                list_address(rq, facet_lists[i].list, is_chosen ? S("") : terms->v[k].code, 1), items, is_chosen,
                        };
                }
                for (size_t k = 0; k < f->values.n; k++)
                        if (f->values.v[k].chosen)
                                f->chosen = &f->values.v[k];
                if (!known)
                        return ERR_NOT_FOUND;
        }
        return OK;
}

static const struct field list_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 40 }, { .name = "fase", .type = FIELD_CODE, .max = 40 },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40 }, { .name = "thema", .type = FIELD_CODE, .max = 40 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 10000 }, { 0 },
};

static enum err list_get(struct req *rq, struct resp *rs) {
        struct str kind = req_text(rq, "soort"), phase = req_text(rq, "fase"), target = req_text(rq, "doelgroep"),
                   theme = req_text(rq, "thema");
        struct list_view v = { .page = req_integer(rq, "pagina", 1) };
        struct all_terms_row_list terms;
        struct facet_counts_row_list counts;
        struct count_items_row total;
        struct card_row_list rows;
        enum err e = all_terms(rq->db, rq->arena, &terms);
        if (e == OK)
                e = facet_counts(rq->db, rq->arena, kind, phase, target, theme, &counts);
        if (e == OK)
                e = fill_facets(rq, &terms, &counts, &v);
        if (e == OK)
                e = count_items(rq->db, rq->arena, kind, phase, target, theme, &total);
        if (e == OK)
                e = list_items(rq->db, rq->arena, kind, phase, target, theme, PAGE_SIZE, (v.page - 1) * PAGE_SIZE, &rows);
        if (e != OK)
                return e;
        v.total = total.items;
        v.pages = (v.total + PAGE_SIZE - 1) / PAGE_SIZE;
        if (v.page > 1 && v.page > v.pages)
                return ERR_NOT_FOUND;
        knowledge_cards_of(rq->arena, &rows, &v.cards);
        v.previous = v.page > 1 ? list_address(rq, NULL, S(""), v.page - 1) : S("");
        v.next = v.page < v.pages ? list_address(rq, NULL, S(""), v.page + 1) : S("");
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
