/* study.h - the effect so many quarters after the start, over many municipalities that started at different times (Callaway and Sant'Anna, in
 * stats/stagger.h), and what stands on the pages about it. Private to the room. */
#ifndef BENCHLEARNING_STUDY_H
#define BENCHLEARNING_STUDY_H
#include "figures.h"

#define STUDY_LAGS 8                    /* quarters on both sides that are shown */

/* Who started when: a quarter for a municipality. */
struct study_start {
        struct str region;
        int starts, wave;
};
struct study_lag {
        int lag;
        double value, lo, hi;           /* NaN: not known */
        size_t municipalities;          /* that started and have figures at this lag */
};
/* The newest figures of all together: what a roll-out could find. */
struct study_field {
        double cases, municipalities;   /* in the denominators, and how many have one */
        double target, mean, spread;    /* as in struct cell */
        bool are_shares;
};
/* What is computed: it follows from the figures and from who started when. */
struct study_result {
        size_t started, compared;       /* with figures: who started, and all */
        struct study_lag lag[2 * STUDY_LAGS + 1];
        size_t lags;
        double value, lo, hi;           /* the plain mean after the start; NaN without */
        double p_early;                 /* that the figures did not move before the start (Wald test of the leads); NaN: not to be tested */
        bool too_few;                   /* fewer than five municipalities started */
        struct study_field field;
};
struct study {
        struct indicator i;
        struct study_result r;
        struct str message;
        struct chart frame;
        struct chart_effect chart;
        bool has_chart;
};
/* A figure and the N starts that are studied on it. Its panel is read when something is to be computed. */
struct study_of {
        struct indicator i;
        const struct study_start *start;
        size_t n;
        struct str basis;
        struct panel panel;
        bool is_read, is_yearly;
};
/* ERR_NOT_FOUND for an unknown figure. */
_must_use_ enum err study_open(struct req *rq, struct str code, const struct study_start *start, size_t n, struct study_of *ret);
/* Only wave WAVE counts as started (0: all), the others as not until they start. ID names the chart on the page; CSV its file. */
_must_use_ enum err study_load(struct req *rq, struct study_of *of, int wave, struct str id, struct str csv, struct study *ret);

/* The same as CSV: rows of one study, WHO says of whom. The p of the moments before the start together stands with each of them. */
#define STUDY_CSV_HEADER "indicator,wie,gemeente,kwartalen_na_begin,gemeenten,verschil,laag95,hoog95,p_voor_begin,fictief\r\n"
void study_csv(struct buf *b, struct str code, const char *who, const struct study *st);

/* One adopter of a method on one figure. */
struct adopter {
        const struct method_use *use;
        struct effect e;
        struct str value, verdict;      /* "+2,3 procentpunt (0,4 tot 4,2)" or why not; "gunstiger" ... */
};
struct method_effect {
        struct indicator i;
        struct { struct adopter *v; size_t n, cap; } adopters;
        struct effect_pool pool;
        size_t estimated, sure, better; /* sure: more than chance, after correction; better: and on the good side */
        struct str message;
        struct chart frame;
        struct chart_interval forest;
        bool has_chart;
        struct study study;
};
struct method_view {
        struct method_item_row item;
        struct use_rows uses;
        struct method_scores_row_list scores;
        struct { struct method_effect *v; size_t n, cap; } effects;
        int64_t costs, cost_low, cost_high;     /* how many told what it costs a year */
        bool fictitious;
        bool judged;                            /* of one of the figures a side is better */
};
struct wave_row {
        int wave, starts;
        int64_t places;
        bool by_lot;
        struct study study;
};
struct programme_view {
        struct dictionary dictionary;
        struct str chosen;              /* slug of the figure */
        struct { struct wave_row *v; size_t n, cap; } waves;
        struct study all;
        bool has_study, fictitious, may_edit;
        struct str power;               /* what this roll-out could find */
        struct str note;
        int now;
        struct str wave, starts, names; /* of the form */
        bool by_lot;
};
struct need_row {
        struct str together, quarters, when;
};
struct need_view {
        struct learn_place_list places;
        struct compared_all_row_list figures;
        struct str place, figure, difference;
        bool is_asked, is_known;
        struct learn_place at;
        struct indicator i;
        struct str d, message, why;
        struct { struct need_row *v; size_t n, cap; } rows;
};

#endif
