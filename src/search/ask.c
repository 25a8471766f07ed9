/* ask.c - a question becomes a page of results. */
#include <string.h>
#include "internal.h"
#include "marks.h"
#include "search.sql.h"
#include "utf8.h"
#include "vector.h"

/* Looking for another spelling takes up to half a millisecond a word. */
#define SPELLED_MAX 8

struct snippet search_excerpt(struct arena *a, const struct search_hit *hit, const struct query *query, size_t max) {
        struct terms terms = marks_read(a, hit->terms, hit->text.n);
        return text_snippet(a, hit->text, &terms, query, max);
}

static struct search_hit hit_of(struct arena *a, const struct search_hit_row *row, float score) {
        return (struct search_hit) { row->kind, row->ref, row->title, row->label, marks_text(a, row->summary, row->body), row->terms,
                                     (double) score };
}

/* Somebody who types a whole title wants that page. */
static void add_hit(struct arena *a, struct search_hits *hits, struct search_hit hit, struct str folded) {
        struct search_hit *last = vec_push(a, hits);
        if (str_eq(utf8_fold(a, hit.title), folded)) {
                memmove(hits->v + 1, hits->v, (hits->n - 1) * sizeof *hits->v);
                last = hits->v;
        }
        *last = hit;
}

/* The documents of the page, in order; those that went meanwhile are left out. */
static enum err read_hits(struct db *db, struct arena *a, const struct ranking *best, size_t skip, struct str folded,
                          struct search_hits *hits) {
        size_t end = best->n < skip + SEARCH_LIMIT ? best->n : skip + SEARCH_LIMIT;
        for (size_t at = skip; at < end; at += 8) {
                struct search_hit_row_list rows;
                int64_t id[8] = { 0 };
                for (size_t i = at; i < end && i < at + 8; i++)
                        id[i - at] = best->v[i].id;
                enum err e = search_docs_eight(db, a, id[0], id[1], id[2], id[3], id[4], id[5], id[6], id[7], &rows);
                if (e != OK)
                        return e;
                for (size_t i = at; i < end && i < at + 8; i++)
                        for (size_t k = 0; k < rows.n; k++)
                                if (rows.v[k].id == id[i - at])
                                        add_hit(a, hits, hit_of(a, &rows.v[k], best->v[i].score), folded);
        }
        return OK;
}

/* The question with each unknown word replaced by the nearest known one; "" when nothing changes. Signs would be lost, so a question
 * with signs gets none. */
static struct str suggestion(const struct search *s, struct arena *a, const struct query *q) {
        struct str out = S("");
        bool changed = false;
        struct live *x = search_hold(s);
        for (size_t i = 0; i < q->n && q->wanted == q->n && !quotes_any(q); i++) {
                struct str word = q->v[i].source, better;
                if (i < SPELLED_MAX && vocabulary_suggest(&x->words, (pthread_mutex_t *) (uintptr_t) &s->suggesting, q->v[i].folded, &better)) {
                        word = better;
                        changed = true;
                }
                out = str_fmt(a, "%.*s%s%.*s", STR(out), i ? " " : "", STR(word));
        }
        search_release(s);
        return changed ? out : S("");
}

static bool occurs(const struct live *x, const struct query_word *w) {
        for (size_t i = 0; i < w->n; i++) {
                size_t k = 0;
                while (k < w->v[i].n && live_list(x, vector_key(w->v[i].terms[k])))
                        k++;
                if (k == w->v[i].n)
                        return true;
        }
        return false;
}

/* A word that no document holds in any way is asked for in the nearest spelling. True when there was one; quotations stay as
 * they are. */
static bool respell(const struct search *s, struct arena *a, struct query *q) {
        bool changed = false;
        struct live *x = search_hold(s);
        for (size_t i = 0; i < q->n && i < SPELLED_MAX; i++) {
                struct query_word *w = &q->v[i];
                struct str better;
                if (w->exclude || w->phrase || occurs(x, w) ||
                    !vocabulary_suggest(&x->words, (pthread_mutex_t *) (uintptr_t) &s->suggesting, w->folded, &better))
                        continue;
                struct query again = analyse_query(s->an, a, better);
                if (again.n == 0)
                        continue;
                w->v = again.v[0].v;
                w->n = again.v[0].n;
                changed = true;
        }
        search_release(s);
        return changed;
}

static enum err rank(const struct search *s, struct db *db, struct arena *a, const struct search_choice *c, struct search_result *r,
                     struct ranking *best) {
        bool quoted = quotes_any(&r->query);
        const struct live *x = search_hold(s);
        *best = rank_documents(x, a, &r->query, quoted ? S("") : c->kind, c->facets, quoted ? SEARCH_QUOTED : c->skip + SEARCH_LIMIT);
        search_release(s);
        r->capped = quoted && best->total > best->n;
        enum err e = quoted ? quotes_keep(s, db, &r->query, c->kind, best) : OK;
        r->total = best->total;
        r->partly = best->partly;
        for (size_t k = 0; k < best->kinds_n; k++)
                if (best->kinds[k].n)
                        *vec_push(a, &r->kinds) = (struct search_kind) { best->kinds[k].name, best->kinds[k].n };
        for (size_t k = 0; k < best->facets_n; k++)
                if (best->facets[k].n)
                        *vec_push(a, &r->facets) = (struct search_facet) { best->facets[k].name, best->facets[k].n };
        return e;
}

enum err search_ask_in(const struct search *s, struct db *db, struct arena *a, struct str text, const struct search_choice *choice,
                       struct search_result *ret) {
        struct ranking best;
        enum err e = search_follow(s, db);
        *ret = (struct search_result) { .query = analyse_query(s->an, a, text), .suggestion = S("") };
        ret->respelled = e == OK && respell(s, a, &ret->query);
        if (e == OK)
                e = rank(s, db, a, choice, ret, &best);
        if (e != OK)
                return e;
        if (ret->total == 0 || ret->partly || ret->respelled)
                ret->suggestion = suggestion(s, a, &ret->query);
        return read_hits(db, a, &best, choice->skip, utf8_fold(a, str_trim(text)), &ret->hits);
}

enum err search_ask(const struct search *s, struct db *db, struct arena *a, struct str text, struct str kind, size_t skip,
                    struct search_result *ret) {
        return search_ask_in(s, db, a, text, &(struct search_choice) { .kind = kind, .skip = skip }, ret);
}
