#include "lineage.h"

static bool together(const struct stats_edge *a, const struct stats_edge *b)
{
        return a->day == b->day && a->from == b->from;
}

static double share_of(const struct stats_edge *e)
{
        return isnan(e->share) ? 1 : e->share;
}

static enum stats_lineage_error check_shares(const struct stats_edge *edges, size_t n, size_t i)
{
        double total = 0;
        size_t successors = 0;
        bool absent = false;
        for (size_t j = 0; j < n; j++) {
                if (!together(&edges[i], &edges[j]))
                        continue;
                successors++;
                absent = absent || isnan(edges[j].share);
                total += share_of(&edges[j]);
        }
        if ((absent && successors > 1) || !(share_of(&edges[i]) > 0) || !(share_of(&edges[i]) <= 1 + 1e-6))
                return STATS_LINEAGE_NO_SHARE;
        return fabs(total - 1) <= 1e-6 ? STATS_LINEAGE_OK : STATS_LINEAGE_NOT_ONE;
}

/* Longest way to each area; without a cycle no way is longer than the number of edges. */
static bool has_cycle(const struct stats_edge *edges, size_t n, size_t areas, size_t *at, double *depth)
{
        for (size_t a = 0; a < areas; a++)
                depth[a] = 0;
        for (size_t round = 0; round <= n; round++) {
                bool moved = false;
                for (size_t i = 0; i < n; i++) {
                        if (edges[i].from == edges[i].to || depth[edges[i].to] >= depth[edges[i].from] + 1)
                                continue;
                        depth[edges[i].to] = depth[edges[i].from] + 1;
                        moved = true;
                        *at = i;
                }
                if (!moved)
                        return false;
        }
        return true;
}

enum stats_lineage_error stats_lineage_check(const struct stats_edge *edges, size_t n, size_t areas, size_t *edge, double *work)
{
        size_t nowhere, *at = edge ? edge : &nowhere;
        *at = 0;
        for (size_t i = 0; i < n; i++)
                if (edges[i].from >= areas || edges[i].to >= areas) {
                        *at = i;
                        return STATS_LINEAGE_NO_AREA;
                }
        for (size_t i = 0; i < n; i++) {
                enum stats_lineage_error e = check_shares(edges, n, i);
                if (e != STATS_LINEAGE_OK) {
                        *at = i;
                        return e;
                }
        }
        return has_cycle(edges, n, areas, at, work) ? STATS_LINEAGE_CYCLE : STATS_LINEAGE_OK;
}

/* The latest day with edges in (after, until]; false when there is none. */
static bool latest_day(const struct stats_edge *edges, size_t n, int64_t after, int64_t until, int64_t *day)
{
        bool found = false;
        for (size_t i = 0; i < n; i++)
                if (edges[i].day > after && edges[i].day <= until && (!found || edges[i].day > *day)) {
                        *day = edges[i].day;
                        found = true;
                }
        return found;
}

size_t stats_lineage_weights(const struct stats_edge *edges, size_t n, size_t areas, const int64_t *begin, size_t target, int64_t as_of,
                             int64_t in_force, double *weight, double *work)
{
        size_t parts = 0;
        int64_t day = 0, until = in_force;
        for (size_t a = 0; a < areas; a++)
                weight[a] = a == target ? 1 : 0;
        while (latest_day(edges, n, as_of, until, &day)) {
                for (size_t a = 0; a < areas; a++)
                        work[a] = begin && begin[a] >= day ? 0 : weight[a];
                /* who gave something away that day: what it gave to where the target's parts now are */
                for (size_t i = 0; i < n; i++)
                        if (edges[i].day == day)
                                work[edges[i].from] = 0;
                for (size_t i = 0; i < n; i++)
                        if (edges[i].day == day)
                                work[edges[i].from] += share_of(&edges[i]) * weight[edges[i].to];
                for (size_t a = 0; a < areas; a++)
                        weight[a] = work[a];
                if (day == INT64_MIN)
                        break;
                until = day - 1;
        }
        for (size_t a = 0; a < areas; a++) {
                if (begin && begin[a] > as_of)
                        weight[a] = 0;
                if (weight[a] > 0)
                        parts++;
        }
        return parts;
}
