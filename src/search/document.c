#include "document.h"
#include <math.h>
#include <stdlib.h>
#include "buf.h"
#include "marks.h"
#include "scoring.h"
#include "utf8.h"
#include "vec.h"
#include "vector.h"

struct weighed {
        uint64_t key;
        float weight;                   /* sum of field weights over the occurrences */
};

/* While a document is taken apart. */
struct parts {
        struct arena *a;
        const struct analyser *an;
        struct map terms, words;
        VEC(struct weighed *) order;
        VEC(struct document_word *) word_order;
        float length;                   /* words, stop words too */
};

static void add_term(struct parts *x, struct str term, float weight) {
        struct weighed *t = map_get(&x->terms, term);
        if (!t) {
                t = arena_new(x->a, struct weighed);
                t->key = vector_key(term);
                map_put(x->a, &x->terms, term, t);
                *vec_push(x->a, &x->order) = t;
        }
        t->weight += weight;
}

/* For suggestions: without numbers. */
static void add_word(struct parts *x, struct str word, int64_t uses) {
        struct str w = utf8_fold(x->a, word);
        if (w.n < 4 || w.n > 40)
                return;
        for (size_t i = 0; i < w.n; i++)
                if (w.p[i] >= '0' && w.p[i] <= '9')
                        return;
        struct document_word *c = map_get(&x->words, w);
        if (!c) {
                c = arena_new(x->a, struct document_word);
                c->word = w;
                map_put(x->a, &x->words, w, c);
                *vec_push(x->a, &x->word_order) = c;
        }
        if (c->uses < uses)
                c->uses = uses;
}

/* TERMS of TEXT count WEIGHT up to byte CHANGE and LATER behind it. */
static void add_terms(struct parts *x, struct str text, const struct terms *terms, float weight, size_t change, float later,
                      int64_t uses) {
        for (size_t i = 0; i < terms->n; i++) {
                const struct term *t = &terms->v[i];
                float w = t->word_start < change ? weight : later;
                add_term(x, t->text, t->class == TERM_PART ? w * PART_WEIGHT : w);
                if (t->class == TERM_STEM)
                        add_word(x, str_sub(text, t->word_start, t->word_end - t->word_start), uses);
        }
        x->length += (float) terms->words;
}

static void add_field(struct parts *x, struct str text, float weight, int64_t uses) {
        struct terms terms = analyse_text(x->an, x->a, text);
        add_terms(x, text, &terms, weight, text.n, weight, uses);
}

/* The BM25 factor of a term in a document, 1..255. */
static uint8_t impact(float weight, float length) {
        float norm = BM25_K1 * (1 - BM25_B + BM25_B * length / BM25_LENGTH);
        float x = weight / (weight + norm) * 255;
        return x < 1 ? 1 : x > 255 ? 255 : (uint8_t) lrintf(x);
}

static int by_key(const void *x, const void *y) {
        const struct weighed *p = *(struct weighed *const *) x, *q = *(struct weighed *const *) y;
        return (p->key > q->key) - (p->key < q->key);
}

static int by_word(const void *x, const void *y) {
        return str_cmp(((const struct document_word *) x)->word, ((const struct document_word *) y)->word);
}

static void write_vector(struct parts *x, struct buf *out) {
        if (x->order.n)
                qsort(x->order.v, x->order.n, sizeof *x->order.v, by_key);
        for (size_t i = 0; i < x->order.n; i++)
                vector_put(out, x->order.v[i]->key, impact(x->order.v[i]->weight, x->length));
}

enum err document_make(const struct analyser *an, struct arena *a, const struct search_entry *e, struct document *ret) {
        _cleanup_(buf_done) struct buf marks = { 0 }, vector = { 0 };
        struct parts x = { .a = a, .an = an };
        add_field(&x, e->title, TITLE_WEIGHT, 2);
        add_field(&x, e->also, TITLE_WEIGHT, 2);
        add_field(&x, e->label, LABEL_WEIGHT, 1);
        /* Summary and body in one go, because results show them as one text: the summary ends where its last word does. */
        struct str text = marks_text(a, e->summary, e->body);
        struct terms terms = analyse_text(an, a, text);
        add_terms(&x, text, &terms, SUMMARY_WEIGHT, str_trim(e->summary).n, BODY_WEIGHT, 1);
        marks_put(&marks, &terms);
        write_vector(&x, &vector);
        if (marks.full || vector.full)
                return ERR_LIMIT;
        *ret = (struct document) { .vector = str_dup(a, buf_view(&vector)), .marks = str_dup(a, buf_view(&marks)),
                                   .words = arena_many(a, struct document_word, x.word_order.n), .words_n = x.word_order.n };
        for (size_t i = 0; i < x.word_order.n; i++)
                ret->words[i] = *x.word_order.v[i];
        if (ret->words_n)
                qsort(ret->words, ret->words_n, sizeof *ret->words, by_word);
        return OK;
}
