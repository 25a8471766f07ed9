/* rank.c - which documents answer a question, and which are the best. */
#include <math.h>
#include <stdlib.h>
#include "internal.h"
#include "scoring.h"
#include "vector.h"

/* The state of one document while a question is worked out. */
struct cell {
        float total;                    /* over the words so far */
        float word;                     /* best alternative of the current word */
        float all;                      /* current alternative: sum over its terms */
        uint8_t terms;                  /* current alternative: terms found */
        uint8_t words;                  /* words found */
        uint8_t quoted;                 /* of those, in quotation marks */
        bool excluded;
};

/* Documents that something was added to, so that no step walks over all of them. */
struct touched {
        uint32_t *doc;
        size_t n;
};

struct scores {
        const struct live *live;
        struct cell *cell;              /* by number of document */
        struct touched in_alternative, in_word, found;
};

static float idf_of(const struct live *x, const struct list *l) {
        float n = (float) x->living, df = (float) l->docs;
        return logf(1 + (n - df + 0.5f) / (df + 0.5f));
}

static float class_weight(enum term_class class) {
        return class == TERM_STEM ? ASK_STEM : class == TERM_PART ? ASK_PART : ASK_SYNONYM;
}

static void score_word(struct scores *s, uint32_t doc, float score) {
        struct cell *c = &s->cell[doc];
        if (score > 0 && c->word <= 0)
                s->in_word.doc[s->in_word.n++] = doc;
        if (score > c->word)
                c->word = score;
}

/* One term is the most frequent case by far. */
static void add_one(struct scores *s, const struct list *l, float factor) {
        struct postings it = { .piece = l->first };
        for (uint8_t weight; postings_next(&it, &weight);)
                score_word(s, it.doc, factor * (float) weight);
}

static void add_all(struct scores *s, const struct alternative *alt, float weight, float most) {
        for (size_t k = 0; k < alt->n; k++) {
                const struct list *l = live_list(s->live, vector_key(alt->terms[k]));
                float idf = l ? fminf(idf_of(s->live, l), most) : 0;
                struct postings it = { .piece = l ? l->first : NULL };
                for (uint8_t w; postings_next(&it, &w);) {
                        struct cell *c = &s->cell[it.doc];
                        if (c->terms++ == 0)
                                s->in_alternative.doc[s->in_alternative.n++] = it.doc;
                        c->all += idf * (float) w;
                }
        }
        for (size_t i = 0; i < s->in_alternative.n; i++) {
                struct cell *c = &s->cell[s->in_alternative.doc[i]];
                score_word(s, s->in_alternative.doc[i], c->terms == alt->n ? weight * c->all / (float) alt->n : 0);
                c->all = 0;
                c->terms = 0;
        }
        s->in_alternative.n = 0;
}

/* The idf of the word as it was asked, which its parts and synonyms do not exceed: a rare way to say a common word would drown the
 * rest of the question. */
static float most_idf(const struct live *x, const struct query_word *w) {
        const struct list *l = w->v[0].n == 1 ? live_list(x, vector_key(w->v[0].terms[0])) : NULL;
        return l ? idf_of(x, l) : INFINITY;
}

static void add_word(struct scores *s, const struct query_word *w) {
        float most = most_idf(s->live, w);
        for (size_t i = 0; i < w->n; i++) {
                float weight = class_weight(w->v[i].class);
                const struct list *l = w->v[i].n == 1 ? live_list(s->live, vector_key(w->v[i].terms[0])) : NULL;
                if (l)
                        add_one(s, l, weight * fminf(idf_of(s->live, l), most));
                else if (w->v[i].n > 1)
                        add_all(s, &w->v[i], weight, most);
        }
        for (size_t i = 0; i < s->in_word.n; i++) {
                struct cell *c = &s->cell[s->in_word.doc[i]];
                if (w->exclude)
                        c->excluded = true;
                else if (c->words++ == 0)
                        s->found.doc[s->found.n++] = s->in_word.doc[i];
                if (!w->exclude && w->phrase)
                        c->quoted++;
                c->total += w->exclude ? 0 : c->word;
                c->word = 0;
        }
        s->in_word.n = 0;
}

