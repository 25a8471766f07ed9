/* chart.h - charts that rooms share: SVG drawn on the server from plain structs (frontend.md 3, web/README.md
 * "Charts").
 *
 * A chart in a template of a room:
 *
 *     {{ call chart_begin(p, &c, CHART_WALK_X) }}    title and message
 *     {{ call chart_funnel(p, &c, &f) }}             the drawing with its legend
 *     {{ call chart_table_begin(p, &c, caption) }} <thead>...</thead><tbody>...</tbody> {{ call chart_table_end(p) }}
 *     {{ call chart_end(p, &c) }}                    "Hoe lees ik dit?", CSV link, source
 *
 * Values stand in the unit that is shown: 8.8 for 8,8%. NaN means missing. All text is plain and is escaped on writing.
 * Structs borrow everything they point at; the drawing allocates in the page's arena. */
#ifndef PAGE_CHART_H
#define PAGE_CHART_H
#include "page.h"

/* What every chart has around its drawing. */
struct chart {
        struct str id;          /* a-z0-9, unique on the page: the ids in the chart begin with it */
        struct str title;
        struct str message;     /* what the chart says, one or two sentences; also names the drawing */
        struct str how;         /* "Hoe lees ik dit?"; a line end starts a new paragraph; "" for none */
        struct str csv;         /* path of the file with these figures; "" for none */
        struct str csv_label;   /* "" for "Download de cijfers (CSV)" */
        struct str source;      /* period, status, source; "" for none */
        struct str table;       /* fragment of a table elsewhere on the page ("alle"), or "" */
        struct str unit;        /* of the values: procent, euro ... as in number.h */
        int decimals;           /* of values in words */
        int level;              /* of the heading: 2 (also for 0) or 3 */
        bool fictitious;        /* watermark, dashed frame and the word Fictief */
        bool on_paper;          /* the table stands open: a page that is made to be printed */
        bool still;             /* few marks, all labelled: no tooltip and no slider */
};
/* The order in which the marks are walked by keyboard. */
enum chart_walk { CHART_WALK_X, CHART_WALK_Y, CHART_WALK_NAME };

/* Against what is expected: shape and colour. */
enum chart_class { CHART_NO_CLASS, CHART_IN, CHART_LOW, CHART_HIGH };

struct chart_point {
        double x, y;            /* x: number of cases, > 0 */
        struct str name, text;  /* "Almere", "14,5% van 94.739, hoger" */
        enum chart_class class;
        bool peer, own;
};
/* The four limits at size x; x ascending. */
struct chart_limits {
        double x, lo998, lo95, hi95, hi998;
};
struct chart_funnel {
        const struct chart_point *point;
        size_t points;
        const struct chart_limits *limit;       /* the limits that decide */
        size_t limits;
        const struct chart_limits *plain;       /* thin: what chance alone would allow; 0 for none */
        size_t plains;
        double target;
        struct str target_label;                /* "Nederland 8,8%" */
        struct str x_label, y_label;
        double ceiling;                         /* highest possible value (100 for a share), or NaN */
};

/* One moment of a line. t: the year; the second quarter of 2025 is 2025.25. */
struct chart_moment {
        double t, y;            /* y NaN: a gap */
        bool provisional;
        struct str name, text;  /* "2023", "8,8%" */
};
enum chart_kind { CHART_NATION, CHART_PEER, CHART_OWN };
struct chart_line {
        enum chart_kind kind;
        struct str label;
        const struct chart_moment *moment;      /* t ascending */
        size_t moments;
};
struct chart_event {
        double t;
        struct str label;
};
/* Lines over years; the value axis starts at zero. */
struct chart_trend {
        const struct chart_line *line;
        size_t lines;
        const struct chart_event *event;
        size_t events;
        struct str y_label;
        double every;           /* between two moments: 1 for years (also for 0), 0.25 for quarters; more is a gap */
};

/* Where the field stands at one moment, and how many are in it. NaN with fewer than thirty units (benchmark.md 2.14). */
struct chart_band {
        double t, p10, p25, p50, p75, p90;
        struct str name, text;  /* "2e kwartaal 2025", "de helft tussen 40% en 52%, 210 gemeenten" */
};
/* One place in the field over time. */
struct chart_ribbon {
        const struct chart_band *band;          /* t ascending */
        size_t bands;
        const struct chart_moment *own;         /* t ascending; may be none */
        size_t moments;
        struct str own_label, y_label;
        double every;                           /* as in chart_trend */
};

