/* benchmark_release.h - a release: all accepted figures up to a quarter, frozen under a number, compared and made safe to show.
 *
 * Everything that pages, files, the API and alternative texts show of delivered figures comes from here, and what disclosure control
 * hides is not stored in a release at all: so one pattern holds for all outputs. Late and corrected figures stand in the next release,
 * which logs what differs. A cell (indicator, breakdown, period) is computed when one of its figures changed, and then only. */
#ifndef BENCHMARK_BENCHMARK_RELEASE_H
#define BENCHMARK_BENCHMARK_RELEASE_H
#include "benchmark_delivered.h"

/* Who looks. Everybody sees the indicators that the release opens; members (people of a municipality that takes part) see all. */
enum benchmark_audience { BENCHMARK_PUBLIC, BENCHMARK_MEMBER };

struct release_request {
        bool fictitious;
        int64_t through;                /* the last quarter in it */
        struct str note;                /* what is new or was corrected, for people */
        const struct str *members;      /* codes of indicators that only members see; all others are open */
        size_t members_n;
        bool pages_later;               /* the caller calls benchmark_republish and benchmark_pages_write afterwards */
        unsigned threads;               /* 0: as many as there are processors, at most 8; the result is the same */
};
/* Makes release *ID inside the caller's transaction, and brings the public pages up to date: for loading and for tests. ERR_NOT_FOUND when
 * nothing changed since the last one (say so to the visitor); ERR_INVALID (logged) when THROUGH is no quarter or lies before that of the
 * last one. */
_must_use_ enum err benchmark_release(struct db *db, struct arena *a, const struct release_request *r, int64_t at, int64_t *id);

/* While serving, asking and making are two things: all cells take a minute. What was asked is a row, one at a time; making computes from
 * one snapshot, outside the writer, and prepares rows beside those that are shown, in steps of a fraction of a second. The last step shows
 * all of it at once. Nothing is ever read of a release that is not made: making it may fail, stop and begin again at any moment. */

/* Writes down what is asked, at AT; what was asked before and is not made gives way to it, and a run that is busy with that stops. Errors
 * as of benchmark_release; ERR_CONFLICT when somebody else asked at the same moment. THREADS and PAGES_LATER are not kept. */
_must_use_ enum err benchmark_release_ask(struct db *db, struct arena *a, const struct release_request *r, int64_t at, int64_t *id);

enum release_phase { RELEASE_WAITS, RELEASE_COMPUTES, RELEASE_FOLLOWS, RELEASE_PREPARES };
struct release_asked_info {
        int64_t id, through, asked_at, began_at;        /* began_at: of the run that is busy, or was the last */
        bool fictitious;
        enum release_phase phase;
        int64_t done, total;            /* in this phase: years when it computes, indicators after that */
        struct str note, members;       /* members: "SHV06 SHV10" */
        struct str problem;             /* why the last run failed, for people; "" */
};
/* What is asked and not made; *FOUND is false when there is none. */
_must_use_ enum err benchmark_release_asked(struct db *db, struct arena *a, struct release_asked_info *ret, bool *found);

struct writer;
struct release_making {
        struct db *db;                  /* for reading, without a transaction; left with or without one */
        struct writer *writer;
        int64_t asked_at;               /* as it was asked: what was asked anew since is left alone */
        int64_t at;                     /* now: the moment that the release tells */
        enum err (*go_on)(void *arg);   /* asked before each step; another answer than OK ends the run with it. May be NULL */
        void *arg;
};
/* Makes release ID. OK as well when that was done already or it was asked for anew; ERR_CONFLICT when another run began. */
_must_use_ enum err benchmark_release_make(const struct release_making *m, struct arena *a, int64_t id);
/* The run is over: tells people why it failed; "" when it waits for another one. */
_must_use_ enum err benchmark_release_failed(struct db *db, int64_t id, int64_t asked_at, struct str problem);

/* Writes what the public pages read of the newest release once more: benchmark_load began with empty tables. */
_must_use_ enum err benchmark_republish(struct db *db, struct arena *a);