/* Postings to walk for a word. */
static size_t cost_of(const struct live *x, const struct query_word *w) {
        size_t n = 0;
        for (size_t i = 0; i < w->n; i++)
                for (size_t k = 0; k < w->v[i].n; k++) {
                        const struct list *l = live_list(x, vector_key(w->v[i].terms[k]));
                        n += l ? l->docs : 0;
                }
        return n;
}

struct costly {
        const struct query_word *word;
        size_t cost, at;
};

static int by_cost(const void *x, const void *y) {
        const struct costly *p = x, *q = y;
        return p->cost != q->cost ? (p->cost > q->cost) - (p->cost < q->cost) : (p->at > q->at) - (p->at < q->at);
}

/* Words asked for. */
struct asked {
        size_t words, quoted;
};

/* The rarest words first, until POSTINGS_MAX is spent; the frequent ones that are left tell documents apart the least. A quotation that
 * is excluded says nothing about one of its words. Returns how many words were asked for. */
static struct asked add_words(struct scores *s, struct arena *a, const struct query *q) {
        struct costly *order = arena_many(a, struct costly, q->n);
        size_t n = 0, spent = 0;
        struct asked asked = { 0 };
        for (size_t i = 0; i < q->n; i++)
                if (!(q->v[i].exclude && q->v[i].phrase))
                        order[n++] = (struct costly) { &q->v[i], cost_of(s->live, &q->v[i]), i };
        if (n)
                qsort(order, n, sizeof *order, by_cost);
        for (size_t i = 0; i < n; i++) {
                spent += order[i].cost;
                if (asked.words && spent > POSTINGS_MAX)
                        break;
                add_word(s, order[i].word);
                asked.words += !order[i].word->exclude;
                asked.quoted += !order[i].word->exclude && order[i].word->phrase;
        }
        return asked;
}

/* Best first; the same score in an order that does not depend on when documents came. */
static int by_score(const struct live *x, const struct ranked *p, const struct ranked *q) {
        if (p->score != q->score)
                return p->score > q->score ? -1 : 1;
        uint32_t a = x->docs.v[p->doc].tie, b = x->docs.v[q->doc].tie;
        return a != b ? (a > b) - (a < b) : (p->doc > q->doc) - (p->doc < q->doc);
}

/* Keeps the best N of a stream: a heap with the worst on top. */
struct best {
        const struct live *live;
        struct ranked *v;
        size_t n, max;
};

static void swap(struct ranked *p, struct ranked *q) {
        struct ranked t = *p;
        *p = *q;
        *q = t;
}

static void sift(struct best *b, size_t i, size_t n) {
        for (;;) {
                size_t worst = i, l = 2 * i + 1;
                for (size_t k = l; k < l + 2 && k < n; k++)
                        if (by_score(b->live, &b->v[k], &b->v[worst]) > 0)
                                worst = k;
                if (worst == i)
                        return;
                swap(&b->v[i], &b->v[worst]);
                i = worst;
        }
}

static void offer(struct best *b, struct ranked c) {
        if (b->n < b->max) {
                b->v[b->n++] = c;
                if (b->n == b->max)
                        for (size_t i = b->n; i-- > 0;)
                                sift(b, i, b->n);
        } else if (b->max && by_score(b->live, &c, &b->v[0]) < 0) {
                b->v[0] = c;
                sift(b, 0, b->n);
        }
}

static void sort_best(struct best *b) {
        for (size_t i = b->n; b->n < b->max && i-- > 0;)
                sift(b, i, b->n);
        for (size_t n = b->n; n > 1;) {
                swap(&b->v[0], &b->v[--n]);
                sift(b, 0, n);
        }
}

/* Up to this many facets to choose by. */
#define CHOSEN_MAX 16

struct chosen {
        uint16_t v[CHOSEN_MAX];
        size_t n;
        bool none;                      /* one is a facet that no document has */
};

