/* spread.c - overdispersion: how far units differ more than chance. */
#include "internal.h"
#include "overdispersion.h"

enum { SET, UNIT, X, N };

static const struct {
        const char *name;
        enum stats_scale scale;
} scales[] = { { "raw", STATS_SCALE_RAW }, { "logit", STATS_SCALE_LOGIT }, { "asin", STATS_SCALE_ARCSINE } };
#define SCALES (sizeof scales / sizeof *scales)

static struct stats_od fitted(const struct filter_set *s, enum stats_scale scale, double target, double tail)
{
        return stats_od_fit(s->number[X], s->number[N], s->n, (struct stats_od_options) { scale, target, tail, false }, MANY(s, double, s->n));
}

/* The measures of heterogeneity do not winsorise: they are given once, beside the plain phi. */
static void put_heterogeneity(struct filter_out *o, const struct filter_set *s, enum stats_scale scale, double target)
{
        double *y = MANY(s, double, s->n), *se = MANY(s, double, s->n);
        for (size_t i = 0; i < s->n; i++) {
                struct stats_scaled p = stats_to_scale(scale, s->number[X][i], s->number[N][i], target);
                y[i] = p.y;
                se[i] = p.s;
        }
        put(o, stats_heterogeneity(y, se, s->n).q);
        put(o, stats_tau2_dl(y, se, s->n));
        put(o, stats_tau2_reml(y, se, s->n));
        put(o, stats_tau2_pm(y, se, s->n));
}

static bool results(struct filter_out *o, const struct filter_set *s)
{
        double target = stats_pooled(s->number[X], s->number[N], s->n);
        for (size_t k = 0; k < 2 * SCALES; k++) {
                struct stats_od od = fitted(s, scales[k / 2].scale, target, k % 2 ? 0.1 : 0);
                put_text(o, set_key(s, SET));
                put_word(o, scales[k / 2].name);
                put(o, k % 2 ? 0.1 : 0);
                put_count(o, od.k);
                put(o, target);
                put(o, od.target_y);
                put(o, od.phi);
                put(o, od.tau2);
                if (k % 2 == 0)
                        put_heterogeneity(o, s, scales[k / 2].scale, target);
                for (size_t none = 0; k % 2 && none < 4; none++)
                        put(o, STATS_NONE);
        }
        return true;
}

/* z_mult and z_add use the winsorised phi and tau2. */
static bool zscores(struct filter_out *o, const struct filter_set *s)
{
        double target = stats_pooled(s->number[X], s->number[N], s->n);
        for (size_t k = 0; k < SCALES; k++) {
                struct stats_od od = fitted(s, scales[k].scale, target, 0.1);
                for (size_t i = 0; i < s->n; i++) {
                        struct stats_od_z z = stats_od_z(&od, s->number[X][i], s->number[N][i]);
                        put_text(o, set_key(s, SET));
                        put_word(o, scales[k].name);
                        put_same(o, s, UNIT, i);
                        put(o, z.z);
                        put(o, z.winsorised);
                        put(o, z.multiplicative);
                        put(o, z.additive);
                }
        }
        return true;
}

static void put_funnelplotr(struct filter_out *o, const struct filter_set *s, struct str set, const char *method, struct stats_od_options options)
{
        struct stats_od od = stats_od_fit(s->number[X], s->number[N], s->n, options, MANY(s, double, s->n));
        put_text(o, set);
        put_word(o, method);
        put(o, od.phi);
        put(o, od.tau2);
}

static bool proportions(struct filter_out *o, const struct filter_set *s)
{
        double target = stats_pooled(s->number[X], s->number[N], s->n);
        put_funnelplotr(o, s, set_key(s, SET), "PR", (struct stats_od_options) { STATS_SCALE_ARCSINE, target, 0.1, false });
        return true;
}

static bool ratios(struct filter_out *o, const struct filter_set *s)
{
        struct str set = s->given[SET] ? set_key(s, SET) : str_fmt(s->a, "sr%zu", s->n);
        put_funnelplotr(o, s, set, "SR_SHMI_trunc10", (struct stats_od_options) { STATS_SCALE_RATIO_LOG, 1, 0.1, true });
        put_funnelplotr(o, s, set, "SR_CQC_wins10", (struct stats_od_options) { STATS_SCALE_RATIO_ROOT, 1, 0.1, false });
        return true;
}

const struct filter spread_filters[] = {
        { "od_results", "od", { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("n") },
          "set,transform,winsor,I,target,target_tr,phi,tau2_spiegelhalter,Q_fixed,tau2_DL,tau2_REML,tau2_PM", results, false,
          "Spiegelhalter 2005; DerSimonian & Laird 1986; Paule & Mandel 1982; restricted maximum likelihood" },
        { "od_zscores", "", { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("n") }, "set,transform,unit,z,z_wins,z_mult,z_add", zscores, false,
          "Spiegelhalter 2005, winsorised at 10%" },
        { "od_funnelplotr", "", { KEY("set"), LABEL("unit"), NUMBER("x"), NUMBER("n") }, "set,method,phi,tau2", proportions, false,
          "FunnelPlotR 0.6.0: proportions" },
        { "od_sr", "od_funnelplotr od", { KEY("set"), LABEL("unit"), NUMBER("observed"), NUMBER("expected") }, "set,method,phi,tau2", ratios,
          false, "FunnelPlotR 0.6.0: standardised ratios, truncated (SHMI) and winsorised (CQC)" },
        { 0 },
};
