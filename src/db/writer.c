#include "writer.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include "engine.h"
#include "log.h"

#define GROUP_MAX 256           /* tasks in one commit on SQLite */
#define THREADS_MAX 16
#define ATTEMPTS 20             /* of one task on PostgreSQL: about half a second */

struct node {
        struct node *next;
        struct write_task task;
        enum err result;
};

struct writer {
        struct str url;
        int threads;
        pthread_t thread[THREADS_MAX];
        pthread_mutex_t mutex;
        pthread_cond_t wake;
        struct node *head, **tail;
        int queued;
        bool stopping;
        struct db *first;               /* opened by writer_start, so that a wrong URL shows at once */
        _Atomic int64_t commits, tasks;
};

/* Takes up to MAX tasks off the queue; waits for the first. NULL when stopping and empty. */
static struct node *take(struct writer *w, int max) {
        pthread_mutex_lock(&w->mutex);
        while (!w->head && !w->stopping)
                pthread_cond_wait(&w->wake, &w->mutex);
        struct node *list = w->head, *last = list;
        for (int n = 1; last && n < max && last->next; n++)
                last = last->next;
        if (last) {
                w->head = last->next;
                if (!w->head)
                        w->tail = &w->head;
                last->next = NULL;
        }
        for (struct node *n = list; n; n = n->next)
                w->queued--;
        pthread_mutex_unlock(&w->mutex);
        return list;
}

static void finish(struct writer *w, struct node *list) {
        while (list) {
                struct node *next = list->next;
                w->tasks++;
                if (list->task.done)
                        list->task.done(list->task.arg, list->result);
                free(list);
                list = next;
        }
}

static void run_in_savepoint(struct db *db, struct node *n) {
        n->result = db_savepoint(db);
        if (n->result != OK)
                return;
        n->result = n->task.run(db, n->task.arg);
        if (n->result == OK)
                n->result = db_release(db);
        else
                db_rollback_to(db);
}

/* SQLite: everything that waits goes into one commit; nobody hears of success before it. */
static void commit_group(struct writer *w, struct db *db, struct node *list) {
        enum err e = db_begin(db);
        /* after a full disk there is no transaction any more: db_savepoint refuses the rest, and db_commit all */
        for (struct node *n = list; n && e == OK; n = n->next)
                run_in_savepoint(db, n);
        if (e == OK)
                e = db_commit(db);
        for (struct node *n = list; n && e != OK; n = n->next)
                if (n->result == OK)
                        n->result = ERR_BUSY;
        w->commits += e == OK;
        finish(w, list);
}

/* Up to 2, 4, 8 ... 64 ms, by lot: tasks that lost a race together must not meet again. */
static void nap(int attempt) {
        static _Thread_local unsigned seed;
        if (!seed)
                seed = (unsigned) (uintptr_t) &seed;
        unsigned most = 1000000u << (attempt < 6 ? attempt : 6);
        struct timespec t = { .tv_nsec = (long) ((unsigned) rand_r(&seed) % most) };
        nanosleep(&t, NULL);
}

/* One try of one task in its own transaction. */
static enum err attempt(struct db *db, struct node *n, bool *again) {
        enum err e = db_begin(db);
        *again = e != OK;               /* nothing was done yet */
        if (e != OK)
                return e;
        e = n->task.run(db, n->task.arg);
        if (e != OK) {
                *again = db->retry || !db_alive(db);    /* before COMMIT was sent, so safe to repeat */
                db_rollback(db);
                return e;
        }
        e = db_commit(db);
        *again = e != OK && db->retry;
        return e;
}

static void commit_one(struct writer *w, struct db **db, struct node *n) {
        bool again = true;
        for (int i = 0; i < ATTEMPTS && again; i++) {
                if (i)
                        nap(i);
                if (*db && !db_alive(*db))
                        db_closep(db);
                n->result = *db ? OK : db_open(db, w->url, DB_WRITE);
                if (n->result == OK)
                        n->result = attempt(*db, n, &again);
        }
        if (again)
                n->result = ERR_BUSY;
        w->commits += n->result == OK;
        finish(w, n);
}

