/* worker.c - takes jobs one by one: lease, run outside any write transaction, note the result. */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include "clock.h"
#include "internal.h"
#include "jobs.sql.h"
#include "log.h"
#include "writer.h"

#define LEASE_MS ((int64_t) 10 * 60 * 1000)
#define POLL_MS 1000
#define TIDY_MS ((int64_t) 60 * 60 * 1000)
#define KEEP_MS ((int64_t) 7 * 24 * 60 * 60 * 1000)
#define CRASHED "the program stopped while this job ran"

struct jobs {
        struct jobs_config c;
        struct arena life;              /* holds this struct */
        struct db *db;                  /* for reading; NULL until needed, or when the store is away */
        struct arena arena;             /* of one step */
        int64_t tidied_ms;
        pthread_t thread;
        pthread_mutex_t mutex;
        pthread_cond_t wake;
        _Atomic bool stopping;
};

static int64_t now(const struct jobs *j) {
        return j->c.now ? j->c.now(j->c.app) : clock_now_ms();
}

static const struct job_kind *find_kind(const struct jobs *j, struct str name) {
        for (const struct job_kind *k = j->c.kinds; k->name; k++)
                if (str_eq(str_of(k->name), name))
                        return k;
        return NULL;
}

/* The read connection, opened again when it was lost. */
static enum err connect(struct jobs *j) {
        if (j->db && !db_alive(j->db))
                db_closep(&j->db);
        return j->db ? OK : db_open(&j->db, j->c.database, DB_READ);
}

struct plan {
        const struct job_kind *kind;
        int64_t now_ms;
};

static enum err run_plan(struct db *db, void *arg) {
        struct plan *p = arg;
        return job_plan(db, str_of(p->kind->name), jobs_next_turn(p->kind, p->now_ms), p->now_ms);
}

static enum err plan_periodic(struct jobs *j, int64_t now_ms) {
        enum err e = OK;
        for (const struct job_kind *k = j->c.kinds; k->name && e == OK; k++) {
                struct job_planned_row row = { 0 };
                if (k->every_ms <= 0 && !k->daily)
                        continue;
                e = job_planned(j->db, &j->arena, str_of(k->name), &row);
                if (e == OK && !row.yes)
                        e = writer_run(j->c.writer, run_plan, &(struct plan) { k, now_ms });
        }
        return e;
}

static enum err run_tidy(struct db *db, void *arg) {
        return job_forget(db, *(int64_t *) arg - KEEP_MS);
}

struct lease {
        struct arena *arena;
        int64_t now_ms, until_ms;
        struct job_row row;
        bool found;
};

static enum err run_lease(struct db *db, void *arg) {
        struct lease *l = arg;
        enum err e = job_bury_expired(db, l->now_ms, JOB_ATTEMPTS, S(CRASHED));
        if (e == OK)
                e = job_take_over(db, l->arena, l->now_ms, l->until_ms, &l->row, &l->found);
        if (e == OK && !l->found)
                e = job_take(db, l->arena, l->now_ms, l->until_ms, &l->row, &l->found);
        return e;
}

struct outcome {
        struct arena *arena;
        int64_t id, attempt, now_ms;
        enum err result;
        struct str why;
        bool dead, found;
};

static enum err run_finish(struct db *db, void *arg) {
        struct outcome *o = arg;
        struct job_finish_row row;
        o->dead = o->result != OK && o->attempt >= JOB_ATTEMPTS;
        int64_t wait = o->result != OK && !o->dead ? jobs_back_off((int) o->attempt) : 0;
        struct str state = o->result == OK ? S("done") : o->dead ? S("dead") : S("waiting");
        return job_finish(db, o->arena, o->id, o->attempt, state, o->now_ms + wait, o->why, &row, &o->found);
}

static enum err note_result(struct jobs *j, const struct job_context *c, struct str kind, enum err result) {
        struct outcome o = { .arena = &j->arena, .id = c->id, .attempt = c->attempt, .now_ms = now(j),
                             .result = result };
        o.why = result == OK ? S("") : c->why.n ? c->why : str_of(err_name(result));
        enum err e = writer_run(j->c.writer, run_finish, &o);
        if (e == OK && !o.found)
                log_event(LOG_WARN, "job_taken_over", LOG_INT("id", c->id), LOG_STR("kind", kind));
        else if (result != OK)
                log_event(o.dead ? LOG_ERROR : LOG_WARN, o.dead ? "job_dead" : "job_failed", LOG_INT("id", c->id),
                          LOG_STR("kind", kind), LOG_INT("attempt", c->attempt), LOG_STR("cause", o.why));
        return e;
}

static enum err run_job(struct jobs *j, const struct job_row *row) {
        const struct job_kind *kind = find_kind(j, row->kind);
        struct job_context c = {
                .db = j->db, .writer = j->c.writer, .arena = &j->arena, .payload = row->payload, .id = row->id,
                .now_ms = now(j), .attempt = (int) row->attempts, .app = j->c.app, .jobs = j,
        };
        enum err e = ERR_NOT_FOUND;
        if (kind)
                e = kind->run(&c);
        else
                c.why = S("this program does not know this kind of job");
        db_rollback(j->db);
        return note_result(j, &c, row->kind, e);
}

