/* network.h - municipalities since 2016 and how they merged and split: what other rooms may use.
 * Rows for pages come from the queries of network.sql (struct municipality, municipality_current,
 * municipality_change). */
#ifndef NETWORK_H
#define NETWORK_H
#include "db.h"
#include "load.h"
#include "vec.h"
#include "network.sql.h"

/* The first year of the division that holds today: codes did not change since 1 January of it. */
#define NETWORK_DIVISION 2023
/* The region code of the whole country. */
#define NETWORK_NATION "NL01"

/* Deletes and refills the tables from data/network. Runs inside the caller's transaction; everything is checked before
 * the first write. ERR_INVALID with l->file, line and reason on a mistake. */
_must_use_ enum err network_load(struct db *db, struct load *l);

/* The newest year with inhabitants: what "latest" means on pages. ERR_NOT_FOUND when nothing is loaded. */
_must_use_ enum err network_current_year(struct db *db, struct arena *a, int64_t *ret);

/* "Bergen (NH.)" for a page title is the name itself; "bergen-nh" its slug. TAKEN holds slugs in use; a collision gets
 * the code behind it. The slug is added to TAKEN. */
struct str network_slug(struct arena *a, struct map *taken, struct str name, struct str code);

/* The merger graph in memory. Units are in order of code; edges in order of date. Dates are numbers: 20210101. */
struct network_unit {
        struct str code, name, slug;
        int begins, ends;               /* ends is exclusive; 0 while it exists */
};
struct network_edge {
        int date;
        size_t from, to;                /* places in units */
        double share;                   /* of the inhabitants of FROM; the shares of one origin and date add up to 1 */
        int line;                       /* where it stood in the file, 0 when it came from the store */
};
struct network {
        struct { struct network_unit *v; size_t n, cap; } units;
        struct { struct network_edge *v; size_t n, cap; } edges;
        struct map by_code;             /* struct network_unit * */
};

/* Reads the graph from the store into A. */
_must_use_ enum err network_graph(struct db *db, struct arena *a, struct network *ret);
/* Makes by_code and sorts the edges: needed after units and edges were filled by hand. */
void network_index(struct arena *a, struct network *g);
/* The place of CODE in units, or units.n. */
size_t network_find(const struct network *g, struct str code);
/* Did unit I exist on 1 January of YEAR? */
bool network_exists(const struct network *g, size_t i, int year);

/* What is wrong with the graph: an edge to itself, a cycle, dates that do not meet the units' own, shares of an
 * origin that do not
 * add up to 1 within 0.02. NULL when nothing is; else a sentence, with *EDGE the place of the edge. */
const char *network_problem(struct arena *a, const struct network *g, size_t *edge);

/* One part: SHARE of unit UNIT. */
struct network_part {
        size_t unit;
        double share;
};
struct network_parts { struct network_part *v; size_t n, cap; };
/* Which units of the division of year TO each unit of the division of year FROM became, with shares that add up to 1;
 * itself when nothing changed: an array as long as units. FROM <= TO. Empty when it did not exist on 1 January of FROM. */
struct network_parts *network_became_all(const struct network *g, struct arena *a, int from, int to);

/* A figure that can be brought to another division. Missing numbers are NaN. */
enum network_status { NETWORK_EXACT, NETWORK_DERIVED, NETWORK_ESTIMATED, NETWORK_REFUSED, NETWORK_MISSING };
const char *network_status_name(enum network_status s);
bool network_status_of(struct str name, enum network_status *ret);

struct network_figure {
        struct str code;
        double value, numerator, denominator;
        enum network_status status;
};
struct network_figures { struct network_figure *v; size_t n, cap; };

enum network_measure {
        NETWORK_COUNT,          /* the value itself adds up */
        NETWORK_RATIO,          /* value = SCALE * numerator / denominator, both add up */
        NETWORK_WHOLE,          /* medians and the like: never made from parts */
};
/* Brings IN, figures of the division of year FROM, to that of year TO (FROM <= TO), by the rules of stats/boundary.h:
 * an area that did not change keeps its figure; a merged one gets numerators and denominators added and its value made
 * again; what cannot be made is refused; one part missing makes the whole missing; parts of a split are estimated. OUT
 * has one figure for each unit of year TO that some unit of IN leads to, in order of code. Codes that did not exist in
 * year FROM are left out. */
void network_recode(const struct network *g, struct arena *a, const struct network_figures *in, int from, int to,
                    enum network_measure measure, double scale, struct network_figures *out);

/* Means that have no counts, for choosing peers only: the mean of VALUE weighted by DENOMINATOR, over the parts that
 * have one. */
void network_recode_mean(const struct network *g, struct arena *a, const struct network_figures *in, int from, int to,
                         struct network_figures *out);

#endif
