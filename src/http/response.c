#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cookie.h"
#include "html.h"
#include "internal.h"
#include "urlencoded.h"

/* Our scripts need no Trusted Types policy, so every one is forbidden. */
#define CSP(script) "default-src 'none'; style-src 'self'; script-src " script "; img-src 'self' data:; font-src 'self'; " \
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " \
        "require-trusted-types-for 'script'; trusted-types 'none'"

static const char *const security[][2] = {
        { "X-Content-Type-Options", "nosniff" },
        { "Referrer-Policy", "same-origin" },
        { "X-Frame-Options", "DENY" },
        { "Cross-Origin-Opener-Policy", "same-origin" },
        { "Permissions-Policy", "camera=(), geolocation=(), microphone=()" },
};

/* Somebody else's file: nothing in it may run here, and no other site may show it as its own. */
static const char *const security_file[][2] = {
        { "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'" },
        { "Cross-Origin-Resource-Policy", "same-origin" },
};

void resp_drop_file(struct resp *rs) {
        if (rs->file.is_set)
                close(rs->file.fd);
        rs->file = (struct resp_file) { 0 };
}

void resp_file(struct resp *rs, struct arena *a, int fd, int64_t size, const char *content_type, struct str etag) {
        resp_drop_file(rs);
        rs->file = (struct resp_file) { true, fd, size, str_fmt(a, "\"%.*s\"", STR(etag)) };
        rs->content_type = content_type;
}

void resp_clear(struct resp *rs) {
        resp_drop_file(rs);
        struct buf body = rs->body;
        buf_reset(&body);
        *rs = (struct resp) { .status = 200, .body = body, .content_type = "text/html; charset=utf-8" };
}

/* For tests and for a program without pages. */
static void plain_page(struct resp *rs, int status, struct str message) {
        html_lit(&rs->body, "<!doctype html>\n<html lang=\"nl\"><head><meta charset=\"utf-8\"><title>");
        html_text(&rs->body, status_title(status));
        html_lit(&rs->body, "</title></head><body><main><h1>");
        html_text(&rs->body, status_title(status));
        html_lit(&rs->body, "</h1><p>");
        html_text(&rs->body, message.n ? message : status_text(status));
        html_lit(&rs->body, "</p></main></body></html>\n");
}

void resp_error(struct exchange *ex, int status, struct str message) {
        struct resp *rs = &ex->rs;
        resp_clear(rs);
        ex->file = NULL;
        if (ex->is_api)
                problem_write(&ex->rq, rs, status, message);
        else if (ex->s->c.error)
                ex->s->c.error(&ex->rq, rs, status, message);
        else
                plain_page(rs, status, message);
        if (rs->body.full) {
                buf_reset(&rs->body);
                plain_page(rs, status, message);
        }
        rs->status = status;
        rs->cache = CACHE_NONE;
        rs->location = S("");
}

static enum err set_location(struct resp *rs, struct str path, int status) {
        if (path.n == 0 || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/') || has_control(path) ||
            str_index(path, '\\') < path.n)
                return err_log(ERR_INTERNAL, "a redirect must name a path of this site");
        rs->location = path;
        rs->status = status;
        return OK;
}

void resp_cookie(struct resp *rs, enum cookie which, struct str value, int64_t max_age_s) {
        rs->cookie[which] = (struct resp_cookie) { true, value, max_age_s };
}

enum err resp_redirect(struct resp *rs, struct str path) {
        return set_location(rs, path, 303);
}

/* A name that only looks like one of this machine does not: "http://localhost.evil.nl", "http://127.0.0.1@evil.nl". */
static bool is_loopback_http(struct str url) {
        static const struct str hosts[] = { S_INIT("http://localhost"), S_INIT("http://127.0.0.1"), S_INIT("http://[::1]") };
        for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
                if (str_starts(url, hosts[i]) && url.n > hosts[i].n && (url.p[hosts[i].n] == '/' || url.p[hosts[i].n] == ':'))
                        return true;
        return false;
}

