/* did.h - difference in differences, when everybody who starts, starts together. For a roll-out in waves use stagger.h: two-way fixed
 * effects is wrong there when effects grow (Goodman-Bacon 2021); it is given so that both can be shown side by side. */
#ifndef STATS_DID_H
#define STATS_DID_H

#include "cluster.h"

/* Rows of a panel: unit 0 .. units - 1 (its own cluster), time 0 .. times - 1. on: 1 when the measure works for the unit at that time,
 * else 0 (two-way); treated and post: 1 for a unit of the treated kind, for a time after the start (pooled). Not used: NULL. */
struct stats_did {
        size_t n, units, times;
        const size_t *unit, *time;
        const double *y, *weight, *on, *treated, *post;
};

size_t stats_did_scratch(const struct stats_did *d);            /* in doubles, for either fit */
size_t stats_did_places(const struct stats_did *d);             /* in size_t */

/* y = 1 + treated + post + treated * post. *effect is the column of the last, for stats_effect. */
bool stats_did_pooled(const struct stats_did *d, struct stats_fit *f, size_t *effect, double *scratch, size_t *places);

/* y = a mean per unit + a mean per time + on. */
bool stats_did_twoway(const struct stats_did *d, struct stats_fit *f, size_t *effect, double *scratch, size_t *places);

#endif
