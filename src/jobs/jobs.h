/* jobs.h - work that runs later or every night, kept in the store (architecture.md, section 6).
 * A job runs at least once: when the program stops in the middle, or cannot note the result, it runs again. So a job
 * may find that its work was already done. Several processes may share one store; each job is leased by one of them. */
#ifndef JOBS_JOBS_H
#define JOBS_JOBS_H
#include "db.h"

struct writer;

struct job_context {
        struct db *db;          /* reads only; begin a transaction for more than one look at the same moment */
        struct writer *writer;  /* for every change: writer_run() */
        struct arena *arena;    /* of this run */
        struct str payload;
        int64_t id, now_ms;
        int attempt;            /* 1 for the first run */
        void *app;
        struct str why;         /* the job may set it before it answers with an error; kept as last_error */
        struct jobs *jobs;
};

struct job_kind {
        const char *name;
        enum err (*run)(struct job_context *c);
        int64_t every_ms;       /* more than 0: planned at every multiple of this */
        bool daily;             /* planned every day at HOUR (0..23, UTC) */
        int hour;
};

struct jobs_config {
        struct str database;
        struct writer *writer;
        const struct job_kind *kinds;   /* ends with a kind without name */
        void *app;
        int64_t (*now)(void *app);      /* NULL: the clock of the machine */
        int64_t lease_ms;               /* 0: ten minutes. A longer job calls job_extend() now and then */
        int64_t poll_ms;                /* 0: one second */
};

/* Waiting time after failure 1, 2, 3 and 4 is 1, 5, 30 and 120 minutes; then the job is dead. */
#define JOB_ATTEMPTS 5

/* Adds a job for RUN_AT_MS (0: at once) inside the transaction of DB. */
_must_use_ enum err jobs_enqueue(struct db *db, const char *kind, struct str payload, int64_t run_at_ms);

struct jobs;
/* Checks the kinds and starts one worker thread. The store must be migrated. */
_must_use_ enum err jobs_start(struct jobs **ret, const struct jobs_config *c);
/* Finishes the job that runs, then ends the thread. NULL is fine. */
void jobs_stop(struct jobs *j);

/* Without a thread, for tests: each step plans what is periodic and runs one job that is due. */
_must_use_ enum err jobs_open(struct jobs **ret, const struct jobs_config *c);
_must_use_ enum err jobs_step(struct jobs *j, bool *worked);
void jobs_close(struct jobs *j);

/* For long jobs. Extending tells ERR_CONFLICT when another process has taken over: stop then. */
_must_use_ enum err job_extend(struct job_context *c);
bool job_should_stop(const struct job_context *c);

/* For /metrics. */
struct jobs_counts {
        int64_t waiting, running, done, dead;
};
_must_use_ enum err jobs_count(struct db *db, struct arena *a, struct jobs_counts *ret);

/* For the page of the administrator. Rows stand in jobs.sql.h. */
struct job_dead_list;
struct job_latest_row;
/* Dead jobs with an id below BEFORE_ID (0: all), newest first, at most LIMIT. */
_must_use_ enum err jobs_dead(struct db *db, struct arena *a, int64_t limit, int64_t before_id, struct job_dead_list *ret);
/* Gives a dead job all its attempts again, at once. ERR_NOT_FOUND for another job. In a write transaction. */
_must_use_ enum err jobs_revive(struct db *db, struct arena *a, int64_t id, int64_t now_ms);
/* The job of KIND that was the last to end or to fail; ERR_NOT_FOUND when none did in the last week. */
_must_use_ enum err jobs_latest(struct db *db, struct arena *a, const char *kind, struct job_latest_row *ret);
/* Does a job of KIND wait for its turn at or before NOW_MS, or run? */
_must_use_ enum err jobs_pending(struct db *db, struct arena *a, const char *kind, int64_t now_ms, bool *ret);

#endif