static struct chosen read_chosen(const struct live *x, struct str facets) {
        struct chosen c = { 0 };
        struct str facet;
        while (facets.n && str_split(&facets, ' ', &facet))
                if (facet.n && c.n < CHOSEN_MAX) {
                        c.v[c.n] = live_facet(x, facet);
                        c.none |= c.v[c.n++] == FACETS_MAX;
                }
        return c;
}

static bool has_all(const struct live *x, const struct live_doc *d, const struct chosen *c) {
        for (size_t i = 0; i < c->n; i++) {
                size_t k = 0;
                while (k < d->facets_n && x->doc_facets.v[d->facets + k] != c->v[i])
                        k++;
                if (k == d->facets_n)
                        return false;
        }
        return !c->none;
}

/* Documents with at least half as many words as the fullest, and with every word in quotation marks. Who holds more of the words
 * comes first, all else being equal. */
static void choose(struct scores *s, struct asked asked, struct str kind, const struct chosen *chosen, struct best *best, struct ranking *r) {
        const struct live *x = s->live;
        uint8_t most = 1;
        for (size_t i = 0; i < s->found.n; i++) {
                const struct cell *c = &s->cell[s->found.doc[i]];
                if (c->words > most && !c->excluded && !x->docs.v[s->found.doc[i]].dead)
                        most = c->words;
        }
        r->partly = most < asked.words;
        float share[QUERY_WORDS_MAX + 1];
        for (size_t i = 0; i <= asked.words; i++)
                share[i] = sqrtf((float) i / (float) asked.words);
        for (size_t i = 0; i < s->found.n; i++) {
                uint32_t doc = s->found.doc[i];
                const struct live_doc *d = &x->docs.v[doc];
                const struct cell *c = &s->cell[doc];
                if (2 * c->words < most || c->quoted < asked.quoted || c->excluded || d->dead || !has_all(x, d, chosen))
                        continue;
                r->kinds[d->kind].n++;
                if (kind.n && !str_eq(kind, x->kinds[d->kind]))
                        continue;
                for (size_t k = 0; k < d->facets_n; k++)
                        r->facets[x->doc_facets.v[d->facets + k]].n++;
                r->total++;
                offer(best, (struct ranked) { .doc = doc, .id = d->id, .score = c->total * share[c->words] });
        }
}

static void copy_names(const struct live *x, struct arena *a, struct ranking *r) {
        for (size_t k = 0; k < r->kinds_n; k++)
                if (r->kinds[k].n)
                        r->kinds[k].name = str_dup(a, x->kinds[k]);
        for (size_t k = 0; k < r->facets_n; k++)
                if (r->facets[k].n)
                        r->facets[k].name = str_dup(a, x->facets.v[k]);
        for (size_t i = 0; i < r->n; i++) {
                const struct live_doc *d = &x->docs.v[r->v[i].doc];
                uint16_t *facets = arena_many(a, uint16_t, d->facets_n);
                for (size_t k = 0; k < d->facets_n; k++)
                        facets[k] = x->doc_facets.v[d->facets + k];
                r->v[i].kind = d->kind;
                r->v[i].facets_n = d->facets_n;
                r->v[i].facets = facets;
        }
}

struct ranking rank_documents(const struct live *x, struct arena *a, const struct query *q, struct str kind, struct str facets, size_t most) {
        struct ranking r = { .kinds = arena_many(a, struct tally, x->kinds_n), .facets = arena_many(a, struct tally, x->facets.n),
                             .kinds_n = x->kinds_n, .facets_n = x->facets.n };
        size_t n = x->docs.n;
        struct scores s = { x, arena_many(a, struct cell, n), { arena_many(a, uint32_t, n), 0 }, { arena_many(a, uint32_t, n), 0 },
                            { arena_many(a, uint32_t, n), 0 } };
        struct best best = { x, arena_many(a, struct ranked, most), 0, most };
        struct chosen chosen = read_chosen(x, facets);
        if (q->wanted == 0)
                return r;
        struct asked asked = add_words(&s, a, q);
        choose(&s, asked, kind, &chosen, &best, &r);
        sort_best(&best);
        r.v = best.v;
        r.n = best.n;
        copy_names(x, a, &r);
        return r;
}
