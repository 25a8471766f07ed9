/* view.h - what the pages of comparing show: filled by choose.c and group.c, put in words by words.c, drawn by draw.c. Private. */
#ifndef COMPARING_VIEW_H
#define COMPARING_VIEW_H
#include "benchmark.h"
#include "benchmark_dictionary.h"
#include "benchmark_series.h"
#include "chart.h"
#include "network.h"

/* The municipalities of today, in order of name. */
struct places {
        struct municipality_current *v;
        size_t n;
        struct map by_code;             /* struct municipality_current * */
};

/* With whom a municipality is compared. */
enum group_kind {
        GROUP_LIKE,             /* the municipalities that are most like it, by characteristics of the area */
        GROUP_PROVINCE,
        GROUP_CHOSEN,           /* by the visitor; it stands in the address */
};
struct member {
        const struct municipality_current *place;
        const struct result *now, *before;      /* NULL: does not take part; before: the same quarter a year earlier */
        double distance;                        /* of GROUP_LIKE; NaN otherwise */
        struct str alike, differs;              /* GROUP_LIKE: the characteristics that weigh most */
        const struct dictionary_choice *counted;        /* registered otherwise: shown, never tested; NULL when the same */
};
struct group {
        enum group_kind kind;
        struct member *v;
        size_t n;
        size_t shown, counted;  /* with a figure; of these: that count otherwise */
};

/* One period of the field, for the ribbon and its table. NaN where there is none. */
struct moment {
        int64_t period;
        double own, all, panel;         /* panel: of those alone that delivered from its beginning on */
        double quantile[5];             /* p10 p25 p50 p75 p90 */
        int64_t delivered, participants;
        double inhabitants;             /* share of the country's */
};

struct period_option {
        struct str code, name;
        bool chosen;
};

struct compare_view {
        const struct dictionary_entry *entry;
        struct indicator about;
        struct str detail;
        const struct str *details;
        size_t details_n;
        struct benchmark_release_info release;
        enum benchmark_audience who;
        struct places places;
        const struct municipality_current *own;         /* NULL: all participants */
        bool years;
        struct cell_list cells;                         /* of the years; in a file of either */
        struct series_set set;                          /* of the quarters */
        const struct series *course;                    /* of own in set, or NULL */
        struct moment *moment;                          /* of either, oldest first */
        size_t moments;
        const struct cell *cell, *earlier;              /* chosen; the same a year before, or NULL */
        const struct result *mine;                      /* of own in cell, or NULL */
        struct group group;
        struct { struct period_option *v; size_t n, cap; } periods;

        struct str period, address, csv, message, group_message;
        bool has_funnel, has_ribbon, has_control, has_group, has_strip, has_map;
        struct chart funnel_frame, ribbon_frame, control_frame, group_frame, strip_frame, map_frame;
        struct chart_funnel funnel;
        struct chart_ribbon ribbon;
        struct chart_control control;
        struct chart_interval dumbbell;
        struct chart_strip strip;
        struct chart_map map;
};

/* The part that stands for the whole of an indicator: "" or, of one that is only broken down, its first. */
struct str compare_whole(const struct dictionary_entry *e);
/* The newest period of its kind in a release up to quarter THROUGH. */
int64_t compare_newest(const struct dictionary_entry *e, int64_t through);

/* choose.c: reads what the address asks for. *WHY is set with ERR_NOT_FOUND when a sentence says more than "not found".
 * The indicator with its part, what compare_begin() reads, and whether it goes by years; *PERIOD is the one asked for, or 0. */
_must_use_ enum err compare_choose(struct req *rq, struct compare_view *v, int64_t *period, struct str *why);
/* All that the page of an indicator needs. */
_must_use_ enum err compare_fill(struct req *rq, struct compare_view *v, struct str *why);
/* What every page begins with: who looks, the newest release, the municipalities, and the one asked for (or NULL). */
_must_use_ enum err compare_begin(struct req *rq, enum benchmark_audience *who, struct benchmark_release_info *release, struct places *places,
                                  const struct municipality_current **own, struct str *why);
