/* figures.h - the figures of a municipality and those near it, as the rules of this room want them. Private to the room. */
#ifndef BENCHLEARNING_FIGURES_H
#define BENCHLEARNING_FIGURES_H
#include "benchmark_dictionary.h"
#include "benchmark_release.h"
#include "chart.h"
#include "internal.h"
#include "memo.h"

/* A municipality near another, with its series; n 0 without figures. */
struct near {
        struct str code, name, slug;
        double distance;
        struct effect_series series;
        bool alike;                     /* registers as the municipality it is near to */
};
/* All results of some cells side by side: a row for each municipality of the newest one, in its order, and a column for each cell. */
struct panel {
        struct cell_list cells;         /* oldest first */
        const struct result **at;       /* NULL: not in that cell */
        size_t units;
};
struct panel panel_of(struct arena *a, const struct cell_list *cells);
struct figures {
        struct indicator i;
        enum benchmark_method method;
        double scale;
        struct effect_series own;
        struct near *near;              /* everybody with figures where municipalities deliver, else the fifteen nearest; nearest first */
        size_t n;
};
/* What is read once of an indicator, for the figures of many municipalities. */
struct figures_source {
        struct indicator i;
        struct panel panel;             /* quarters of the newest release; none where municipalities do not deliver it */
        struct dictionary dictionary;
        struct learn_place_list places;
        struct traits *traits;
};
/* ERR_NOT_FOUND for an unknown indicator. */
_must_use_ enum err figures_source(struct req *rq, struct str code, struct figures_source *ret);
/* By quarter where quarters are released, else by year. */
_must_use_ enum err figures_of(struct req *rq, const struct figures_source *source, struct str region, struct figures *ret);
/* Members see what the release keeps for them: on pages behind the right to record for a municipality. */
enum benchmark_audience learn_audience(const struct req *rq);

/* What every result here follows from besides the register: the newest release, what was loaded, and who looks. Begins the keys of site->memo. */
_must_use_ enum err figures_basis(struct req *rq, struct str *ret);

/* All municipalities on one figure in its newest year. */
struct units {
        int64_t period;
        double target;                  /* all municipalities together, in the unit shown */
        enum benchmark_method method;
        const struct dictionary_entry *entry;   /* when municipalities deliver it, else NULL */
        struct better_unit *v;          /* in order of region */
        double *low, *high;             /* 95 % */
        int *proven;                    /* differs, by exact tails and after many tests: +1 above, -1 below, 0 not */
        struct str *choices, *explanation;
        size_t n;
};
/* *FOUND false when it was never compared. DICTIONARY is benchmark_dictionary(). */
_must_use_ enum err units_load(struct req *rq, const struct dictionary *dictionary, struct str code, struct units *ret, bool *found);
/* The place of REGION, or n. */
size_t units_find(const struct units *u, struct str region);
/* Do both register in the same way? *WHICH is the question they answered differently, or NULL. */
bool units_alike(const struct units *u, size_t i, size_t j, const struct dictionary_choice **which);

enum message_side { SIDE_NONE, SIDE_LOWER, SIDE_HIGHER };
/* Which side is better for the people it is about. */
enum message_side better_side(struct str polarity);

/* One use and one figure: what is computed of what changed. */
struct change {
        struct effect e;
        struct effect_plan plan;
        bool has_plan;
        size_t left_out;                /* nearest that used the method too, or register otherwise */
        size_t peers;                   /* that count */
        const struct change_moment { struct effect_point own; double peers; } *moment;  /* with the mean of the nearest peers; NaN: too few */
        size_t moments;
};
/* Of use U on figure CODE. ALL: the uses of the same method. */
_must_use_ enum err change_load(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str code, struct change *ret);
/* What it takes to see a difference in figure CODE of REGION, among all that register alike. *KNOWN false when there is too little to say. */
_must_use_ enum err plan_load(struct req *rq, struct str code, struct str region, struct effect_plan *ret, bool *known);
/* The effect of each of USES, in their order, on figure CODE. */
_must_use_ enum err effects_load(struct req *rq, const struct method_use_list *uses, struct str code, const struct effect **ret);

/* The same in words and as a chart. */
struct change_view {
        const struct method_use *use;
        struct indicator i;
        struct change c;
        struct str message;             /* what it says */
        struct str plan_message;        /* what it would take, "" when that says nothing */
        struct chart frame;
        struct chart_trend trend;
        bool has_chart;
};
/* ERR_NOT_FOUND for an unknown figure. */
_must_use_ enum err change_view_load(struct req *rq, const struct method_use *u, const struct method_use_list *all, struct str code, struct change_view *v);

/* "+2,3 procentpunt", "−0,4 per 1.000 inwoners" */
struct str signed_change(struct arena *a, double v, int decimals, struct str unit);
/* An unsigned difference: "2,3 procentpunt". */
struct str plain_change(struct arena *a, double v, int decimals, struct str unit);
/* What an effect says, without claiming a cause. */
struct str effect_words(struct arena *a, const struct effect *e, struct str place, const struct indicator *i);
/* What it would take to see D: "niet eerder dan ...", "samen met 3 gemeenten wel". Starts counting at START. */
struct str plan_words(struct arena *a, const struct effect_plan *p, double d, int start, const struct indicator *i);

#endif
