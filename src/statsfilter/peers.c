/* peers.c - nearest neighbours; every column but the unit is a characteristic. */
#include "internal.h"
#include "neighbour.h"

#define NEAREST 15
/* Without a row of weights the first characteristic counts twice: the choice of the published table. */
#define FIRST_WEIGHT 2

static const struct str weight_row = S_INIT("weight");

struct land {
        size_t n, m;                    /* units, characteristics */
        size_t *row;                    /* of each unit in the set */
        double *z, *white, *weight;
        bool whitened;
        struct stats_keyed *scratch;
        struct stats_neighbour plain[NEAREST], weighted[NEAREST], mahalanobis[NEAREST];
};

static void read_land(const struct filter_set *s, struct land *l)
{
        double *table = MANY(s, double, s->n * s->rests);
        l->m = s->rests;
        l->row = MANY(s, size_t, s->n);
        l->weight = MANY(s, double, l->m);
        for (size_t k = 0; k < l->m; k++)
                l->weight[k] = k ? 1 : FIRST_WEIGHT;
        for (size_t i = 0; i < s->n; i++) {
                bool weights = str_eq(s->text[0][i], weight_row);
                for (size_t k = 0; k < l->m; k++)
                        *(weights ? &l->weight[k] : &table[l->n * l->m + k]) = s->number[s->rest + k][i];
                if (!weights)
                        l->row[l->n++] = i;
        }
        l->z = MANY(s, double, l->n * l->m);
        l->white = MANY(s, double, l->n * l->m);
        l->scratch = MANY(s, struct stats_keyed, l->n);
        stats_standardise_columns(table, l->n, l->m, 0, l->z);
        l->whitened = stats_whiten(table, l->n, l->m, MANY(s, double, l->m * l->m), l->white);
}

static void put_neighbour(struct filter_out *o, const struct filter_set *s, const struct land *l, const struct stats_neighbour *k)
{
        if (k)
                put_text(o, s->text[0][l->row[k->unit]]);
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
        for (size_t u = 0; u < l.n; u++) {
                size_t n = stats_neighbours(l.z, l.n, l.m, NULL, u, NULL, NEAREST, l.plain, l.scratch);
                size_t w = stats_neighbours(l.z, l.n, l.m, l.weight, u, NULL, NEAREST, l.weighted, l.scratch);
                size_t m = l.whitened ? stats_neighbours(l.white, l.n, l.m, NULL, u, NULL, NEAREST, l.mahalanobis, l.scratch) : 0;
                for (size_t k = 0; k < n; k++) {
                        put_same(o, s, 0, l.row[u]);
                        put_count(o, k + 1);
                        put_neighbour(o, s, &l, &l.plain[k]);
                        put(o, l.plain[k].rebased);
                        put_neighbour(o, s, &l, k < w ? &l.weighted[k] : NULL);
                        put_neighbour(o, s, &l, k < m ? &l.mahalanobis[k] : NULL);
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
