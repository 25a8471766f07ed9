/* step.c - how a release is written: in steps, each of which finds that its run still counts; and what is cleared away before and after. */
#include "benchmark.h"
#include "release.sql.h"
#include "releasing.h"
#include "writer.h"

struct step {
        struct releasing *x;
        enum err (*run)(struct db *db, const struct releasing *x, void *arg);
        void *arg;
};

static enum err run_alone(struct db *db, void *arg) {
        const struct step *s = arg;
        return s->run(db, s->x, s->arg);
}

static enum err run_step(struct db *db, void *arg) {
        const struct step *s = arg;
        const struct releasing *x = s->x;
        struct arena a = { 0 };
        struct release_step_row row;
        bool found = false;
        enum err e = release_step(db, &a, x->id, x->run, x->phase, x->done, x->total, &row, &found);
        arena_done(&a);
        if (e == OK && !found)
                e = ERR_CONFLICT;
        return e == OK ? run_alone(db, arg) : e;
}

/* No snapshot is held while something is written: the log of SQLite would grow behind it, and one write would pay for all of that. */
static enum err write_with(struct releasing *x, enum err (*task)(struct db *, void *), struct step s) {
        if (!x->writer)
                return task(x->db, &s);
        enum err e = x->how->go_on ? x->how->go_on(x->how->arg) : OK;
        db_rollback(x->db);
        if (e == OK)
                e = writer_run(x->writer, task, &s);
        return e == OK ? db_begin(x->db) : e;
}

enum err releasing_step(struct releasing *x, enum err (*run)(struct db *db, const struct releasing *x, void *arg), void *arg) {
        return write_with(x, run_step, (struct step) { x, run, arg });
}

enum err releasing_write(struct releasing *x, enum err (*run)(struct db *db, const struct releasing *x, void *arg), void *arg) {
        return write_with(x, run_alone, (struct step) { x, run, arg });
}

/* What is done to the rows of one indicator in one table. */
typedef enum err (*clearing)(struct db *db, struct str indicator, int64_t release);
struct clear {
        clearing run;
        struct str indicator;
        int64_t release;
};

static enum err clear_one(struct db *db, const struct releasing *x, void *arg) {
        const struct clear *c = arg;
        (void) x;
        return c->run(db, c->indicator, c->release);
}

static const clearing forget[] = { publish_forget_figures, publish_forget_units, publish_forget_comparisons, publish_forget_places };

enum err releasing_forget(struct db *db, struct str indicator, int64_t release) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < sizeof forget / sizeof *forget; i++)
                e = forget[i](db, indicator, release);
        return e;
}

/* Rows that were prepared go, and those that they would replace stay. */
static enum err undo_one(struct releasing *x, struct str indicator) {
        static const clearing more[] = {
                publish_restore_figures, publish_restore_units, publish_restore_comparisons, publish_restore_places, release_cell_forget,
                release_cell_restore, release_series_forget, release_series_restore, release_revision_forget,
        };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < sizeof forget / sizeof *forget; i++)
                e = releasing_step(x, clear_one, &(struct clear) { forget[i], indicator, x->id });
        for (size_t i = 0; e == OK && i < sizeof more / sizeof *more; i++)
                e = releasing_step(x, clear_one, &(struct clear) { more[i], indicator, x->id });
        return e;
}

static enum err undo_profiles(struct db *db, const struct releasing *x, void *arg) {
        (void) arg;
        enum err e = publish_forget_profile(db, x->id);
        return e == OK ? publish_restore_profile(db, x->id) : e;
}

enum err releasing_undo(struct releasing *x) {
        struct release_left_row_list left;
        enum err e = release_left(x->db, x->a, x->id, &left);
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++)
                e = undo_one(x, x->dictionary.v[i].code);
        for (size_t i = 0; e == OK && i < left.n; i++)
                if (!dictionary_find(&x->dictionary, left.v[i].indicator_code))
                        e = undo_one(x, left.v[i].indicator_code);
        return e == OK ? releasing_step(x, undo_profiles, NULL) : e;
}

static enum err tidy_profiles(struct db *db, const struct releasing *x, void *arg) {
        const int64_t *newest = arg;
        (void) x;
        return publish_tidy_profile(db, *newest);
}

enum err releasing_tidy(struct releasing *x) {
        static const clearing tidy[] = { publish_tidy_figures, publish_tidy_units, publish_tidy_comparisons, publish_tidy_places };
        struct release_newest_row newest;
        enum err e = release_newest(x->db, x->a, &newest);
        for (size_t i = 0; e == OK && i < x->dictionary.n; i++)
                for (size_t k = 0; e == OK && k < sizeof tidy / sizeof *tidy; k++)
                        e = releasing_write(x, clear_one, &(struct clear) { tidy[k], x->dictionary.v[i].code, newest.id });
        return e == OK ? releasing_write(x, tidy_profiles, &newest.id) : e;
}
