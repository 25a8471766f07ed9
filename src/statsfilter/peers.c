/* peers.c - nearest neighbours; every column but the unit is a characteristic. */
#include <stdlib.h>
#include "internal.h"
#include "neighbour.h"

#define NEAREST 15
/* Without a row of weights the first characteristic counts twice: the choice of the published table. */
#define FIRST_WEIGHT 2

static const struct str weight_row = S_INIT("weight");

struct coded {
        struct str code;
        size_t row;
};

struct land {
        size_t n, m;                    /* units, characteristics */
        struct coded *unit;             /* in order of code, so that ties go to the first */
        size_t *place;                  /* of each row of the set among the units; n for the weights */
        double *z, *white, *weight;
        bool whitened;
        struct stats_keyed *scratch;
        struct stats_neighbour plain[NEAREST], weighted[NEAREST], mahalanobis[NEAREST];
};

/* "9" before "10", GM0003 before GM0010; the row decides between two of one code. */
static int by_code(const void *one, const void *two)
{
        const struct coded *a = one, *b = two;
        int order = (a->code.n > b->code.n) - (a->code.n < b->code.n);
        order = order ? order : str_cmp(a->code, b->code);
        return order ? order : (a->row > b->row) - (a->row < b->row);
}

static void read_land(const struct filter_set *s, struct land *l)
{
        double *table = MANY(s, double, s->n * s->rests);
        l->m = s->rests;
        l->unit = MANY(s, struct coded, s->n);
        l->place = MANY(s, size_t, s->n);
        l->weight = MANY(s, double, l->m);
        for (size_t k = 0; k < l->m; k++)
                l->weight[k] = k ? 1 : FIRST_WEIGHT;
        for (size_t i = 0; i < s->n; i++) {
                if (!str_eq(s->text[0][i], weight_row))
                        l->unit[l->n++] = (struct coded) { s->text[0][i], i };
                for (size_t k = 0; k < l->m && str_eq(s->text[0][i], weight_row); k++)
                        l->weight[k] = s->number[s->rest + k][i];
        }
        qsort(l->unit, l->n, sizeof *l->unit, by_code);
        for (size_t i = 0; i < s->n; i++)
                l->place[i] = l->n;
        for (size_t u = 0; u < l->n; u++) {
                l->place[l->unit[u].row] = u;
                for (size_t k = 0; k < l->m; k++)
                        table[u * l->m + k] = s->number[s->rest + k][l->unit[u].row];
        }
        l->z = MANY(s, double, l->n * l->m);
        l->white = MANY(s, double, l->n * l->m);
        l->scratch = MANY(s, struct stats_keyed, l->n);
        stats_standardise_columns(table, l->n, l->m, 0, l->z);
        l->whitened = stats_whiten(table, l->n, l->m, MANY(s, double, l->m * l->m), l->white);
}

static void put_neighbour(struct filter_out *o, const struct land *l, const struct stats_neighbour *k)
{
        if (k)
                put_text(o, l->unit[k->unit].code);
        else
                put_word(o, "NA");
        put(o, k ? k->distance : STATS_NONE);
}

static bool neighbours(struct filter_out *o, const struct filter_set *s)
{
        struct land l = { 0 };
        if (s->rests == 0) {
                *s->why = "line 1: there are no characteristics: columns with numbers besides unit";
                return false;
        }
        read_land(s, &l);
        for (size_t i = 0; i < s->n; i++) {
                size_t u = l.place[i];
                size_t n = stats_neighbours(l.z, l.n, l.m, NULL, u, NULL, NEAREST, l.plain, l.scratch);
                size_t w = stats_neighbours(l.z, l.n, l.m, l.weight, u, NULL, NEAREST, l.weighted, l.scratch);
                size_t m = l.whitened ? stats_neighbours(l.white, l.n, l.m, NULL, u, NULL, NEAREST, l.mahalanobis, l.scratch) : 0;
                for (size_t k = 0; k < n; k++) {
                        put_same(o, s, 0, i);
                        put_count(o, k + 1);
                        put_neighbour(o, &l, &l.plain[k]);
                        put(o, l.plain[k].rebased);
                        put_neighbour(o, &l, k < w ? &l.weighted[k] : NULL);
                        put_neighbour(o, &l, k < m ? &l.mahalanobis[k] : NULL);
                }
        }
        return true;
}

const struct filter peer_filters[] = {
        { "nn", "nn_results", { LABEL("unit") }, "unit,rank,nn_euclid,d_euclid,d_rebased,nn_weighted,d_weighted,nn_mahal,d_mahal", neighbours, false,
          "nearest neighbours as CIPFA's; every other column is a characteristic; a row whose unit is 'weight' holds the weights (else the "
          "first characteristic counts twice); Mahalanobis over the sample covariance", true },
        { 0 },
};