static void *work(void *arg) {
        struct writer *w = arg;
        bool postgres = db_url_is_postgres(w->url);
        pthread_mutex_lock(&w->mutex);
        struct db *db = w->first;
        w->first = NULL;
        pthread_mutex_unlock(&w->mutex);
        for (struct node *list; (list = take(w, postgres ? 1 : GROUP_MAX));) {
                if (postgres)
                        commit_one(w, &db, list);
                else
                        commit_group(w, db, list);
        }
        db_close(db);
        return NULL;
}

enum err writer_start(struct writer **ret, struct str url, int threads) {
        struct writer *w = calloc(1, sizeof *w);
        char *copy = calloc(1, url.n + 1);
        if (!w || !copy)
                abort();
        for (size_t i = 0; i < url.n; i++)
                copy[i] = url.p[i];
        w->url = (struct str) { copy, url.n };
        w->tail = &w->head;
        w->threads = !db_url_is_postgres(url) || threads < 1 ? 1 : threads > THREADS_MAX ? THREADS_MAX : threads;
        pthread_mutex_init(&w->mutex, NULL);
        pthread_cond_init(&w->wake, NULL);
        enum err e = db_open(&w->first, url, DB_WRITE);
        if (e != OK) {
                free(copy);
                free(w);
                return e;
        }
        for (int i = 0; i < w->threads; i++)
                if (pthread_create(&w->thread[i], NULL, work, w))
                        abort();
        *ret = w;
        return OK;
}

enum err writer_submit(struct writer *w, struct write_task t) {
        struct node *n = calloc(1, sizeof *n);
        if (!n)
                abort();
        n->task = t;
        pthread_mutex_lock(&w->mutex);
        bool full = w->queued >= WRITER_QUEUE_MAX || w->stopping;
        if (!full) {
                *w->tail = n;
                w->tail = &n->next;
                w->queued++;
                pthread_cond_signal(&w->wake);
        }
        pthread_mutex_unlock(&w->mutex);
        if (full)
                free(n);
        return full ? ERR_BUSY : OK;
}

struct waiter {
        enum err (*run)(struct db *, void *);
        void *arg;
        pthread_mutex_t mutex;
        pthread_cond_t ready;
        bool finished;
        enum err result;
};

static enum err waiter_run(struct db *db, void *arg) {
        struct waiter *t = arg;
        return t->run(db, t->arg);
}

static void waiter_done(void *arg, enum err result) {
        struct waiter *t = arg;
        pthread_mutex_lock(&t->mutex);
        t->finished = true;
        t->result = result;
        pthread_cond_signal(&t->ready);
        pthread_mutex_unlock(&t->mutex);
}

enum err writer_run(struct writer *w, enum err (*run)(struct db *, void *), void *arg) {
        struct waiter t = { .run = run, .arg = arg, .mutex = PTHREAD_MUTEX_INITIALIZER,
                            .ready = PTHREAD_COND_INITIALIZER };
        enum err e = writer_submit(w, (struct write_task) { waiter_run, waiter_done, &t });
        if (e != OK)
                return e;
        pthread_mutex_lock(&t.mutex);
        while (!t.finished)
                pthread_cond_wait(&t.ready, &t.mutex);
        pthread_mutex_unlock(&t.mutex);
        return t.result;
}

void writer_stop(struct writer *w) {
        if (!w)
                return;
        pthread_mutex_lock(&w->mutex);
        w->stopping = true;
        pthread_cond_broadcast(&w->wake);
        pthread_mutex_unlock(&w->mutex);
        for (int i = 0; i < w->threads; i++)
                pthread_join(w->thread[i], NULL);
        db_close(w->first);
        pthread_mutex_destroy(&w->mutex);
        pthread_cond_destroy(&w->wake);
        free((char *) w->url.p);
        free(w);
}

void writer_counts(struct writer *w, int64_t *commits, int64_t *tasks) {
        *commits = w->commits;
        *tasks = w->tasks;
}
