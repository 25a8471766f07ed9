/* graph.c - the merger graph: what became of a municipality. No I/O but network_graph. */
#include <stdlib.h>
#include <string.h>
#include "network.h"

size_t network_find(const struct network *g, struct str code) {
        const struct network_unit *u = map_get(&g->by_code, code);
        return u ? (size_t) (u - g->units.v) : g->units.n;
}

bool network_exists(const struct network *g, size_t i, int year) {
        const struct network_unit *u = &g->units.v[i];
        int day = year * 10000 + 101;
        return u->begins <= day && (u->ends == 0 || u->ends > day);
}

static int by_date(const void *x, const void *y) {
        const struct network_edge *a = x, *b = y;
        if (a->date != b->date)
                return a->date < b->date ? -1 : 1;
        if (a->from != b->from)
                return a->from < b->from ? -1 : 1;
        return (a->to > b->to) - (a->to < b->to);
}

void network_index(struct arena *a, struct network *g) {
        g->by_code = (struct map) { 0 };
        for (size_t i = 0; i < g->units.n; i++)
                map_put(a, &g->by_code, g->units.v[i].code, &g->units.v[i]);
        if (g->edges.n)
                qsort(g->edges.v, g->edges.n, sizeof *g->edges.v, by_date);
}

static int date_number(struct str iso) {
        int n = 0;
        for (size_t i = 0; i < iso.n; i++)
                if (iso.p[i] >= '0' && iso.p[i] <= '9')
                        n = n * 10 + (iso.p[i] - '0');
        return n;
}

enum err network_graph(struct db *db, struct arena *a, struct network *ret) {
        struct network_units_row_list units;
        struct network_edges_row_list edges;
        enum err e = network_units(db, a, &units);
        if (e == OK)
                e = network_edges(db, a, &edges);
        if (e != OK)
                return e;
        int64_t last = 0;
        for (size_t i = 0; i < units.n; i++)
                last = units.v[i].id > last ? units.v[i].id : last;
        size_t *place = arena_many(a, size_t, (size_t) last + 1);
        *ret = (struct network) { 0 };
        for (size_t i = 0; i < units.n; i++) {
                const struct network_units_row *u = &units.v[i];
                place[u->id] = i;
                *vec_push(a, &ret->units) = (struct network_unit) { u->code, u->name, u->slug,
                        date_number(u->begins_on), date_number(u->ends_on) };
        }
        for (size_t i = 0; i < edges.n; i++)
                *vec_push(a, &ret->edges) = (struct network_edge) { date_number(edges.v[i].changed_on),
                        place[edges.v[i].from_id], place[edges.v[i].to_id], edges.v[i].share, 0 };
        network_index(a, ret);
        return OK;
}

/* Edges of one origin and date stand together: the end of the group that starts at I. */
static size_t group_end(const struct network *g, size_t i) {
        size_t k = i;
        while (k < g->edges.n && g->edges.v[k].from == g->edges.v[i].from && g->edges.v[k].date == g->edges.v[i].date)
                k++;
        return k;
}

static const char *edge_problem(struct arena *a, const struct network *g, const struct network_edge *e) {
        const struct network_unit *from = &g->units.v[e->from], *to = &g->units.v[e->to];
        if (e->from == e->to)
                return "a municipality cannot become itself";
        if (!(e->share > 0 && e->share <= 1))
                return "a share lies above 0 and is at most 1";
        if (from->ends != e->date)
                return str_fmt(a, "%.*s does not end on this day", STR(from->code)).p;
        if (to->begins > e->date || (to->ends && to->ends <= e->date))
                return str_fmt(a, "%.*s does not exist on this day", STR(to->code)).p;
        return NULL;
}

const char *network_problem(struct arena *a, const struct network *g, size_t *edge) {
        /* An origin ends on the day of its edge and a destination outlives it, so along edges the last day only moves
         * on: when every edge passes, a cycle is impossible. */
        for (*edge = 0; *edge < g->edges.n; ++*edge) {
                const char *why = edge_problem(a, g, &g->edges.v[*edge]);
                if (why)
                        return why;
        }
        for (size_t i = 0, end; i < g->edges.n; i = end) {
                double sum = 0;
                end = group_end(g, i);
                for (size_t k = i; k < end; k++)
                        sum += g->edges.v[k].share;
                *edge = i;
                if (sum < 0.98 || sum > 1.02)
                        return str_fmt(a, "the shares of %.*s add up to %.3f, not 1",
                                STR(g->units.v[g->edges.v[i].from].code), sum).p;
        }
        return NULL;
}

/* Hands the share of the origin of edges [I, END) to their destinations. */
static void hand_on(const struct network *g, double *share, size_t i, size_t end) {
        double sum = 0, held = share[g->edges.v[i].from];
        for (size_t k = i; k < end; k++)
                sum += g->edges.v[k].share;
        share[g->edges.v[i].from] = 0;
        for (size_t k = i; k < end; k++)
                share[g->edges.v[k].to] += held * g->edges.v[k].share / sum;
}

/* SHARE has room for all units. */
static void became(const struct network *g, struct arena *a, double *share, size_t i, int from, int to,
                   struct network_parts *ret) {
        int after = from * 10000 + 101, until = to * 10000 + 101;
        *ret = (struct network_parts) { 0 };
        if (i >= g->units.n || !network_exists(g, i, from))
                return;
        memset(share, 0, g->units.n * sizeof *share);
        share[i] = 1;
        for (size_t k = 0, end; k < g->edges.n; k = end) {
                const struct network_edge *e = &g->edges.v[k];
                end = group_end(g, k);
                if (e->date > after && e->date <= until && share[e->from] > 0)
                        hand_on(g, share, k, end);
        }
        for (size_t k = 0; k < g->units.n; k++)
                if (share[k] > 0)
                        *vec_push(a, ret) = (struct network_part) { k, share[k] };
}

struct network_parts *network_became_all(const struct network *g, struct arena *a, int from, int to) {
        struct network_parts *all = arena_many(a, struct network_parts, g->units.n);
        double *share = arena_many(a, double, g->units.n);
        for (size_t i = 0; i < g->units.n; i++)
                became(g, a, share, i, from, to, &all[i]);
        return all;
}
