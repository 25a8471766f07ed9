/* list.c - what /kennis shows: the items that all chosen filters leave, and how many each further choice would leave. */
#include "buf.h"
#include "html.h"
#include "itemset.h"
#include "shelf.h"
#include "vec.h"
#include "views.h"

#define PAGE_SIZE 24

enum { FACET_GROUP = 1, FACET_THEME, FACET_KIND };

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
        if (page > 1) {
                buf_fmt(&b, "%cpagina=%d", glue, (int) page);
                glue = '&';
        }
        struct knowledge_choice choice = compare_choice(rq);
        for (size_t i = 0; i < choice.n; i++, glue = '&')
                buf_fmt(&b, "%caanpak=%.*s", glue, STR(choice.v[i]));
        return str_dup(rq->arena, buf_view(&b));
}

/* The terms with their items, and per facet what its choice leaves: all items when there is none. */
struct selection {
        struct facet_terms_row_list terms;
        struct itemset *items;                  /* of each term */
        struct itemset chosen[FACETS];
        size_t places;
};

/* ERR_NOT_FOUND when a chosen code is not in its list. */
static enum err read_selection(struct req *rq, struct selection *s) {
        enum err e = shelf_count(rq->db, rq->arena, &s->places);
        if (e == OK)
                e = facet_terms(rq->db, rq->arena, &s->terms);
        if (e != OK)
                return e;
        s->items = arena_many(rq->arena, struct itemset, s->terms.n);
        for (size_t k = 0; k < s->terms.n; k++)
                s->items[k] = itemset_read(rq->arena, s->terms.v[k].items, s->places);
        for (size_t i = 0; i < FACETS; i++) {
                struct str list = str_of(facet_lists[i].list), chosen = req_text(rq, facet_lists[i].list);
                bool known = chosen.n == 0;
                s->chosen[i] = itemset_all(rq->arena, s->places);
                for (size_t k = 0; k < s->terms.n && !known; k++) {
                        known = str_eq(s->terms.v[k].list, list) && str_eq(s->terms.v[k].code, chosen);
                        if (known)
                                s->chosen[i] = s->items[k];
                }
                if (!known)
                        return ERR_NOT_FOUND;
        }
        return OK;
}

/* What the choices leave, without the one in facet EXCEPT (FACETS: with all). */
static struct itemset left_over(struct arena *a, const struct selection *s, size_t except) {
        struct itemset left = itemset_all(a, s->places);
        for (size_t i = 0; i < FACETS; i++)
                if (i != except)
                        itemset_keep(&left, &s->chosen[i]);
        return left;
}

static void fill_facet(struct req *rq, const struct selection *s, size_t i, struct facet *f) {
        struct str list = str_of(facet_lists[i].list), chosen = req_text(rq, facet_lists[i].list);
        struct itemset others = left_over(rq->arena, s, i);
        f->title = facet_lists[i].title;
        for (size_t k = 0; k < s->terms.n; k++) {
                const struct facet_terms_row *t = &s->terms.v[k];
                if (!str_eq(t->list, list))
                        continue;
                bool is_chosen = str_eq(t->code, chosen);
                size_t items = itemset_common(&others, &s->items[k]);
                if (items == 0 && !is_chosen)
                        continue;
                *vec_push(rq->arena, &f->values) = (struct facet_value) {
                        t->label, list_address(rq, facet_lists[i].list, is_chosen ? S("") : t->code, 1), (int64_t) items, is_chosen,
                };
        }
        for (size_t k = 0; k < f->values.n; k++)
                if (f->values.v[k].chosen)
                        f->chosen = &f->values.v[k];
}

bool list_shows(const struct list_view *v, struct str slug) {
        for (size_t i = 0; i < v->cards.n; i++)
                if (str_eq(v->cards.v[i].slug, slug))
                        return true;
        return false;
}

/* Kinds of knowledge cannot be followed, the rest can. */
static void fill_follows(struct req *rq, struct list_view *v) {
        for (size_t i = 0; i < FACETS; i++)
                if (v->facets[i].chosen && !str_eq(str_of(facet_lists[i].list), S("soort")))
                        *vec_push(rq->arena, &v->follows) = (struct list_follow) {
                                str_of(facet_lists[i].list), req_text(rq, facet_lists[i].list), v->facets[i].chosen->label };
}

static enum err fill_cards(struct req *rq, const struct itemset *left, struct list_view *v) {
        size_t places[PAGE_SIZE], n = itemset_places(left, (size_t) (v->page - 1) * PAGE_SIZE, PAGE_SIZE, places);
        int64_t ids[PAGE_SIZE];
        enum err e = shelf_ids(rq->db, rq->arena, places, n, ids);
        for (size_t i = 0; e == OK && i < n; i++) {
                struct card_row row;
                e = card_by_id(rq->db, rq->arena, ids[i], &row);
                if (e == OK)
                        *vec_push(rq->arena, &v->cards) = knowledge_card_of(&row);
        }
        return e;
}

/* The phases of which nothing is known for the chosen target group, with what there is for everybody: an empty place in what
 * research and practice know is told, not hidden. */
static void fill_gaps(struct req *rq, const struct selection *s, struct list_view *v) {
        const struct facet_value *group = v->facets[FACET_GROUP].chosen;
        struct str phase = req_text(rq, "fase");
        const struct itemset *everybody = NULL;
        if (!group || v->facets[FACET_THEME].chosen || v->facets[FACET_KIND].chosen)
                return;
        for (size_t k = 0; k < s->terms.n; k++)
                if (str_eq(s->terms.v[k].list, S("doelgroep")) && str_eq(s->terms.v[k].code, S("iedereen")))
                        everybody = &s->items[k];
        for (size_t k = 0; k < s->terms.n; k++) {
                const struct facet_terms_row *t = &s->terms.v[k];
                if (!str_eq(t->list, S("fase")) || (phase.n && !str_eq(phase, t->code)) || itemset_common(&s->chosen[FACET_GROUP], &s->items[k]))
                        continue;
                *vec_push(rq->arena, &v->gaps) = (struct list_gap) { t->label,
                        str_fmt(rq->arena, "/kennis?fase=%.*s&doelgroep=iedereen", STR(t->code)),
                        everybody ? (int64_t) itemset_common(everybody, &s->items[k]) : 0 };
        }
}

enum err list_fill(struct req *rq, struct list_view *v) {
        struct selection s;
        enum err e = read_selection(rq, &s);
        if (e != OK)
                return e;
        struct itemset left = left_over(rq->arena, &s, FACETS);
        *v = (struct list_view) { .page = req_integer(rq, "pagina", 1), .total = (int64_t) itemset_count(&left) };
        v->pages = (v->total + PAGE_SIZE - 1) / PAGE_SIZE;
        if (v->page > 1 && v->page > v->pages)
                return ERR_NOT_FOUND;
        for (size_t i = 0; i < FACETS; i++)
                fill_facet(rq, &s, i, &v->facets[i]);
        fill_follows(rq, v);
        fill_gaps(rq, &s, v);
        v->previous = v->page > 1 ? list_address(rq, NULL, S(""), v->page - 1) : S("");
        v->next = v->page < v->pages ? list_address(rq, NULL, S(""), v->page + 1) : S("");
        v->choice = compare_choice(rq);
        e = fill_cards(rq, &left, v);
        for (size_t i = 0; i < v->cards.n; i++)
                v->has_approaches = v->has_approaches || v->cards.v[i].is_approach;
        return e;
}