/* One moment of a control chart: LO and HI are the limits at this moment (they differ with the number of cases). */
enum chart_signal { CHART_USUAL, CHART_OUTSIDE, CHART_PATTERN };
struct chart_control_point {
        double t, y, mean, lo, hi;      /* y NaN: a gap; lo, hi NaN: no limits (too few moments, too small counts) */
        enum chart_signal signal;       /* OUTSIDE: beyond a limit; PATTERN: a run or trend within them */
        bool rebased;                   /* mean and limits start anew here */
        struct str name, text;
};
struct chart_control {
        const struct chart_control_point *point;        /* t ascending */
        size_t points;
        const struct chart_event *event;
        size_t events;
        struct str y_label;
        double every;
        bool provisional;               /* fewer than twelve moments: the limits are only a try */
};

/* Between which places somebody stands: 1 .. places. */
struct chart_place {
        struct str name, text, value;   /* value: as shown, "3 tot 41" */
        double lo, middle, hi;
        bool own;
};
struct chart_strip {
        const struct chart_place *row;
        size_t rows;
        double places;
        struct str first, last;         /* what the two ends mean: "gunstigst", "minst gunstig" */
};

/* One indicator in a profile. MIN..MAX is the whole field; values in the indicator's own unit. */
struct chart_spine_row {
        struct str name, text, value;   /* value: as shown, with unit */
        struct url href;
        double own, min, p25, target, p75, max;         /* own NaN: no figure */
        enum chart_class class; /* HIGH, LOW: more than chance explains */
        bool flipped;                   /* a lower value is drawn to the right, so that right is better */
};
struct chart_spine {
        const struct chart_spine_row *row;
        size_t rows;
        struct str target_label;
        struct str left, right;         /* what the sides mean */
};

/* A small drawing among many: own line over the line of the country; see .multiples in charts.css. */
struct chart_multiple {
        struct str id, title, text;     /* text: what the line says; also names the drawing */
        struct url href;
        struct chart_trend trend;
        struct str unit;
        bool fictitious;
};

/* The effect so many periods after the start; before it (lag < 0) there should be none. */
struct chart_lag {
        double lag, y, lo, hi;          /* lo, hi: 95%; y NaN: not known */
        struct str name, text;
};
struct chart_effect {
        const struct chart_lag *lag;    /* ascending */
        size_t lags;
        struct str x_label, y_label;
};

/* A row of an interval plot. lo, hi NaN: no interval. before: an earlier value (dumbbell), or NaN. */
struct chart_row {
        struct str name, text, value;   /* value: as shown at the right, "14,5%" */
        double y, lo, hi, before;
        bool own;
};
struct chart_interval {
        const struct chart_row *row;    /* in the order to show */
        size_t rows;
        double target;                  /* NaN for none */
        struct str target_label;
        struct str own_label, other_label;      /* for the legend; "" for "gekozen gemeente" and "vergelijkbare gemeente" */
        struct str before_label;        /* "2022" when rows have a before; for the legend */
        struct str now_label;
        bool provisional;
};

/* A municipality on the map. class 0..4 light to dark, -1 without figure. */
struct chart_area {
        struct str code, name, text;    /* "GM0034", "Almere", "14,5%" */
        int class;
        bool own;
};
#define CHART_MAP_CLASSES 5
struct chart_map {
        const struct chart_area *area;
        size_t areas;
        struct str label[CHART_MAP_CLASSES];    /* "2,1 tot 5,4%"; "" leaves the class out of the legend */
};

struct chart_bar {
        struct str name, text, value;
        double y;
        enum chart_kind kind;           /* CHART_NATION: the plain bar */
};
struct chart_bars {
        const struct chart_bar *bar;    /* no negative values */
        size_t bars;
        bool upright;                   /* columns, for few short names such as years */
};

/* The templates declare the functions:
 *   chart_begin(p, c, walk), chart_end(p, c), chart_table_begin(p, c, caption), chart_table_end(p)
 *   chart_funnel(p, c, f), chart_trend(p, c, t), chart_interval(p, c, iv), chart_bars(p, c, b)
 *   chart_ribbon(p, c, r), chart_control(p, c, k), chart_strip(p, c, s), chart_spine(p, c, s), chart_effect(p, c, e)
 *   chart_multiple(p, m): without frame, many in one div class="multiples"
 *   chart_map(p, c, m): uses p->site->map; at most one map on a page */
#include "chart_bars.tmpl.h"
#include "chart_control.tmpl.h"
#include "chart_effect.tmpl.h"
#include "chart_frame.tmpl.h"
#include "chart_funnel.tmpl.h"
#include "chart_interval.tmpl.h"
#include "chart_map.tmpl.h"
#include "chart_multiple.tmpl.h"
#include "chart_ribbon.tmpl.h"
#include "chart_spine.tmpl.h"
#include "chart_strip.tmpl.h"
#include "chart_trend.tmpl.h"

#endif
