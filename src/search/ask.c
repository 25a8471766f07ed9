/* ask.c - a question becomes a ranked list. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "marks.h"
#include "postings.h"
#include "scoring.h"
#include "search.h"
#include "search.sql.h"
#include "suggest.h"
#include "utf8.h"
#include "vec.h"

#define KINDS_MAX 16

struct search {
        struct arena arena;
        const struct analyser *an;
        struct suggest suggest;
        size_t docs;
        struct str kinds[KINDS_MAX];
        size_t kinds_n;
        uint8_t *kind_of;               /* per document, from 1: place in kinds */
};

/* The place of KIND among the kinds; a new one is added, and past the maximum all are the last. */
static uint8_t kind_place(struct search *s, struct str kind) {
        size_t k = 0;
        while (k < s->kinds_n && !str_eq(s->kinds[k], kind))
                k++;
        if (k == s->kinds_n && k < KINDS_MAX)
                s->kinds[s->kinds_n++] = kind;
        return (uint8_t) (k < KINDS_MAX ? k : KINDS_MAX - 1);
}

static enum err read_kinds(struct search *s, struct db *db) {
        struct search_kinds_row_list rows;
        enum err e = search_kinds(db, &s->arena, &rows);
        if (e != OK)
                return e;
        s->docs = rows.n;
        s->kind_of = arena_many(&s->arena, uint8_t, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++)
                if (rows.v[i].id >= 1 && (size_t) rows.v[i].id <= rows.n)
                        s->kind_of[rows.v[i].id] = kind_place(s, rows.v[i].kind);
        return OK;
}

static enum err read_words(struct search *s, struct db *db) {
        struct search_words_row_list rows;
        enum err e = search_words(db, &s->arena, &rows);
        if (e != OK)
                return e;
        struct suggest_word *words = arena_many(&s->arena, struct suggest_word, rows.n);
        for (size_t i = 0; i < rows.n; i++)
                words[i] = (struct suggest_word) { rows.v[i].word, (uint32_t) rows.v[i].docs };
        suggest_build(&s->arena, words, rows.n, &s->suggest);
        return OK;
}

enum err search_open(struct search **ret, struct db *db, const struct analyser *an) {
        struct arena a = { 0 };
        struct search *s = arena_new(&a, struct search);
        s->an = an;
        s->arena = a;                   /* the struct lives in its own arena */
        enum err e = read_kinds(s, db);
        if (e == OK)
                e = read_words(s, db);
        if (e != OK) {
                search_close(s);
                return e;
        }
        *ret = s;
        return OK;
}

void search_close(struct search *s) {
        if (!s)
                return;
        struct arena a = s->arena;
        arena_done(&a);
}

/* Documents that something was added to, so that no step walks over all of them. */
struct touched {
        uint32_t *doc;
        size_t n;
};

static void touch(struct touched *t, uint32_t doc) {
        t->doc[t->n++] = doc;
}

/* Scores per document while a question is worked out. */
struct scores {
        size_t docs;
        float *total;                   /* over the words so far */
        float *word;                    /* best alternative of the current word */
        float *all;                     /* current alternative: sum over its terms */
        uint8_t *terms;                 /* current alternative: terms found */
        uint8_t *words;                 /* words found */
        struct touched in_alternative, in_word, found;
};

static struct scores scores_new(struct arena *a, size_t docs) {
        return (struct scores) {
                docs, arena_many(a, float, docs + 1), arena_many(a, float, docs + 1), arena_many(a, float, docs + 1),
                arena_many(a, uint8_t, docs + 1), arena_many(a, uint8_t, docs + 1),
                { arena_many(a, uint32_t, docs + 1), 0 }, { arena_many(a, uint32_t, docs + 1), 0 },
                { arena_many(a, uint32_t, docs + 1), 0 },
        };
}

/* Adds one term to the current alternative. */
static enum err add_term(struct scores *s, struct db *db, struct arena *a, struct str term) {
        struct search_term_get_row row = { 0 };
        bool found;
        enum err e = search_term_get(db, a, term, &row, &found);
        if (e != OK || !found)
                return e;
        float n = (float) s->docs, df = (float) row.docs;
        float idf = logf(1 + (n - df + 0.5f) / (df + 0.5f));
        struct postings it = { .rest = row.postings };
        for (struct posting p; postings_next(&it, &p);) {
                if (p.doc > s->docs)
                        continue;
                if (s->terms[p.doc]++ == 0)
                        touch(&s->in_alternative, p.doc);
                s->all[p.doc] += idf * (float) p.weight;
        }
        return OK;
}

static void close_alternative(struct scores *s, const struct alternative *alt) {
        float weight = alt->class == TERM_STEM ? ASK_STEM : alt->class == TERM_PART ? ASK_PART : ASK_SYNONYM;
        for (size_t i = 0; i < s->in_alternative.n; i++) {
                uint32_t d = s->in_alternative.doc[i];
                float score = s->terms[d] == alt->n ? weight * s->all[d] / (float) alt->n : 0;
                if (score > 0 && s->word[d] <= 0)
                        touch(&s->in_word, d);
                if (score > s->word[d])
                        s->word[d] = score;
                s->all[d] = 0;
                s->terms[d] = 0;
        }
        s->in_alternative.n = 0;
}

