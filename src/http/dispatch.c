/* dispatch.c - from a complete request to a filled response: who asks, route, fields, form token, handler. */
#include <stdio.h>
#include "fields.h"
#include "internal.h"

static void prepare(struct exchange *ex, const char *method) {
        struct worker *w = ex->w;
        struct req *rq = &ex->rq;
        unsigned char raw[8];
        snprintf(ex->method, sizeof ex->method, "%s", method);
        ex->is_head = str_eq(str_of(method), S("HEAD"));
        rq->method = str_eq(str_of(method), S("POST")) ? POST : GET;
        rq->arena = rq->method == POST ? &ex->arena : &w->arena;
        rq->now_ms = clock_now_ms();
        rq->app = ex->s->c.app;
        worker_random(w, raw, sizeof raw);
        snprintf(ex->id, sizeof ex->id, "%02x%02x%02x%02x%02x%02x%02x%02x", raw[0], raw[1], raw[2], raw[3], raw[4],
                 raw[5], raw[6], raw[7]);
        rq->id = str_of(ex->id);
        rq->csrf = S("");
        for (int i = 0; i < COOKIES; i++)
                rq->cookie[i] = S("");
        rq->path = S("");
        rq->idempotency = S("");
        rq->bearer = rq->body = S("");
        ex->rs.status = 200;
        ex->rs.content_type = "text/html; charset=utf-8";
}

static void refuse(struct exchange *ex, enum err e) {
        resp_error(ex, status_of(e), S(""));
}

static void run_get(struct exchange *ex) {
        struct req *rq = &ex->rq;
        enum err e = access_open(ex);
        if (e) {
                refuse(ex, e);
                ex->rs.retry_after = 5;
                return;
        }
        rq->db = ex->db;
        e = rq->route->run(rq, &ex->rs);
        if (!e && ex->rs.body.full)
                e = err_log(ERR_INTERNAL, "the page of %s is too large", rq->route->pattern);
        e = access_close(ex, e);
        if (e)
                refuse(ex, e);
}

/* On the writer's thread, inside its transaction. */
static enum err write_run(struct db *db, void *arg) {
        struct exchange *ex = arg;
        struct req *rq = &ex->rq;
        resp_clear(&ex->rs);
        rq->errors.n = ex->errors_before;
        ex->run_result = access_again(ex, db);
        rq->db = db;
        if (!ex->run_result)
                ex->run_result = rq->route->run(rq, &ex->rs);
        rq->db = NULL;
        if (!ex->run_result && ex->rs.body.full)
                ex->run_result = err_log(ERR_INTERNAL, "the page of %s is too large", rq->route->pattern);
        return ex->run_result;
}

static void write_done(void *arg, enum err result) {
        struct exchange *ex = arg;
        struct server *s = ex->s;
        ex->result = result;
        MHD_resume_connection(ex->mhd);
        /* from here EX may be gone; the counter keeps the server until the library has let go of the connection */
        atomic_fetch_sub(&s->suspended, 1);
}

static void submit(struct exchange *ex) {
        enum err e = writer_submit(ex->s->c.writer, (struct write_task) { write_run, write_done, ex });
        if (e)
                write_done(ex, e);      /* answered when the library calls again */
}

/* The end of what the event thread itself does: closes what a request left open that ran no handler. */
static void finish(struct exchange *ex) {
        (void) access_close(ex, OK);
        access_done(ex);
}

/* In a lane: the slow part, on a read connection of that thread. */
static void prepare_run(void *arg) {
        struct exchange *ex = arg;
        struct req *rq = &ex->rq;
        struct db *db = NULL;
        enum err e = worker_begin(worker_get(ex->s), &db);
        if (!e) {
                rq->db = db;
                e = rq->route->prepare(rq);
                rq->db = NULL;
        }
        if (db && !e)
                e = db_commit(db);
        else if (db)
                db_rollback(db);
        if (!e) {
                submit(ex);
                return;
        }
        ex->run_result = e;
        write_done(ex, e);
}

static void run_post(struct exchange *ex) {
        struct server *s = ex->s;
        ex->errors_before = ex->rq.errors.n;
        if (!s->c.writer) {
                refuse(ex, err_log(ERR_INTERNAL, "a POST without a writer"));
                return;
        }
        /* from the hand-over on, the request is the lane's and the writer's alone */
        finish(ex);
        ex->stage = STAGE_WRITING;
        ex->run_result = OK;
        atomic_fetch_add(&s->suspended, 1);
        MHD_suspend_connection(ex->mhd);
        /* with a mistake in the form there is nothing to prepare: run draws it again */
        if (!ex->rq.route->prepare || ex->rq.errors.n) {
                submit(ex);
                return;
        }
        enum err e = lanes_submit(s->lanes, ex->rq.route->lane, prepare_run, ex);
        if (e)
                write_done(ex, e);
}

