/* score.h - how often a method was right, beside how often it should be. A rate is out of bounds only when its own Monte Carlo error does
 * not explain it. For tests/benchmark/truth. */
#ifndef SCORE_H
#define SCORE_H
#include <stdbool.h>
#include <stddef.h>

enum score_bound {
        SCORE_AT_MOST,          /* false alarms */
        SCORE_AT_LEAST,         /* what was planted is found; ranges that are on the safe side */
        SCORE_ABOUT,            /* ranges */
        SCORE_TOLD,             /* nothing to hold it to: what is known to be wrong, for comparison */
};
/* One row of the table. Counted by groups (a cell, a series, a simulated set): what lies in one group need not be independent. */
struct score {
        const char *method, *planted;
        enum score_bound bound;
        double nominal, slack;  /* slack: how far an approximate method may be off, by its own source */
        double hits, trials, squares, crossed, groups, sizes;
};

/* HITS of TRIALS in one group; groups without trials do not count. */
void score_add(struct score *s, double hits, double trials);
double score_rate(const struct score *s);
/* The error of the rate, by groups (Cochran's ratio estimator), and at least that of independent trials at the nominal rate. */
double score_error(const struct score *s);
bool score_is_right(const struct score *s);

void score_head(const char *title);
/* Prints the row; false when it is out of bounds. */
bool score_print(const struct score *s);
#endif
