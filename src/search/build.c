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
struct term_list {
        struct str term;
        struct { struct occurrence *v; size_t n, cap; } in;
};
struct word_count {
        struct str word;
        uint32_t docs, last_doc;
};

struct search_builder {
        struct arena *a;
        const struct analyser *an;
        struct { struct search_entry *v; size_t n, cap; } docs;
        struct { float *v; size_t n, cap; } lengths;
        struct map terms, words;
        struct { struct term_list **v; size_t n, cap; } term_order;
        struct { struct word_count **v; size_t n, cap; } word_order;
};

struct search_builder *search_builder_new(struct arena *a, const struct analyser *an) {
        struct search_builder *b = arena_new(a, struct search_builder);
        b->a = a;
        b->an = an;
        return b;
}

static void add_term(struct search_builder *b, uint32_t doc, struct str term, float weight) {
        struct term_list *t = map_get(&b->terms, term);
        if (!t) {
                t = arena_new(b->a, struct term_list);
                t->term = str_dup(b->a, term);
                map_put(b->a, &b->terms, t->term, t);
                *vec_push(b->a, &b->term_order) = t;
        }
        if (t->in.n == 0 || t->in.v[t->in.n - 1].doc != doc)
                *vec_push(b->a, &t->in) = (struct occurrence) { doc, 0 };
        t->in.v[t->in.n - 1].weight += weight;
}

/* The word as people see it, for suggestions: folded, without numbers. */
static void add_word(struct search_builder *b, uint32_t doc, struct str word) {
        struct str w = utf8_fold(b->a, word);
        if (w.n < 4 || w.n > 40)
                return;
        for (size_t i = 0; i < w.n; i++)
                if (w.p[i] >= '0' && w.p[i] <= '9')
                        return;
        struct word_count *c = map_get(&b->words, w);
        if (!c) {
                c = arena_new(b->a, struct word_count);
                c->word = w;
                map_put(b->a, &b->words, w, c);
                *vec_push(b->a, &b->word_order) = c;
        }
        c->docs += c->last_doc != doc;
        c->last_doc = doc;
}

static void add_field(struct search_builder *b, uint32_t doc, struct str text, float weight, bool visible) {
        struct arena scratch = { 0 };
        struct terms t = analyse_text(b->an, &scratch, text);
        for (size_t i = 0; i < t.n; i++) {
                add_term(b, doc, t.v[i].text, t.v[i].class == TERM_PART ? weight * PART_WEIGHT : weight);
                if (visible && t.v[i].class == TERM_STEM)
                        add_word(b, doc, str_sub(text, t.v[i].word_start, t.v[i].word_end - t.v[i].word_start));
        }
        b->lengths.v[doc - 1] += (float) t.words * (weight > 1 ? 1.0f : weight);
        arena_done(&scratch);
}

void search_builder_add(struct search_builder *b, const struct search_entry *e) {
        *vec_push(b->a, &b->docs) = (struct search_entry) {
                str_dup(b->a, e->kind), str_dup(b->a, e->ref), str_dup(b->a, e->title), str_dup(b->a, e->label),
                str_dup(b->a, e->summary), str_dup(b->a, e->body), str_dup(b->a, e->also),
        };
        *vec_push(b->a, &b->lengths) = 0;
        uint32_t doc = (uint32_t) b->docs.n;
        add_field(b, doc, e->title, TITLE_WEIGHT, true);
        add_field(b, doc, e->also, TITLE_WEIGHT, true);
        add_field(b, doc, e->label, LABEL_WEIGHT, true);
        add_field(b, doc, e->summary, SUMMARY_WEIGHT, true);
        add_field(b, doc, e->body, BODY_WEIGHT, true);
}

/* The BM25 factor of a term in a document, 1..255. */
static uint8_t impact(float weight, float length, float mean) {
        float norm = BM25_K1 * (1 - BM25_B + BM25_B * (mean > 0 ? length / mean : 1));
        float x = weight / (weight + norm) * 255;
        return x < 1 ? 1 : x > 255 ? 255 : (uint8_t) lrintf(x);
}

static enum err store_terms(struct search_builder *b, struct db *db) {
        float mean = 0;
        enum err e = OK;
        for (size_t i = 0; i < b->lengths.n; i++)
                mean += b->lengths.v[i] / (float) b->lengths.n;
        for (size_t i = 0; e == OK && i < b->term_order.n; i++) {
                const struct term_list *t = b->term_order.v[i];
                _cleanup_(buf_done) struct buf out = { 0 };
                uint32_t last = 0;
                for (size_t k = 0; k < t->in.n; k++) {
                        const struct occurrence *o = &t->in.v[k];
                        postings_put(&out, &last, (struct posting) { o->doc, impact(o->weight, b->lengths.v[o->doc - 1], mean) });
                }
                e = search_term_insert(db, t->term, (int64_t) t->in.n, buf_view(&out));
        }
        return e;
}

static enum err store_doc(struct search_builder *b, struct db *db, size_t i) {
        const struct search_entry *d = &b->docs.v[i];
        struct arena scratch = { 0 };
        _cleanup_(buf_done) struct buf marks = { 0 };
        struct terms terms = analyse_text(b->an, &scratch, marks_text(&scratch, d->summary, d->body));
        marks_put(&marks, &terms);
        enum err e = search_doc_insert(db, (int64_t) i + 1, d->kind, d->ref, d->title, d->label, d->summary, d->body,
                                       buf_view(&marks));
        arena_done(&scratch);
        return e;
}

enum err search_builder_store(struct search_builder *b, struct db *db) {
        enum err e = search_clear_docs(db);
        if (e == OK)
                e = search_clear_terms(db);
        if (e == OK)
                e = search_clear_words(db);
        for (size_t i = 0; e == OK && i < b->docs.n; i++)
                e = store_doc(b, db, i);
        if (e == OK)
                e = store_terms(b, db);
        for (size_t i = 0; e == OK && i < b->word_order.n; i++)
                e = search_word_insert(db, b->word_order.v[i]->word, b->word_order.v[i]->docs);
        return e;
}
