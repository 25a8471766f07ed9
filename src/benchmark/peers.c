/* peers.c - characteristics of the area, and the municipalities that are most alike in them (benchmark.md 2.13). */
#include <math.h>
#include <stdlib.h>
#include "loading.h"
#include "neighbour.h"

#define TRAITS S("data/benchmark/characteristics.csv")
#define VALUES S("data/benchmark/characteristic_values.csv")
#define PEERS 15
#define Z_LIMIT 3.0             /* one extreme value must not decide who is near */

static int by_code(const void *x, const void *y) {
        return str_cmp(((const struct place *) x)->code, ((const struct place *) y)->code);
}

static enum err read_places(struct loading *x) {
        struct municipality_current_list list;
        enum err e = municipalities_current(x->db, x->a, NETWORK_DIVISION, &list);
        for (size_t i = 0; e == OK && i < list.n; i++) {
                struct opt_i64 n = list.v[i].inhabitants;
                *vec_push(x->a, &x->places) = (struct place) { list.v[i].code, n.is_set ? (double) n.v : (double) NAN };
        }
        if (e == OK && x->places.n == 0)
                return load_fail(x->l, S("data/network"), 0, "there are no municipalities yet: load the network first");
        if (e == OK)
                qsort(x->places.v, x->places.n, sizeof *x->places.v, by_code);
        return e;
}

static enum err read_traits(struct loading *x) {
        enum { CODE, NAME, UNIT, DECIMALS, PERIOD, TRANSFORM, WEIGHT, SOURCE, COLUMNS };
        static const char *const columns[] = { "code", "name", "unit", "decimals", "period", "transform", "weight",
                "source", NULL };
        int at[COLUMNS];
        struct csv csv;
        struct csv_row row;
        bool more = true;
        enum err e = load_csv(x->l, TRAITS, columns, at, &csv);
        while (e == OK && (e = load_row(x->l, TRAITS, &csv, &row, &more)) == OK && more) {
                struct trait t = { .code = row.v[at[CODE]], .name = row.v[at[NAME]], .unit = row.v[at[UNIT]],
                        .source = row.v[at[SOURCE]], .position = (int64_t) x->traits.n + 1,
                        .log = str_eq(row.v[at[TRANSFORM]], S("log")),
                        .value = arena_many(x->a, double, x->places.n), .z = arena_many(x->a, double, x->places.n) };
                if (!t.log && !str_eq(row.v[at[TRANSFORM]], S("none")))
                        return load_fail(x->l, TRAITS, row.line, "transform is log or none");
                if (!str_to_i64(row.v[at[DECIMALS]], &t.decimals) || !str_to_i64(row.v[at[PERIOD]], &t.period) ||
                    !str_to_f64(row.v[at[WEIGHT]], &t.weight) || t.weight <= 0)
                        return load_fail(x->l, TRAITS, row.line, "decimals, period or weight is not a number");
                for (size_t i = 0; i < x->places.n; i++)
                        t.value[i] = (double) NAN;
                *vec_push(x->a, &x->traits) = t;
        }
        return e;
}

/* Values of one characteristic and one division, as they stand together in the file. */
struct batch {
        struct trait *trait;
        int64_t year;
        struct network_figures in;
};

static size_t place_of(const struct loading *x, struct str code) {
        struct place key = { code, 0 };
        const struct place *p = bsearch(&key, x->places.v, x->places.n, sizeof key, by_code);
        return p ? (size_t) (p - x->places.v) : x->places.n;
}

/* A mean cannot be merged from means, but to choose peers the mean weighted by inhabitants is near enough. */
static void finish_batch(struct loading *x, struct batch *b) {
        struct network_figures out;
        if (!b->trait)
                return;
        network_recode_mean(&x->graph, x->a, &b->in, (int) b->year, NETWORK_DIVISION, &out);
        for (size_t i = 0; i < out.n; i++) {
                size_t p = place_of(x, out.v[i].code);
                if (p < x->places.n)
                        b->trait->value[p] = out.v[i].value;
        }
        *b = (struct batch) { 0 };
}

