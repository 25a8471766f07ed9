/* overdispersion.h - municipalities differ more than chance alone: by how much, and what does the funnel look like then?
 *
 * Spiegelhalter 2005 (Stat Med 24:1185 and QSHC 14:347): z-scores against the target, winsorised, phi = mean z^2; then either
 * all limits times sqrt(phi) (multiplicative), or a variance tau2 between municipalities added to every sampling variance
 * (additive; the choice of the product). Winsorising has no meaning below some 20 units.
 *
 * Scales. A proportion x/n: raw, logit (of (x + 1/2)/(n + 1)) or arcsine (of sqrt(x/n), which is never infinite: prefer it).
 * A ratio O/E: root (sqrt(O/E), limits are squared back) or log (NaN at O = 0). a is x or O, b is n or E everywhere here. */
#ifndef STATS_OVERDISPERSION_H
#define STATS_OVERDISPERSION_H

#include "funnel.h"
#include "stats.h"

enum stats_scale {
        STATS_SCALE_RAW,                /* y = x/n                  s^2 = p0(1 - p0)/n */
        STATS_SCALE_LOGIT,              /* y = logit                s^2 = 1/(n p0(1 - p0)) */
        STATS_SCALE_ARCSINE,            /* y = asin sqrt(x/n)       s^2 = 1/(4n) */
        STATS_SCALE_RATIO_ROOT,         /* y = sqrt(O/E)            s^2 = 1/(4E) */
        STATS_SCALE_RATIO_LOG,          /* y = log(O/E)             s^2 = 1/E */
};

/* Sum of a over sum of b: the usual target of a proportion. What is missing or impossible (a > b) is left out. NaN without any. */
double stats_pooled(const double *a, const double *b, size_t k);

/* One figure on its scale, with its standard error under the target. NaN when missing, b <= 0 or a out of range. */
struct stats_scaled {
        double y, s;
};
struct stats_scaled stats_to_scale(enum stats_scale scale, double a, double b, double target);
double stats_target_to_scale(enum stats_scale scale, double target);
/* Back to a proportion in [0, 1] or a ratio >= 0; what falls outside the scale is set on its end. */
double stats_from_scale(enum stats_scale scale, double y);

/* tail: share winsorised on each side by type-7 quantiles of z (0.1 usual, 0 for none). truncate: leave the tails out instead
 * (the choice of England's mortality indicator SHMI); tau2 then uses only the units left. target: pooled for proportions, 1 for ratios. */
struct stats_od_options {
        enum stats_scale scale;
        double target;
        double tail;
        bool truncate;
};

/* k: units that counted; phi: mean squared (winsorised) z; tau2 = max(0, (k phi - (k - 1))/(sum w - sum w^2/sum w)), w = 1/s^2.
 * z_lo, z_hi: where z was winsorised. phi and tau2 are NaN when k = 0, tau2 also when k = 1. */
struct stats_od {
        struct stats_od_options options;
        double target_y;
        size_t k;
        double z_lo, z_hi;
        double phi, tau2;
};
/* scratch has room for k doubles. */
struct stats_od stats_od_fit(const double *a, const double *b, size_t k, struct stats_od_options options, double *scratch);

/* z against the target: plain, winsorised, divided by sqrt(max(phi, 1)), and with tau2 in the variance. */
struct stats_od_z {
        double z, winsorised, multiplicative, additive;
};
struct stats_od_z stats_od_z(const struct stats_od *od, double a, double b);

/* The same verdicts as the exact funnel gives, from the additive z. */
struct stats_funnel_class stats_od_class(const struct stats_od *od, double a, double b);

/* Funnel limits at size b with tau2 (or sqrt(phi)), back on the scale of the figure. */
struct stats_interval stats_od_limits(const struct stats_od *od, double b, double tail);
struct stats_interval stats_od_limits_multiplicative(const struct stats_od *od, double b, double tail);
/* The four additive lines, for drawing. */
struct stats_funnel_lines stats_od_lines(const struct stats_od *od, double b);

/* Heterogeneity of estimates y with standard errors s; pairs with a missing or s <= 0 are left out. NaN with fewer than 2.
 * Cochran's Q around the fixed-effect mean, against chi-square with k - 1 degrees of freedom. */
struct stats_heterogeneity {
        size_t k;
        double mean, q, p;
};
struct stats_heterogeneity stats_heterogeneity(const double *y, const double *s, size_t k);

/* tau2 between units: DerSimonian & Laird 1986; Paule & Mandel 1982; restricted maximum likelihood. Never below 0.
 * They can differ by a factor 2. */
double stats_tau2_dl(const double *y, const double *s, size_t k);
double stats_tau2_pm(const double *y, const double *s, size_t k);
double stats_tau2_reml(const double *y, const double *s, size_t k);

#endif
