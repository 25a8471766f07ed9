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

#endif
