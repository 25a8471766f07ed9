/* measure.c - how well search finds, next to plain BM25 and to PostgreSQL's Dutch full text search: tests/search/run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "score.h"
#include "testing.h"

struct options {
        struct str only;                /* file with the items that belong to the collection */
        double least;                   /* nDCG@10 of ours below which the status is 1 */
        bool body_only, each, sqlite_only;
        const char *files[8];
        int n;
};

/* One search, with its score on each question. */
struct contender {
        const char *name;
        struct score *scores;
};
#define CONTENDERS_MAX 4

static struct contender contend(struct arena *a, const struct collection *c, const char *name, const struct ranking *r) {
        struct contender x = { name, arena_many(a, struct score, c->questions.n) };
        for (size_t i = 0; i < c->questions.n; i++)
                x.scores[i] = score_of(&c->questions.v[i], &r[i]);
        return x;
}

enum part { TUNED, HELD_OUT, ALL, PARTS };
static const char *const part_names[PARTS] = { "tuned", "held out", "all" };

static bool belongs(const struct question *q, enum part part) {
        return part == ALL || q->held_out == (part == HELD_OUT);
}

static struct score mean(const struct collection *c, const struct contender *x, enum part part, size_t *n) {
        struct score m = { 0 };
        *n = 0;
        for (size_t i = 0; i < c->questions.n; i++) {
                if (!belongs(&c->questions.v[i], part))
                        continue;
                ++*n;
                m.ndcg += x->scores[i].ndcg;
                m.mrr += x->scores[i].mrr;
                m.hit += x->scores[i].hit;
                m.recall += x->scores[i].recall;
        }
        double k = *n ? (double) *n : 1;
        return (struct score) { m.ndcg / k, m.mrr / k, m.hit / k, m.recall / k };
}

static void print_differences(struct arena *a, const struct collection *c, const struct contender *x, size_t n, enum part part) {
        double *ours = arena_many(a, double, c->questions.n), *theirs = arena_many(a, double, c->questions.n);
        for (size_t k = 1; k < n; k++) {
                for (int of_mrr = 0; of_mrr < 2; of_mrr++) {
                        size_t m = 0;
                        for (size_t i = 0; i < c->questions.n; i++) {
                                if (!belongs(&c->questions.v[i], part))
                                        continue;
                                ours[m] = of_mrr ? x[0].scores[i].mrr : x[0].scores[i].ndcg;
                                theirs[m++] = of_mrr ? x[k].scores[i].mrr : x[k].scores[i].ndcg;
                        }
                        struct difference d = score_difference(ours, theirs, m);
                        printf("    %-8s ours - %-60s %+.3f  95 %% %+.3f to %+.3f  p %.4f   better %zu worse %zu  sign p %.4f\n",
                               of_mrr ? "MRR" : "nDCG@10", x[k].name, d.mean, d.low, d.high, d.p, d.better, d.worse, d.sign_p);
                }
        }
}

static void print_table(struct arena *a, const struct collection *c, const struct contender *x, size_t n) {
        for (enum part part = 0; part < PARTS; part++) {
                size_t questions;
                (void) mean(c, &x[0], part, &questions);
                printf("  %s, %zu questions\n    %-72s nDCG@10    MRR  hit@10  recall@100\n", part_names[part], questions, "");
                for (size_t k = 0; k < n; k++) {
                        struct score m = mean(c, &x[k], part, &questions);
                        printf("    %-72s   %.3f  %.3f   %.3f       %.3f\n", x[k].name, m.ndcg, m.mrr, m.hit, m.recall);
                }
                print_differences(a, c, x, n, part);
        }
}

/* The best of the ways to ask PostgreSQL, by nDCG@10 over all questions. In an empty schema of its own. */
static enum err best_way(struct arena *a, const struct collection *c, struct contender *ret) {
        struct tsearch *p = NULL;
        void *state = NULL;
        double best = -1;
        enum err e = test_store_postgres(&state) == 0 ? OK : ERR_BUSY;
        if (e == OK)
                e = tsearch_open(a, c, ((struct test_store *) state)->url, &p);
        for (unsigned way = 0; e == OK && way < TSEARCH_WAYS; way++) {
                const char *name;
                struct ranking *r;
                size_t n;
                e = rank_tsearch(p, a, way, &name, &r);
                if (e != OK)
                        break;
                struct contender x = contend(a, c, name, r);
                double ndcg = mean(c, &x, ALL, &n).ndcg;
                if (ndcg > best) {
                        best = ndcg;
                        *ret = x;
                }
        }
        tsearch_close(p);
        if (state)
                test_store_done(&state);
        if (e == OK)
                ret->name = str_fmt(a, "PostgreSQL, %s", ret->name).p;
        return e;
}

/* Questions that the two stores answer differently: another document, order or score. */
static size_t store_differences(const struct collection *c, const struct ranking *x, const struct ranking *y) {
        size_t n = 0;
        for (size_t i = 0; i < c->questions.n; i++)
                n += x[i].n != y[i].n || memcmp(x[i].doc, y[i].doc, x[i].n * sizeof *x[i].doc) != 0 ||
                     memcmp(x[i].score, y[i].score, x[i].n * sizeof *x[i].score) != 0;
        return n;
}

