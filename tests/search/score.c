#include "score.h"
#include <math.h>
#include <stdlib.h>

#define TOP 10
#define DRAWS 10000

static double gain(int grade) {
        return exp2(grade) - 1;
}

static int grade_of(const struct question *q, uint32_t doc) {
        for (size_t i = 0; i < q->judged.n; i++)
                if (q->judged.v[i].doc == doc)
                        return q->judged.v[i].grade;
        return 0;
}

static int down(const void *x, const void *y) {
        const int *p = x, *q = y;
        return *q - *p;
}

static double ideal(const struct question *q) {
        double sum = 0;
        int *grades = calloc(q->judged.n, sizeof *grades);
        if (!grades)
                abort();
        for (size_t i = 0; i < q->judged.n; i++)
                grades[i] = q->judged.v[i].grade;
        qsort(grades, q->judged.n, sizeof *grades, down);
        for (size_t i = 0; i < q->judged.n && i < TOP; i++)
                sum += gain(grades[i]) / log2((double) i + 2);
        free(grades);
        return sum;
}

struct score score_of(const struct question *q, const struct ranking *r) {
        struct score s = { 0 };
        double found = 0;
        for (size_t i = 0; i < r->n; i++) {
                int grade = grade_of(q, r->doc[i]);
                if (grade == 0)
                        continue;
                found++;
                if (s.mrr <= 0)
                        s.mrr = 1 / ((double) i + 1);
                if (i < TOP) {
                        s.ndcg += gain(grade) / log2((double) i + 2);
                        s.hit = 1;
                }
        }
        s.ndcg /= ideal(q);
        s.recall = found / (double) q->judged.n;
        return s;
}

/* xorshift64*: the same draws on every machine. */
static size_t draw(uint64_t *state, size_t n) {
        *state ^= *state >> 12;
        *state ^= *state << 25;
        *state ^= *state >> 27;
        return (size_t) ((*state * 2685821657736338717u) >> 33) % n;
}

static int up(const void *x, const void *y) {
        const double *p = x, *q = y;
        return (*p > *q) - (*p < *q);
}

/* Two-sided: how probable it is that N coins fall at least as unevenly as BETTER and WORSE. */
static double sign_test(size_t better, size_t worse) {
        size_t n = better + worse, low = better < worse ? better : worse;
        double p = 0;
        for (size_t k = 0; k <= low && n > 0; k++)
                p += exp(lgamma((double) n + 1) - lgamma((double) k + 1) - lgamma((double) (n - k) + 1) - (double) n * log(2));
        return n == 0 || p > 0.5 ? 1 : 2 * p;
}

struct difference score_difference(const double *x, const double *y, size_t n) {
        struct difference d = { .p = 1, .sign_p = 1 };
        static double means[DRAWS];
        uint64_t state = 88172645463325252u;
        size_t under = 0, over = 0;
        for (size_t i = 0; i < n; i++) {
                d.mean += (x[i] - y[i]) / (double) n;
                d.better += x[i] > y[i] + 1e-9;
                d.worse += y[i] > x[i] + 1e-9;
        }
        for (size_t k = 0; n > 0 && k < DRAWS; k++) {
                means[k] = 0;
                for (size_t i = 0; i < n; i++) {
                        size_t j = draw(&state, n);
                        means[k] += (x[j] - y[j]) / (double) n;
                }
                under += means[k] <= 0;
                over += means[k] >= 0;
        }
        if (n > 0) {
                qsort(means, DRAWS, sizeof *means, up);
                d.low = means[DRAWS / 40];
                d.high = means[DRAWS - DRAWS / 40 - 1];
                d.p = 2 * (double) (under < over ? under : over) / DRAWS;
                d.p = d.p > 1 ? 1 : d.p;
        }
        d.sign_p = sign_test(d.better, d.worse);
        return d;
}
