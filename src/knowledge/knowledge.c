#include "knowledge.h"
#include "buf.h"
#include "knowledge.sql.h"
#include "knowledge_publish.h"
#include "page.h"
#include "search.h"
#include "vec.h"
#include "views.h"
#include "write.h"

/* Items in memory at once while all are read. */
#define EACH_ITEMS 100

struct knowledge_card knowledge_card_of(const struct card_row *r) {
        return (struct knowledge_card) { r->slug, r->title, r->summary, r->kind_label, r->phase_labels, r->uses, item_is_approach(r->kind) };
}

static bool has(const struct knowledge_cards *list, struct str slug) {
        for (size_t i = 0; i < list->n; i++)
                if (str_eq(list->v[i].slug, slug))
                        return true;
        return false;
}

static void append(struct arena *a, const struct card_row_list *rows, size_t limit, struct knowledge_cards *ret) {
        for (size_t i = 0; i < rows->n && ret->n < limit; i++)
                if (!has(ret, rows->v[i].slug))
                        *vec_push(a, ret) = knowledge_card_of(&rows->v[i]);
}

void knowledge_cards_of(struct arena *a, const struct card_row_list *rows, struct knowledge_cards *ret) {
        *ret = (struct knowledge_cards) { 0 };
        append(a, rows, rows->n, ret);
}

enum err knowledge_for_indicator(struct db *db, struct arena *a, struct str code, struct str phase, size_t limit,
                                 struct knowledge_cards *ret) {
        struct card_row_list rows;
        *ret = (struct knowledge_cards) { 0 };
        enum err e = cards_for_indicator(db, a, code, (int64_t) limit, &rows);
        if (e != OK)
                return e;
        append(a, &rows, limit, ret);
        if (ret->n >= limit)
                return OK;
        int64_t ask = (int64_t) (limit + ret->n);       /* some may be in the list already */
        e = phase.n ? cards_for_phase(db, a, phase, ask, &rows) : cards_most_used(db, a, ask, &rows);
        if (e == OK)
                append(a, &rows, limit, ret);
        return e;
}

enum err knowledge_most_used(struct db *db, struct arena *a, size_t limit, struct knowledge_cards *ret) {
        struct card_row_list rows;
        enum err e = cards_most_used(db, a, (int64_t) limit, &rows);
        if (e == OK)
                knowledge_cards_of(a, &rows, ret);
        return e;
}

enum err knowledge_in_municipality(struct db *db, struct arena *a, struct str code, struct knowledge_uses *ret) {
        struct uses_in_municipality_row_list rows;
        enum err e = uses_in_municipality(db, a, code, &rows);
        *ret = (struct knowledge_uses) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct uses_in_municipality_row *r = &rows.v[i];
                *vec_push(a, ret) = (struct knowledge_use) {
                        .item = { r->slug, r->title, r->summary, r->kind_label, r->phase_labels, r->uses, item_is_approach(r->kind) },
                        .since = r->since, .note = r->note, .source_url = r->source_url, .fictitious = r->fictitious != 0,
                };
        }
        return e;
}

/* Codes that a visitor may choose by: "fase:nazorg thema:stress-en-gedrag". */
static enum err facets_of(struct db *db, struct arena *a, int64_t id, struct str *ret) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct item_terms_row_list terms;
        enum err e = item_terms(db, a, id, &terms);
        for (size_t i = 0; e == OK && i < terms.n; i++)
                if (!str_eq(terms.v[i].list, S("cijfer")))
                        buf_fmt(&b, "%s%.*s:%.*s", b.n ? " " : "", STR(terms.v[i].list), STR(terms.v[i].code));
        *ret = e == OK ? str_dup(a, buf_view(&b)) : S("");
        return e;
}

/* The rows of the item that ROWS[*i] is of, as one document; *i moves past them. The body lives in B. */
static enum err entry_of(struct db *db, struct arena *a, const struct text_row_list *rows, size_t *i, struct buf *b,
                         struct search_entry *ret) {
        const struct text_row *first = &rows->v[*i];
        for (; *i < rows->n && rows->v[*i].id == first->id; (*i)++) {
                buf_str(b, rows->v[*i].plain);
                buf_char(b, '\n');
        }
        *ret = (struct search_entry) { .kind = S("kennis"), .ref = first->slug, .title = first->title, .label = first->kind_label,
                                       .summary = first->summary, .body = buf_view(b), .also = first->also, .uses = first->uses };
        return facets_of(db, a, first->id, &ret->facets);
}

static enum err each_item(struct db *db, struct arena *a, const struct text_row_list *rows,
                          enum err (*each)(void *arg, const struct search_entry *entry), void *arg) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < rows->n;) {
                _cleanup_(buf_done) struct buf body = { 0 };
                struct search_entry entry;
                e = entry_of(db, a, rows, &i, &body, &entry);
                if (e == OK)
                        e = each(arg, &entry);
        }
        return e;
}

enum err knowledge_each(struct db *db, enum err (*each)(void *arg, const struct search_entry *entry), void *arg) {
        struct arena a = { 0 };
        struct text_row_list rows = { 0 };
        int64_t after = 0;
        enum err e;
        do {
                arena_reset(&a);
                e = section_texts(db, &a, after, EACH_ITEMS, &rows);
                if (e == OK)
                        e = each_item(db, &a, &rows, each, arg);
                after = rows.n ? rows.v[rows.n - 1].id : 0;
        } while (e == OK && rows.n);
        arena_done(&a);
        return e;
}

enum err knowledge_index(struct req *rq, int64_t item_id) {
        _cleanup_(buf_done) struct buf body = { 0 };
        const struct site *site = rq->app;
        struct addresses_row_list addresses;
        struct search_entry entry;
        struct text_row_list rows;
        size_t i = 0;
        if (!site->analyser)
                return OK;
        enum err e = addresses_of(rq->db, rq->arena, item_id, &addresses);
        if (e == OK)
                e = section_texts_of(rq->db, rq->arena, item_id, &rows);
        for (size_t k = 0; e == OK && k < addresses.n; k++)
                if (rows.n == 0 || !str_eq(addresses.v[k].slug, rows.v[0].slug))
                        e = search_remove(rq->db, rq->arena, site->analyser, S("kennis"), addresses.v[k].slug);
        if (e != OK || rows.n == 0)
                return e;
        e = entry_of(rq->db, rq->arena, &rows, &i, &body, &entry);
        return e == OK ? search_update(rq->db, rq->arena, site->analyser, &entry) : e;
}
