/* lineage.h - which former municipalities, and what part of each, make up a present one?
 *
 * Areas are numbers 0..areas-1 (whatever their codes), days are whole numbers that ascend with time (20210101 or a day count).
 * An edge says: on this day a share of from became part of to. A merger has one edge per former area, a split several from one area.
 * An area that lives on while it gives a part away has an edge to itself with the share it keeps. */
#ifndef STATS_LINEAGE_H
#define STATS_LINEAGE_H

#include <stdint.h>
#include "stats.h"

/* share NaN: not given, which means 1 and is allowed only when from has a single successor that day. */
struct stats_edge {
        int64_t day;
        size_t from, to;
        double share;
};

enum stats_lineage_error {
        STATS_LINEAGE_OK,
        STATS_LINEAGE_NO_AREA,          /* an end outside 0..areas-1 */
        STATS_LINEAGE_NO_SHARE,         /* several successors, one without a share, or a share outside (0, 1] */
        STATS_LINEAGE_NOT_ONE,          /* the shares of from on one day do not add up to 1 (within 1e-6) */
        STATS_LINEAGE_CYCLE,            /* by some way an area becomes part of itself */
};

/* Checks all edges; a wrong classification must not reach the figures. *edge (may be NULL) is the one at fault.
 * work has room for areas doubles. */
enum stats_lineage_error stats_lineage_check(const struct stats_edge *edges, size_t n, size_t areas, size_t *edge, double *work);

/* weight[i]: share of area i, as it was on day as_of, that lies in target as it was on day in_force (as_of <= in_force): edges with
 * as_of < day <= in_force are followed backwards, shares along a way multiply. begin[i] is the first day of area i (NULL: all
 * always existed): an area that did not exist yet gets 0. Only for edges that stats_lineage_check accepts.
 * weight and work have room for areas. Returns the number of parts (weights > 0). */
size_t stats_lineage_weights(const struct stats_edge *edges, size_t n, size_t areas, const int64_t *begin, size_t target, int64_t as_of,
                             int64_t in_force, double *weight, double *work);

#endif
