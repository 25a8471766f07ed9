/* chart_view.h - where everything in a drawing goes: computed in C, written by the templates. Private to the charts. */
#ifndef PAGE_CHART_VIEW_H
#define PAGE_CHART_VIEW_H
#include "chart.h"
#include "chart_scale.h"

/* A label at the right end of a line. */
struct end_label {
        struct str text;
        double y;
        bool own;
};
#define END_LABELS_MAX 8

/* A name beside a mark. */
struct mark_label {
        double x, y;
        const char *anchor;
};
/* Above the mark at X,Y (below it near the top), inside LEFT..RIGHT. */
struct mark_label mark_label(double x, double y, double left, double right, double top);

enum limit { LIMIT_LO998, LIMIT_LO95, LIMIT_HI95, LIMIT_HI998 };
double limit_value(const struct chart_limits *l, enum limit which);

struct funnel_view {
        struct scale x, y;
        struct ticks xt, yt;
        struct end_label end[5];
        size_t ends;
        bool any_class[4], any_peer, any_own;
};
struct funnel_view funnel_view(const struct chart_funnel *f);

struct trend_view {
        struct scale x, y;
        struct ticks yt;
        VEC(double) years;      /* that get a tick */
        struct end_label end[END_LABELS_MAX];
        size_t ends;
        bool provisional;
};
struct trend_view trend_view(struct arena *a, const struct chart_trend *t);
/* The moments I..result-1 of L follow each other with a value: one stroke. A moment without value is alone. */
size_t trend_stroke(const struct chart_line *l, size_t i);
const char *line_class(enum chart_kind kind);

struct interval_view {
        struct scale x;
        struct ticks xt;
        double height, bottom;
        bool any_interval, any_before, any_own;
};
struct interval_view interval_view(const struct chart_interval *iv);
double row_middle(size_t i);
/* What fits beside a row; the whole name is in the tooltip and in the table. */
struct str short_name(struct arena *a, struct str name);

struct bars_view {
        struct scale v;
        struct ticks vt;
        double height, width, left;     /* left: where lying bars begin, under their names */
};
struct bars_view bars_view(const struct chart_bars *b);
const char *bar_class(enum chart_kind kind);

#endif
