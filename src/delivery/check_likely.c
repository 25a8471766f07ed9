/* check_likely.c - what can be true, but asks for an explanation. */
#include "check.h"
#include <math.h>
#define MATHLIB_STANDALONE
#include <Rmath.h>
#include "number.h"
#include "quantile.h"
#include "shrink.h"

#define HISTORY_MIN 4
#define PEERS_MIN 12
#define CASES_MIN 10

double check_change_p(double before, double now) {
        double n = before + now, least = before < now ? before : now;
        if (!stats_is_count(before) || !stats_is_count(now))
                return STATS_NONE;
        double p = 2 * pbinom(least, n, 0.5, 1, 0);
        return n == 0 || p > 1 ? 1 : p;
}

bool check_change_is_large(double before, double now) {
        double most = before > now ? before : now;
        return most >= CASES_MIN && fabs(now - before) > 0.25 * before && check_change_p(before, now) < 0.001;
}

/* P(X <= x) of a beta-binomial. */
static double below(double x, double n, double alpha, double beta) {
        double sum = 0;
        for (double k = 0; k <= x; k++)
                sum += exp(lchoose(n, k) + lbeta(k + alpha, n - k + beta) - lbeta(alpha, beta));
        return sum > 1 ? 1 : sum;
}

bool check_is_unexpected(const struct amounts *history, size_t k, double x, double n) {
        double xs[64], ns[64], scratch[4096], all = 0, most = 0, hits = 0;
        size_t m = 0;
        for (size_t i = 0; i < k && m < 64; i++) {
                if (!stats_is_count(history[i].x) || !stats_is_count(history[i].n) || history[i].n < 1 || history[i].x > history[i].n)
                        continue;
                xs[m] = history[i].x;
                ns[m++] = history[i].n;
                all += history[i].n;
                hits += history[i].x;
                most = history[i].n > most ? history[i].n : most;
        }
        /* above it the sum over k is slow; the comparison with peers still looks */
        if (m < HISTORY_MIN || n < CASES_MIN || n > 100000 || x > n || !stats_is_count(x) || !stats_is_count(n))
                return false;
        double alpha = hits + 0.5, beta = all - hits + 0.5;
        if (3 * most <= 4096) {
                struct stats_share_prior prior = stats_share_prior(xs, ns, m, scratch);
                if (prior.converged && prior.overdispersed)
                        alpha = prior.alpha, beta = prior.beta;
        }
        double low = below(x, n, alpha, beta), high = 1 - (x > 0 ? below(x - 1, n, alpha, beta) : 0);
        return low < STATS_TAIL_998 || high < STATS_TAIL_998;
}

bool check_is_far(const double *sorted, size_t n, double value) {
        if (n < PEERS_MIN || isnan(value))
                return false;
        double low = stats_quantile_sorted(sorted, n, 0.1, 7), high = stats_quantile_sorted(sorted, n, 0.9, 7), mean = 0, square = 0;
        for (size_t i = 0; i < n; i++)
                mean += stats_clamp(sorted[i], low, high) / (double) n;
        for (size_t i = 0; i < n; i++) {
                double d = stats_clamp(sorted[i], low, high) - mean;
                square += d * d / (double) (n - 1);
        }
        return sqrt(square) > 1e-9 * fabs(mean) && fabs(value - mean) > 4 * sqrt(square);
}

struct look {
        struct arena *a;
        const struct check *c;
        struct check_findings *ret;
        size_t i;
};

static void ask(struct look *l, const char *rule, enum check_place place, struct str reason) {
        check_say(l->a, l->ret, (struct check_finding) { .weight = CHECK_SOFT, .rule = rule, .figure = l->i, .place = place, .reason = reason,
                                                         .mend = S("Klopt het? Leg dan kort uit hoe het komt.") });
}

static struct str whole(struct arena *a, double v) {
        return num_int(a, (int64_t) v);
}

/* Of a mean the cases are compared: its numerator adds up days or euros, which do not come one by one. */
static void change(struct look *l, const struct asked_figure *f, const struct amounts *before, struct str when) {
        bool is_mean = f->denominator.n > 0 && !f->is_share;
        double was = !before ? STATS_NONE : is_mean ? before[l->i].n : before[l->i].x, now = is_mean ? l->c->now[l->i].n : l->c->now[l->i].x;
        if (f->is_whole && check_change_is_large(was, now))
                ask(l, "grote-verandering", is_mean ? PLACE_DENOMINATOR : PLACE_NUMERATOR, str_fmt(l->a, "%.*s was dit %.*s en nu %.*s. Zo'n verschil is zelden toeval.",
                    STR(when), STR(whole(l->a, was)), STR(whole(l->a, now))));
}

static void expected(struct look *l, const struct asked_figure *f) {
        struct amounts *own = arena_many(l->a, struct amounts, l->c->history_n), now = l->c->now[l->i];
        for (size_t k = 0; k < l->c->history_n; k++)
                own[k] = l->c->history[k][l->i];
        if (f->is_share && check_is_unexpected(own, l->c->history_n, now.x, now.n))
                ask(l, "buiten-eigen-reeks", PLACE_NUMERATOR, S("Dit aandeel past niet bij uw eerdere cijfers."));
        size_t n = l->c->peers ? l->c->peers_n[l->i] : 0;
        double *sorted = arena_many(l->a, double, n);
        for (size_t k = 0; k < n; k++)
                sorted[k] = l->c->peers[l->i][k];
        n = stats_sort(sorted, n);
        bool counts = f->denominator.n > 0 || !f->is_whole;     /* a bare count says how large a municipality is */
        if (counts && check_is_far(sorted, n, check_value(f, now)))
                ask(l, "ver-van-anderen", PLACE_NUMERATOR, S("Dit ligt ver van wat andere gemeenten leveren."));
}

