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

/* Time along an axis: years that get a tick. */
struct time_axis {
        struct scale x;
        VEC(double) years;
};
/* FIRST..LAST (years; not finite: none) between the places LEFT and RIGHT, with room for about MOST years. */
struct time_axis time_axis(struct arena *a, double first, double last, double left, double right, int most);
/* Do two moments follow each other? EVERY: as in chart_trend. */
bool time_follows(double before, double t, double every);

struct trend_view {
        struct time_axis time;
        struct scale y;
        struct ticks yt;
        struct end_label end[END_LABELS_MAX];
        size_t ends;
        bool provisional;
};
struct trend_view trend_view(struct arena *a, const struct chart_trend *t);
/* The moments I..result-1 of N follow each other with a value: one stroke. A moment without value is alone. */
size_t trend_stroke(const struct chart_moment *m, size_t n, size_t i, double every);
const char *line_class(enum chart_kind kind);

struct interval_view {
        struct scale x;
        struct ticks xt;
        double height, bottom;
        bool any_interval, any_before, any_own;
};
struct interval_view interval_view(const struct chart_interval *iv);
double row_middle(size_t i);
/* What fits beside a row, at most so many letters; the whole name is in the tooltip and in the table. */
struct str short_name(struct arena *a, struct str name, size_t most);

struct bars_view {
        struct scale v;
        struct ticks vt;
        double height, width, left;     /* left: where lying bars begin, under their names */
};
struct bars_view bars_view(const struct chart_bars *b);
const char *bar_class(enum chart_kind kind);

struct ribbon_view {
        struct time_axis time;
        struct scale y;
        struct ticks yt;
        struct end_label end[6];
        size_t ends;
};
struct ribbon_view ribbon_view(struct arena *a, const struct chart_ribbon *r);
/* The bands I..result-1 follow each other and are known. */
size_t ribbon_stroke(const struct chart_ribbon *r, size_t i);

struct control_view {
        struct time_axis time;
        struct scale y;
        struct ticks yt;
        struct end_label end[3];
        size_t ends;
        bool any_outside, any_pattern, any_limits;
};
struct control_view control_view(struct arena *a, const struct chart_control *k);
/* The points I..result-1 share mean and limits, or at least their line; joined: they also follow each other with a value. */
size_t control_stroke(const struct chart_control *k, size_t i, bool joined);
/* Above or below its mean. */
bool control_above(const struct chart_control_point *c);

struct spine_view {
        double height, bottom;
        bool any_class[4];
};
struct spine_view spine_view(const struct chart_spine *s);
/* Where V of R lies: the target in the middle, the farthest end of the field at one side. */
double spine_at(const struct chart_spine_row *r, double v);

struct multiple_view {
        struct time_axis time;
        struct scale y;
        struct ticks yt;
};
struct multiple_view multiple_view(struct arena *a, const struct chart_multiple *m);

struct effect_view {
        struct scale x, y;
        struct ticks xt, yt;
};
struct effect_view effect_view(const struct chart_effect *e);

#endif