void dispatch_written(struct exchange *ex) {
        if (ex->run_result == ERR_INVALID && ex->rs.body.n) {
                ex->rs.status = 422;    /* the transaction is undone, the form is shown again */
                return;
        }
        enum err e = ex->run_result ? ex->run_result : ex->result;
        if (e == ERR_INVALID)
                resp_error(ex, 422, S(""));
        else if (e)
                refuse(ex, ex->run_result ? e : ERR_BUSY);      /* a commit that fails: nothing was kept */
        if (ex->rs.status == 503)
                ex->rs.retry_after = 5;
}

#define RETRY " Kopieer eerst uw tekst, vernieuw daarna de pagina met het formulier en plak uw tekst terug."

bool dispatch_token(struct exchange *ex, struct str token) {
        struct req *rq = &ex->rq;
        struct str session = rq->viewer.person_id ? rq->cookie[COOKIE_SESSION] : S("");
        switch (csrf_check(ex->s->c.key, session, token, rq->now_ms, ex->idempotency)) {
        case CSRF_OK:
                ex->rq.idempotency = str_of(ex->idempotency);
                return true;
        case CSRF_OLD:
                resp_error(ex, 403, S("Het formulier is verlopen: het stond langer dan een dag open. Ga terug: uw "
                                      "tekst staat er meestal nog." RETRY));
                return false;
        case CSRF_BAD:
                break;
        }
        resp_error(ex, 403, S("Wij kunnen niet zien of dit formulier van deze site komt, of de site is intussen "
                              "opnieuw gestart. Ga terug: uw tekst staat er meestal nog." RETRY));
        return false;
}

/* The arena of a GET belongs to its thread; this request leaves the thread. */
static void run_writing_get(struct exchange *ex) {
        struct req *rq = &ex->rq;
        if (ex->is_head) {
                resp_error(ex, 405, S(""));
                ex->allow = S("GET");
                return;
        }
        rq->arena = &ex->arena;
        rq->path = str_dup(rq->arena, rq->path);
        rq->query = str_dup(rq->arena, rq->query);
        for (size_t i = 0; i < REQ_PARAMS; i++)
                rq->param[i] = str_dup(rq->arena, rq->param[i]);
        rq->viewer.name = str_dup(rq->arena, rq->viewer.name);
        struct field_value *values = arena_many(rq->arena, struct field_value, rq->values.n);
        for (size_t i = 0; i < rq->values.n; i++) {
                values[i] = rq->values.v[i];
                values[i].text = str_dup(rq->arena, values[i].text);
        }
        rq->values.v = values;
        rq->values.cap = rq->values.n;
        run_post(ex);
}

/* A POST from a page has to prove that it comes from one of ours; the token comes later, when the fields are read. */
static bool is_from_page(struct exchange *ex) {
        const struct head *h = &ex->head;
        struct str message;
        if (!ex->incoming && !head_is_form(h, &message)) {
                resp_error(ex, 415, message);
                return false;
        }
        if (!csrf_same_site(h->host, h->origin, h->referer, h->fetch_site)) {
                resp_error(ex, 403, S("Dit formulier is vanaf een andere site verstuurd. Open de pagina op deze site "
                                      "en vul het formulier daar in."));
                return false;
        }
        return true;
}

/* What the head alone decides. */
static bool admit(struct exchange *ex) {
        struct req *rq = &ex->rq;
        if (!access_check(ex))
                return false;
        if (rq->method == POST && ex->head.cookie.p && !ex->is_admitted &&
            limit_reached(ex, rq->viewer.person_id ? (uint64_t) rq->viewer.session_id : rq->client)) {
                int wait = ex->rs.retry_after;
                resp_error(ex, 429, S(""));
                ex->rs.retry_after = wait;
                return false;
        }
        return rq->method != POST || rq->route->machine || is_from_page(ex);
}

static enum err read_fields(struct exchange *ex, bool from_page, struct str query, struct str *message, struct str *token) {
        if (!ex->incoming)
                return fields_read(&ex->rq, from_page ? buf_view(&ex->body) : query, message, token);
        *message = S("Het bestand kwam niet helemaal aan. Ga terug en verstuur het formulier opnieuw.");
        return upload_is_whole(ex) ? upload_fields(ex, message, token) : ERR_INVALID;
}

