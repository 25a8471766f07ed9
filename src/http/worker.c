#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "internal.h"

#define FREE_MAX 16

static _Thread_local struct worker *mine;

struct worker *worker_get(struct server *s) {
        if (mine && mine->s == s)
                return mine;
        struct worker *w = calloc(1, sizeof *w);
        if (!w)
                abort();
        w->s = s;
        pthread_mutex_lock(&s->workers_lock);
        w->next = s->workers;
        s->workers = w;
        pthread_mutex_unlock(&s->workers_lock);
        mine = w;
        return w;
}

static enum err open_db(struct worker *w) {
        int64_t now = clock_monotonic_us();
        if (now < w->db_retry_us)
                return ERR_BUSY;
        enum err e = db_open(&w->db, w->s->c.database, DB_READ);
        if (e) {
                w->db = NULL;
                w->db_retry_us = now + 500000;  /* a store that is away must not stall every request */
        }
        return e;
}

enum err worker_begin(struct worker *w, struct db **ret) {
        *ret = NULL;
        if (w->s->c.database.n == 0)
                return OK;
        if (w->db && !db_alive(w->db)) {
                db_close(w->db);
                w->db = NULL;
        }
        enum err e = w->db ? OK : open_db(w);
        if (e)
                return e;
        e = db_begin(w->db);
        if (e && !db_alive(w->db)) {    /* lost since the last request: once more on a new connection */
                db_close(w->db);
                w->db = NULL;
                e = open_db(w);
                if (!e)
                        e = db_begin(w->db);
        }
        if (!e)
                *ret = w->db;
        return e;
}

void worker_random(struct worker *w, unsigned char *p, size_t n) {
        if (w->random_left < n) {
                randombytes_buf(w->random, sizeof w->random);
                w->random_left = sizeof w->random;
        }
        unsigned char *from = w->random + sizeof w->random - w->random_left;
        memcpy(p, from, n);
        memset(from, 0, n);     /* used once */
        w->random_left -= n;
}

struct exchange *exchange_new(struct worker *w) {
        struct exchange *ex = w->free;
        if (ex) {
                w->free = ex->next;
                w->free_count--;
        } else {
                ex = calloc(1, sizeof *ex);
                if (!ex)
                        abort();
                ex->uri.max = URI_MAX + 2;
                ex->rs.body.max = BUF_MAX;
        }
        ex->next = NULL;
        ex->s = w->s;
        ex->w = w;
        return ex;
}

static void destroy(struct exchange *ex) {
        arena_done(&ex->arena);
        buf_done(&ex->uri);
        buf_done(&ex->body);
        buf_done(&ex->rs.body);
        free(ex);
}

void exchange_free(struct exchange *ex) {
        struct worker *w = ex->w;
        upload_done(ex);
        resp_drop_file(&ex->rs);
        if (w->free_count >= FREE_MAX) {
                destroy(ex);
                return;
        }
        struct exchange kept = { .arena = ex->arena, .uri = ex->uri, .body = ex->body, .rs.body = ex->rs.body };
        arena_reset(&kept.arena);
        buf_reset(&kept.uri);
        buf_reset(&kept.body);
        if (kept.rs.body.cap > PAGE_KEEP)
                buf_done(&kept.rs.body);
        buf_reset(&kept.rs.body);
        *ex = kept;
        ex->next = w->free;
        w->free = ex;
        w->free_count++;
}

void workers_done(struct server *s) {
        struct worker *w = s->workers;
        while (w) {
                struct worker *next = w->next;
                for (struct exchange *ex = w->free; ex;) {
                        struct exchange *other = ex->next;
                        destroy(ex);
                        ex = other;
                }
                db_close(w->db);
                arena_done(&w->arena);
                free(w);
                w = next;
        }
        s->workers = NULL;
}
