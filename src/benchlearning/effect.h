/* effect.h - did a figure change more after a municipality started a working method than among its peers that did not? Pure.
 *
 * The rule is set here, before anybody looks at a figure (benchmark.md 2.10-2.11), and every page prints it:
 * - the start comes from the register, never from the figures; the first EFFECT_LAG quarters after it do not count;
 * - before: at most EFFECT_WINDOW quarters up to the start, at least EFFECT_BEFORE_LEAST; after: as many, at least EFFECT_AFTER_LEAST;
 * - peers: the EFFECT_PEERS_MOST that are most alike of those with figures of at least as many of the same quarters, that register alike and did
 *   not use the method in those quarters; at least EFFECT_PEERS_LEAST;
 * - effect = own change minus the mean change of the peers. Its margin holds the chance in the own counts, and how much peers' changes
 *   differ among each other anyway (tau2, Paule and Mandel): one municipality that starts is one observation, however many clients it has
 *   (Donald and Lang 2007; Conley and Taber 2011). Student's t with one degree of freedom less than there are peers. */
#ifndef BENCHLEARNING_EFFECT_H
#define BENCHLEARNING_EFFECT_H
#include "benchmark.h"

#define EFFECT_LAG 2
#define EFFECT_WINDOW 8
#define EFFECT_BEFORE_LEAST 4
#define EFFECT_AFTER_LEAST 2
#define EFFECT_PEERS_LEAST 5
#define EFFECT_PEERS_MOST 15
#define EFFECT_CASES_LEAST 10           /* in the own counts on either side */
#define EFFECT_HORIZON 40               /* quarters ahead that planning looks */
#define EFFECT_POWER_Z 2.801585         /* 1.959964 + 0.841621: 5 % two-sided, 80 % power */

/* A figure of LENGTH quarters from QUARTER (quarter.h). VALUE in the unit shown; counts NaN when there are none. */
struct effect_point {
        int quarter, length;
        double value, numerator, denominator;
};
struct effect_series {
        const struct effect_point *point;       /* quarter ascending */
        size_t n;
};

enum effect_status {
        EFFECT_NO_FIGURES,              /* nothing before, or no series at all */
        EFFECT_SHORT_BEFORE,
        EFFECT_TOO_EARLY,               /* first_answer tells when */
        EFFECT_TOO_FEW_CASES,
        EFFECT_TOO_FEW_PEERS,
        EFFECT_ESTIMATED,
};
/* One side of the start. */
struct effect_part {
        int first, last;                /* quarters used; 0 without */
        int quarters;
        double value, numerator, denominator;
};
struct effect {
        enum effect_status status;
        struct effect_part before, after;
        size_t peers;                   /* with figures on both sides */
        double own_change, peer_change;
        double value, lo, hi, se, p;    /* of the effect, in the unit shown, and of there being none; NaN unless ESTIMATED */
        double tau2;                    /* between changes of peers, in that unit squared */
        double reach;                   /* smallest true effect that would be seen in four of five cases, with these figures */
        int first_answer;               /* quarter from which the figures after the start suffice */
};
/* START is a quarter of the register. PEERS are K series, the most alike first. UNTIL is the last quarter that may count (the end of the use), 0 for none. */
struct effect effect_of(struct arena *a, enum benchmark_method method, double scale, const struct effect_series *own,
                        const struct effect_series *peers, size_t k, int start, int until);

/* Effects of several municipalities together: a random-effects mean (Paule and Mandel) with the interval of Hartung and Knapp. */
struct effect_pool {
        size_t k;
        double mean, se, lo, hi, tau2;  /* NaN below two */
};
struct effect_pool effect_pool(struct arena *a, const double *value, const double *se, size_t k);

/* What it takes to see a difference. Variances are in the unit shown, squared. */
struct effect_plan {
        double quarter_variance;        /* chance in the own figure of one quarter */
        double tau2;                    /* between changes of municipalities */
        size_t peers;
};
/* From the last figures: chance from OWN's counts, tau2 from the changes of the peers between the last year and the two before it. False when
 * there is too little to say. */
bool effect_plan(struct arena *a, enum benchmark_method method, double scale, const struct effect_series *own, const struct effect_series *peers,
                 size_t k, struct effect_plan *ret);
/* The smallest effect seen in four of five cases with QUARTERS quarters after the start and TOGETHER municipalities that start alike. */
double effect_reach(const struct effect_plan *p, int quarters, int together);
/* Quarters after the start (from EFFECT_AFTER_LEAST) until D would be seen; 0 when not within EFFECT_HORIZON. */
int effect_quarters(const struct effect_plan *p, double d, int together);

#endif