static void run_route(struct exchange *ex, struct str query) {
        struct req *rq = &ex->rq;
        struct str message, token;
        bool from_page = rq->method == POST && !rq->route->machine;
        if (!admit(ex))
                return;
        if (rq->route->machine) {
                rq->bearer = head_bearer(&ex->head);
                rq->body = buf_view(&ex->body);
        }
        if (read_fields(ex, from_page, query, &message, &token) != OK) {
                resp_error(ex, 400, message);
                return;
        }
        if (rq->method == POST)
                fields_screen(rq, ex->s->c.screen);
        if (rq->route->writes)
                run_writing_get(ex);
        else if (rq->method == GET)
                run_get(ex);
        else if (!from_page || dispatch_token(ex, token))
                run_post(ex);
}

/* No route for this method: another method, the path without its last "/", or nothing. */
static void no_route(struct exchange *ex, const struct route_match *m, struct str raw_path, struct str query) {
        struct req *rq = &ex->rq;
        if (m->get || m->post) {
                resp_error(ex, 405, S(""));
                ex->allow = m->get && m->post ? S("GET, HEAD, POST") : m->get ? S("GET, HEAD") : S("POST");
                return;
        }
        struct route_match shorter = { 0 };
        if (rq->path.n > 1 && str_ends(rq->path, S("/")) && rq->method == GET && !ex->is_api)
                routes_find(&ex->s->routes, GET, str_sub(rq->path, 0, rq->path.n - 1), &shorter);
        if (!shorter.route) {
                resp_error(ex, 404, S(""));
                return;
        }
        struct str path = str_sub(raw_path, 0, raw_path.n - 1);
        enum err e = resp_moved(&ex->rs, query.n ? str_fmt(rq->arena, "%.*s?%.*s", STR(path), STR(query)) : path);
        if (e)
                refuse(ex, e);
}

static bool is_known_method(const char *method) {
        struct str m = str_of(method);
        return str_eq(m, S("GET")) || str_eq(m, S("HEAD")) || str_eq(m, S("POST"));
}

static void take_route(struct req *rq, const struct route_match *m) {
        rq->route = m->route;
        for (size_t i = 0; i < REQ_PARAMS; i++)
                rq->param[i] = m->param[i].p ? m->param[i] : S("");
}

static void find_and_run(struct exchange *ex, const char *method, struct str raw_path, struct str query) {
        struct req *rq = &ex->rq;
        struct route_match m;
        routes_find(&ex->s->routes, rq->method, rq->path, &m);
        if (!m.route || !is_known_method(method)) {
                no_route(ex, &m, raw_path, query);
                return;
        }
        take_route(rq, &m);
        run_route(ex, query);
}

static void begin(struct exchange *ex, const char *method, struct str *raw_path, struct str *query) {
        struct req *rq = &ex->rq;
        if (!rq->arena)
                prepare(ex, method);
        path_split(str_sub(buf_view(&ex->uri), 0, URI_MAX), raw_path, query);
        rq->query = str_dup(rq->arena, *query);
        ex->is_api = str_eq(*raw_path, S("/api")) || str_starts(*raw_path, S("/api/"));
}

bool dispatch_head(struct exchange *ex, const char *method) {
        struct str raw_path, query;
        struct route_match m;
        begin(ex, method, &raw_path, &query);
        if (path_decode(ex->rq.arena, raw_path, &ex->rq.path) != OK)
                return false;
        routes_find(&ex->s->routes, POST, ex->rq.path, &m);
        if (!m.route || !upload_is_route(m.route))
                return false;
        take_route(&ex->rq, &m);
        access_identify(ex);
        ex->is_admitted = admit(ex);
        ex->is_answered = !ex->is_admitted;
        finish(ex);
        return true;
}

void dispatch(struct exchange *ex, const char *method) {
        struct req *rq = &ex->rq;
        struct str raw_path, query;
        begin(ex, method, &raw_path, &query);
        if (ex->early) {
                int wait = ex->rs.retry_after;
                resp_error(ex, ex->early, ex->early_text);
                ex->rs.retry_after = wait;
                return;
        }
        enum err e = path_decode(rq->arena, raw_path, &rq->path);
        if (e) {
                resp_error(ex, status_of(e), S(""));
                return;
        }
        if (builtin_run(ex))
                return;
        access_identify(ex);
        find_and_run(ex, method, raw_path, query);
        if (ex->stage != STAGE_WRITING)
                finish(ex);
}