enum err resp_leave(struct resp *rs, struct str url) {
        struct str host = str_sub(url, str_find(url, S("://")) + 3, url.n);
        bool good = url.n <= URI_MAX && (str_starts(url, S("https://")) || is_loopback_http(url));
        for (size_t i = 0; good && i < url.n; i++)
                good = url.p[i] > ' ' && url.p[i] < 0x7f && url.p[i] != '\\';
        host = str_sub(host, 0, str_index(host, '/'));
        host = str_sub(host, 0, str_index(host, '?'));
        if (!good || host.n == 0 || str_index(host, '@') < host.n)
                return err_log(ERR_INTERNAL, "a redirect to another site must be a plain https URL");
        rs->location = url;
        rs->status = 303;
        return OK;
}

enum err resp_moved(struct resp *rs, struct str path) {
        return set_location(rs, path, 301);
}

/* Percent-encodes what may not stand in a header value or in a URL; leaves existing encoding alone. */
static void put_encoded(struct buf *b, struct str s, const char *also) {
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c <= ' ' || c >= 0x7f || strchr(also, c))
                        buf_fmt(b, "%%%02X", c);
                else
                        buf_char(b, (char) c);
        }
}

static void add(struct MHD_Response *r, const char *name, const char *value) {
        if (value && MHD_add_response_header(r, name, value) == MHD_NO)
                (void) err_log(ERR_INTERNAL, "cannot set header %s", name);
}

static void add_buf(struct MHD_Response *r, const char *name, struct buf *b) {
        buf_char(b, '\0');
        if (!b->full)
                add(r, name, b->p);
        buf_reset(b);
}

static void add_filename(struct MHD_Response *r, struct str name, struct buf *b) {
        buf_str(b, S("attachment; filename=\""));
        for (size_t i = 0; i < name.n; i++) {
                unsigned char c = (unsigned char) name.p[i];
                buf_char(b, c < ' ' || c >= 0x7f || strchr("\"\\/%;", c) ? '_' : (char) c);
        }
        buf_str(b, S("\"; filename*=UTF-8''"));
        put_encoded(b, name, "\"\\/%;'()<>@,:[]?={}*");
        add_buf(r, "Content-Disposition", b);
}

/* What is drawn for one person, or signs somebody in or out, stays with that person's browser. */
static void add_cache(const struct exchange *ex, struct MHD_Response *r) {
        static const char *const values[] = {
                [CACHE_REVALIDATE] = "no-cache",
                [CACHE_NONE] = "no-store",
                [CACHE_FOREVER] = "public, max-age=31536000, immutable",
        };
        bool own = ex->rq.viewer.person_id != 0;
        for (int i = 0; i < COOKIES; i++)
                own = own || ex->rs.cookie[i].is_set;
        own = own && ex->rs.cache == CACHE_REVALIDATE;
        add(r, "Cache-Control", own ? "private, no-cache" : values[ex->rs.cache]);
}

static void add_cookies(const struct resp *rs, struct MHD_Response *r) {
        for (int i = 0; i < COOKIES; i++) {
                const struct resp_cookie *c = &rs->cookie[i];
                _cleanup_(buf_done) struct buf b = { 0 };
                if (!c->is_set)
                        continue;
                buf_fmt(&b, "%.*s=%.*s; Path=/; Secure; HttpOnly; SameSite=Lax", STR(cookie_names[i]), STR(c->value));
                if (c->value.n == 0)
                        buf_str(&b, S("; Max-Age=0"));
                else if (c->max_age_s > 0)
                        buf_fmt(&b, "; Max-Age=%lld", (long long) c->max_age_s);
                add_buf(r, "Set-Cookie", &b);
        }
}

