/* field.c - one cell beside all municipalities: intervals, classes, shrinkage, ranks. Pure: no store, no clock. */
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include "fdr.h"
#include "few.h"
#include "interval.h"
#include "quantile.h"
#include "rank.h"
#include "releasing.h"
#include "shrink.h"

#define FALSE_DISCOVERIES 0.05
#define THREADS_MAX 8

/* The results with a figure, as arrays. Those that are hidden stand in it as equal shares of what the total leaves for them: so nothing here
 * knows more of them than a reader does. */
struct field {
        struct result **of;
        double *x, *n;                  /* events and cases (exposure) */
        size_t k, shown;                /* all, and those that come first */
};

/* Share I of N: whole when SUM is. */
static double share_of(double sum, size_t n, size_t i) {
        double each = floor(sum / (double) n);
        return !stats_is_count(sum) ? sum / (double) n : each + ((double) i < sum - each * (double) n);
}

static struct field field_of(struct arena *a, const struct releasing_cell *rc) {
        const struct cell *c = &rc->cell;
        size_t room = c->n + rc->unseen, unseen = rc->withheld ? 0 : rc->unseen;
        struct field f = { arena_many(a, struct result *, room), arena_many(a, double, room), arena_many(a, double, room), 0, 0 };
        for (size_t i = 0; i < c->n; i++) {
                if (c->v[i].status != RESULT_EXACT)
                        continue;
                f.of[f.k] = &c->v[i];
                f.x[f.k] = c->v[i].numerator;
                f.n[f.k++] = c->v[i].denominator;
        }
        f.shown = f.k;
        for (size_t i = 0; i < unseen; i++) {
                struct result *r = arena_new(a, struct result);
                r->region = S("");
                f.of[f.k] = r;
                f.x[f.k] = share_of(rc->unseen_numerator, unseen, i);
                f.n[f.k] = share_of(rc->unseen_denominator, unseen, i);
                r->value = rc->entry->scale * f.x[f.k] / f.n[f.k];
                f.k++;
        }
        return f;
}

static void keep(struct result *r, const struct benchmark_unit *u) {
        r->low95 = u->low95;
        r->high95 = u->high95;
        r->class_exact = u->class_exact;
        r->class_adjusted = u->class_adjusted;
        r->p = u->p;
        r->z = u->z_adjusted;
}

static void compare(struct arena *a, struct releasing_cell *rc, struct field *f) {
        struct cell *c = &rc->cell;
        struct benchmark_comparison ret = { 0 };
        struct benchmark_unit *u = arena_many(a, struct benchmark_unit, f->k);
        for (size_t i = 0; i < f->k; i++)
                u[i] = (struct benchmark_unit) { .region = f->of[i]->region, .value = f->of[i]->value, .numerator = f->x[i],
                        .denominator = f->n[i] };
        c->method = BENCHMARK_NONE;
        c->target = c->total_numerator = c->total_denominator = c->phi = c->tau2 = STATS_NONE;
        if (!benchmark_compare(a, rc->entry->kind, rc->entry->scale, STATS_NONE, u, f->k, &ret)) {
                benchmark_intervals(rc->entry->kind, rc->entry->scale, u, f->k);
                for (size_t i = 0; i < f->k; i++)
                        keep(f->of[i], &u[i]);
                return;
        }
        c->method = (int) ret.method;
        c->target = ret.target;
        c->target_from_counts = ret.target_from[0] == 'c';
        if (!rc->withheld) {
                c->total_numerator = ret.total_numerator;
                c->total_denominator = ret.total_denominator;
        }
        c->phi = ret.phi;
        c->tau2 = ret.tau2;
        for (size_t i = 0; i < f->k; i++)
                keep(f->of[i], &u[i]);
}

/* Shapes of each posterior, for the ranks. */
struct posteriors {
        enum stats_family family;
        double *a, *b;
        double rankability;
};

static void shrunk_to(struct result *r, struct stats_shrunk s, double scale) {
        r->shrunk = scale * s.mean;
        r->shrunk_low = scale * s.lo;
        r->shrunk_high = scale * s.hi;
        r->weight = s.weight;
}

