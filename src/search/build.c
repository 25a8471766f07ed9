/* build.c - documents become postings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "buf.h"
#include "marks.h"
#include "postings.h"
#include "scoring.h"
#include "search.h"
#include "search.sql.h"
#include "utf8.h"
#include "vec.h"

struct occurrence {
        uint32_t doc;
        float weight;                   /* sum of field weights over the occurrences */
};
/* Occurrences in blocks that double in size: nothing is copied when a list grows, so nothing is left behind in the arena. */
struct block {
        struct block *next;
        uint32_t n, cap;
        struct occurrence v[];
};
#define BLOCK_MAX 1024
struct term_list {
        struct str term;
        struct block *first, *last;
        size_t docs;
};
struct word_count {
        struct str word;
        uint32_t docs, last_doc;
};

struct search_builder {
        struct arena *a;
        struct db *db;
        const struct analyser *an;
        struct arena scratch;           /* for one document; empty between two */
        struct { float *v; size_t n, cap; } lengths;
        struct map terms, words;
        struct { struct term_list **v; size_t n, cap; } term_order;
        struct { struct word_count **v; size_t n, cap; } word_order;
};

enum err search_builder_new(struct db *db, struct arena *a, const struct analyser *an, struct search_builder **ret) {
        struct search_builder *b = arena_new(a, struct search_builder);
        b->a = a;
        b->db = db;
        b->an = an;
        *ret = b;
        enum err e = search_clear_docs(db);
        if (e == OK)
                e = search_clear_terms(db);
        return e == OK ? search_clear_words(db) : e;
}

static struct occurrence *add_occurrence(struct search_builder *b, struct term_list *t, uint32_t doc) {
        struct block *last = t->last;
        if (!last || last->n == last->cap) {
                uint32_t cap = !last ? 2 : last->cap < BLOCK_MAX ? last->cap * 2 : BLOCK_MAX;
                struct block *fresh = arena_alloc(b->a, sizeof *fresh + cap * sizeof *fresh->v);
                fresh->cap = cap;
                if (last)
                        last->next = fresh;
                else
                        t->first = fresh;
                t->last = last = fresh;
        }
        struct occurrence *o = &last->v[last->n++];
        o->doc = doc;
        t->docs++;
        return o;
}

static void add_term(struct search_builder *b, uint32_t doc, struct str term, float weight) {
        struct term_list *t = map_get(&b->terms, term);
        if (!t) {
                t = arena_new(b->a, struct term_list);
                t->term = str_dup(b->a, term);
                map_put(b->a, &b->terms, t->term, t);
                *vec_push(b->a, &b->term_order) = t;
        }
        struct occurrence *o = t->last ? &t->last->v[t->last->n - 1] : NULL;
        if (!o || o->doc != doc)
                o = add_occurrence(b, t, doc);
        o->weight += weight;
}

/* The word as people see it, for suggestions: folded, without numbers. */
static void add_word(struct search_builder *b, uint32_t doc, struct str word) {
        struct str w = utf8_fold(&b->scratch, word);
        if (w.n < 4 || w.n > 40)
                return;
        for (size_t i = 0; i < w.n; i++)
                if (w.p[i] >= '0' && w.p[i] <= '9')
                        return;
        struct word_count *c = map_get(&b->words, w);
        if (!c) {
                c = arena_new(b->a, struct word_count);
                c->word = str_dup(b->a, w);
                map_put(b->a, &b->words, c->word, c);
                *vec_push(b->a, &b->word_order) = c;
        }
        c->docs += c->last_doc != doc;
        c->last_doc = doc;
}

/* TERMS of TEXT count WEIGHT up to byte CHANGE and LATER behind it. */
static void add_terms(struct search_builder *b, uint32_t doc, struct str text, const struct terms *terms, float weight,
                      size_t change, float later) {
        for (size_t i = 0; i < terms->n; i++) {
                const struct term *t = &terms->v[i];
                float w = t->word_start < change ? weight : later;
                add_term(b, doc, t->text, t->class == TERM_PART ? w * PART_WEIGHT : w);
                if (t->class == TERM_STEM)
                        add_word(b, doc, str_sub(text, t->word_start, t->word_end - t->word_start));
        }
        b->lengths.v[doc - 1] += (float) terms->words;
}

static void add_field(struct search_builder *b, uint32_t doc, struct str text, float weight) {
        struct terms terms = analyse_text(b->an, &b->scratch, text);
        add_terms(b, doc, text, &terms, weight, text.n, weight);
}

enum err search_builder_add(struct search_builder *b, const struct search_entry *e) {
        _cleanup_(buf_done) struct buf marks = { 0 };
        *vec_push(b->a, &b->lengths) = 0;
        uint32_t doc = (uint32_t) b->lengths.n;
        add_field(b, doc, e->title, TITLE_WEIGHT);
        add_field(b, doc, e->also, TITLE_WEIGHT);
        add_field(b, doc, e->label, LABEL_WEIGHT);
        /* Summary and body in one go, because results show them as one text: the summary ends where its last word does. */
        struct str text = marks_text(&b->scratch, e->summary, e->body);
        struct terms terms = analyse_text(b->an, &b->scratch, text);
        add_terms(b, doc, text, &terms, SUMMARY_WEIGHT, str_trim(e->summary).n, BODY_WEIGHT);
        marks_put(&marks, &terms);
        enum err done = search_doc_insert(b->db, doc, e->kind, e->ref, e->title, e->label, e->summary, e->body, buf_view(&marks));
        arena_done(&b->scratch);
        return done;
}

/* The BM25 factor of a term in a document, 1..255. */
static uint8_t impact(float weight, float length, float mean) {
        float norm = BM25_K1 * (1 - BM25_B + BM25_B * (mean > 0 ? length / mean : 1));
        float x = weight / (weight + norm) * 255;
        return x < 1 ? 1 : x > 255 ? 255 : (uint8_t) lrintf(x);
}

static enum err store_term(struct search_builder *b, const struct term_list *t, float mean) {
        _cleanup_(buf_done) struct buf out = { 0 };
        uint32_t last = 0;
        for (const struct block *x = t->first; x; x = x->next)
                for (uint32_t i = 0; i < x->n; i++) {
                        uint8_t weight = impact(x->v[i].weight, b->lengths.v[x->v[i].doc - 1], mean);
                        postings_put(&out, &last, (struct posting) { x->v[i].doc, weight });
                }
        return search_term_insert(b->db, t->term, (int64_t) t->docs, buf_view(&out));
}

enum err search_builder_store(struct search_builder *b) {
        float mean = 0;
        enum err e = OK;
        for (size_t i = 0; i < b->lengths.n; i++)
                mean += b->lengths.v[i] / (float) b->lengths.n;
        for (size_t i = 0; e == OK && i < b->term_order.n; i++)
                e = store_term(b, b->term_order.v[i], mean);
        for (size_t i = 0; e == OK && i < b->word_order.n; i++)
                e = search_word_insert(b->db, b->word_order.v[i]->word, b->word_order.v[i]->docs);
        return e;
}
