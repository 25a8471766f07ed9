/* check.h - is a delivery right, and is it likely? Pure: numbers in, findings out, all at once (design: benchmark.md 2.19). */
#ifndef DELIVERY_CHECK_H
#define DELIVERY_CHECK_H
#include "asked.h"

/* What was filled in; NaN is not filled in. */
struct amounts { double x, n; };

enum check_weight {
        CHECK_HARD,             /* must be mended */
        CHECK_REASON,           /* must be mended or explained */
        CHECK_SOFT,             /* asks for an explanation, which stays visible */
};
enum check_place { PLACE_NUMERATOR, PLACE_DENOMINATOR, PLACE_CHOICE, PLACE_WHOLE };
struct check_finding {
        enum check_weight weight;
        const char *rule;               /* a word for tests and the API: "teller-groter" */
        size_t figure;                  /* place in asked.figures; in asked.choices for PLACE_CHOICE */
        enum check_place place;
        struct str reason, mend;        /* Dutch sentences */
        bool is_explained;
};
struct check_findings { struct check_finding *v; size_t n, cap; };

/* What to look at. Arrays of pairs are as long as asked.figures and in its order; NULL for none. */
struct check {
        const struct asked *asked;
        const struct amounts *now;
        const bool *explained;                  /* has a figure its explanation? NULL for none */
        const struct str *answer;               /* as long as asked.choices; "" for none */
        const struct amounts *last, *year_ago;     /* the period before, and the same one of a year ago */
        struct str last_name, year_ago_name;    /* "2e kwartaal 2026" */
        const struct amounts *const *history;      /* earlier periods of this municipality, for what it may be expected to do */
        size_t history_n;
        const double *const *peers;             /* for each figure values of other municipalities, PEERS_N[i] of them; values as check_value() */
        const size_t *peers_n;
        double households, households_year_ago; /* CBS; NaN when unknown */
        double fte_per_case;                    /* median of other municipalities; NaN when unknown */
        double cases;                           /* registrations of this municipality in the year; NaN when unknown */
};
/* Most that is told at once. */
#define FINDINGS_MAX 200

void check_run(struct arena *a, const struct check *c, struct check_findings *ret);
/* The likely ones, called by check_run(). */
void check_likely(struct arena *a, const struct check *c, struct check_findings *ret);
void check_say(struct arena *a, struct check_findings *f, struct check_finding one);

/* The value of a figure: a quotient, or the numerator alone. NaN when it cannot be told. */
double check_value(const struct asked_figure *f, struct amounts p);
/* Two-sided exact p that two counts over equally long periods come from one rate: conditional binomial with a half. */
double check_change_p(double before, double now);
/* Does the change ask for a reason: p < 0.001, more than a quarter, and ten cases or more? */
bool check_change_is_large(double before, double now);
/* Is X out of N outside the 99.8 % predictive beta-binomial of HISTORY (K pairs)? False with fewer than four usable periods. */
bool check_is_unexpected(const struct amounts *history, size_t k, double x, double n);
/* Is VALUE further than four winsorised standard deviations from the mean of PEERS? False with fewer than twelve. SORTED. */
bool check_is_far(const double *sorted, size_t n, double value);

/* Quality of the data of a delivery, each part 0..100, the total their weighted mean (40, 20, 20, 20). */
struct check_score { int total, completeness, timeliness, revisions, explained; };
/* DAYS_LATE after the last day (0 or less: on time); CORRECTIONS made after an approval. */
struct check_score check_score(const struct check *c, const struct check_findings *f, int days_late, int corrections);

#endif
