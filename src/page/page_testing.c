#include "page_testing.h"
#include <string.h>
#include "bsn.h"
#include "fields.h"
#include "route.h"

static enum err call(const struct door *d, struct req *rq, struct resp *rs) {
        enum err e = d->permit ? d->permit(rq) : OK;
        if (e == OK && rq->route->prepare && rq->errors.n == 0)
                e = rq->route->prepare(rq);
        return e == OK ? rq->route->run(rq, rs) : e;
}

static struct reply run(const struct door *d, struct req *rq, struct str fields) {
        struct reply r = { .rs = { .status = 200, .content_type = "text/html; charset=utf-8" } };
        struct str message, csrf;
        rq->csrf = S("token");
        if (!rq->id.n)
                rq->id = S("test");
        r.e = fields_read(rq, fields, &message, &csrf);
        if (r.e == OK && rq->method == POST) {
                fields_screen(rq, text_screen_personal);
                assert_int_equal(db_begin(rq->db), OK);
        }
        if (r.e == OK)
                r.e = call(d, rq, &r.rs);
        if (rq->method == POST && r.e == OK)
                assert_int_equal(db_commit(rq->db), OK);
        else if (rq->method == POST)
                db_rollback(rq->db);
        r.html = str_dup(rq->arena, buf_view(&r.rs.body));
        buf_done(&r.rs.body);
        return r;
}

struct reply reply_of(const struct door *d, const struct req *rq, enum method method, const char *pattern, const char *fields) {
        struct req it = *rq;
        it.method = method;
        it.path = it.path.n ? it.path : str_of(pattern);
        it.query = method == GET ? str_of(fields) : S("");
        for (const struct route *const *t = d->tables; *t && !it.route; t++)
                for (const struct route *r = *t; r->pattern && !it.route; r++)
                        if (r->method == method && !strcmp(r->pattern, pattern))
                                it.route = r;
        if (!it.route)
                fail_msg("no route %s", pattern);
        return run(d, &it, str_of(fields));
}

struct reply reply_at(const struct door *d, const struct req *rq, const char *address, const char *form) {
        struct req it = *rq;
        struct routes routes = { 0 };
        struct route_match match;
        it.method = form ? POST : GET;
        path_split(str_dup(rq->arena, str_of(address)), &it.path, &it.query);
        assert_int_equal(routes_compile(rq->arena, d->tables, &routes), OK);
        routes_find(&routes, it.method, it.path, &match);
        if (!match.route)
                fail_msg("no route %s", address);
        it.route = match.route;
        memcpy(it.param, match.param, sizeof it.param);
        return run(d, &it, form ? str_of(form) : it.query);
}

bool has(struct reply r, const char *text) {
        return str_find(r.html, str_of(text)) < r.html.n;
}

void shows(struct reply r, const char *text) {
        if (!has(r, text))
                fail_msg("not on the page: %s", text);
}

void lacks(struct reply r, const char *text) {
        if (has(r, text))
                fail_msg("on the page: %s", text);
}