static struct trait *trait_of(struct loading *x, struct str code) {
        for (size_t i = 0; i < x->traits.n; i++)
                if (str_eq(x->traits.v[i].code, code))
                        return &x->traits.v[i];
        return NULL;
}

static enum err read_values(struct loading *x) {
        enum { TRAIT, REGION, YEAR, VALUE, WEIGHT, COLUMNS };
        static const char *const columns[] = { "characteristic", "region", "boundary_year", "value", "weight", NULL };
        int at[COLUMNS];
        struct csv csv;
        struct csv_row row;
        struct batch b = { 0 };
        bool more = true;
        enum err e = load_csv(x->l, VALUES, columns, at, &csv);
        while (e == OK && (e = load_row(x->l, VALUES, &csv, &row, &more)) == OK && more) {
                struct trait *t = trait_of(x, row.v[at[TRAIT]]);
                struct network_figure f = { .code = row.v[at[REGION]] };
                int64_t year = 0;
                if (!t)
                        return load_fail(x->l, VALUES, row.line, "unknown characteristic '%.*s'",
                                STR(row.v[at[TRAIT]]));
                size_t unit = network_find(&x->graph, f.code);
                if (!str_to_i64(row.v[at[YEAR]], &year) || year < 2016 || year > NETWORK_DIVISION ||
                        unit == x->graph.units.n ||
                    !network_exists(&x->graph, unit, (int) year))
                        return load_fail(x->l, VALUES, row.line, "%.*s did not exist in this year", STR(f.code));
                if (!str_to_f64(row.v[at[VALUE]], &f.value) || !str_to_f64(row.v[at[WEIGHT]], &f.denominator) ||
                        f.denominator <= 0 ||
                    (t->log && f.value <= 0))
                        return load_fail(x->l, VALUES, row.line, "the value or its weight is not a number above 0");
                if (b.trait != t || b.year != year)
                        finish_batch(x, &b);
                b.trait = t;
                b.year = year;
                *vec_push(x->a, &b.in) = f;
        }
        finish_batch(x, &b);
        return e;
}

/* Z of every trait, on the log where that is asked; returns them row by row. */
static double *standardise(struct loading *x) {
        size_t n = x->places.n, m = x->traits.n;
        double *z = arena_many(x->a, double, n * m);
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < m; k++)
                        z[i * m + k] = x->traits.v[k].log ? log(x->traits.v[k].value[i]) : x->traits.v[k].value[i];
        stats_standardise_columns(z, n, m, Z_LIMIT, z);
        for (size_t i = 0; i < n; i++)
                for (size_t k = 0; k < m; k++)
                        x->traits.v[k].z[i] = z[i * m + k];
        return z;
}

static void find_peers(struct loading *x) {
        size_t n = x->places.n, m = x->traits.n;
        double *z = standardise(x), *weight = arena_many(x->a, double, m);
        struct stats_keyed *scratch = arena_many(x->a, struct stats_keyed, n);
        for (size_t k = 0; k < m; k++)
                weight[k] = x->traits.v[k].weight;
        for (size_t i = 0; i < n; i++) {
                struct stats_neighbour near[PEERS];
                size_t found = stats_neighbours(z, n, m, weight, i, NULL, PEERS, near, scratch);
                for (size_t k = 0; k < found; k++)
                        *vec_push(x->a, &x->peers) = (struct near_place) { i, near[k].unit, (int) k + 1,
                                near[k].distance };
        }
}

enum err loading_peers(struct loading *x) {
        enum err e = read_places(x);
        if (e == OK)
                e = read_traits(x);
        if (e == OK)
                e = read_values(x);
        if (e != OK)
                return e;
        struct trait *inhabitants = trait_of(x, S("inwoners"));
        for (size_t i = 0; inhabitants && i < x->places.n; i++)
                inhabitants->value[i] = x->places.v[i].inhabitants;
        if (x->traits.n)
                find_peers(x);
        return OK;
}
