/* internal.h - what the files of this room share. */
#ifndef DELIVERY_INTERNAL_H
#define DELIVERY_INTERNAL_H
#include "asked.h"
#include "benchmark_delivered.h"
#include "check.h"
#include "delivery.h"
#include "delivery.sql.h"
#include "page.h"
#include "people.h"

/* What was filled in, in the order of what is asked. */
struct filled {
        struct amounts *now;
        struct str *words;              /* explanation of a figure, "" for none */
        struct str *answer;             /* of a choice */
        bool *is_saved;                 /* the part was saved in this delivery, by part */
};

/* One municipality and period, as somebody of an organisation that works for it sees it. */
struct visit {
        struct organisation organisation;
        struct delivery_place place;
        int64_t period;
        struct asked asked;
        struct delivery_list rows;              /* all revisions, newest first */
        const struct delivery *open;            /* the draft or what waits for approval; NULL for none */
        const struct delivery *accepted;        /* what counts now; NULL for none */
        bool is_accepted;                       /* something counts now, perhaps from before this room kept deliveries */
        struct filled filled;                   /* of what is open, else of what is accepted */
        struct filled last;                     /* accepted in the period before */
        int64_t last_period;
        bool takes_part;
        enum benchmark_state state;
        bool is_open;                           /* the period is over, and not too long ago */
        int days_late;                          /* after the last day; below 0 before it */
};
/* Periods back from now that can still be delivered or corrected. */
#define PERIODS_BACK 12
#define WORDS_MAX 500                           /* characters of an explanation */
#define REASON_MAX 500

/* visit.c */
bool is_fictitious(const struct req *rq);
struct str delivery_today(struct req *rq);
/* The visit that the first three parts of the path name. ERR_NOT_FOUND. */
_must_use_ enum err visit_find(struct req *rq, struct visit *ret);
/* The same for a municipality and period that are known already; organisation is filled in. */
_must_use_ enum err visit_load(struct req *rq, struct visit *v);
struct str visit_path(struct req *rq, const struct visit *v, const char *rest);
struct filled filled_new(struct arena *a, const struct asked *q);
/* Figures of PERIOD from LIST, which holds those of one municipality. */
void filled_take(const struct asked *q, const struct delivered *list, size_t n, int64_t period, struct filled *f);
bool figure_is_filled(const struct filled *f, size_t i);

/* context.c: everything that the checks look at, and what they find. */
_must_use_ enum err visit_check(struct req *rq, const struct visit *v, struct check *c, struct check_findings *ret);
size_t findings_that_stop(const struct check_findings *f);
/* The name of the field of a figure in the form of its part: "t3", "n3"; "k2" for a choice. */
struct str finding_field(struct arena *a, const struct visit *v, const struct check_finding *f);
/* "SHV03 Binnen vier weken gesproken", and with ", noemer" behind it. */
struct str figure_name(struct arena *a, const struct asked_figure *f);
struct str finding_place(struct arena *a, const struct asked *q, const struct check_finding *f);

/* draft.c: changes. All inside a POST; they write the history and the trail. */
/* The draft that may be changed: made when there is none, with REASON when something was accepted before. ERR_CONFLICT when it was
 * delivered already, or a colleague was first. */
_must_use_ enum err visit_begin(struct req *rq, struct visit *v, const char *way, struct str reason);
/* Writes figures and answers of PART (-1: all that are marked in f->is_saved) into the draft. */
_must_use_ enum err visit_save(struct req *rq, struct visit *v, const struct filled *f, int part, const char *way);
_must_use_ enum err visit_deliver(struct req *rq, struct visit *v);
_must_use_ enum err visit_return(struct req *rq, struct visit *v, struct str remark);
_must_use_ enum err visit_approve(struct req *rq, struct visit *v);
_must_use_ enum err visit_drop(struct req *rq, struct visit *v);
_must_use_ enum err visit_event(struct req *rq, int64_t delivery_id, const char *what, struct str remark);

/* table.c: rows of a file, in which every cell has a place. */
enum {
        COLUMN_REGION, COLUMN_PERIOD, COLUMN_INDICATOR, COLUMN_DETAIL, COLUMN_NUMERATOR, COLUMN_DENOMINATOR, COLUMN_SUM, COLUMN_CASES,
        COLUMN_COMPLETE,                /* of counts from DDAS: "nee" when only part of the period was in the file */
        COLUMN_WORDS, COLUMN_CHOICES,
        TABLE_COLUMNS
};
extern const char *const table_columns[TABLE_COLUMNS];
struct table_row {
        struct str place[TABLE_COLUMNS];            /* "C5", or "regel 5, kolom teller" */
        struct str text[TABLE_COLUMNS];
        bool is_formula[TABLE_COLUMNS], is_plain[TABLE_COLUMNS];        /* plain: a number that a program wrote */
};
struct table { struct table_row *v; size_t n, cap; };
#define TABLE_ROWS_MAX 2000
/* A wrong cell, told to the sender. */
struct wrong { struct str place, reason, mend; };
struct wrongs { struct wrong *v; size_t n, cap; };
#define WRONGS_MAX 200                  /* most that is told at once */
void wrong_add(struct arena *a, struct wrongs *w, struct str place, struct str reason, struct str mend);
/* Reads a file of either kind; what cannot be read is told in W. */
void table_read(struct arena *a, struct str bytes, struct table *ret, struct wrongs *w);
/* What the rows say, for this municipality and period: into F. Every wrong cell is told. Rows may leave figures out; with
 * SKIP_UNASKED those of other indicators are passed over. */
void table_fill(struct arena *a, const struct table *t, const struct visit *v, bool skip_unasked, struct filled *f, struct wrongs *w);
/* GM and four digits. */
bool code_is_region(struct str code);

/* template.c: the file to fill in, with what is known. */
_must_use_ enum err template_csv(struct req *rq, const struct visit *v, struct buf *ret);
_must_use_ enum err template_xlsx(struct req *rq, const struct visit *v, struct buf *ret);

/* letters.c. In the transaction of the change. */
_must_use_ enum err letters_delivered(struct req *rq, const struct visit *v);
_must_use_ enum err letters_returned(struct req *rq, const struct visit *v, struct str remark);
_must_use_ enum err letters_approved(struct req *rq, const struct visit *v);
_must_use_ enum err letters_asked(struct req *rq, const struct visit *v, struct str reason);

#endif
