/* better.h - which peers are really better at something. Pure: numbers in, verdicts out.
 *
 * What a municipality's figure is worth follows from all municipalities together (empirical Bayes, stats/shrink.h). A peer counts as
 * better only when the chance that its true level is the better one is above BETTER_CHANCE (benchmark.md 6, item 1). A pair that registers
 * differently is never called different: its verdict is BETTER_OTHER_CHOICES. */
#ifndef BENCHLEARNING_BETTER_H
#define BENCHLEARNING_BETTER_H
#include "benchmark.h"
#include "shrink.h"

#define BETTER_CHANCE 0.9
/* Of all that is called more than chance among many at once, so much may be chance (Benjamini and Hochberg). */
#define BETTER_FALSE_DISCOVERIES .05

/* A figure of one municipality in one period. Missing numbers are NaN. */
struct better_unit {
        struct str region;
        double value, numerator, denominator;
        bool estimated;                 /* parts of a split: never tested */
};

enum better {
        BETTER_NO_FIGURE,               /* one of the two has no counts to test with */
        BETTER_OTHER_CHOICES,
        BETTER_NOT,                     /* chance below a half */
        BETTER_PERHAPS,                 /* between a half and BETTER_CHANCE */
        BETTER_SURELY,
};
/* What all municipalities together tell: fitted once for many pairs. is_known false: no counts, too few municipalities, or no fit;
 * differ false: they do not differ more than chance, so nobody is better. */
struct better_field {
        enum benchmark_method method;
        bool higher_is_better, is_known, differ;
        struct stats_share_prior share;
        struct stats_rate_prior rate;
};
struct better_field better_field(struct arena *a, enum benchmark_method method, bool higher_is_better, const struct better_unit *u, size_t n);

/* The chance that OTHER is really better than OWN, NaN when the field cannot tell. To within 0.001. */
double better_chance(const struct better_field *f, const struct better_unit *own, const struct better_unit *other);
struct better_verdict {
        enum better is;
        double chance;
};
/* ALIKE: they register in the same way. */
struct better_verdict better_than(const struct better_field *f, const struct better_unit *own, const struct better_unit *other, bool alike);

/* Which units differ from TARGET, the level of all municipalities in the unit shown (SCALE times counts), by exact tails and even after allowing
 * for so many tests (Benjamini and Hochberg at 5 %): +1 is above, -1 below, 0 not proven or not tested. */
void better_proven(struct arena *a, enum benchmark_method method, double scale, double target, const struct better_unit *u, size_t n, int *ret);

#endif
