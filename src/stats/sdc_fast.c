/* sdc_fast.c - secondary suppression by cheapest cycles: safe by construction, not always the least. */
#include "sdc_flow.h"

#define TINY 1e-9
/* Opening again is tried for at most this many flow problems. */
#define TRIALS 200000

struct fast {
        const struct stats_sdc_table *t;
        enum stats_sdc_mark *mark;
        struct sdc_graph g;
        double width;
        double *cost;           /* of a node from the source */
        size_t *from;
        bool *done;
        size_t flows;
};

static bool candidate(const struct fast *f, size_t i)
{
        return f->mark[i] == STATS_SDC_OPEN && sdc_value(f->t, i) > 0;
}

/* How wide primary cell i is now, as far as width; which of the two flows is the last depends on rise. */
static double wide(struct fast *f, size_t i)
{
        bool turned = sdc_turned(f->t, i);
        double rise = sdc_flow_room(&f->g, i, true, turned, f->width);
        f->flows++;
        if (rise >= f->width)
                return rise;
        f->flows++;
        return rise + sdc_flow_room(&f->g, i, false, turned, fmin(sdc_value(f->t, i), f->width));
}

/* Cost of going from node to node: nothing where something can still flow, the weight of a cell that could be hidden. */
static double step_cost(const struct fast *f, size_t skip, size_t from, size_t to, size_t *cell)
{
        bool along = from < f->g.rows;
        size_t i = along ? from * f->g.cols + to - f->g.rows : to * f->g.cols + from - f->g.rows;
        *cell = i;
        if (i == skip)
                return INFINITY;
        if ((along ? f->g.left_up[i] : f->g.left_down[i]) > TINY)
                return 0;
        return candidate(f, i) ? sdc_value(f->t, i) + 1 : (double) INFINITY;
}

/* Dijkstra's cheapest way over the few nodes of a table. */
static double cheapest(struct fast *f, size_t skip, size_t source, size_t sink)
{
        size_t nodes = f->g.rows + f->g.cols, cell;
        for (size_t n = 0; n < nodes; n++) {
                f->cost[n] = n == source ? 0 : INFINITY;
                f->done[n] = false;
        }
        for (;;) {
                size_t at = nodes;
                for (size_t n = 0; n < nodes; n++)
                        if (!f->done[n] && isfinite(f->cost[n]) && (at == nodes || f->cost[n] < f->cost[at]))
                                at = n;
                if (at == nodes || at == sink)
                        return f->cost[sink];
                f->done[at] = true;
                for (size_t to = at < f->g.rows ? f->g.rows : 0; to < (at < f->g.rows ? nodes : f->g.rows); to++) {
                        double cost = f->cost[at] + step_cost(f, skip, at, to, &cell);
                        if (cost < f->cost[to]) {
                                f->cost[to] = cost;
                                f->from[to] = at;
                        }
                }
        }
}

/* Hides what is on the way that cheapest() found. */
static void hide_way(struct fast *f, size_t source, size_t sink)
{
        for (size_t n = sink; n != source; n = f->from[n]) {
                size_t row = n < f->g.rows ? n : f->from[n], column = (n < f->g.rows ? f->from[n] : n) - f->g.rows;
                size_t i = row * f->g.cols + column;
                if (candidate(f, i)) {
                        f->mark[i] = STATS_SDC_SECONDARY;
                        sdc_graph_open(&f->g, f->t, i, INFINITY, 1);
                }
        }
}

/* One more way for cell i to rise, or else to fall. */
static bool widen(struct fast *f, size_t i)
{
        size_t row = i / f->g.cols, column = f->g.rows + i % f->g.cols;
        bool turned = sdc_turned(f->t, i);
        for (int rise = 1; rise >= 0; rise--) {
                bool back = rise != turned;
                double enough = rise ? f->width : fmin(sdc_value(f->t, i), f->width);
                if (sdc_flow_room(&f->g, i, rise, turned, enough) >= enough)
                        continue;
                size_t source = back ? column : row, sink = back ? row : column;
                if (isinf(cheapest(f, i, source, sink)))
                        continue;
                hide_way(f, source, sink);
                return true;
        }
        return false;
}

static bool all_wide(struct fast *f)
{
        for (size_t i = 0; i < sdc_cells(f->t); i++)
                if (f->mark[i] == STATS_SDC_PRIMARY && wide(f, i) < f->width - TINY)
                        return false;
        return true;
}

/* Shows again what turned out not to be needed, the largest first. */
static void open_again(struct fast *f, struct stats_keyed *order)
{
        size_t n = 0;
        for (size_t i = 0; i < sdc_cells(f->t); i++)
                if (f->mark[i] == STATS_SDC_SECONDARY)
                        order[n++] = (struct stats_keyed) { -sdc_value(f->t, i), i };
        stats_order(order, n);
        for (size_t k = 0; k < n && f->flows < TRIALS; k++) {
                size_t i = order[k].i;
                f->mark[i] = STATS_SDC_OPEN;
                sdc_graph_open(&f->g, f->t, i, 0, 0);
                if (all_wide(f))
                        continue;
                f->mark[i] = STATS_SDC_SECONDARY;
                sdc_graph_open(&f->g, f->t, i, INFINITY, 1);
        }
}

struct stats_sdc_result sdc_count(const struct stats_sdc_table *t, const enum stats_sdc_mark *mark, enum stats_sdc_status status)
{
        struct stats_sdc_result r = { .status = status };
        for (size_t i = 0; i < sdc_cells(t); i++) {
                r.primary += mark[i] == STATS_SDC_PRIMARY;
                r.secondary += mark[i] == STATS_SDC_SECONDARY;
                r.objective += mark[i] >= STATS_SDC_PRIMARY ? sdc_value(t, i) + 1 : 0;
        }
        return r;
}

struct stats_sdc_result stats_sdc_suppress_fast(struct arena *a, const struct stats_sdc_table *t, double width, enum stats_sdc_mark *mark)
{
        if (!sdc_adds_up(t))
                return sdc_count(t, mark, STATS_SDC_INVALID);
        size_t cells = sdc_cells(t), nodes = t->rows + t->cols + 2;
        struct fast f = { .t = t, .mark = arena_many(a, enum stats_sdc_mark, cells), .g = sdc_graph_of(a, t), .width = width,
                .cost = arena_many(a, double, nodes), .from = arena_many(a, size_t, nodes), .done = arena_many(a, bool, nodes) };
        for (size_t i = 0; i < cells; i++) {
                f.mark[i] = mark[i] == STATS_SDC_SECONDARY ? STATS_SDC_OPEN : mark[i];
                if (mark[i] == STATS_SDC_PRIMARY)
                        sdc_graph_open(&f.g, t, i, INFINITY, 1);
        }
        for (size_t i = 0; i < cells; i++)
                while (f.mark[i] == STATS_SDC_PRIMARY && wide(&f, i) < width - TINY)
                        if (!widen(&f, i))
                                return sdc_count(t, mark, STATS_SDC_IMPOSSIBLE);
        f.flows = 0;
        open_again(&f, arena_many(a, struct stats_keyed, cells));
        for (size_t i = 0; i < cells; i++)
                mark[i] = f.mark[i];
        return sdc_count(t, mark, STATS_SDC_SAFE);
}
