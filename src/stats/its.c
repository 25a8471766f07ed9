#include "its.h"
#include "dense.h"

#define VANISHING 1e-6         /* an expected count this small: the estimate runs away to minus infinity */

/* The rows that count, by row: x[i * k + column]. Columns: 1, step, trend, then slope and season. */
struct design {
        size_t n, k;
        double *x, *y, *offset, *time, *eta, *e;
        double *m, *b, *work, *column;
};

static size_t columns_of(const struct stats_its *s)
{
        return 3 + s->slope + 2 * s->pairs + s->alternate;
}

struct stats_its stats_its_quarters(size_t n, const double *time, const double *y, const double *exposure, const double *step)
{
        return (struct stats_its) { n, time, y, exposure, step, .pairs = 1, .period = 4, .alternate = true };
}

size_t stats_its_scratch(const struct stats_its *s)
{
        size_t k = columns_of(s);
        return s->n * (k + 5) + 2 * k * k + 2 * k;
}

static bool present(const struct stats_its *s, size_t i, bool counts)
{
        return isfinite(s->time[i]) && isfinite(s->y[i]) && isfinite(s->step[i]) && (!counts || !s->exposure || isfinite(s->exposure[i]));
}

static void fill_row(const struct stats_its *s, double time, double step, double start, double centre, double *row)
{
        size_t k = 0;
        row[k++] = 1;
        row[k++] = step;
        row[k++] = time - centre;
        if (s->slope)
                row[k++] = (time - start) * step;
        for (size_t h = 1; h <= s->pairs; h++) {
                double angle = 2 * M_PI * (double) h * time / s->period;
                row[k++] = sin(angle);
                row[k++] = cos(angle);
        }
        if (s->alternate)
                row[k++] = fmod(fabs(round(time)), 2) > 0 ? -1 : 1;
}

/* Fills the design and says whether there is enough to fit. */
static struct stats_its_fit prepare(const struct stats_its *s, bool counts, struct design *d, double *scratch)
{
        struct stats_its_fit f = { .k = columns_of(s), .start = HUGE_VAL, .phi = STATS_NONE, .autocorrelation = STATS_NONE };
        *d = (struct design) { .k = f.k, .x = scratch, .y = scratch + s->n * f.k };
        d->offset = d->y + s->n;
        d->time = d->offset + s->n;
        d->eta = d->time + s->n;
        d->e = d->eta + s->n;
        d->m = d->e + s->n;
        d->work = d->m + f.k * f.k;
        d->b = d->work + f.k * f.k;
        d->column = d->b + f.k;
        f.step = f.trend = f.slope = f.poisson = stats_effect_test(STATS_NONE, STATS_NONE, STATS_NONE, 0.95);
        for (size_t i = 0; i < s->n; i++) {
                if (!present(s, i, counts))
                        continue;
                f.n++;
                f.after += s->step[i] > 0;
                f.centre += s->time[i];
                if (s->step[i] > 0)
                        f.start = fmin(f.start, s->time[i]);
        }
        f.before = f.n - f.after;
        f.centre /= fmax(1, (double) f.n);
        f.verdict = f.before < STATS_ITS_BEFORE ? STATS_ITS_TOO_FEW_BEFORE : f.after < STATS_ITS_AFTER ? STATS_ITS_TOO_FEW_AFTER
                : s->pairs > STATS_ITS_PAIRS || (s->pairs > 0 && !(s->period > 0)) || f.n <= f.k ? STATS_ITS_NOT_IDENTIFIED : STATS_ITS_OK;
        for (size_t i = 0; i < s->n && f.verdict == STATS_ITS_OK; i++) {
                if (!present(s, i, counts))
                        continue;
                double exposure = counts && s->exposure ? s->exposure[i] : 1;
                if (counts && (!(s->y[i] >= 0) || !(exposure > 0)))
                        f.verdict = STATS_ITS_NOT_IDENTIFIED;
                fill_row(s, s->time[i], s->step[i], f.start, f.centre, d->x + d->n * d->k);
                d->y[d->n] = s->y[i];
                d->offset[d->n] = log(exposure);
                d->time[d->n++] = s->time[i];
        }
        return f;
}

/* Weighted least squares of z on x: b, and m = (x'wx)^-1. eta becomes the fitted value without the offset. */
static bool least_squares(struct design *d, const double *z, const double *w)
{
        size_t k = d->k;
        for (size_t j = 0; j < k * k; j++)
                d->m[j] = 0;
        for (size_t j = 0; j < k; j++)
                d->column[j] = 0;
        for (size_t i = 0; i < d->n; i++) {
                const double *row = d->x + i * k;
                double weight = w ? w[i] : 1;
                for (size_t j = 0; j < k; j++) {
                        d->column[j] += weight * row[j] * z[i];
                        for (size_t l = 0; l < k; l++)
                                d->m[j * k + l] += weight * row[j] * row[l];
                }
        }
        if (!stats_invert(d->m, k, NULL, d->work))
                return false;
        for (size_t j = 0; j < k; j++)
                d->b[j] = stats_dot(d->m + j * k, d->column, k);
        for (size_t i = 0; i < d->n; i++)
                d->eta[i] = stats_dot(d->x + i * k, d->b, k);
        return true;
}

static double deviance(const struct design *d)
{
        double s = 0;
        for (size_t i = 0; i < d->n; i++) {
                double mu = exp(d->eta[i] + d->offset[i]);
                s += 2 * ((d->y[i] > 0 ? d->y[i] * log(d->y[i] / mu) : 0) - (d->y[i] - mu));
        }
        return s;
}

