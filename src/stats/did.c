#include "did.h"

static size_t most_columns(const struct stats_did *d)
{
        return d->times > 4 ? d->times : 4;
}

size_t stats_did_scratch(const struct stats_did *d)
{
        struct stats_panel p = { .n = d->n, .columns = most_columns(d), .groups = d->units };
        return stats_fit_scratch(&p) + d->n * p.columns;
}

size_t stats_did_places(const struct stats_did *d)
{
        struct stats_panel p = { .n = d->n, .columns = most_columns(d), .clusters = d->units, .groups = d->units };
        return stats_fit_places(&p);
}

bool stats_did_pooled(const struct stats_did *d, struct stats_fit *f, size_t *effect, double *scratch, size_t *places)
{
        struct stats_panel p = { .n = d->n, .columns = 4, .y = d->y, .x = scratch, .weight = d->weight, .cluster = d->unit, .clusters = d->units };
        for (size_t i = 0; i < d->n; i++) {
                scratch[i] = 1;
                scratch[d->n + i] = d->treated[i];
                scratch[2 * d->n + i] = d->post[i];
                scratch[3 * d->n + i] = d->treated[i] * d->post[i];
        }
        *effect = 3;
        return stats_fit(f, &p, scratch + d->n * p.columns, places);
}

bool stats_did_twoway(const struct stats_did *d, struct stats_fit *f, size_t *effect, double *scratch, size_t *places)
{
        struct stats_panel p = {
                .n = d->n, .columns = d->times > 0 ? d->times : 1, .y = d->y, .x = scratch, .weight = d->weight,
                .cluster = d->unit, .clusters = d->units, .group = d->unit, .groups = d->units,
        };
        *effect = p.columns - 1;        /* last, so that it is left out when it follows from the means */
        for (size_t i = 0; i < d->n; i++) {
                for (size_t t = 1; t < p.columns; t++)
                        scratch[(t - 1) * d->n + i] = d->time[i] == t;
                scratch[*effect * d->n + i] = d->on[i];
        }
        return stats_fit(f, &p, scratch + d->n * p.columns, places);
}