static bool shrink_shares(struct arena *a, struct releasing_cell *rc, const struct field *f, struct posteriors *ret) {
        double *scratch = arena_many(a, double, stats_share_prior_scratch(f->n, f->k));
        struct stats_share_prior prior = stats_share_prior(f->x, f->n, f->k, scratch);
        ret->family = STATS_FAMILY_BETA;
        if (!prior.converged)
                return false;
        rc->cell.mean = rc->entry->scale * prior.mu;
        rc->cell.spread = prior.rho;
        rc->cell.p_equal = prior.p_equal;
        for (size_t i = 0; i < f->k; i++) {
                shrunk_to(f->of[i], stats_shrink_share(&prior, f->x[i], f->n[i], STATS_CONF_95), rc->entry->scale);
                ret->a[i] = prior.alpha + f->x[i];
                ret->b[i] = prior.beta + f->n[i] - f->x[i];
        }
        struct stats_rankability r = stats_share_rankability(&prior, f->n, f->k, arena_many(a, double, f->k));
        ret->rankability = r.rho;
        return r.verdict == STATS_RANK_SHOW;
}

/* With few municipalities the prior is hardly known: it is averaged over instead of taken for the truth (few.h). Whether they differ at
 * all is still asked of the likelihood. */
static bool shrink_few(struct arena *a, struct releasing_cell *rc, const struct field *f, struct posteriors *ret) {
        struct stats_few_unit *unit = arena_many(a, struct stats_few_unit, f->k);
        struct stats_share_prior prior = stats_share_prior(f->x, f->n, f->k, arena_many(a, double, stats_share_prior_scratch(f->n, f->k)));
        struct stats_few few = stats_few_share(f->x, f->n, f->k, STATS_CONF_95, unit, arena_many(a, double, stats_few_scratch(f->k)));
        double scale = rc->entry->scale;
        ret->family = STATS_FAMILY_BETA;
        if (few.k == 0)
                return false;
        rc->cell.mean = scale * few.mu;
        rc->cell.spread = few.rho;
        rc->cell.p_equal = prior.p_equal;
        for (size_t i = 0; i < f->k; i++) {
                shrunk_to(f->of[i], (struct stats_shrunk) { unit[i].mean, unit[i].weight, unit[i].interval.lo, unit[i].interval.hi }, scale);
                ret->a[i] = unit[i].a;
                ret->b[i] = unit[i].b;
        }
        prior.mu = few.mu;
        prior.rho = few.rho;
        struct stats_rankability r = stats_share_rankability(&prior, f->n, f->k, arena_many(a, double, f->k));
        ret->rankability = r.rho;
        return r.verdict == STATS_RANK_SHOW;
}

static bool shrink_rates(struct arena *a, struct releasing_cell *rc, const struct field *f, struct posteriors *ret) {
        double *scratch = arena_many(a, double, stats_rate_prior_scratch(f->x, f->k));
        struct stats_rate_prior prior = stats_rate_prior(f->x, f->n, f->k, scratch);
        ret->family = STATS_FAMILY_GAMMA;
        if (!prior.converged)
                return false;
        rc->cell.mean = rc->entry->scale * prior.mean;
        rc->cell.spread = 1 / prior.alpha;
        rc->cell.p_equal = prior.p_equal;
        for (size_t i = 0; i < f->k; i++) {
                shrunk_to(f->of[i], stats_shrink_rate(&prior, f->x[i], f->n[i], STATS_CONF_95), rc->entry->scale);
                ret->a[i] = prior.alpha + f->x[i];
                ret->b[i] = prior.beta + f->n[i];
        }
        struct stats_rankability r = stats_rate_rankability(&prior, f->n, f->k, arena_many(a, double, f->k));
        ret->rankability = r.rho;
        return r.verdict == STATS_RANK_SHOW;
}

static void rank(struct arena *a, struct releasing_cell *rc, const struct field *f, const struct posteriors *p) {
        struct stats_rank *out = arena_many(a, struct stats_rank, f->k);
        stats_ranks(p->family, p->a, p->b, f->k, str_eq(rc->entry->polarity, S("higher")), out,
                arena_many(a, double, stats_ranks_scratch(f->k)));
        for (size_t i = 0; i < f->k; i++) {
                struct result *r = f->of[i];
                r->rank_expected = out[i].expected;
                r->rank_median = out[i].median;
                r->rank_low = out[i].lo;
                r->rank_high = out[i].hi;
                r->best_quarter = out[i].best_quarter;
                r->worst_quarter = out[i].worst_quarter;
        }
}

