/* oracle.h - for the tests only: read a table that others computed, and compare with it.
 *
 * The tables live in the folder $SCHOUDERS_SHARED, by default ../shared beside the source root. Where that folder is absent the
 * test counts as skipped and says so. Where the folder is there but the table is not, the test fails. */
#ifndef STATS_ORACLE_H
#define STATS_ORACLE_H

#include <stdbool.h>
#include <stddef.h>

struct oracle {
        const char *name;
        char *text;
        const char **cell;      /* (rows + 1) * cols, the heading first */
        size_t rows, cols;
        size_t compared;        /* numbers compared, and the worst relative error among them */
        double worst;
};

/* Opens data/<path> under the shared folder; skips or fails the running cmocka test when it cannot. */
void oracle_open(struct oracle *o, const char *path);
/* Prints what was compared and frees the table. */
void oracle_close(struct oracle *o);

/* A cell by row (from 0) and heading. Missing columns fail the test. Empty, "NA" and "NaN" are NaN as a number. */
const char *oracle_text(const struct oracle *o, size_t row, const char *column);
double oracle_num(const struct oracle *o, size_t row, const char *column);
bool oracle_is(const struct oracle *o, size_t row, const char *column, const char *text);

/* got must equal the cell within the relative tolerance (two NaN are equal).
 * oracle_near also accepts an absolute difference, for tables that were printed with few decimals. */
void oracle_same(struct oracle *o, size_t row, const char *column, double got, double tolerance);
void oracle_near(struct oracle *o, size_t row, const char *column, double got, double tolerance, double absolute);
void oracle_value(struct oracle *o, size_t row, const char *what, double got, double want, double tolerance, double absolute);

/* Random numbers for the property tests: a printed seed, $STATS_SEED repeats a run. */
void oracle_seed(void);
double oracle_uniform(void);                    /* [0, 1) */
double oracle_integer(double lo, double hi);    /* whole, both ends included */

#endif