_must_use_ enum err compare_places_read(struct db *db, struct arena *a, struct places *ret);
/* Who looks: somebody of a municipality that takes part, or of the programme, sees what members see. */
_must_use_ enum err compare_audience(struct req *rq, enum benchmark_audience *ret);
/* The municipality with this slug, or with this code; NULL when there is none. */
const struct municipality_current *compare_place(const struct places *l, struct str slug);
const struct municipality_current *compare_place_of(const struct places *l, struct str code);

/* course.c: the periods of a chosen indicator, and their charts. */
_must_use_ enum err compare_course(struct req *rq, struct compare_view *v);
void compare_draw_course(struct arena *a, struct compare_view *v);

/* group.c: with whom v->own is compared. */
_must_use_ enum err compare_group(struct req *rq, struct compare_view *v);
/* Chose the visitor this one? */
bool compare_in_group(const struct compare_view *v, const struct municipality_current *place);

/* words.c: one sentence or two about a result. NAME: of the municipality. */
struct str compare_words(struct arena *a, const struct dictionary_entry *e, struct str name, const struct cell *c, const struct result *r);
/* All participants together. */
struct str compare_words_all(struct arena *a, const struct dictionary_entry *e, const struct cell *c);
/* How the field as a whole moved. */
struct str compare_words_field(struct arena *a, const struct compare_view *v);
/* Does the own course change? */
struct str compare_words_course(struct arena *a, const struct series *s);
struct str compare_words_group(struct arena *a, const struct compare_view *v);
/* "niet opvallend", "opvallend hoger", "opvallend hoger, ook na correctie"; "" when nothing was tested. */
struct str compare_notice(const struct result *r);
/* "62%", or why there is none: "niet getoond", "ontbreekt" ... */
struct str compare_value(struct arena *a, const struct dictionary_entry *e, const struct result *r);
/* "55% tot 69%"; "" without interval. */
struct str compare_margin(struct arena *a, const struct dictionary_entry *e, double low, double high);
/* Year as a number, with the quarter behind the point: where a period stands on an axis. */
double compare_time(int64_t period);

/* draw.c: every chart of a filled view; what stands around one. */
struct chart compare_frame(struct arena *a, const struct compare_view *v, const char *id, struct str title, struct str message);
void compare_draw(struct arena *a, struct compare_view *v);

/* board.c: a municipality on one page. */
struct board_row {
        const struct dictionary_entry *entry;
        const struct cell *cell;
        const struct result *mine;
        struct str value, margin, all, notice, words, period, href;
        double concern;         /* what comes first: more for a proven difference at the less favourable side */
};
/* A step of the way from signal to aftercare. share: of the step before; NaN for the first. */
struct chain_step {
        struct str name, period;
        double count, all, share, share_all;
};
#define BOARD_MULTIPLES 12
struct board_view {
        struct benchmark_release_info release;
        const struct municipality_current *own;
        struct places places;
        struct dictionary dictionary;
        enum benchmark_audience who;
        struct board_row *row;
        size_t rows, notable;
        struct str message, period, address, csv;
        bool signed_in, follows;        /* the mail about this municipality */
        struct chart spine_frame, chain_frame;
        struct chart_spine spine;
        bool has_chain;
        struct chart_bars chain;
        struct chain_step *chain_step;
        size_t chain_steps;
        struct chart_multiple multiple[BOARD_MULTIPLES];        /* of what asks for attention first */
        size_t multiples;
};
/* multiples.c: the small drawings of a filled board. */
_must_use_ enum err board_multiples(struct req *rq, struct board_view *v);
_must_use_ enum err board_fill(struct req *rq, struct board_view *v, struct str *why);

/* releases.c: what was published when, and what changed. */
struct revision_row {
        struct str indicator, href, period, place, before, after;
};
/* How the participants differ from the others, in one characteristic of the area. */
struct selection_row {
        struct str name, participants, others, words;
};
struct releases_view {
        struct benchmark_release_list all;
        struct benchmark_release_info chosen;
        struct { struct revision_row *v; size_t n, cap; } revisions;
        struct { struct selection_row *v; size_t n, cap; } selection;
        bool cut;               /* more revisions than are shown */
};
_must_use_ enum err releases_fill(struct req *rq, struct releases_view *v, struct str *why);

/* export.c */
handler compare_csv_get, board_csv_get;

#endif