static enum err add_word(struct scores *s, struct db *db, struct arena *a, const struct query_word *w) {
        for (size_t i = 0; i < w->n; i++) {
                for (size_t k = 0; k < w->v[i].n; k++) {
                        enum err e = add_term(s, db, a, w->v[i].terms[k]);
                        if (e != OK)
                                return e;
                }
                close_alternative(s, &w->v[i]);
        }
        for (size_t i = 0; i < s->in_word.n; i++) {
                uint32_t d = s->in_word.doc[i];
                if (s->words[d]++ == 0)
                        touch(&s->found, d);
                s->total[d] += s->word[d];
                s->word[d] = 0;
        }
        s->in_word.n = 0;
        return OK;
}

struct candidate {
        uint32_t doc;
        float score;
};

static int by_score(const void *x, const void *y) {
        const struct candidate *p = x, *q = y;
        return (p->score < q->score) - (p->score > q->score) ? (p->score < q->score) - (p->score > q->score)
                                                            : (p->doc > q->doc) - (p->doc < q->doc);
}

/* Keeps the best N of a stream: a heap with the worst on top. */
struct best {
        struct candidate *v;
        size_t n, max;
};

static void sift(struct best *b, size_t i) {
        for (;;) {
                size_t worst = i, l = 2 * i + 1;
                for (size_t k = l; k < l + 2 && k < b->n; k++)
                        if (by_score(&b->v[k], &b->v[worst]) > 0)
                                worst = k;
                if (worst == i)
                        return;
                struct candidate t = b->v[i];
                b->v[i] = b->v[worst];
                b->v[worst] = t;
                i = worst;
        }
}

static void offer(struct best *b, struct candidate c) {
        if (b->n < b->max) {
                b->v[b->n++] = c;
                if (b->n == b->max)
                        for (size_t i = b->n; i-- > 0;)
                                sift(b, i);
        } else if (by_score(&c, &b->v[0]) < 0) {
                b->v[0] = c;
                sift(b, 0);
        }
}

/* Documents with every word, or, when there are none, with the largest number of words. */
static void choose(const struct search *s, const struct scores *x, struct arena *a, struct str kind, struct best *best,
                   struct search_result *r) {
        size_t count[KINDS_MAX] = { 0 };
        uint8_t need = 1;
        for (size_t i = 0; i < x->found.n; i++)
                if (x->words[x->found.doc[i]] > need)
                        need = x->words[x->found.doc[i]];
        r->partly = need < r->query.n;
        for (size_t i = 0; i < x->found.n; i++) {
                uint32_t d = x->found.doc[i];
                if (x->words[d] < need)
                        continue;
                count[s->kind_of[d]]++;
                if (kind.n && !str_eq(kind, s->kinds[s->kind_of[d]]))
                        continue;
                r->total++;
                offer(best, (struct candidate) { d, x->total[d] });
        }
        for (size_t k = 0; k < s->kinds_n; k++)
                if (count[k])
                        *vec_push(a, &r->kinds) = (struct search_kind) { s->kinds[k], count[k] };
}

struct snippet search_excerpt(struct arena *a, const struct search_hit *hit, const struct query *query, size_t max) {
        struct terms terms = marks_read(a, hit->terms, hit->text.n);
        return text_snippet(a, hit->text, &terms, query, max);
}

static enum err read_hits(struct db *db, struct arena *a, const struct best *best, size_t skip, struct str folded,
                          struct search_result *r) {
        for (size_t i = skip; i < best->n; i++) {
                struct search_doc_get_row row;
                bool found;
                enum err e = search_doc_get(db, a, best->v[i].doc, &row, &found);
                if (e != OK)
                        return e;
                if (!found)
                        continue;
                struct search_hit hit = { row.kind, row.ref, row.title, row.label, marks_text(a, row.summary, row.body), row.terms,
                                          (double) best->v[i].score };
                struct search_hit *last = vec_push(a, &r->hits);
                /* Somebody who types a whole title wants that page. */
                if (str_eq(utf8_fold(a, row.title), folded) && last != r->hits.v) {
                        memmove(r->hits.v + 1, r->hits.v, (r->hits.n - 1) * sizeof *r->hits.v);
                        last = r->hits.v;
                }
                *last = hit;
        }
        return OK;
}

/* The question with each unknown word replaced by the nearest known one; "" when nothing changes. */
static struct str suggestion(const struct search *s, struct arena *a, const struct query *q) {
        struct str out = S("");
        bool changed = false;
        for (size_t i = 0; i < q->n; i++) {
                struct str word = q->v[i].source, better;
                if (suggest_best(&s->suggest, q->v[i].folded, &better)) {
                        word = better;
                        changed = true;
                }
                out = str_fmt(a, "%.*s%s%.*s", STR(out), i ? " " : "", STR(word));
        }
        return changed ? out : S("");
}

enum err search_ask(const struct search *s, struct db *db, struct arena *a, struct str text, struct str kind, size_t skip,
                    struct search_result *ret) {
        *ret = (struct search_result) { .query = analyse_query(s->an, a, text), .suggestion = S("") };
        struct scores x = scores_new(a, s->docs);
        for (size_t i = 0; i < ret->query.n; i++) {
                enum err e = add_word(&x, db, a, &ret->query.v[i]);
                if (e != OK)
                        return e;
        }
        struct best best = { arena_many(a, struct candidate, skip + SEARCH_LIMIT), 0, skip + SEARCH_LIMIT };
        if (ret->query.n)
                choose(s, &x, a, kind, &best, ret);
        qsort(best.v, best.n, sizeof *best.v, by_score);
        if (ret->total == 0 || ret->partly)
                ret->suggestion = suggestion(s, a, &ret->query);
        return read_hits(db, a, &best, skip, utf8_fold(a, str_trim(text)), ret);
}
