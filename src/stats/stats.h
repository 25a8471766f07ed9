/* stats.h - what every file of the statistics layer shares.
 *
 * Pure functions: arrays in, numbers out. No I/O, no global state, no memory of their own: where work space is
 * needed the caller hands it in. So every function may run on any thread, and gives the same bytes each time.
 *
 * NaN means "missing", on the way in and on the way out. A function that cannot give a number (n = 0, x > n,
 * a count that is not whole where a whole one is needed) answers NaN, never 0.
 *
 * conf is a two-sided confidence level (0.95, 0.998); tail is one side of it (0.025, 0.001). */
#ifndef STATS_H
#define STATS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#if defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__
#error "NaN marks missing values here: never compile this layer with -ffast-math"
#endif

#define STATS_CONF_95 0.95
#define STATS_CONF_998 0.998
#define STATS_TAIL_95 0.025
#define STATS_TAIL_998 0.001

/* Missing, as a double (NAN itself is a float). */
#define STATS_NONE ((double) NAN)

struct stats_interval {
        double lo, hi;
};

static inline struct stats_interval stats_no_interval(void)
{
        return (struct stats_interval) { STATS_NONE, STATS_NONE };
}

/* A whole number >= 0, the only thing an exact test accepts. */
static inline bool stats_is_count(double x)
{
        return isfinite(x) && x >= 0 && floor(x) == x;
}

static inline double stats_clamp(double x, double lo, double hi)
{
        return x < lo ? lo : x > hi ? hi : x;
}

#endif