static enum err step(struct jobs *j, bool *worked) {
        struct job_due_row due = { 0 };
        int64_t now_ms = now(j);
        enum err e = connect(j);
        if (e == OK)
                e = plan_periodic(j, now_ms);
        if (e == OK && now_ms - j->tidied_ms >= TIDY_MS) {
                e = writer_run(j->c.writer, run_tidy, &now_ms);
                j->tidied_ms = now_ms;
        }
        if (e == OK)
                e = job_due(j->db, &j->arena, now_ms, &due);
        if (e != OK || (!due.waiting && !due.expired))
                return e;
        struct lease l = { .arena = &j->arena, .now_ms = now_ms, .until_ms = now_ms + j->c.lease_ms };
        e = writer_run(j->c.writer, run_lease, &l);
        if (e != OK || !l.found)
                return e;
        *worked = true;
        return run_job(j, &l.row);
}

enum err jobs_step(struct jobs *j, bool *worked) {
        *worked = false;
        enum err e = step(j, worked);
        arena_reset(&j->arena);
        return e;
}

static enum err run_extend(struct db *db, void *arg) {
        struct outcome *o = arg;
        struct job_lease_row row;
        return job_lease(db, o->arena, o->id, o->attempt, o->now_ms, &row, &o->found);
}

enum err job_extend(struct job_context *c) {
        struct jobs *j = c->jobs;
        struct outcome o = { .arena = c->arena, .id = c->id, .attempt = c->attempt, .now_ms = now(j) + j->c.lease_ms };
        enum err e = writer_run(c->writer, run_extend, &o);
        return e == OK && !o.found ? ERR_CONFLICT : e;
}

bool job_should_stop(const struct job_context *c) {
        return c->jobs->stopping;
}

static bool kinds_are_good(const struct job_kind *kinds) {
        for (const struct job_kind *k = kinds; k->name; k++) {
                if (!k->run || k->every_ms < 0 || (k->every_ms && k->daily) || k->hour < 0 || k->hour > 23)
                        return false;
                for (const struct job_kind *other = kinds; other != k; other++)
                        if (str_eq(str_of(other->name), str_of(k->name)))
                                return false;
        }
        return true;
}

enum err jobs_open(struct jobs **ret, const struct jobs_config *c) {
        if (!kinds_are_good(c->kinds))
                return err_log(ERR_INTERNAL, "the kinds of jobs are wrong: two of one name, or an impossible time");
        struct arena life = { 0 };
        struct jobs *j = arena_new(&life, struct jobs);
        j->c = *c;
        j->c.lease_ms = c->lease_ms > 0 ? c->lease_ms : LEASE_MS;
        j->c.poll_ms = c->poll_ms > 0 ? c->poll_ms : POLL_MS;
        j->c.database = str_dup(&life, c->database);
        j->life = life;
        pthread_mutex_init(&j->mutex, NULL);
        pthread_cond_init(&j->wake, NULL);
        *ret = j;
        return OK;
}

void jobs_close(struct jobs *j) {
        if (!j)
                return;
        struct arena life = j->life;
        db_close(j->db);
        arena_done(&j->arena);
        pthread_mutex_destroy(&j->mutex);
        pthread_cond_destroy(&j->wake);
        arena_done(&life);
}

/* Sleeps POLL_MS, or less when we must stop. */
static void pause_until_next(struct jobs *j) {
        struct timespec t;
        clock_gettime(CLOCK_REALTIME, &t);
        t.tv_nsec += (long) (j->c.poll_ms % 1000) * 1000000;
        t.tv_sec += j->c.poll_ms / 1000 + t.tv_nsec / 1000000000;
        t.tv_nsec %= 1000000000;
        pthread_mutex_lock(&j->mutex);
        if (!j->stopping)
                pthread_cond_timedwait(&j->wake, &j->mutex, &t);
        pthread_mutex_unlock(&j->mutex);
}

static void *work(void *arg) {
        struct jobs *j = arg;
        while (!j->stopping) {
                bool worked;
                enum err e = jobs_step(j, &worked);
                if (e != OK || !worked) /* the cause is in the log */
                        pause_until_next(j);
        }
        return NULL;
}

enum err jobs_start(struct jobs **ret, const struct jobs_config *c) {
        struct jobs *j = NULL;
        enum err e = jobs_open(&j, c);
        if (e != OK)
                return e;
        if (pthread_create(&j->thread, NULL, work, j)) {
                jobs_close(j);
                return err_log(ERR_INTERNAL, "cannot start the thread for jobs");
        }
        *ret = j;
        return OK;
}

void jobs_stop(struct jobs *j) {
        if (!j)
                return;
        pthread_mutex_lock(&j->mutex);
        j->stopping = true;
        pthread_cond_signal(&j->wake);
        pthread_mutex_unlock(&j->mutex);
        pthread_join(j->thread, NULL);
        jobs_close(j);
}
