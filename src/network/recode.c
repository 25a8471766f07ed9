/* recode.c - figures of one division brought to a later one. */
#include <math.h>
#include "boundary.h"
#include "network.h"

static const char *const status_names[] = { "exact", "derived", "estimated", "refused", "missing" };

const char *network_status_name(enum network_status s) {
        return status_names[s];
}

bool network_status_of(struct str name, enum network_status *ret) {
        for (int i = 0; i < 5; i++)
                if (str_eq(name, str_of(status_names[i]))) {
                        *ret = (enum network_status) i;
                        return true;
                }
        return false;
}

/* What one unit of the later division is made of: SOURCE[i] is a place in the figures that came in. */
struct made_of {
        struct network_part *v;
        size_t n, cap;
};

/* For each unit of the graph the figures that lead to it, with the share that comes in. WANT: how many units of the
 * earlier division lead to it, for a part that is not among the figures at all is missing too. */
static struct made_of *trace(const struct network *g, struct arena *a, const struct network_figures *in, int from,
        int to, size_t *want) {
        struct made_of *all = arena_many(a, struct made_of, g->units.n);
        struct network_parts *became = network_became_all(g, a, from, to);
        for (size_t i = 0; i < g->units.n; i++)
                for (size_t k = 0; k < became[i].n; k++)
                        want[became[i].v[k].unit]++;
        for (size_t i = 0; i < in->n; i++) {
                size_t u = network_find(g, in->v[i].code);
                for (size_t k = 0; u < g->units.n && k < became[u].n; k++)
                        *vec_push(a, &all[became[u].v[k].unit]) = (struct network_part) { i, became[u].v[k].share };
        }
        return all;
}

static bool unchanged(const struct network *g, size_t unit, const struct made_of *m, const struct network_figures *in) {
        return m->n == 1 && m->v[0].share >= 1 - 1e-9 && str_eq(in->v[m->v[0].unit].code, g->units.v[unit].code);
}

static struct stats_part part_of(const struct network_figure *f, double share, enum network_measure measure) {
        struct stats_part p = { .share = share, .numerator = f->numerator, .denominator = f->denominator,
                                .estimated = f->status == NETWORK_ESTIMATED, .state = STATS_PART_DELIVERED };
        if (measure == NETWORK_COUNT)
                p.numerator = f->value;
        if (f->status == NETWORK_MISSING || (f->status != NETWORK_REFUSED && isnan(f->value)))
                p.state = STATS_PART_MISSING;
        /* A value without counts was delivered, but nothing can be made of it. */
        if (p.state == STATS_PART_DELIVERED && isnan(p.numerator))
                p.numerator = p.denominator = (double) NAN;
        return p;
}

static struct network_figure merged(const struct made_of *m, const struct network_figures *in, struct arena *a,
                                    enum network_measure measure, double scale, bool complete) {
        struct network_figure out = { .value = (double) NAN, .numerator = (double) NAN, .denominator = (double) NAN };
        struct stats_part *parts = arena_many(a, struct stats_part, m->n);
        bool without = measure == NETWORK_WHOLE, refused = false, missing = !complete, derived = false;
        for (size_t i = 0; i < m->n; i++) {
                const struct network_figure *f = &in->v[m->v[i].unit];
                parts[i] = part_of(f, m->v[i].share, measure);
                missing = missing || parts[i].state == STATS_PART_MISSING;
                without = without || (parts[i].state == STATS_PART_DELIVERED && isnan(parts[i].numerator));
                refused = refused || f->status == NETWORK_REFUSED;
                derived = derived || f->status == NETWORK_DERIVED;
        }
        if (missing || without || refused) {
                out.status = missing ? NETWORK_MISSING : NETWORK_REFUSED;
                return out;
        }
        struct stats_merged r = stats_merge(measure == NETWORK_COUNT ? STATS_MEASURE_COUNT : STATS_MEASURE_RATIO,
                parts, m->n);
        if (r.status != STATS_MERGE_UNCHANGED && r.status != STATS_MERGE_EXACT && r.status != STATS_MERGE_ESTIMATED) {
                out.status = NETWORK_REFUSED;
                return out;
        }
        out.value = measure == NETWORK_COUNT ? r.value : scale * r.value;
        out.numerator = measure == NETWORK_COUNT ? (double) NAN : r.numerator;
        out.denominator = r.denominator;
        out.status = r.status == STATS_MERGE_ESTIMATED ? NETWORK_ESTIMATED : derived ? NETWORK_DERIVED : NETWORK_EXACT;
        return out;
}

void network_recode(const struct network *g, struct arena *a, const struct network_figures *in, int from, int to,
                    enum network_measure measure, double scale, struct network_figures *out) {
        size_t *want = arena_many(a, size_t, g->units.n);
        struct made_of *made = trace(g, a, in, from, to, want);
        *out = (struct network_figures) { 0 };
        for (size_t u = 0; u < g->units.n; u++) {
                if (made[u].n == 0)
                        continue;
                struct network_figure *f = vec_push(a, out);
                /* A renamed area is one whole part too: its figure moves over as it is. */
                if (unchanged(g, u, &made[u], in) || (want[u] == 1 && made[u].v[0].share >= 1 - 1e-9))
                        *f = in->v[made[u].v[0].unit];
                else
                        *f = merged(&made[u], in, a, measure, scale, made[u].n == want[u]);
                f->code = g->units.v[u].code;
        }
}

void network_recode_mean(const struct network *g, struct arena *a, const struct network_figures *in, int from, int to,
                         struct network_figures *out) {
        struct made_of *made = trace(g, a, in, from, to, arena_many(a, size_t, g->units.n));
        *out = (struct network_figures) { 0 };
        for (size_t u = 0; u < g->units.n; u++) {
                double sum = 0, weight = 0;
                for (size_t i = 0; i < made[u].n; i++) {
                        const struct network_figure *f = &in->v[made[u].v[i].unit];
                        double w = made[u].v[i].share * f->denominator;
                        if (isnan(f->value) || isnan(w))
                                continue;
                        sum += w * f->value;
                        weight += w;
                }
                if (weight > 0)
                        *vec_push(a, out) = (struct network_figure) { g->units.v[u].code, sum / weight, (double) NAN,
                                weight, NETWORK_ESTIMATED };
        }
}
