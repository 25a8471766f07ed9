/* access.c - who asks, and whether that person may call the route: the one place that decides. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "cookie.h"
#include "html.h"
#include "internal.h"

enum err access_open(struct exchange *ex) {
        if (ex->db)
                return OK;
        return worker_begin(ex->w, &ex->db);
}

enum err access_close(struct exchange *ex, enum err result) {
        struct db *db = ex->db;
        ex->db = NULL;
        ex->rq.db = NULL;
        if (!db)
                return result;
        if (!result)
                return db_commit(db);
        db_rollback(db);
        return result;
}

static enum err identify(struct exchange *ex, struct db *db) {
        struct req *rq = &ex->rq;
        rq->viewer = (struct viewer) { 0 };
        rq->db = db;
        enum err e = ex->s->c.accounts.identify(rq, rq->cookie[COOKIE_SESSION]);
        rq->db = NULL;
        if (e)
                rq->viewer = (struct viewer) { 0 };
        return e;
}

static void make_token(struct exchange *ex) {
        struct req *rq = &ex->rq;
        unsigned char nonce[CSRF_NONCE];
        worker_random(ex->w, nonce, sizeof nonce);
        csrf_make(ex->s->c.key, rq->viewer.person_id ? rq->cookie[COOKIE_SESSION] : S(""), nonce, rq->now_ms, ex->csrf);
        rq->csrf = str_of(ex->csrf);
}

void access_identify(struct exchange *ex) {
        struct req *rq = &ex->rq;
        for (int i = 0; i < COOKIES; i++)
                rq->cookie[i] = ex->head.many_cookies ? S("") : cookie_value(ex->head.cookie, cookie_names[i]);
        if (ex->s->c.accounts.identify && rq->cookie[COOKIE_SESSION].n) {
                ex->identity = access_open(ex);
                if (!ex->identity)
                        ex->identity = identify(ex, ex->db);
        }
        make_token(ex);
}

static enum err may_call(struct exchange *ex, struct db *db) {
        struct req *rq = &ex->rq;
        if (rq->route->access == ACCESS_PUBLIC)
                return OK;
        if (ex->identity)
                return ex->identity;
        if (!rq->viewer.person_id)
                return ERR_DENIED;
        if (rq->route->access == ACCESS_SIGNED_IN)
                return OK;
        if (rq->route->access != ACCESS_RIGHT || !ex->s->c.accounts.permit)
                return ERR_DENIED;
        rq->db = db;
        enum err e = ex->s->c.accounts.permit(rq);
        rq->db = NULL;
        return e;
}

/* A page for people with an account: sign in first, then go on to it. */
static void ask_to_sign_in(struct exchange *ex) {
        struct req *rq = &ex->rq;
        _cleanup_(buf_done) struct buf to = { 0 };
        struct str here = rq->query.n ? str_fmt(rq->arena, "%.*s?%.*s", STR(rq->path), STR(rq->query)) : rq->path;
        buf_str(&to, str_of(ex->s->c.accounts.sign_in));
        buf_str(&to, S("?verder="));
        html_urlpart(&to, here);
        if (resp_redirect(&ex->rs, str_dup(rq->arena, buf_view(&to))) != OK)
                resp_error(ex, 403, S(""));
}

static void refuse_stranger(struct exchange *ex) {
        if (ex->is_api)
                resp_error(ex, 401, S(""));
        else if (ex->rq.method == GET && ex->s->c.accounts.sign_in)
                ask_to_sign_in(ex);
        else
                resp_error(ex, 403, S("U bent niet meer ingelogd. Log eerst in. Ga daarna terug naar het formulier: uw "
                                      "tekst staat er meestal nog."));
}

bool access_check(struct exchange *ex) {
        enum err e = ex->rq.route->access == ACCESS_RIGHT ? access_open(ex) : OK;
        if (!e)
                e = may_call(ex, ex->db);
        if (!e)
                return true;
        if (e == ERR_DENIED && !ex->rq.viewer.person_id)
                refuse_stranger(ex);
        else
                resp_error(ex, status_of(e), S(""));
        return false;
}

enum err access_again(struct exchange *ex, struct db *db) {
        int64_t before = ex->rq.viewer.person_id;
        if (!before)
                return may_call(ex, db);
        enum err e = identify(ex, db);
        if (!e && ex->rq.viewer.person_id != before)
                e = ERR_DENIED;
        return e ? e : may_call(ex, db);
}

struct use {
        struct server *s;
        int64_t session_id, now_ms;
};

static enum err touch(struct db *db, void *arg) {
        struct use *u = arg;
        return u->s->c.accounts.touch(db, u->session_id, u->now_ms);
}

static void touched(void *arg, enum err result) {
        struct use *u = arg;
        (void) result;          /* the next request tries again */
        atomic_fetch_sub(&u->s->suspended, 1);
        free(u);
}

void access_done(struct exchange *ex) {
        struct server *s = ex->s;
        if (!ex->rq.viewer.due || !s->c.writer || !s->c.accounts.touch)
                return;
        struct use *u = malloc(sizeof *u);
        if (!u)
                abort();
        *u = (struct use) { s, ex->rq.viewer.session_id, ex->rq.now_ms };
        atomic_fetch_add(&s->suspended, 1);     /* the server waits for it when it stops */
        if (writer_submit(s->c.writer, (struct write_task) { touch, touched, u }) != OK)
                touched(u, ERR_BUSY);
}

/* "localhost:8080" -> "localhost"; "[::1]:80" -> "[::1]" */
static struct str without_port(struct str host) {
        size_t end = host.n;
        while (end > 0 && host.p[end - 1] >= '0' && host.p[end - 1] <= '9')
                end--;
        return end > 0 && end < host.n && host.p[end - 1] == ':' ? str_sub(host, 0, end - 1) : host;
}

static bool same(struct str a, struct str b) {
        return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

/* 127.x.x.x as browsers write it: not a name that begins so, 127.evil.example. */
static bool is_loopback_number(struct str host) {
        char text[INET_ADDRSTRLEN];
        struct in_addr number;
        if (host.n >= sizeof text)
                return false;
        snprintf(text, sizeof text, "%.*s", STR(host));
        return inet_pton(AF_INET, text, &number) == 1 && ntohl(number.s_addr) >> 24 == 127;
}

static bool is_loopback_name(struct str host) {
        return same(host, S("localhost")) || same(host, S("[::1]")) || is_loopback_number(host);
}

bool access_host(const struct exchange *ex) {
        const struct server_config *c = &ex->s->c;
        struct str host = ex->head.host, listen = str_of(c->address);
        if (!host.p)            /* HTTP/1.0 */
                return true;
        if (c->origin.n) {
                size_t from = str_find(c->origin, S("://")) + 3;
                return same(host, str_sub(c->origin, from, c->origin.n - from)) ||
                       (ex->conn->loopback && is_loopback_name(without_port(host)));
        }
        return !(str_starts(listen, S("127.")) || str_eq(listen, S("::1"))) || is_loopback_name(without_port(host));
}