struct benchmark_release_info {
        int64_t id, made_at, through, municipalities, cells, revisions;
        bool fictitious;
        struct str note;
};
struct benchmark_release_list { struct benchmark_release_info *v; size_t n, cap; };
/* Newest first. Real releases when there is one, else those of the demonstration. */
_must_use_ enum err benchmark_releases(struct db *db, struct arena *a, struct benchmark_release_list *ret);
/* The newest of that list; ret->id is 0 when there is none. */
_must_use_ enum err benchmark_release_newest(struct db *db, struct arena *a, struct benchmark_release_info *ret);
/* The release that the open figures of an indicator are of; 0 for an indicator that municipalities do not deliver. */
_must_use_ enum err benchmark_release_of(struct db *db, struct arena *a, struct str code, int64_t *ret);

/* What a release says of one municipality in one cell. */
enum result_status {
        RESULT_EXACT,
        RESULT_HIDDEN,                  /* disclosure control: no number of it is kept */
        RESULT_FEW_QUARTERS,            /* a year of which not all quarters were delivered: no value */
        RESULT_NONE,                    /* nothing was delivered: look at `state` */
};
/* Is it worth attention? By exact 99.8 % tails, and whether that survives correction for the many tests of this release. */
enum result_notice { RESULT_USUAL, RESULT_NOTABLE, RESULT_NOTABLE_CORRECTED };

struct result {
        struct str region;
        enum result_status status;
        enum benchmark_state state;     /* on the day of the release */
        double value, numerator, denominator;   /* NaN when there is none; value in the unit of the indicator */
        double low95, high95;           /* Wilson or Poisson, in the unit; NaN without counts */
        double shrunk, shrunk_low, shrunk_high, weight; /* empirical Bayes: drawn to the field; weight of the own figure in it, 0..1 */
        double rank_expected, rank_median, rank_low, rank_high; /* 1 = best, or lowest without a
                                           direction; 95 %; NaN when the cell is not rankable */
        double best_quarter, worst_quarter;     /* chance to be among the first, last quarter of ranks; NaN likewise */
        double p, p_adjusted;           /* two-sided exact; adjusted (Benjamini-Hochberg) over all shown figures of its theme and period in
                                           this release */
        double z;                       /* with the variance between municipalities in it */
        int class_exact, class_adjusted;        /* -2 .. 2, as in benchmark.h */
        enum result_notice notice;
        int fifth, tenth;               /* of the field; 0 when there are too few */
        int quarters;                   /* of a year: how many of the four were delivered */
        struct str choices, explanation;
};
struct cell {
        struct str indicator, detail;
        int64_t period, since;          /* since: the release that these results come from */
        int method;                     /* enum benchmark_method */
        double target;                  /* all participants together, or their median without counts; in the unit */
        bool target_from_counts;
        double total_numerator, total_denominator;
        double phi, tau2;               /* overdispersion */
        double mean, spread;            /* of the fitted distribution between municipalities: mean in the unit, rho or 1/size */
        double p_equal;                 /* are all the same but for chance? */
        double rankability;             /* below BENCHMARK_RANKABLE no ranks are given */
        /* Of the figures that are shown. */
        double quantile[7];             /* min p10 p25 p50 p75 p90 max; NaN below 12 municipalities */
        double decile[9];               /* 10 % .. 90 %; NaN below 30 */
        int64_t participants, delivered;
        double inhabitants;             /* share of all inhabitants that lives where was delivered, 0..1 */
        struct result *v;               /* all that take part, in order of region */
        size_t n;
};
#define BENCHMARK_RANKABLE 0.5
/* Group figures are not given for fewer contributors. */
#define BENCHMARK_CONTRIBUTORS_MIN 5

/* One cell of release RELEASE (0: the newest) in A. *FOUND is false when it is not there, or not for this audience. */
_must_use_ enum err benchmark_cell(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, int64_t period, struct cell *ret, bool *found);
/* All periods of an indicator, oldest first: quarters, or with YEARS the years. */
struct cell_list { struct cell *v; size_t n, cap; };
_must_use_ enum err benchmark_cells(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who, struct str indicator,
        struct str detail, bool years, struct cell_list *ret);
/* The result of REGION in a cell, or NULL. */
const struct result *benchmark_result(const struct cell *c, struct str region);

/* What differs from the release before. */
struct benchmark_revision {
        struct str indicator, detail, region;
        int64_t period;
        double before, after;           /* NaN: was (is) not there, or not shown */
};
struct benchmark_revision_list { struct benchmark_revision *v; size_t n, cap; };
_must_use_ enum err benchmark_revisions(struct db *db, struct arena *a, int64_t release, enum benchmark_audience who,
        struct benchmark_revision_list *ret);

#endif
