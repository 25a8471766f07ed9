/* indicator.h - what is counted in each municipality and period, and how the counts become the lines of the CSV (docs/ddas.md). */
#ifndef DDAS_INDICATOR_H
#define DDAS_INDICATOR_H
#include <stdint.h>
#include "model.h"

/* Classes of days, euros and creditors: upper ends, the last class is open. With them a median can be told. */
enum { CLASSES = 11 };
enum scale { SCALE_DAYS, SCALE_EUROS, SCALE_CREDITORS, SCALES, SCALE_NONE = SCALES };
extern const uint32_t indicator_edges[SCALES][CLASSES - 1];

enum cell {
        N_APPLIED, N_KNOWN, N_RETURNED, N_SPOKEN, N_SPOKEN_SOON, N_CRISIS, N_CRISIS_SOON, N_TIMED, N_TIMED_SOON, N_DECISIONS, N_ADMITTED,
        N_STABLE, N_STABLE_LONG, N_AGREED, N_AGREED_LATE, N_PROPOSED, N_ACCEPTED, N_COURT, N_SETTLED_END, N_SETTLED_WELL,
        N_LEFT, N_DROPPED, N_FREE, N_DEBT, N_DEBT_PRIVATE, N_DEBT_BUSINESS, N_CREDITORS, N_CREDITORS_PRIVATE, N_CREDITORS_BUSINESS,
        N_SOLUTIONS, N_SOLUTION, N_SOLUTION_END = N_SOLUTION + SOLUTIONS - 1,
        N_SETTLED, N_GUIDED, N_ENDED, N_AFTERCARE,
        N_SIGNALS, N_PARTNER, N_PARTNER_END = N_PARTNER + PARTNERS,    /* the last: not told */
        N_REPORTS, N_SINGLE, N_MULTIPLE, N_CONSECUTIVE, N_CASES, N_REACHED,
        N_HELP, N_HELP_ADVICE, N_HELP_FINANCIAL, N_HELP_UNMET, N_HELP_OTHER,
        N_MET, N_MET_ADVICE, N_MET_FINANCIAL, N_MET_UNMET, N_MET_OTHER,
        N_WAIT_CLASS, N_WAIT_END = N_WAIT_CLASS + CLASSES - 1, N_TIMED_CLASS, N_TIMED_END = N_TIMED_CLASS + CLASSES - 1,
        N_SETUP_CLASS, N_SETUP_END = N_SETUP_CLASS + CLASSES - 1, N_DEBT_CLASS, N_DEBT_END = N_DEBT_CLASS + CLASSES - 1,
        N_CREDITORS_CLASS, N_CREDITORS_END = N_CREDITORS_CLASS + CLASSES - 1,
        CELLS, NO_CELL = 65535
};
enum sum { S_WAIT, S_TIMED, S_SETUP, S_DEBT, S_DEBT_PRIVATE, S_DEBT_BUSINESS, S_CREDITORS, S_CREDITORS_PRIVATE, S_CREDITORS_BUSINESS, SUMS, NO_SUM = 255 };

struct block {
        int64_t sum[SUMS];
        uint32_t n[CELLS];
};

struct indicator {
        const char *code, *detail;      /* detail "": the whole */
        uint16_t numerator, denominator;        /* cells; a mean has its sum as numerator, a count has no denominator */
        uint8_t sum, scale;
        uint16_t classes;               /* the first cell of its classes */
        uint8_t model;
};
extern const struct indicator indicators[];
extern const uint32_t indicators_n;

#endif
