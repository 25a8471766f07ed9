/* standard.c - standardised ratios and rates per area. */
#include "internal.h"
#include "standardise.h"

enum { AREA, X, N, REF_X, REF_N };

static double sum(const double *v, size_t n)
{
        double t = 0;
        for (size_t i = 0; i < n; i++)
                t += v[i];
        return t;
}

static bool indirect(struct filter_out *o, const struct filter_set *s)
{
        double observed = sum(s->number[X], s->n), expected = stats_expected(s->number[N], s->number[REF_X], s->number[REF_N], s->n);
        struct stats_ratio at95 = stats_smr(observed, expected, 0.95), at998 = stats_smr(observed, expected, 0.998);
        put_text(o, set_key(s, AREA));
        put(o, observed);
        put(o, expected);
        put(o, at95.ratio);
        put_interval(o, (struct stats_interval) { at95.lo, at95.hi });
        put_interval(o, (struct stats_interval) { at998.lo, at998.hi });
        return true;
}

static bool direct(struct filter_out *o, const struct filter_set *s)
{
        const double *const *v = s->number;
        struct stats_dsr at95 = stats_dsr(v[X], v[N], v[REF_N], NULL, s->n, 0.95), at998 = stats_dsr(v[X], v[N], v[REF_N], NULL, s->n, 0.998);
        put_text(o, set_key(s, AREA));
        put(o, at95.events);
        put(o, 1000 * at95.rate);
        put_interval(o, (struct stats_interval) { 1000 * at95.lo, 1000 * at95.hi });
        put_interval(o, (struct stats_interval) { 1000 * at998.lo, 1000 * at998.hi });
        put_flag(o, at95.suppressed);
        return true;
}

const struct filter standard_filters[] = {
        { "std_indirect", "", { KEY("area"), NUMBER("x"), NUMBER("n"), NUMBER("ref_x"), NUMBER("ref_n") },
          "area,observed,expected,smr,lo_95,hi_95,lo_99_8,hi_99_8", indirect, false,
          "indirect standardisation; limits of the count by Public Health England's rule" },
        { "std_direct", "", { KEY("area"), NUMBER("x"), NUMBER("n"), MAYBE("ref_x", 0), NUMBER("ref_n") },
          "area,total_count,dsr_per_1000,lo_95,hi_95,lo_99_8,hi_99_8,suppressed", direct, false, "Dobson et al. 1991; ref_n are the weights" },
        { 0 },
};
