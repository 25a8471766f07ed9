/* views.h - what the pages of this room show. */
#ifndef DELIVERY_VIEWS_H
#define DELIVERY_VIEWS_H
#include "benchmark_dictionary.h"
#include "benchmark_release.h"
#include "internal.h"

/* Where somebody can deliver or approve. */
struct house_line { struct str slug, name; };
struct houses_view { struct { struct house_line *v; size_t n, cap; } houses; };

struct period_line {
        int64_t period;
        struct str name, code, due;
        enum benchmark_state state;
        struct str stage;               /* "concept", "wacht op goedkeuring" ...; "" */
        bool is_asked;                  /* the programme asks for a correction */
        struct opt_i64 score;
};
struct place_periods { struct delivery_place place; struct { struct period_line *v; size_t n, cap; } lines; };
struct periods_view {
        struct organisation organisation;
        uint64_t rights;
        struct str note;
        struct { struct place_periods *v; size_t n, cap; } places;
};

struct event_line { struct delivery_history_row row; struct str who; };
/* One municipality and period: its overview, and the page with all findings. */
struct visit_view {
        struct visit *v;
        struct check c;
        struct check_findings found;
        size_t stops, asks;             /* findings that stop delivering; that ask for a reason and have none */
        uint64_t rights;
        struct str note;
        struct { struct event_line *v; size_t n, cap; } history;
        bool is_mine;                   /* the visitor delivered it: somebody else approves */
        bool may_edit;                  /* a draft may be made or changed by this visitor, now */
};
/* One part of the form. */
struct part_view {
        const struct visit *v;
        int part;
        int64_t stand;
        struct check_findings found;    /* of what is saved, for this part */
};
/* A file, or aggregates that were counted in the browser, with what is wrong in it. */
struct file_view {
        const struct visit *v;          /* NULL on the page of DDAS */
        const struct organisation *organisation;
        struct wrongs wrongs;
        bool was_sent;
        struct str sent;                /* the aggregates as they came */
};
struct keys_view {
        struct organisation organisation;
        struct delivery_keys_of_row_list keys;
        struct str fresh, note;         /* the key that was just made: shown once */
};

/* The programme. */
struct office_cell { enum benchmark_state state; struct str stage, code; };
struct office_line { struct delivery_place place; struct office_cell *cell; };
struct office_view {
        struct { int64_t *v; size_t n, cap; } periods;
        struct { struct office_line *v; size_t n, cap; } lines;
        size_t count[4];                /* of the newest quarter, by state */
        struct str note;
};
struct ask_view { struct visit *v; struct str reason; };
struct release_view {
        struct benchmark_release_list releases;
        int64_t through;
        struct deliveries_approved_since_row_list fresh;        /* approved after the newest release */
        struct { struct office_line *v; size_t n, cap; } missing;
        size_t participants;
        struct benchmark_revision_list revisions;               /* of the newest release */
        struct dictionary dictionary;                           /* of which some may be for members only */
        bool is_asked, is_busy, tries_again;                    /* asked and not made; under way; there is a job for it */
        struct release_asked_info asked;
        struct str note;
};
/* office.c */
struct page office_frame(struct req *rq, struct resp *rs, struct str title, const char *path);
_must_use_ enum err office_load(struct req *rq, struct office_view *v);
/* releases.c: is the indicator ticked as one for members only, by this form or by what was asked? */
bool release_keeps(const struct req *rq, const struct release_view *v, const struct dictionary_entry *d);

/* pages.c: what the templates ask. */
size_t part_size(const struct asked *q, int part);              /* figures in it */
bool part_asks(const struct asked *q, int part);                /* how it is counted */
size_t part_count(const struct asked *q);
size_t part_number(const struct asked *q, int part);            /* from 1 */
struct str part_after(const struct asked *q, int part);         /* code of the next, "" for none */
bool part_begun(const struct visit *v, int part);
size_t part_stops(const struct visit_view *v, int part);
bool finding_stops(const struct check_finding *f);
bool figure_is_asked(const struct visit_view *v, size_t i);     /* something is said of it that asks for an explanation */
bool figure_must_be_explained(const struct visit_view *v, size_t i);    /* without it the delivery is not taken */
struct str finding_path(struct req *rq, const struct visit *v, const struct check_finding *f);
struct str part_path(struct req *rq, const struct visit *v, struct str code);
struct str visit_stage(const struct visit *v);
struct str stage_of(struct str state, bool is_accepted);
struct str event_label(struct str what);
struct str amount_shown(struct arena *a, double v);
struct str last_time(struct arena *a, const struct visit *v, size_t i, char kind);
struct str field_label(struct arena *a, const struct asked_figure *f, char kind);
struct str field_value(const struct req *rq, const struct part_view *v, size_t i, char kind);
struct str choice_value(const struct req *rq, const struct part_view *v, size_t k);
/* What a colleague saved meanwhile, where the visitor's refused form says something else; "" elsewhere. */
struct str field_saved(const struct req *rq, const struct part_view *v, size_t i, char kind);
struct str choice_saved(const struct req *rq, const struct part_view *v, size_t k);
struct str words_saved(const struct req *rq, const struct visit *v, size_t i);
struct str words_value(const struct req *rq, const struct visit *v, size_t i);

/* The whole of what a page about a municipality and period shows. */
_must_use_ enum err view_load(struct req *rq, struct visit *v, struct visit_view *ret);
/* "Goes, 3e kwartaal 2026": an organisation may deliver for several municipalities. */
struct str visit_name(struct arena *a, const struct visit *v);
struct page delivery_page(struct req *rq, struct resp *rs, const struct visit *v, struct str title);
_must_use_ enum err visit_draw(struct req *rq, struct resp *rs, struct visit *v);
/* 303 to a page of V with a note. */
_must_use_ enum err visit_noted(struct req *rq, struct resp *rs, const struct visit *v, const char *rest, const char *code);
struct str delivery_noted(const struct req *rq);
/* Was the form drawn from how it is now? Else a mistake that says so is added. */
bool stand_is_current(struct req *rq, const struct visit *v);

handler houses_get, periods_get, visit_get, part_get, part_post, verify_get, verify_post, sendfile_get, sendfile_post, template_csv_get, template_xlsx_get,
        approve_post, return_post, drop_post, correct_get, correct_post, ddas_lead_get, ddas_get, ddas_post, keys_get, keys_post, key_withdraw_post;
preparer sendfile_prepare;

#endif
