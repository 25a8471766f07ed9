#include "effect.h"
#include <math.h>
#include "interval.h"
#include "overdispersion.h"

static bool counted(enum benchmark_method method) {
        return method != BENCHMARK_NONE;
}

/* The figures of [FROM, TO] together; the nearest to the start when there are more than fit. */
static struct effect_part part(enum benchmark_method method, double scale, const struct effect_series *s, int from, int to) {
        struct effect_part r = { .value = (double) NAN };
        double values = 0;
        for (size_t i = 0; i < s->n; i++) {
                const struct effect_point *p = &s->point[i];
                bool usable = counted(method) ? p->numerator >= 0 && p->denominator > 0 : isfinite(p->value);
                if (!usable || p->quarter < from || p->quarter + p->length - 1 > to)
                        continue;
                r.first = r.first ? r.first : p->quarter;
                r.last = p->quarter + p->length - 1;
                r.quarters += p->length;
                r.numerator += p->numerator;
                r.denominator += p->denominator;
                values += p->value * p->length;
        }
        if (r.quarters)
                r.value = counted(method) ? scale * r.numerator / r.denominator : values / r.quarters;
        return r;
}

/* What chance alone does to it. Half a case is added, so that none of none is not certain. */
static double chance_variance(enum benchmark_method method, double scale, const struct effect_part *p) {
        if (method == BENCHMARK_POISSON)
                return scale * scale * (p->numerator + .5) / (p->denominator * p->denominator);
        double share = (p->numerator + .5) / (p->denominator + 1);
        return scale * scale * share * (1 - share) / p->denominator;
}

static bool too_few_cases(enum benchmark_method method, const struct effect_part *p) {
        double cases = method == BENCHMARK_POISSON ? p->numerator : p->denominator;
        return counted(method) && cases < EFFECT_CASES_LEAST;
}

struct changes {
        double *d, *s;
        size_t n;
};

/* How the peers changed between the same quarters. */
static struct changes changes(struct arena *a, enum benchmark_method method, double scale, const struct effect_series *peers, size_t k,
                              const struct effect_part *before, const struct effect_part *after) {
        struct changes c = { arena_many(a, double, k), arena_many(a, double, k), 0 };
        for (size_t i = 0; i < k && c.n < EFFECT_PEERS_MOST; i++) {
                struct effect_part b = part(method, scale, &peers[i], before->first, before->last);
                struct effect_part f = part(method, scale, &peers[i], after->first, after->last);
                if (b.quarters < EFFECT_BEFORE_LEAST || f.quarters < EFFECT_AFTER_LEAST || too_few_cases(method, &b) || too_few_cases(method, &f))
                        continue;
                c.d[c.n] = f.value - b.value;
                c.s[c.n++] = counted(method) ? sqrt(chance_variance(method, scale, &b) + chance_variance(method, scale, &f)) : (double) NAN;
        }
        return c;
}

/* The mean change of the peers with the variance of that mean, and the variance between them. */
struct field {
        double mean, mean_variance, tau2;
};

static struct field field_of(enum benchmark_method method, const struct changes *c) {
        double n = (double) c->n, sum = 0, squares = 0, weights = 0;
        struct field f = { 0 };
        if (counted(method)) {
                f.tau2 = stats_tau2_pm(c->d, c->s, c->n);
                for (size_t i = 0; i < c->n; i++) {
                        double w = 1 / (c->s[i] * c->s[i] + f.tau2);
                        sum += w * c->d[i];
                        weights += w;
                }
                f.mean = sum / weights;
                f.mean_variance = 1 / weights;
                return f;
        }
        for (size_t i = 0; i < c->n; i++)
                sum += c->d[i];
        f.mean = sum / n;
        for (size_t i = 0; i < c->n; i++)
                squares += (c->d[i] - f.mean) * (c->d[i] - f.mean);
        f.tau2 = squares / (n - 1);
        f.mean_variance = f.tau2 / n;
        return f;
}

/* Student's margin with one degree of freedom less than K. */
static struct stats_interval margin(double mean, double se, size_t k) {
        return stats_mean_interval(mean, se * sqrt((double) k), (double) k, STATS_CONF_95);
}

static struct effect waiting(struct effect e, const struct effect_series *own, int after) {
        int length = own->n ? own->point[own->n - 1].length : 1;
        e.first_answer = after + (length > 1 ? (4 - after % 4) % 4 + length - 1 : EFFECT_AFTER_LEAST - 1);
        return e;
}

