#include "sdc_flow.h"
#include <string.h>

#define TINY 1e-9

double sdc_value(const struct stats_sdc_table *t, size_t i)
{
        return isnan(t->value[i]) ? 0 : t->value[i];
}

size_t sdc_cells(const struct stats_sdc_table *t)
{
        return (t->rows + 1) * (t->cols + 1);
}

bool sdc_turned(const struct stats_sdc_table *t, size_t i)
{
        return (i / (t->cols + 1) == t->rows) != (i % (t->cols + 1) == t->cols);
}

/* Are n cells from first on, step apart, together the one behind them? */
static bool sum_is_last(const struct stats_sdc_table *t, size_t first, size_t step, size_t n)
{
        double sum = 0;
        for (size_t k = 0; k < n; k++)
                sum += sdc_value(t, first + k * step);
        double total = sdc_value(t, first + n * step);
        return fabs(sum - total) <= TINY * fmax(1, fabs(total));
}

bool sdc_adds_up(const struct stats_sdc_table *t)
{
        size_t width = t->cols + 1;
        for (size_t i = 0; i < sdc_cells(t); i++)
                if (!(sdc_value(t, i) >= 0) || isinf(t->value[i]))
                        return false;
        for (size_t r = 0; r <= t->rows; r++)
                if (!sum_is_last(t, r * width, 1, t->cols))
                        return false;
        for (size_t c = 0; c <= t->cols; c++)
                if (!sum_is_last(t, c, width, t->rows))
                        return false;
        return true;
}

struct sdc_graph sdc_graph_of(struct arena *a, const struct stats_sdc_table *t)
{
        size_t cells = sdc_cells(t), nodes = t->rows + t->cols + 2;
        struct sdc_graph g = { .rows = t->rows + 1, .cols = t->cols + 1 };
        g.up = arena_many(a, double, cells);
        g.down = arena_many(a, double, cells);
        g.left_up = arena_many(a, double, cells);
        g.left_down = arena_many(a, double, cells);
        g.queue = arena_many(a, size_t, nodes);
        g.parent = arena_many(a, size_t, nodes);
        g.reached = arena_many(a, bool, nodes);
        return g;
}

void sdc_graph_open(struct sdc_graph *g, const struct stats_sdc_table *t, size_t i, double most, double share)
{
        double rise = share > 0 ? most * share : 0;
        double fall = fmin(sdc_value(t, i), most) * share;
        g->up[i] = sdc_turned(t, i) ? fall : rise;
        g->down[i] = sdc_turned(t, i) ? rise : fall;
}

/* What can still flow from node to node; rows are 0.., columns follow them. */
static double *room(const struct sdc_graph *g, size_t from, size_t to)
{
        return from < g->rows ? &g->left_up[from * g->cols + to - g->rows] : &g->left_down[to * g->cols + from - g->rows];
}

/* Widest search step: marks what the source reaches and whence. */
static bool reach(struct sdc_graph *g, size_t source, size_t sink)
{
        size_t head = 0, tail = 0, nodes = g->rows + g->cols;
        memset(g->reached, 0, nodes * sizeof *g->reached);
        g->reached[source] = true;
        g->queue[tail++] = source;
        while (head < tail && !g->reached[sink]) {
                size_t from = g->queue[head++], first = from < g->rows ? g->rows : 0, last = from < g->rows ? nodes : g->rows;
                for (size_t to = first; to < last; to++)
                        if (!g->reached[to] && *room(g, from, to) > TINY) {
                                g->reached[to] = true;
                                g->parent[to] = from;
                                g->queue[tail++] = to;
                        }
        }
        return g->reached[sink];
}

static double push(struct sdc_graph *g, size_t source, size_t sink, double most)
{
        for (size_t n = sink; n != source; n = g->parent[n])
                most = fmin(most, *room(g, g->parent[n], n));
        for (size_t n = sink; n != source; n = g->parent[n]) {
                *room(g, g->parent[n], n) -= isinf(most) ? 0 : most;
                *room(g, n, g->parent[n]) += isinf(most) ? 0 : most;
        }
        return most;
}

double sdc_flow_room(struct sdc_graph *g, size_t i, bool rise, bool turned, double enough)
{
        size_t row = i / g->cols, column = g->rows + i % g->cols, cells = g->rows * g->cols;
        bool back = rise != turned;     /* the arc carries more, so the others bring it back from column to row */
        double flow = 0;
        memcpy(g->left_up, g->up, cells * sizeof *g->up);
        memcpy(g->left_down, g->down, cells * sizeof *g->down);
        g->left_up[i] = g->left_down[i] = 0;
        while (flow < enough && reach(g, back ? column : row, back ? row : column))
                flow += push(g, back ? column : row, back ? row : column, enough - flow);
        return flow;
}
