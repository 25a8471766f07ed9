/* power.h - what would it take to see a difference of d here? Honest answers: cases, quarters, or "not within the horizon". */
#ifndef STATS_POWER_H
#define STATS_POWER_H

#include "stats.h"

/* Chance that a difference delta with standard error se is found in its own direction by a two-sided normal test at level conf. */
double stats_power(double delta, double se, double conf);
/* The smallest difference that is found with chance `power`. */
double stats_detectable(double se, double conf, double power);

/* Chance that the exact funnel test calls a unit with n cases and true share p different from target, on the right side, at level
 * conf: tails of (1 - conf)/2. n whole. */
double stats_power_target(double n, double p, double target, double conf);

/* Cases needed so that this chance is at least `power` for that number and every larger one: the chance goes up like a saw, so the
 * first n that does is not enough. NaN when p = target or an argument is out of range; infinite above STATS_CASES_MOST. */
#define STATS_CASES_MOST 1e5
double stats_cases_target(double p, double target, double conf, double power);

/* Cases needed in each of two groups (two municipalities, or before and after) with shares p1 and p2, by the normal test with pooled
 * variance (Fleiss 1981); ratio: size of the second group over that of the first. Gives the size of the first. */
double stats_cases_two(double p1, double p2, double ratio, double conf, double power);

/* When? cases: needed; per_quarter: cases expected here in a quarter. quarters is infinite without cases. pool: how many municipalities
 * of this size together make it within the horizon. */
enum stats_reach {
        STATS_REACH_UNKNOWN,
        STATS_REACH_WITHIN,     /* within the horizon on its own */
        STATS_REACH_POOLED,     /* only together with others: pool says with how many in all */
        STATS_REACH_NEVER,      /* no number of cases shows a difference of 0, or there are no cases */
};
struct stats_wait {
        double cases, quarters, pool;
        enum stats_reach reach;
};
struct stats_wait stats_wait(double cases, double per_quarter, double horizon);

#endif