struct effect effect_of(struct arena *a, enum benchmark_method method, double scale, const struct effect_series *own,
                        const struct effect_series *peers, size_t k, int start, int until) {
        int after = start + EFFECT_LAG, last = after + EFFECT_WINDOW - 1;
        last = until && until < last ? until : last;
        struct effect e = { .status = EFFECT_NO_FIGURES, .own_change = (double) NAN, .peer_change = (double) NAN, .value = (double) NAN,
                            .lo = (double) NAN, .hi = (double) NAN, .se = (double) NAN, .p = (double) NAN, .tau2 = (double) NAN, .reach = (double) NAN };
        e = waiting(e, own, after);
        e.before = part(method, scale, own, start - EFFECT_WINDOW, start - 1);
        e.after = part(method, scale, own, after, last);
        if (own->n && own->point[own->n - 1].quarter < start) {         /* it has still to begin: quarters before it are yet to come */
                e.status = EFFECT_TOO_EARLY;
                return e;
        }
        if (e.before.quarters == 0)
                return e;
        e.status = EFFECT_SHORT_BEFORE;
        if (e.before.quarters < EFFECT_BEFORE_LEAST)
                return e;
        e.status = EFFECT_TOO_EARLY;
        if (e.after.quarters < EFFECT_AFTER_LEAST)
                return e;
        e.status = EFFECT_TOO_FEW_CASES;
        if (too_few_cases(method, &e.before) || too_few_cases(method, &e.after))
                return e;
        struct changes c = changes(a, method, scale, peers, k, &e.before, &e.after);
        e.peers = c.n;
        e.own_change = e.after.value - e.before.value;
        e.status = EFFECT_TOO_FEW_PEERS;
        if (c.n < EFFECT_PEERS_LEAST)
                return e;
        struct field f = field_of(method, &c);
        double chance = counted(method) ? chance_variance(method, scale, &e.before) + chance_variance(method, scale, &e.after) : 0;
        e.status = EFFECT_ESTIMATED;
        e.peer_change = f.mean;
        e.tau2 = f.tau2;
        e.value = e.own_change - f.mean;
        e.se = sqrt(chance + f.tau2 + f.mean_variance);
        e.reach = EFFECT_POWER_Z * e.se;
        struct stats_interval i = margin(e.value, e.se, c.n);
        e.lo = i.lo;
        e.hi = i.hi;
        e.p = stats_mean_p(e.value, e.se * sqrt((double) c.n), (double) c.n);
        return e;
}

struct effect_pool effect_pool(struct arena *a, const double *value, const double *se, size_t k) {
        struct effect_pool p = { k, (double) NAN, (double) NAN, (double) NAN, (double) NAN, (double) NAN };
        double *w = arena_many(a, double, k), sum = 0, weights = 0, spread = 0;
        if (k < 2)
                return p;
        p.tau2 = stats_tau2_pm(value, se, k);
        for (size_t i = 0; i < k; i++) {
                w[i] = 1 / (se[i] * se[i] + p.tau2);
                sum += w[i] * value[i];
                weights += w[i];
        }
        p.mean = sum / weights;
        for (size_t i = 0; i < k; i++)
                spread += w[i] * (value[i] - p.mean) * (value[i] - p.mean);
        /* Never narrower than without the correction of Hartung and Knapp: with two or three that agree it would be. */
        p.se = sqrt(fmax(1, spread / (double) (k - 1)) / weights);
        struct stats_interval i = margin(p.mean, p.se, k);
        p.lo = i.lo;
        p.hi = i.hi;
        return p;
}

bool effect_plan(struct arena *a, enum benchmark_method method, double scale, const struct effect_series *own, const struct effect_series *peers,
                 size_t k, struct effect_plan *ret) {
        if (!counted(method) || own->n == 0)
                return false;
        const struct effect_point *newest = &own->point[own->n - 1];
        int last = newest->quarter + newest->length - 1;
        struct effect_part after = part(method, scale, own, last - 3, last), before = part(method, scale, own, last - 3 - EFFECT_WINDOW, last - 4);
        if (after.quarters < EFFECT_AFTER_LEAST || before.quarters < EFFECT_BEFORE_LEAST || too_few_cases(method, &after))
                return false;
        struct changes c = changes(a, method, scale, peers, k, &before, &after);
        if (c.n < EFFECT_PEERS_LEAST)
                return false;
        *ret = (struct effect_plan) { chance_variance(method, scale, &after) * after.quarters, field_of(method, &c).tau2, c.n };
        return true;
}

double effect_reach(const struct effect_plan *p, int quarters, int together) {
        double chance = p->quarter_variance * (1.0 / EFFECT_WINDOW + 1.0 / quarters), one = chance + p->tau2;
        return EFFECT_POWER_Z * sqrt(one / together + one / (double) p->peers);
}

int effect_quarters(const struct effect_plan *p, double d, int together) {
        for (int q = EFFECT_AFTER_LEAST; q <= EFFECT_HORIZON; q++)
                if (effect_reach(p, q, together) <= d)
                        return q;
        return 0;
}
