/* sdc_flow.h - inside disclosure control: what one cell of a table can be, as a flow through its rows and columns.
 *
 * A change that keeps all totals true is a circulation in the graph with a node for each row and each column (the lines of totals are
 * nodes too) and an arc for each hidden cell; in totals the sign turns round. A cell can rise by the largest flow back from its column
 * to its row through the other hidden cells, and fall by the largest flow the other way. */
#ifndef STATS_SDC_FLOW_H
#define STATS_SDC_FLOW_H
#include "quantile.h"
#include "sdc.h"

/* up, down: how far each cell's arc (from row to column) may carry more and less; 0 and 0 for a visible cell. */
struct sdc_graph {
        size_t rows, cols;      /* nodes: lines of totals included */
        double *up, *down;
        double *left_up, *left_down;
        size_t *queue, *parent;
        bool *reached;          /* rows, then columns: the source's side of the smallest cut after a flow */
};

struct sdc_graph sdc_graph_of(struct arena *a, const struct stats_sdc_table *t);

/* Gives cell i its arc, by the value and the largest rise that matters (INFINITY for all), times share (0..1). */
void sdc_graph_open(struct sdc_graph *g, const struct stats_sdc_table *t, size_t i, double most, double share);

/* Is the cell a total of one direction only, so that its arc runs the other way? */
bool sdc_turned(const struct stats_sdc_table *t, size_t i);

/* How far cell i can rise (or fall) through the other arcs, at most enough; stops there. */
double sdc_flow_room(struct sdc_graph *g, size_t i, bool rise, bool turned, double enough);

/* Value of the cell, missing as 0. Number of cells. Does everything add up? */
/* What a pattern of marks costs. */
struct stats_sdc_result sdc_count(const struct stats_sdc_table *t, const enum stats_sdc_mark *mark, enum stats_sdc_status status);

double sdc_value(const struct stats_sdc_table *t, size_t i);
size_t sdc_cells(const struct stats_sdc_table *t);
bool sdc_adds_up(const struct stats_sdc_table *t);

#endif
