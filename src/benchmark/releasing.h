/* releasing.h - what the files that make a release share. Private to the room. */
#ifndef BENCHMARK_RELEASING_H
#define BENCHMARK_RELEASING_H
#include "benchmark.h"
#include "benchmark_dictionary.h"
#include "benchmark_release.h"
#include "delivered.sql.h"

/* Below this many units there are no deciles. */
#define DECILE_UNITS 30

struct releasing_place {
        struct str code;
        double inhabitants;
};
/* One cell under way. */
struct releasing_cell {
        const struct dictionary_entry *entry;
        struct cell cell;
        bool changed;                   /* something was delivered in it; else it is here for what is linked with it */
        bool *hidden;                   /* of each result */
        bool *must;                     /* hidden for itself or for a line that it stands in, not for the table of its year */
        bool *fixed;                    /* the same figure was shown in the release before: it cannot be hidden any more */
        bool withheld;                  /* figures of all together are not shown */
        size_t unseen;                  /* how many are hidden, and their sum, which is the total less what is shown */
        double unseen_numerator, unseen_denominator;
        bool has_before;
        struct cell before;             /* as it stands in the release before */
};
struct releasing_cells { struct releasing_cell *v; size_t n, cap; };

struct releasing {
        struct db *db;                  /* for reading */
        struct writer *writer;          /* NULL: everything is written on DB, in the caller's transaction */
        const struct release_making *how;       /* with a writer */
        struct arena *a;
        const struct release_request *request;
        int64_t at, id, run, stamp;
        int64_t last_id;                /* the release before; 0 for the first of its kind */
        struct str today;
        struct dictionary dictionary;
        struct participant_list participants;
        struct { struct accepted { int64_t period; struct delivered_row_full_list rows; } *v; size_t n, cap; } accepted;  /* of those years */
        struct map touched;             /* "SHV10|detail|20253" of all cells that changed */
        struct { struct releasing_place *v; size_t n, cap; } places;    /* in order of code, of the year under way */
        double inhabitants;             /* of all of them */
        bool shown;                     /* pages show releases of this kind */
        struct { struct changed { const struct dictionary_entry *entry; struct str detail; int64_t period; } *v; size_t n, cap; } changed;
        int64_t cells, revisions;
        enum release_phase phase;
        int64_t done, total;
};

/* step.c: one change of a fraction of a second, in a transaction of its own when there is a writer: it may run twice, so it touches nothing
 * but DB. Notes how far the release is. What is read after it is as it stands then. ERR_CONFLICT when another run has begun. */
_must_use_ enum err releasing_step(struct releasing *x, enum err (*run)(struct db *db, const struct releasing *x, void *arg), void *arg);
/* step.c: the same for what is no part of a run: it is over, or has not begun. */
_must_use_ enum err releasing_write(struct releasing *x, enum err (*run)(struct db *db, const struct releasing *x, void *arg), void *arg);
/* step.c: takes away what an earlier run of the same release prepared. */
_must_use_ enum err releasing_undo(struct releasing *x);
/* step.c: the rows that pages would read of one indicator in this release. */
_must_use_ enum err releasing_forget(struct db *db, struct str indicator, int64_t release);
/* step.c: takes away what no release shows any more. */
_must_use_ enum err releasing_tidy(struct releasing *x);

/* Cells that are written in one step. */
#define STEP_CELLS 4

bool releasing_is_open(const struct releasing *x, struct str code);
/* year.c: computes, hides and writes the cells of YEAR that changed. */
_must_use_ enum err releasing_year(struct releasing *x, struct arena *a, int64_t year);
/* delivered.c: the figures of rows as they are stored; they borrow from ROWS. */
void delivered_read(struct arena *a, const struct delivered_row_full_list *rows, struct delivered_list *ret);
/* assemble.c: the cells of YEAR that changed and those of the same table, with what was delivered in them; nothing computed. */
_must_use_ enum err releasing_assemble(struct releasing *x, struct arena *a, int64_t year, struct releasing_cells *ret);
/* field.c: intervals, classes, shrinkage, ranks of one cell, after hiding: of what is shown, and of the total when that is given. Pure, so
 * cells may be done on any thread. */
void releasing_compute(struct arena *a, struct releasing_cell *c);
/* field.c: all cells that changed, on as many threads as asked. */
void releasing_compute_all(struct releasing_cells *cells, unsigned threads);
/* field.c: adjusts for the many tests of one period and family; CELLS holds all of them. */
void releasing_adjust(struct arena *a, struct cell **cells, size_t n);
/* hide.c: what may not be shown, over all cells of one year together; takes it out. */
void releasing_hide(struct arena *a, struct releasing_cells *cells);
/* cell.c: one cell as bytes, and back; texts borrow from PACKED. */
void cell_pack(struct buf *b, const struct cell *c);
_must_use_ enum err cell_unpack(struct arena *a, struct str packed, struct cell *ret);
/* released.c: release ID (0: the newest), and whether this audience may see the indicator in it. */
_must_use_ enum err releasing_may_see(struct db *db, struct arena *a, int64_t id, enum benchmark_audience who, struct str indicator,
        struct benchmark_release_info *ret, bool *may);
/* publish.c: prepares what the public pages show of this release, indicator by indicator. */
_must_use_ enum err releasing_publish(struct releasing *x);
/* publish.c: an indicator is of the demonstration, or not any more. */
_must_use_ enum err releasing_mark(struct db *db, const struct releasing *x);
/* selection.c: how the participants of the release differ from the others. */
_must_use_ enum err releasing_selection(struct db *db, struct arena *a, const struct releasing *x);

#endif
