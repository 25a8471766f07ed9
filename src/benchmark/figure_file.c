/* figure_file.c - reads data/benchmark/figures.csv (from CBS, by tools/collect) and national.csv (by hand). */
#include <math.h>
#include "loading.h"

enum { INDICATOR, PERIOD, REGION, DETAIL, VALUE, NUMERATOR, DENOMINATOR, STATUS, BOUNDARY_YEAR, SOURCE, COLUMNS };
static const char *const columns[] = { "indicator", "period", "region", "detail", "value", "numerator",
                                       "denominator", "status", "boundary_year", "source", NULL };

struct reader {
        struct loading *x;
        struct str file;
        int line;
        struct map seen;
};

/* An empty cell is NaN. */
static bool number(struct str s, double *ret) {
        *ret = (double) NAN;
        return s.n == 0 || str_to_f64(s, ret);
}

static enum err check_numbers(struct reader *r, const struct figure *f) {
        struct load *l = r->x->l;
        bool value = !isnan(f->value);
        if (value == (f->status == NETWORK_MISSING || f->status == NETWORK_REFUSED))
                return load_fail(l, r->file, r->line,
                        "a value goes with exact, derived or estimated, and only with those");
        if (!isnan(f->denominator) && !(f->denominator > 0))
                return load_fail(l, r->file, r->line, "the denominator is not above 0");
        if (!value || isnan(f->numerator) || isnan(f->denominator))
                return OK;
        if (str_eq(f->indicator->kind, S("proportion")) && (f->numerator < 0 || f->numerator > f->denominator))
                return load_fail(l, r->file, r->line, "the numerator does not lie between 0 and the denominator");
        /* Published values are rounded, and so are counts derived from them; more than that is a mistake in one of
         * the three. */
        double made = f->indicator->scale * f->numerator / f->denominator;
        if (fabs(made - f->value) > 0.51 + 0.01 * fabs(f->value))
                return load_fail(l, r->file, r->line, "numerator over denominator gives %.3f, not %.3f", made,
                        f->value);
        return OK;
}

static enum err check_region(struct reader *r, const struct figure *f) {
        struct load *l = r->x->l;
        if (str_eq(f->region, S(NETWORK_NATION)))
                return OK;
        if (str_eq(f->indicator->scope, S("national")))
                return load_fail(l, r->file, r->line, "%.*s is national, so the region is " NETWORK_NATION,
                        STR(f->indicator->code));
        size_t unit = network_find(&r->x->graph, f->region);
        if (unit == r->x->graph.units.n)
                return load_fail(l, r->file, r->line, "unknown municipality '%.*s'", STR(f->region));
        if (!network_exists(&r->x->graph, unit, (int) f->boundary_year))
                return load_fail(l, r->file, r->line, "%.*s did not exist on 1 January %lld", STR(f->region),
                                 (long long) f->boundary_year);
        return OK;
}

static enum err read_figure(struct reader *r, const struct str *v, struct figure *f) {
        struct load *l = r->x->l;
        static char mark;
        f->indicator = map_get(&r->x->indicators, v[INDICATOR]);
        if (!f->indicator)
                return load_fail(l, r->file, r->line, "unknown indicator '%.*s'", STR(v[INDICATOR]));
        f->region = v[REGION];
        f->detail = v[DETAIL];
        f->source = v[SOURCE];
        if (!str_to_i64(v[PERIOD], &f->period) || f->period < 1990 || f->period > 2100)
                return load_fail(l, r->file, r->line, "'%.*s' is not a year", STR(v[PERIOD]));
        if (!str_to_i64(v[BOUNDARY_YEAR], &f->boundary_year) || f->boundary_year < 2016 ||
                f->boundary_year > NETWORK_DIVISION)
                return load_fail(l, r->file, r->line, "the boundary year lies between 2016 and %d", NETWORK_DIVISION);
        if (!number(v[VALUE], &f->value) || !number(v[NUMERATOR], &f->numerator) || !number(v[DENOMINATOR],
                &f->denominator))
                return load_fail(l, r->file, r->line, "value, numerator or denominator is not a number");
        if (!network_status_of(v[STATUS], &f->status))
                return load_fail(l, r->file, r->line, "'%.*s' is not a status", STR(v[STATUS]));
        if (!str_eq(f->indicator->delivery, S("none")))
                return load_fail(l, r->file, r->line, "%.*s is delivered by municipalities: it has no figures here", STR(v[INDICATOR]));
        struct str key = str_fmt(r->x->a, "%.*s|%.*s|%.*s|%.*s", STR(v[INDICATOR]), STR(v[PERIOD]), STR(v[REGION]),
                STR(v[DETAIL]));
        if (map_get(&r->seen, key))
                return load_fail(l, r->file, r->line, "this figure is already there");
        map_put(r->x->a, &r->seen, key, &mark);
        enum err e = check_region(r, f);
        return e == OK ? check_numbers(r, f) : e;
}

static enum err read_file(struct reader *r, struct str file) {
        struct loading *x = r->x;
        int at[COLUMNS];
        struct csv csv;
        struct csv_row row;
        bool more = true;
        r->file = file;
        enum err e = load_csv(x->l, file, columns, at, &csv);
        while (e == OK) {
                struct str v[COLUMNS];
                struct figure f = { 0 };
                e = load_row(x->l, file, &csv, &row, &more);
                if (e != OK || !more)
                        break;
                r->line = row.line;
                for (size_t i = 0; i < COLUMNS; i++)
                        v[i] = row.v[at[i]];
                e = read_figure(r, v, &f);
                if (e == OK)
                        *vec_push(x->a, &x->figures) = f;
        }
        return e;
}

enum err loading_figures(struct loading *x) {
        struct reader r = { .x = x };
        enum err e = read_file(&r, S("data/benchmark/figures.csv"));
        return e == OK ? read_file(&r, S("data/benchmark/national.csv")) : e;
}
