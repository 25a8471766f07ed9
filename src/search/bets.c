/* bets.c - what editors put first for a question. */
#include <stdlib.h>
#include "internal.h"
#include "marks.h"
#include "search.sql.h"

static int by_text(const void *x, const void *y) {
        return str_cmp(*(const struct str *) x, *(const struct str *) y);
}

struct str words_joined(struct arena *a, struct str *v, size_t n) {
        struct str out = S("");
        if (n)
                qsort(v, n, sizeof *v, by_text);
        for (size_t i = 0; i < n; i++)
                if (i == 0 || !str_eq(v[i], v[i - 1]))
                        out = str_fmt(a, "%.*s%s%.*s", STR(out), out.n ? " " : "", STR(v[i]));
        return out;
}

struct str query_key(struct arena *a, const struct query *q) {
        VEC(struct str) terms = { 0 };
        for (size_t i = 0; i < q->n; i++)
                for (size_t k = 0; !q->v[i].exclude && k < q->v[i].v[0].n; k++)
                        *vec_push(a, &terms) = q->v[i].v[0].terms[k];
        return words_joined(a, terms.v, terms.n);
}

enum err search_bet_put(struct db *db, struct arena *a, const struct analyser *an, struct str words, struct str kind, struct str ref,
                        int64_t place) {
        struct query q = analyse_query(an, a, words);
        struct str key = query_key(a, &q);
        struct search_hit_row row;
        bool found;
        if (key.n == 0)
                return ERR_INVALID;
        enum err e = search_doc_named(db, a, kind, ref, &row, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        return e != OK ? e : search_bet_insert(db, str_trim(words), key, kind, ref, place);
}

enum err search_bet_remove(struct db *db, struct arena *a, int64_t id) {
        struct search_bet_delete_row row;
        bool found;
        enum err e = search_bet_delete(db, a, id, &row, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err search_bets_list(struct db *db, struct arena *a, int64_t limit, int64_t skip, struct search_bet_list *ret) {
        return search_bets_page(db, a, limit, skip, ret);
}

enum err search_best_bets(struct db *db, struct arena *a, const struct query *query, struct search_hits *ret) {
        struct search_bets_of_row_list rows = { 0 };
        struct str key = query_key(a, query);
        *ret = (struct search_hits) { 0 };
        enum err e = key.n ? search_bets_of(db, a, key, SEARCH_BETS, &rows) : OK;
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct search_hit_row row;
                bool found;
                e = search_doc_named(db, a, rows.v[i].kind, rows.v[i].ref, &row, &found);
                if (e == OK && found)
                        *vec_push(a, ret) = (struct search_hit) { row.kind, row.ref, row.title, row.label,
                                                                  marks_text(a, row.summary, row.body), row.terms, 0 };
        }
        return e;
}