static void print_each(const struct collection *c, const struct ranking *ours, const struct contender *x, size_t n) {
        for (size_t i = 0; i < c->questions.n; i++) {
                const struct question *q = &c->questions.v[i];
                if (q->held_out)
                        continue;               /* not to be looked at */
                printf("%.*s  %.*s\n   ", STR(q->id), STR(q->text));
                for (size_t k = 0; k < n; k++)
                        printf(" %.3f", x[k].scores[i].ndcg);
                for (size_t k = 0; k < ours[i].n && k < 10; k++) {
                        int grade = 0;
                        for (size_t j = 0; j < q->judged.n; j++)
                                if (q->judged.v[j].doc == ours[i].doc[k])
                                        grade = q->judged.v[j].grade;
                        printf(" %.*s:%d", STR(c->docs.v[ours[i].doc[k]].id), grade);
                }
                printf("\n");
        }
}

/* Everything against PostgreSQL. Without a server only SQLite and plain BM25 are measured, and that is said. */
static enum err with_postgres(struct arena *a, const struct collection *c, const struct analyser *an, const struct ranking *ours,
                              struct contender *ret, bool *measured) {
        void *state = NULL;
        struct ranking *again = NULL;
        *measured = false;
        enum err e = test_store_postgres(&state) == 0 ? OK : ERR_BUSY;
        struct test_store *s = state;
        if (s && !s->available)
                printf("  no PostgreSQL: SCHOUDERS_TEST_PG is not set (tests/pg)\n");
        else if (e == OK)
                e = rank_ours(a, c, an, s->url, &again);
        if (e == OK && again) {
                printf("  questions that SQLite and PostgreSQL answer differently: %zu of %zu\n", store_differences(c, ours, again),
                       c->questions.n);
                e = best_way(a, c, ret);
                *measured = e == OK;
        }
        if (state)
                test_store_done(&state);
        return e;
}

static enum err compare(struct arena *a, const struct collection *c, const struct analyser *an, const struct options *o) {
        void *state = NULL;
        struct contender x[CONTENDERS_MAX];
        struct ranking *ours = NULL;
        size_t n = 0, questions;
        bool measured = false;
        enum err e = test_store_sqlite(&state) == 0 ? OK : ERR_BUSY;
        if (e == OK)
                e = rank_ours(a, c, an, ((struct test_store *) state)->url, &ours);
        if (e == OK) {
                x[n++] = contend(a, c, "ours", ours);
                x[n++] = contend(a, c, "plain BM25", rank_plain(a, c));
                if (!o->sqlite_only)
                        e = with_postgres(a, c, an, ours, &x[n], &measured);
                n += measured;
        }
        if (e == OK && o->each)
                print_each(c, ours, x, n);
        if (e == OK) {
                print_table(a, c, x, n);
                double ndcg = mean(c, &x[0], ALL, &questions).ndcg;
                if (ndcg < o->least) {
                        printf("nDCG@10 %.3f is below %.3f\n", ndcg, o->least);
                        e = ERR_LIMIT;
                }
        }
        if (state)
                test_store_done(&state);
        return e;
}

static bool read_options(int argc, char **argv, struct options *o) {
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--body-only") == 0)
                        o->body_only = true;
                else if (strcmp(argv[i], "--each") == 0)
                        o->each = true;
                else if (strcmp(argv[i], "--sqlite") == 0)
                        o->sqlite_only = true;
                else if (strcmp(argv[i], "--only") == 0 && i + 1 < argc)
                        o->only = str_of(argv[++i]);
                else if (strcmp(argv[i], "--least") == 0 && i + 1 < argc)
                        o->least = atof(argv[++i]);
                else if (argv[i][0] == '-' || o->n == 8)
                        return false;
                else
                        o->files[o->n++] = argv[i];
        }
        return o->n >= 2;
}

int main(int argc, char **argv) {
        struct options o = { 0 };
        struct arena a = { 0 };
        struct collection c = { 0 };
        struct analyser *an = NULL;
        if (!read_options(argc, argv, &o)) {
                fprintf(stderr, "usage: measure [--body-only] [--each] [--sqlite] [--only FILE] [--least NDCG] DOCUMENTS QUESTIONS [JUDGEMENTS]\n");
                return 2;
        }
        enum err e = collection_docs(&a, str_of(o.files[0]), o.only, o.body_only, &c);
        for (int i = 1; e == OK && i < o.n; i++)
                e = collection_questions(&a, str_of(o.files[i]), &c);
        if (e == OK) {
                collection_finish(&c);
                printf("%s, %s: %zu documents%s, %zu questions, %zu judgements of unknown documents\n", o.files[0], o.files[1], c.docs.n,
                       o.body_only ? " (text only)" : "", c.questions.n, c.unknown);
                e = analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an);
        }
        if (e == OK)
                e = compare(&a, &c, an, &o);
        analyser_close(an);
        arena_done(&a);
        return e == OK ? 0 : e == ERR_LIMIT ? 1 : 2;
}
