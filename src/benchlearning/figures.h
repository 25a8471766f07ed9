/* figures.h - the figures of a municipality and those near it, as the rules of this room want them. Private to the room. */
#ifndef BENCHLEARNING_FIGURES_H
#define BENCHLEARNING_FIGURES_H
#include "chart.h"
#include "internal.h"

/* A municipality near another, with its series; n 0 without figures. */
struct near {
        struct str code, name, slug;
        double distance;
        struct effect_series series;
};
struct figures {
        struct indicator i;
        enum benchmark_method method;
        double scale;
        struct effect_series own;
        struct near *near;              /* nearest first */
        size_t n;
};
/* ERR_NOT_FOUND for an unknown indicator. */
_must_use_ enum err figures_of(struct req *rq, struct str code, struct str region, struct figures *ret);
/* All municipalities on one figure in one period. */
struct units {
        struct better_unit *v;          /* in order of region */
        double *low, *high;             /* 95 % */
        int *proven;                    /* better_proven */
        size_t n;
};
_must_use_ enum err units_load(struct req *rq, struct str code, double scale, const struct learn_newest_row *at, struct units *ret);

enum message_side { SIDE_NONE, SIDE_LOWER, SIDE_HIGHER };
/* Which side is better for the people it is about. */
enum message_side better_side(struct str polarity);

/* One use and one figure it aims at: what changed, in numbers and in words. */
struct change_view {
        const struct method_use *use;
        struct figures f;
        struct effect e;
        struct effect_plan plan;
        bool has_plan;
        size_t left_out;                /* nearest that used the method too */
        struct str message;             /* what it says */
        struct str plan_message;        /* what it would take, "" when that says nothing */
        struct chart frame;
        struct chart_trend trend;
        bool has_chart;
};
_must_use_ enum err change_view_fill(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str indicator, struct change_view *v);

/* "+2,3 procentpunt", "−0,4 per 1.000 inwoners" */
struct str signed_change(struct arena *a, double v, int decimals, struct str unit);
/* An unsigned difference: "2,3 procentpunt". */
struct str plain_change(struct arena *a, double v, int decimals, struct str unit);
/* What an effect says, without claiming a cause. */
struct str effect_words(struct arena *a, const struct effect *e, struct str place, const struct indicator *i);
/* What it would take to see D: "niet eerder dan ...", "samen met 3 gemeenten wel". Starts counting at START. */
struct str plan_words(struct arena *a, const struct effect_plan *p, double d, int start, const struct indicator *i);

#endif