static void add_optional(struct exchange *ex, struct MHD_Response *r) {
        struct resp *rs = &ex->rs;
        _cleanup_(buf_done) struct buf b = { 0 };
        if (rs->location.n) {
                put_encoded(&b, rs->location, "\"<>\\^`{|}");
                add_buf(r, "Location", &b);
        }
        if (rs->filename.n)
                add_filename(r, rs->filename, &b);
        if (rs->retry_after > 0) {
                buf_i64(&b, rs->retry_after);
                add_buf(r, "Retry-After", &b);
        }
        if (ex->allow.n) {
                buf_str(&b, ex->allow);
                add_buf(r, "Allow", &b);
        }
        if (ex->is_api)
                add(r, "API-Version", ex->s->c.api_version);
        if (ex->is_api || rs->is_open_data) {
                /* For scripts on other sites too: never with cookies, which "*" leaves out. */
                add(r, "Access-Control-Allow-Origin", "*");
                add(r, "Access-Control-Expose-Headers", "API-Version, ETag");
        }
        if (ex->is_secure)
                add(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        if (ex->file) {
                add(r, "Vary", "Accept-Encoding");
                add(r, "Content-Encoding", ex->file->encoding);
        }
        if (ex->s->stopping)
                add(r, "Connection", "close");
}

static struct MHD_Response *create(struct resp *rs, struct str body) {
        /* not copied: the exchange keeps the bytes until the library says that the request is completed */
        if (!rs->file.is_set)
                return MHD_create_response_from_buffer(body.n, (void *) (uintptr_t) body.p, MHD_RESPMEM_PERSISTENT);
        struct MHD_Response *r = MHD_create_response_from_fd64((uint64_t) rs->file.size, rs->file.fd);
        rs->file.is_set = r == NULL;    /* the library closes it from here on */
        return r;
}

static struct MHD_Response *build(struct exchange *ex, struct str body, const char *etag) {
        bool is_file = ex->rs.file.is_set;
        struct MHD_Response *r = create(&ex->rs, body);
        if (!r)
                return NULL;
        if (!is_file)
                add(r, "Content-Security-Policy", ex->rq.route && ex->rq.route->wasm ? CSP("'self' 'wasm-unsafe-eval'") : CSP("'self'"));
        for (size_t i = 0; i < sizeof security / sizeof *security; i++)
                add(r, security[i][0], security[i][1]);
        for (size_t i = 0; is_file && i < sizeof security_file / sizeof *security_file; i++)
                add(r, security_file[i][0], security_file[i][1]);
        if (ex->rs.status != 304 && (body.n || ex->rs.status == 200))
                add(r, "Content-Type", ex->rs.content_type);
        add(r, "X-Request-Id", ex->id);
        add(r, "ETag", etag);
        add_cache(ex, r);
        add_cookies(&ex->rs, r);
        add_optional(ex, r);
        return r;
}

enum MHD_Result respond(struct exchange *ex) {
        struct resp *rs = &ex->rs;
        char made[24];
        const char *etag = NULL;
        struct str body = ex->file ? ex->file->bytes : buf_view(&rs->body);
        if (rs->status == 200 && ex->rq.method == GET && rs->cache != CACHE_NONE) {
                etag = ex->file ? ex->file->etag : rs->file.is_set ? rs->file.etag.p : made;
                if (etag == made)
                        etag_of(body, 0, made);
                if (etag_matches(ex->head.if_none_match, etag)) {
                        rs->status = 304;
                        body = S("");
                        resp_drop_file(rs);
                }
        }
        size_t bytes = rs->file.is_set ? (size_t) rs->file.size : body.n;
        struct MHD_Response *r = build(ex, body, etag);
        if (!r)
                return MHD_NO;
        ex->status = rs->status;
        ex->bytes = ex->is_head ? 0 : bytes;
        enum MHD_Result result = MHD_queue_response(ex->mhd, (unsigned) rs->status, r);
        MHD_destroy_response(r);
        ex->stage = STAGE_DONE;
        if (ex->rq.arena == &ex->w->arena)
                arena_reset(&ex->w->arena);
        return result;
}
