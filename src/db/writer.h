/* writer.h - the one way to write while serving (architecture.md, section 6).
 * SQLite: one thread owns the only read-write connection and commits queued tasks in groups, each task in its own
 * savepoint. PostgreSQL: THREADS threads, each task in its own transaction, repeated when the server asks for it.
 * A task's `done` runs after the commit that carries it: a reply sent from there is durable. */
#ifndef DB_WRITER_H
#define DB_WRITER_H
#include "db.h"

struct write_task {
        /* Runs on a writer thread inside the transaction. Another result than OK undoes this task only. May run
         * again after a lost serialisation on PostgreSQL, so it must not touch the world outside DB and ARG. */
        enum err (*run)(struct db *db, void *arg);
        /* Runs afterwards, exactly once, on the same thread: OK means committed and durable. May be NULL. */
        void (*done)(void *arg, enum err result);
        void *arg;
};

struct writer;
_must_use_ enum err writer_start(struct writer **ret, struct str url, int threads);
/* Queues T; ERR_BUSY when more than WRITER_QUEUE_MAX tasks wait (then `done` does not run). */
_must_use_ enum err writer_submit(struct writer *w, struct write_task t);
#define WRITER_QUEUE_MAX 4096
/* Queues, waits for the commit and returns the result; T.done is ignored. Not from a writer thread. */
_must_use_ enum err writer_run(struct writer *w, enum err (*run)(struct db *, void *), void *arg);
/* Finishes what is queued, then closes. NULL is fine. */
void writer_stop(struct writer *w);
/* Commits and tasks so far, for /metrics. */
void writer_counts(struct writer *w, int64_t *commits, int64_t *tasks);

#endif