static void ends_of_scale(struct look *l, const struct asked_figure *f) {
        struct amounts now = l->c->now[l->i];
        double before = l->c->year_ago ? l->c->year_ago[l->i].x : STATS_NONE;
        if (f->is_share && now.n >= CASES_MIN && f->sum == SUM_NONE && (now.x == 0 || now.x == now.n))
                ask(l, now.x == 0 ? "nul-procent" : "honderd-procent", PLACE_NUMERATOR, now.x == 0 ? S("Dit is 0%: bij niemand.") : S("Dit is 100%: bij iedereen."));
        if (now.x == 0 && before > 0)
                ask(l, "nul-na-jaar", PLACE_NUMERATOR, str_fmt(l->a, "%.*s was dit %.*s en nu 0.", STR(l->c->year_ago_name), STR(num_dec(l->a, before, 0))));
}

/* The denominator per household, against a year ago. */
static void households(struct look *l, const struct asked_figure *f) {
        double now = l->c->now[l->i].n, before = l->c->year_ago ? l->c->year_ago[l->i].n : STATS_NONE;
        if (f->denominator.n == 0 || !(before > 0) || (now < CASES_MIN && before < CASES_MIN))
                return;
        double ratio = now / l->c->households / (before / l->c->households_year_ago);
        if (fabs(ratio - 1) > 0.2)
                ask(l, "noemer-veranderd", PLACE_DENOMINATOR, str_fmt(l->a, "%.*s was de noemer %.*s en nu %.*s. Dat scheelt meer dan een vijfde, ook als wij rekenen met het aantal huishoudens.",
                    STR(l->c->year_ago_name), STR(whole(l->a, before)), STR(whole(l->a, now))));
}

/* Who waited more than 28 days waited at least 29: so low a mean cannot be. */
static void waiting(struct look *l) {
        const struct asked *q = l->c->asked;
        size_t mean_at = asked_find(q, S("SHV02"), S("")), within_at = asked_find(q, S("SHV03"), S(""));
        if (mean_at == q->figures.n || within_at == q->figures.n)
                return;
        double mean = check_value(&q->figures.v[mean_at], l->c->now[mean_at]), within = check_value(&q->figures.v[within_at], l->c->now[within_at]);
        double least = 29 * (1 - within);
        l->i = mean_at;
        if (mean < least)
                ask(l, "wachttijd-te-kort", PLACE_NUMERATOR, str_fmt(l->a, "Gemiddeld %.*s dagen kan niet samengaan met SHV03: dan is het ten minste %.*s dagen.",
                    STR(num_dec(l->a, mean, 1)), STR(num_dec(l->a, least, 1))));
}

static void staff(struct look *l) {
        size_t at = asked_find(l->c->asked, S("SHV18"), S(""));
        if (at == l->c->asked->figures.n)
                return;
        double per_case = l->c->now[at].x / l->c->cases, median = l->c->fte_per_case;
        l->i = at;
        if (per_case < 0.2 * median || per_case > 5 * median)
                ask(l, "fte-per-aanmelding", PLACE_NUMERATOR, str_fmt(l->a, "Dit is %.*s fte per 1.000 aanmeldingen. De middelste gemeente heeft %.*s.",
                    STR(num_dec(l->a, 1000 * per_case, 1)), STR(num_dec(l->a, 1000 * median, 1))));
}

/* Everything as the last time, and more than a few numbers above 0. */
static void copied(struct look *l) {
        size_t same = 0;
        l->i = l->c->asked->figures.n;
        for (size_t i = 0; l->c->last && i < l->c->asked->figures.n; i++) {
                struct amounts now = l->c->now[i], last = l->c->last[i];
                bool alike = (now.x == last.x || (isnan(now.x) && isnan(last.x))) && (now.n == last.n || (isnan(now.n) && isnan(last.n)));
                if (!alike)
                        return;
                same += now.x > 0;
                if (!isnan(now.x) && i < l->i)
                        l->i = i;
        }
        if (same >= 3)
                ask(l, "kopie", PLACE_WHOLE, str_fmt(l->a, "Alle cijfers zijn gelijk aan die van %.*s.", STR(l->c->last_name)));
}

void check_likely(struct arena *a, const struct check *c, struct check_findings *ret) {
        struct look l = { a, c, ret, 0 };
        for (l.i = 0; l.i < c->asked->figures.n; l.i++) {
                const struct asked_figure *f = &c->asked->figures.v[l.i];
                if (isnan(c->now[l.i].x) || str_eq(f->indicator, S(STAND)))
                        continue;
                change(&l, f, c->year_ago, c->year_ago_name);
                if (c->last != c->year_ago)
                        change(&l, f, c->last, c->last_name);
                expected(&l, f);
                ends_of_scale(&l, f);
                households(&l, f);
        }
        waiting(&l);
        staff(&l);
        copied(&l);
}
