/* benchmark.h - indicators, figures and the comparison of municipalities: what other rooms and the pages use.
 * Rows for pages come from the queries of benchmark.sql (struct indicator_card, indicator, comparison,
 * figure_point, characteristic_of). A class is -2 -1 0 1 2: below the 99.8 % limit, below the 95 %
 * limit, within, above 95 %, above 99.8 %. */
#ifndef BENCHMARK_H
#define BENCHMARK_H
#include "db.h"
#include "load.h"
#include "benchmark.sql.h"

/* Deletes and refills the tables from content/indicatoren and data/benchmark, generates the demonstration figures and
 * computes every comparison and the peers. Runs inside the caller's transaction, after network_load; all is read,
 * checked and computed before the first write. ERR_INVALID with l->file, line and reason on a mistake. */
_must_use_ enum err benchmark_load(struct db *db, struct load *l);

/* value = scale * numerator / denominator: 100 for a proportion, 1000 for "per 1.000 inwoners", 10000, else 1. */
double benchmark_scale(struct str kind, struct str unit);

/* What a figure is tested against: counts of a proportion (binomial), counts per so many (poisson), or nothing. */
enum benchmark_method { BENCHMARK_BINOMIAL, BENCHMARK_POISSON, BENCHMARK_NONE };
const char *benchmark_method_name(enum benchmark_method m);
/* The name as stored; anything else is BENCHMARK_NONE. */
enum benchmark_method benchmark_method_of(struct str name);

/* One municipality in a comparison. The first five are given (missing numbers are NaN); the rest is computed. */
struct benchmark_unit {
        struct str region;
        double value, numerator, denominator;
        bool estimated;                 /* parts of a split: shown, never tested */
        double low95, high95;           /* of the value, in its unit; NaN without counts */
        int class_exact, class_adjusted;
        double z_adjusted;
        double p;                       /* two-sided, exact: twice the smaller tail; NaN when nothing is tested */
        int fifth;
};
struct benchmark_comparison {
        size_t units;
        double target;                  /* in the unit of the values */
        const char *target_from;        /* "counts", "published" or "median": the last is no national value */
        double total_numerator, total_denominator;
        enum benchmark_method method;
        /* on the arcsine (binomial) or root (poisson) scale; NaN when nothing is tested */
        double phi, tau2;
        int outside_unadjusted, outside_adjusted;
        double quantile[7];             /* min p10 p25 p50 p75 p90 max */
};
/* Fewer units than this are no field to compare in. */
#define BENCHMARK_UNITS_MIN 12

/* Compares N units, all with a value, in order of region. NATIONAL is the published value of the country, NaN when
 * there is none: the target where not every unit has counts (without it the median). KIND and SCALE are the
 * indicator's. False when N is below BENCHMARK_UNITS_MIN. Scratch memory in A. */
bool benchmark_compare(struct arena *a, struct str kind, double scale, double national, struct benchmark_unit *u,
        size_t n, struct benchmark_comparison *ret);

/* The intervals alone, for units that are too few to compare. */
void benchmark_intervals(struct str kind, double scale, struct benchmark_unit *u, size_t n);

/* The four funnel lines at denominator N (inhabitants, cases), in the unit of the values, with the variance TAU2 between
 * municipalities; 0 for chance alone. NaN when METHOD is BENCHMARK_NONE. */
struct benchmark_lines {
        double low998, low95, high95, high998;
};
struct benchmark_lines benchmark_lines_adjusted(enum benchmark_method method, double target, double scale,
        double tau2, double n);

/* Fewer than ten cases, or one to four persons on either side: such a share is not shown (benchmark.md 2.18). */
bool benchmark_too_small(double numerator, double denominator);

/* Why two municipalities are (not) alike: each characteristic both have, with its share in the squared distance,
 * largest share first.
 * The shares add up to 1; all 0 for two that are the same. ALL gives the weights. */
struct peer_reason {
        const struct characteristic_of *own, *other;
        double share;
        double difference;              /* own z minus the other's */
};
struct peer_reason_list { struct peer_reason *v; size_t n, cap; };
void peer_reasons(struct arena *a, const struct characteristics_all_row_list *all,
        const struct characteristic_of_list *own,
                  const struct characteristic_of_list *other, struct peer_reason_list *ret);

/* The seven numbers of comparison.quantiles. */
void benchmark_quantiles_read(struct str text, double ret[7]);

/* ---- pages ---- */

struct page;

/* One figure of a municipality, ready to show; block.c fills it, block.tmpl draws it. */
struct benchmark_tile {
        struct str slug, name, period;
        struct str value;               /* "14,5%", "" when there is none */
        struct str nation;              /* value of the country, or "" */
        struct str message;             /* "Hoger dan in Nederland (8,8%), en ..." */
        bool fictitious;
};
struct benchmark_theme {
        struct str code, title;
        bool as_table;                  /* background figures: a row each instead of a tile */
        bool fictitious;                /* the theme of examples: all of them are */
        struct { struct benchmark_tile *v; size_t n, cap; } tiles;
};
#define BENCHMARK_THEMES 7
struct benchmark_block {
        struct str place, slug;
        struct benchmark_theme theme[BENCHMARK_THEMES];
        size_t figures;                 /* with a value */
        bool fictitious;                /* some of them are */
};
/* Writes what the pages of municipalities and of indicators show, from what benchmark_load stored; in the caller's
 * transaction. */
_must_use_ enum err benchmark_pages_write(struct db *db, struct arena *a);
/* The newest figures of the municipality with CODE, in A; one query. NAME and SLUG are borrowed. */
_must_use_ enum err benchmark_block_load(struct db *db, struct arena *a, struct str code, struct str name,
                                         struct str slug, struct benchmark_block *ret);
/* Draws them under headings of level 3, with the notice that some are fictitious. */
void benchmark_block(struct page *p, const struct benchmark_block *b);

#endif
