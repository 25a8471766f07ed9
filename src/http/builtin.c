/* builtin.c - what the server answers itself: health, figures, static files. */
#include "internal.h"

static void text(struct exchange *ex, int status, struct str s) {
        ex->rs.status = status;
        ex->rs.content_type = "text/plain; charset=utf-8";
        ex->rs.cache = CACHE_NONE;
        buf_str(&ex->rs.body, s);
}

/* The process lives. */
static void healthz(struct exchange *ex) {
        text(ex, 200, S("ok\n"));
}

static enum err ask_store(struct exchange *ex) {
        static const struct db_stmt ping = { "SELECT 1", "http:ready", 0 };
        struct db *db;
        enum err e = worker_begin(ex->w, &db);
        if (e || !db)
                return e;
        struct db_rows rows = { 0 };
        bool more = false;
        e = db_query(db, &ping, NULL, 0, &rows);
        if (!e) {
                e = db_next(&rows, &more);
                db_rows_done(&rows);
        }
        if (!e)
                return db_commit(db);
        db_rollback(db);
        return e;
}

/* The process can do its work: not stopping, and the store answers. */
static void readyz(struct exchange *ex) {
        if (ex->s->stopping)
                text(ex, 503, S("stopping\n"));
        else if (ask_store(ex) != OK)
                text(ex, 503, S("store unavailable\n"));
        else
                text(ex, 200, S("ready\n"));
}

/* What the program adds; nothing when the store is away. */
static void add_figures(struct exchange *ex) {
        struct buf *out = &ex->rs.body;
        struct db *db = NULL;
        size_t before = out->n;
        if (!ex->s->c.metrics || worker_begin(ex->w, &db) != OK || !db)
                return;
        enum err e = ex->s->c.metrics(db, ex->rq.arena, out);
        if (!e)
                e = db_commit(db);
        else
                db_rollback(db);
        if (e)
                out->n = before;
}

static void metrics(struct exchange *ex) {
        if (ex->head.forwarded_for.p) {         /* came in through the proxy, so from outside */
                resp_error(ex, 404, S(""));
                return;
        }
        metrics_write(ex->s, &ex->rs.body);
        add_figures(ex);
        ex->rs.content_type = "text/plain; version=0.0.4; charset=utf-8";
        ex->rs.cache = CACHE_NONE;
}

static void file(struct exchange *ex, const struct static_file *f, bool forever) {
        if (!f) {
                resp_error(ex, 404, S(""));
                return;
        }
        ex->file = static_choose(f, ex->head.accept_encoding);
        ex->rs.content_type = ex->file->content_type;
        ex->rs.cache = forever ? CACHE_FOREVER : CACHE_REVALIDATE;
}

static void favicon(struct exchange *ex) {
        file(ex, map_get(&ex->s->statics.by_name, S("favicon.svg")), false);
}

bool builtin_run(struct exchange *ex) {
        static const struct { struct str path; void (*run)(struct exchange *); } table[] = {
                { S_INIT("/healthz"), healthz }, { S_INIT("/readyz"), readyz }, { S_INIT("/metrics"), metrics },
                { S_INIT("/favicon.ico"), favicon },
        };
        struct str path = ex->rq.path;
        bool is_static = str_starts(path, S("/static/"));
        void (*run)(struct exchange *) = NULL;
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
                if (str_eq(path, table[i].path))
                        run = table[i].run;
        if (!run && !is_static)
                return false;
        if (!str_eq(str_of(ex->method), S("GET")) && !ex->is_head) {
                resp_error(ex, 405, S(""));
                ex->allow = S("GET, HEAD");
        } else if (run) {
                run(ex);
        } else {
                file(ex, map_get(&ex->s->statics.by_path, path), true);
        }
        return true;
}
