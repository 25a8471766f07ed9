#include <math.h>
#include <stdlib.h>
#include "ranking.h"
#include "utf8.h"

#define K1 1.2
#define B 0.75

struct list {
        struct { uint32_t *doc; size_t n, cap; } docs;
        struct { uint32_t *count; size_t n, cap; } counts;
};

static bool sign(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* The next word of TEXT, which is folded. */
static bool next(struct str text, size_t *i, struct str *ret) {
        while (*i < text.n && !sign(text.p[*i]))
                ++*i;
        size_t start = *i;
        while (*i < text.n && sign(text.p[*i]))
                ++*i;
        *ret = str_sub(text, start, *i - start);
        return ret->n > 0;
}

static void count(struct arena *a, struct map *words, struct str word, uint32_t doc) {
        struct list *l = map_get(words, word);
        if (!l) {
                l = arena_new(a, struct list);
                map_put(a, words, word, l);
        }
        if (l->docs.n == 0 || l->docs.doc[l->docs.n - 1] != doc) {
                vec_grow_(a, (void **) &l->docs.doc, &l->docs.n, &l->docs.cap, sizeof *l->docs.doc);
                vec_grow_(a, (void **) &l->counts.count, &l->counts.n, &l->counts.cap, sizeof *l->counts.count);
                l->docs.doc[l->docs.n++] = doc;
                l->counts.count[l->counts.n++] = 0;
        }
        l->counts.count[l->counts.n - 1]++;
}

static void take_best(const double *score, size_t docs, struct ranking *ret) {
        for (uint32_t d = 0; d < docs; d++) {
                if (score[d] <= 0 || (ret->n == RANKING_MAX && score[d] <= ret->score[ret->n - 1]))
                        continue;
                size_t at = ret->n < RANKING_MAX ? ret->n++ : RANKING_MAX - 1;
                for (; at > 0 && ret->score[at - 1] < score[d]; at--) {
                        ret->doc[at] = ret->doc[at - 1];
                        ret->score[at] = ret->score[at - 1];
                }
                ret->doc[at] = d;
                ret->score[at] = score[d];
        }
}

struct ranking *rank_plain(struct arena *a, const struct collection *c) {
        struct map words = { 0 };
        struct str word;
        double mean = 0, *length = arena_many(a, double, c->docs.n);
        for (uint32_t d = 0; d < c->docs.n; d++) {
                const struct document *x = &c->docs.v[d];
                struct str text = utf8_fold(a, str_fmt(a, "%.*s %.*s %.*s %.*s", STR(x->title), STR(x->label), STR(x->summary), STR(x->body)));
                for (size_t i = 0; next(text, &i, &word); length[d]++)
                        count(a, &words, word, d);
                mean += length[d] / (double) c->docs.n;
        }
        struct ranking *ret = arena_many(a, struct ranking, c->questions.n);
        for (size_t q = 0; q < c->questions.n; q++) {
                struct arena tmp = { 0 };
                double *score = arena_many(&tmp, double, c->docs.n + 1);
                struct str text = utf8_fold(&tmp, c->questions.v[q].text);
                for (size_t i = 0; next(text, &i, &word);) {
                        const struct list *l = map_get(&words, word);
                        double df = l ? (double) l->docs.n : 0, idf = log(1 + ((double) c->docs.n - df + 0.5) / (df + 0.5));
                        for (size_t k = 0; l && k < l->docs.n; k++) {
                                double tf = l->counts.count[k], norm = K1 * (1 - B + B * length[l->docs.doc[k]] / mean);
                                score[l->docs.doc[k]] += idf * tf * (K1 + 1) / (tf + norm);
                        }
                }
                take_best(score, c->docs.n, &ret[q]);
                arena_done(&tmp);
        }
        return ret;
}
