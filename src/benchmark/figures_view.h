/* figures_view.h - what the pages with figures show: filled by view.c and charts.c, drawn by the templates. Private
 * to the room. */
#ifndef BENCHMARK_FIGURES_VIEW_H
#define BENCHMARK_FIGURES_VIEW_H
#include "benchmark.h"
#include "benchmark_dictionary.h"
#include "benchmark_period.h"
#include "benchmark_release.h"
#include "chart.h"
#include "clock.h"
#include "knowledge.h"
#include "message.h"
#include "places.h"

/* PARTS one after another; "" for a missing one. Cheaper than printf, for what is written hundreds of times. */
struct str text_join(struct arena *a, const struct str *parts, size_t n);
#define TEXT(a, ...) text_join((a), (const struct str[]) { __VA_ARGS__ }, \
                               sizeof (const struct str[]) { __VA_ARGS__ } / sizeof(struct str))

struct quantile_row {
        struct str name, value;
};
struct trait_row {
        struct str name, own, low, middle, high;
};
struct peer_row {
        const struct peers_of_row *peer;
        const struct place *place;
        struct str alike, differs;
};
/* A question about registering: the answer of the chosen municipality ("" without one), and how many gave which. */
struct choice_row {
        struct str question, own, all;
};
/* A table of national figures: a row for each breakdown, a column for each period. */
struct detail_row {
        struct str name;
        struct str *value;              /* one per period, "" for none */
};

/* A figure with a source of its own: a row each, newest first. */
struct sourced_row {
        struct str period, group, value, source;
        struct url href;                /* "/" when the source has no address */
        bool has_href;
};

struct figures_view {
        const struct indicator *i;
        struct str cases;               /* what is counted below the line: "particuliere huishoudens", or "" */
        bool fictitious;
        int64_t year;                   /* the period shown: a year or a quarter (benchmark_period.h) */
        struct str year_name;
        struct { struct str code, name; } *period_options;      /* of periods */
        struct str period;              /* "1 januari 2023" */
        struct comparison_list periods;
        const struct comparison *c;     /* of year; NULL for a national indicator */
        double quantile[7];
        double nation;                  /* NaN: not known */
        bool partial;                   /* nation is the average of the municipalities with a figure, not the country */
        struct str nation_value, nation_cases;  /* "8,8%", "van 8.270.244 particuliere huishoudens" */
        struct place_list places;
        const struct place *own;        /* chosen municipality, or NULL */
        enum message_status own_status;
        struct str own_message, all_message, peer_message, change_message;
        struct str unit_words;          /* "per 1.000 inwoners, " for captions; "" when a sign says it */
        struct str coverage;            /* "342 van 342 gemeenten" */
        struct str csv, address;        /* "/cijfers/ps01.csv", "/cijfers/ps01" */
        struct str definition;

        bool has_funnel, has_interval, has_trend, has_bars;
        struct chart funnel_frame, map_frame, interval_frame, trend_frame, bars_frame;
        struct chart_funnel funnel;
        struct chart_map map;
        struct chart_interval interval;
        struct chart_trend trend;
        struct chart_bars bars;

        struct { struct quantile_row *v; size_t n, cap; } quantiles;
        struct { struct trait_row *v; size_t n, cap; } traits;
        struct { struct peer_row *v; size_t n, cap; } peers;
        struct str peer_median;
        struct str detail_who;          /* whose series or breakdowns they are */
        int64_t *detail_years;
        struct str *detail_names;
        size_t detail_years_n;
        struct { struct detail_row *v; size_t n, cap; } details;
        struct { struct sourced_row *v; size_t n, cap; } sourced;      /* instead of details, when sources differ */
        bool delivered;                 /* municipalities deliver this figure; then: */
        struct dictionary_entry entry;
        struct str review;              /* "1 juli 2027" */
        struct { struct choice_row *v; size_t n, cap; } choices;
        struct str own_words;           /* what the chosen municipality says beside its figure */
        struct knowledge_cards ideas;
};

/* One line on the overview. */
struct overview_row {
        const struct page_overview_row *row;
        struct str period, value, who, definition;
};
struct overview_group {
        struct str title, text;
        struct { struct overview_row *v; size_t n, cap; } rows;
};
#define OVERVIEW_GROUPS 6
struct overview_view {
        struct overview_group group[OVERVIEW_GROUPS];
        size_t indicators;
        bool demo;
};

/* view.c: everything but charts. ERR_NOT_FOUND with *why set for an unknown year (0: newest) or municipality ("":
 * none). */
_must_use_ enum err figures_view_fill(struct req *rq, const struct indicator *i, int64_t year, struct str slug,
                                      struct figures_view *v, struct str *why);
/* charts.c: the charts of a filled view. */
void figures_view_charts(struct arena *a, struct figures_view *v);
/* peers_view.c: the rows of peers, and what makes them alike. */
_must_use_ enum err figures_view_peers(struct req *rq, struct figures_view *v);
/* choices_view.c: the definition and the registration choices of a delivered figure. */
_must_use_ enum err figures_view_choices(struct req *rq, struct figures_view *v);
/* nation_view.c: series and breakdowns of a national indicator. */
_must_use_ enum err figures_view_nation(struct req *rq, struct figures_view *v);

/* The value of the country: PUBLISHED, else the target when it is more than the median of the municipalities, else
 * NaN. */
double nation_of(double published, double target, struct str target_from);
/* "1 januari 2023", "2023". */
struct str period_text(struct arena *a, struct str period_kind, int64_t period);
struct str theme_title(struct str theme);
/* Markdown as running text; as it is when there is no mark in it. */
struct str plain_words(struct arena *a, struct str markdown);

#endif