/* Iteratively reweighted least squares (McCullagh & Nelder); `e` holds the weights and in the end Pearson's residuals. */
static enum stats_its_verdict fit_counts(struct design *d)
{
        double *w = d->e, before = HUGE_VAL;
        for (size_t i = 0; i < d->n; i++)
                d->eta[i] = log(d->y[i] + 0.1) - d->offset[i];
        for (int round = 0; round < 50; round++) {
                for (size_t i = 0; i < d->n; i++) {
                        double mu = exp(d->eta[i] + d->offset[i]);
                        w[i] = mu;
                        d->eta[i] += (d->y[i] - mu) / mu;
                }
                if (!least_squares(d, d->eta, w))
                        return round == 0 ? STATS_ITS_NOT_IDENTIFIED : STATS_ITS_NO_FIT;
                double now = deviance(d);
                if (!isfinite(now))
                        return STATS_ITS_NO_FIT;
                if (fabs(now - before) <= 1e-13 * (fabs(now) + 0.1)) {
                        for (size_t i = 0; i < d->n; i++) {
                                double mu = exp(d->eta[i] + d->offset[i]);
                                if (!(mu > VANISHING))
                                        return STATS_ITS_NO_FIT;
                                d->e[i] = (d->y[i] - mu) / sqrt(mu);
                        }
                        return STATS_ITS_OK;
                }
                before = now;
        }
        return STATS_ITS_NO_FIT;
}

static void look_at_residuals(const struct design *d, struct stats_its_fit *f)
{
        double both = 0, square = 0;
        for (size_t i = 0; i < d->n; i++) {
                square += d->e[i] * d->e[i];
                for (size_t j = 0; j < d->n; j++)
                        if (d->time[j] - d->time[i] == 1)
                                both += d->e[i] * d->e[j];
        }
        f->phi = square / ((double) d->n - (double) d->k);
        f->autocorrelation = square > 0 ? both / square : 0;
        f->correlated = f->autocorrelation > 2 / sqrt((double) d->n);
}

struct stats_its_fit stats_its_counts(const struct stats_its *s, double conf, double *scratch)
{
        struct design d;
        struct stats_its_fit f = prepare(s, true, &d, scratch);
        if (f.verdict == STATS_ITS_OK)
                f.verdict = fit_counts(&d);
        if (f.verdict != STATS_ITS_OK)
                return f;
        look_at_residuals(&d, &f);
        size_t next = d.k + 1;          /* from one diagonal element to the next */
        f.coefficient = d.b;
        f.step = stats_effect_test(d.b[1], sqrt(f.phi * d.m[next]), HUGE_VAL, conf);
        f.poisson = stats_effect_test(d.b[1], sqrt(d.m[next]), HUGE_VAL, conf);
        f.trend = stats_effect_test(d.b[2], sqrt(f.phi * d.m[2 * next]), HUGE_VAL, conf);
        if (s->slope)
                f.slope = stats_effect_test(d.b[3], sqrt(f.phi * d.m[3 * next]), HUGE_VAL, conf);
        return f;
}

/* Newey-West variance of b[which], by distance in time so that a gap is a gap. */
static double newey_west(const struct design *d, size_t which, size_t lag)
{
        double sum = 0, n = (double) d->n;
        for (size_t i = 0; i < d->n; i++)
                for (size_t j = 0; j < d->n; j++) {
                        double apart = fabs(d->time[i] - d->time[j]), bartlett = 1 - apart / ((double) lag + 1);
                        if (bartlett > 0)
                                sum += bartlett * d->e[i] * d->e[j] * stats_dot(d->m + which * d->k, d->x + i * d->k, d->k)
                                        * stats_dot(d->m + which * d->k, d->x + j * d->k, d->k);
                }
        return sum * n / (n - (double) d->k);
}

struct stats_its_fit stats_its_line(const struct stats_its *s, size_t lag, double conf, double *scratch)
{
        struct design d;
        struct stats_its_fit f = prepare(s, false, &d, scratch);
        if (f.verdict == STATS_ITS_OK && !least_squares(&d, d.y, NULL))
                f.verdict = STATS_ITS_NOT_IDENTIFIED;
        if (f.verdict != STATS_ITS_OK)
                return f;
        for (size_t i = 0; i < d.n; i++)
                d.e[i] = d.y[i] - d.eta[i];
        look_at_residuals(&d, &f);
        double left = (double) d.n - (double) d.k;
        f.coefficient = d.b;
        f.step = stats_effect_test(d.b[1], sqrt(fmax(0, newey_west(&d, 1, lag))), left, conf);
        f.trend = stats_effect_test(d.b[2], sqrt(fmax(0, newey_west(&d, 2, lag))), left, conf);
        if (s->slope)
                f.slope = stats_effect_test(d.b[3], sqrt(fmax(0, newey_west(&d, 3, lag))), left, conf);
        return f;
}

double stats_its_expected(const struct stats_its *s, const struct stats_its_fit *f, bool counts, double time, double step)
{
        if (f->verdict != STATS_ITS_OK)
                return STATS_NONE;
        double row[4 + 2 * STATS_ITS_PAIRS + 1];
        fill_row(s, time, step, f->start, f->centre, row);
        double value = stats_dot(row, f->coefficient, f->k);
        return counts ? exp(value) : value;
}