/* Deciles and groups of what is shown. */
static void place_shown(struct arena *a, struct cell *c, const struct field *f) {
        static const double at[7] = { 0, .1, .25, .5, .75, .9, 1 };
        double *v = arena_many(a, double, f->shown);
        size_t *group = arena_many(a, size_t, f->shown);
        struct stats_keyed *keyed = arena_many(a, struct stats_keyed, f->shown);
        for (size_t i = 0; i < f->shown; i++)
                v[i] = f->of[i]->value;
        stats_phe_quantile(v, f->shown, 5, group, keyed);
        for (size_t i = 0; i < f->shown; i++)
                f->of[i]->fifth = f->shown >= BENCHMARK_UNITS_MIN ? (int) group[i] : 0;
        stats_phe_quantile(v, f->shown, 10, group, keyed);
        for (size_t i = 0; i < f->shown; i++)
                f->of[i]->tenth = f->shown >= DECILE_UNITS ? (int) group[i] : 0;
        stats_sort(v, f->shown);
        for (size_t i = 0; i < 7; i++)
                c->quantile[i] = f->shown >= BENCHMARK_UNITS_MIN ? stats_quantile_sorted(v, f->shown, at[i], 7) : STATS_NONE;
        for (size_t i = 0; i < 9; i++)
                c->decile[i] = f->shown >= DECILE_UNITS ? stats_quantile_sorted(v, f->shown, (double) (i + 1) / 10, 7) : STATS_NONE;
}

void releasing_compute(struct arena *a, struct releasing_cell *rc) {
        struct cell *c = &rc->cell;
        struct field f = field_of(a, rc);
        struct posteriors p = { STATS_FAMILY_BETA, arena_many(a, double, f.k), arena_many(a, double, f.k), STATS_NONE };
        c->mean = c->spread = c->p_equal = STATS_NONE;
        compare(a, rc, &f);
        bool show = false;
        if (c->method == BENCHMARK_BINOMIAL)
                show = (f.k < STATS_FEW ? shrink_few : shrink_shares)(a, rc, &f, &p);
        else if (c->method == BENCHMARK_POISSON && f.k >= STATS_FEW)    /* below it, its ranges hold in 91 of 100 only: none then */
                show = shrink_rates(a, rc, &f, &p);
        c->rankability = p.rankability;
        if (show)
                rank(a, rc, &f, &p);
        place_shown(a, c, &f);
}

struct crew {
        struct releasing_cells *cells;
        atomic_size_t next;
};

static void *work(void *arg) {
        struct crew *crew = arg;
        struct arena a = { 0 };
        for (size_t i; (i = atomic_fetch_add(&crew->next, 1)) < crew->cells->n;) {
                if (crew->cells->v[i].changed)
                        releasing_compute(&a, &crew->cells->v[i]);
                arena_reset(&a);
        }
        arena_done(&a);
        return NULL;
}

void releasing_compute_all(struct releasing_cells *cells, unsigned threads) {
        struct crew crew = { .cells = cells };
        pthread_t other[THREADS_MAX];
        unsigned started = 0;
        atomic_init(&crew.next, 0);
        /* A thread that cannot be had leaves its share to the others. */
        while (started + 1 < threads && started + 1 < THREADS_MAX && started + 1 < cells->n &&
               pthread_create(&other[started], NULL, work, &crew) == 0)
                started++;
        work(&crew);
        for (unsigned i = 0; i < started; i++)
                pthread_join(other[i], NULL);
}

void releasing_adjust(struct arena *a, struct cell **cells, size_t n) {
        VEC(double) p = { 0 };
        size_t at = 0;
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < cells[i]->n; k++)
                        *vec_push(a, &p) = cells[i]->v[k].p;
        stats_adjust(STATS_ADJUST_BH, p.v, p.n, p.v, arena_many(a, struct stats_keyed, p.n), NULL);
        for (size_t i = 0; i < n; i++) {
                for (size_t k = 0; k < cells[i]->n; k++) {
                        struct result *r = &cells[i]->v[k];
                        bool notable = r->class_exact == 2 || r->class_exact == -2;
                        r->p_adjusted = p.v[at++];
                        r->notice = !notable ? RESULT_USUAL
                                : r->p_adjusted <= FALSE_DISCOVERIES ? RESULT_NOTABLE_CORRECTED : RESULT_NOTABLE;
                }
        }
}
