#include "snippet.h"
#include "vec.h"

/* A word of the text that answers to words of the question (bits of WORDS). */
struct hit {
        size_t start, end;
        uint32_t words;
        unsigned weight;
};
struct hits {
        struct hit *v;
        size_t n, cap;
};

struct window {
        size_t start, end;              /* bytes of the text */
        uint32_t words;
        unsigned score;
};

struct wanted {
        uint32_t words;
        unsigned weight;
};

/* Term -> the words of the question that it answers. */
static struct map wanted_terms(struct arena *a, const struct query *q) {
        static const unsigned weights[] = { [TERM_STEM] = 4, [TERM_PART] = 2, [TERM_SYNONYM] = 3 };
        struct map m = { 0 };
        for (size_t w = 0; w < q->n && w < QUERY_WORDS_MAX; w++) {
                for (size_t i = 0; !q->v[w].exclude && i < q->v[w].n; i++) {
                        const struct alternative *alt = &q->v[w].v[i];
                        for (size_t k = 0; k < alt->n; k++) {
                                struct wanted *x = map_get(&m, alt->terms[k]);
                                if (!x) {
                                        x = arena_new(a, struct wanted);
                                        map_put(a, &m, alt->terms[k], x);
                                }
                                x->words |= (uint32_t) 1 << w;
                                if (x->weight < weights[alt->class])
                                        x->weight = weights[alt->class];
                        }
                }
        }
        return m;
}

static struct hits find_hits(struct arena *a, const struct terms *terms, const struct query *q) {
        struct hits hits = { 0 };
        struct map wanted = wanted_terms(a, q);
        for (size_t i = 0; i < terms->n; i++) {
                const struct term *t = &terms->v[i];
                const struct wanted *x = map_get(&wanted, t->text);
                if (!x)
                        continue;
                if (hits.n == 0 || hits.v[hits.n - 1].start != t->word_start)
                        *vec_push(a, &hits) = (struct hit) { .start = t->word_start, .end = t->word_end };
                struct hit *h = &hits.v[hits.n - 1];
                unsigned weight = t->class == TERM_STEM ? x->weight : 1;
                h->words |= x->words;
                h->weight = weight > h->weight ? weight : h->weight;
        }
        return hits;
}

/* The best row of hits within SIZE bytes that shows words beside HAVE and keeps clear of OTHER. */
static struct window best_window(const struct hits *hits, size_t size, uint32_t have, const struct window *other) {
        struct window best = { 0 };
        for (size_t i = 0; i < hits->n; i++) {
                struct window w = { .start = hits->v[i].start };
                unsigned sum = 0;
                for (size_t j = i; j < hits->n && j < i + 64 && hits->v[j].end - w.start <= size; j++) {
                        if (other && hits->v[j].end > other->start && hits->v[j].start < other->end)
                                break;
                        w.end = hits->v[j].end;
                        w.words |= hits->v[j].words;
                        sum += hits->v[j].weight;
                }
                /* Different words count far more than one word many times. */
                unsigned distinct = (unsigned) __builtin_popcount(w.words & ~have);
                w.score = w.end ? distinct * 100 + (sum < 60 ? sum : 60) : 0;
                if (distinct && w.score > best.score)
                        best = w;
        }
        return best;
}

static bool is_space(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Fills W up to SIZE bytes with the words around it, from FLOOR to CEILING. */
static void widen(struct str text, struct window *w, size_t size, size_t floor, size_t ceiling) {
        size_t spare = size > w->end - w->start ? size - (w->end - w->start) : 0;
        size_t before = spare / 3 < w->start - floor ? spare / 3 : w->start - floor;
        size_t start = w->start - before;
        if (start > floor) {
                while (start < w->start && !is_space(text.p[start - 1]))
                        start++;
        }
        while (start < w->start && is_space(text.p[start]))
                start++;
        size_t limit = start + size < ceiling ? start + size : ceiling, end = limit;
        if (end < text.n && !is_space(text.p[end])) {
                while (end > w->end && !is_space(text.p[end - 1]))
                        end--;
        }
        if (end <= start)               /* one word longer than the fragment: cut between characters */
                for (end = limit; end > start && end < text.n && ((unsigned char) text.p[end] & 0xc0) == 0x80;)
                        end--;
        while (end > start && end > w->end && is_space(text.p[end - 1]))
                end--;
        w->start = start;
        w->end = end;
}

static void put(struct arena *a, struct snippet *s, size_t *cap, struct str text, bool marked) {
        if (text.n == 0)
                return;
        vec_grow_(a, (void **) &s->v, &s->n, cap, sizeof *s->v);
        s->v[s->n++] = (struct snippet_piece) { text, marked };
        s->marks += marked;
}

static void put_window(struct arena *a, struct snippet *s, size_t *cap, struct str text, const struct hits *hits,
                       const struct window *w) {
        size_t at = w->start;
        for (size_t i = 0; i < hits->n; i++) {
                const struct hit *h = &hits->v[i];
                if (h->start < at || h->end > w->end)
                        continue;
                put(a, s, cap, str_sub(text, at, h->start - at), false);
                put(a, s, cap, str_sub(text, h->start, h->end - h->start), true);
                at = h->end;
        }
        put(a, s, cap, str_sub(text, at, w->end - at), false);
}

struct snippet text_snippet(struct arena *a, struct str text, const struct terms *terms, const struct query *query,
                            size_t max_chars) {
        struct snippet s = { 0 };
        size_t cap = 0, size = max_chars < 40 ? 40 : max_chars > 2000 ? 2000 : max_chars;
        struct hits hits = find_hits(a, terms, query);
        struct window w[2] = { best_window(&hits, size, 0, NULL) };
        size_t n = 1;
        /* A window counts bytes, which are never fewer than characters. Two halves when they show more words. */
        struct window half = best_window(&hits, size / 2, 0, NULL);
        struct window rest = half.score ? best_window(&hits, size / 2, half.words, &half) : half;
        if (rest.score && __builtin_popcount(half.words | rest.words) > __builtin_popcount(w[0].words)) {
                w[0] = half.start < rest.start ? half : rest;
                w[1] = half.start < rest.start ? rest : half;
                n = 2;
        }
        size_t middle = n == 2 ? w[0].end + (w[1].start - w[0].end) / 2 : text.n;
        while (n == 2 && middle > w[0].end && !is_space(text.p[middle]))
                middle--;
        widen(text, &w[0], size / n, 0, middle);
        if (n == 2)
                widen(text, &w[1], size / n, middle, text.n);
        for (size_t i = 0; i < n; i++) {
                if (i > 0)
                        put(a, &s, &cap, S(" \xe2\x80\xa6 "), false);
                else if (w[0].start > 0)
                        put(a, &s, &cap, S("\xe2\x80\xa6 "), false);
                put_window(a, &s, &cap, text, &hits, &w[i]);
        }
        if (w[n - 1].end < text.n)
                put(a, &s, &cap, S(" \xe2\x80\xa6"), false);
        return s;
}
