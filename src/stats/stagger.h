/* stagger.h - did it help, when municipalities start in waves? Callaway & Sant'Anna 2021 (J Econometrics 225:200), without covariates.
 *
 * ATT(g, t) = mean(Y_t - Y_base | first = g) - mean(Y_t - Y_base | control at t), base = g - 1 - anticipation from the start on. Before
 * the start: base = t - 1 (varying, what the R package did calls the default) or the same base (universal, for event-study plots).
 * Standard errors from influence functions; in the averages they allow for the sizes of the waves being drawn by chance unless told
 * that they were planned. A municipality that delivers only from its start on has no base and says nothing. */
#ifndef STATS_STAGGER_H
#define STATS_STAGGER_H

#include "cluster.h"

#define STATS_NEVER ((size_t) -1)

enum stats_control {
        STATS_CONTROL_NOT_YET,          /* who has not started at t, or never does */
        STATS_CONTROL_NEVER,
};

/* y[unit * times + t], NaN where missing; first[unit]: the first time with the measure, STATS_NEVER without. Who has it from time 0 on
 * takes no part. */
struct stats_stagger {
        size_t units, times;
        const double *y;
        const size_t *first;
        enum stats_control control;
        bool universal, planned;
        size_t anticipation;
};

/* One wave at one time; n_treated and n_control: units with both values. No interval: there are many of these. */
struct stats_att {
        size_t n_treated, n_control;
        double att, se;
        enum stats_effect_verdict verdict;      /* NOT_IDENTIFIED: nobody to compare with, or no base */
};
struct stats_att stats_att(const struct stats_stagger *s, size_t first, size_t time);

/* Averages over waves, weighted by their size; intervals at level conf, normal. units: started units behind it.
 * TOO_FEW with fewer than 5 of them. scratch has room for `units` doubles. */
struct stats_average {
        struct stats_effect effect;
        size_t units, waves;
};
/* All (g, t) with t >= g. */
struct stats_average stats_stagger_overall(const struct stats_stagger *s, double conf, double *scratch);
/* e times after the start; e < 0: the check that nothing happened before it. */
struct stats_average stats_stagger_event(const struct stats_stagger *s, long e, double conf, double *scratch);
/* The plain mean of the events e >= 0. */
struct stats_average stats_stagger_dynamic(const struct stats_stagger *s, double conf, double *scratch);
/* The mean over time of one wave. */
struct stats_average stats_stagger_wave(const struct stats_stagger *s, size_t first, double conf, double *scratch);

#endif
