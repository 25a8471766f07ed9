#include "visit.h"
#include <sodium.h>
#include <string.h>
#include "app.h"
#include "bsn.h"
#include "fields.h"
#include "mail.h"
#include "mail.sql.h"
#include "schema.h"
#include "signin.h"

static const struct route *const tables[] = { signin_routes, signin_second_routes, signin_passkey_routes, signin_link_routes,
        signin_register_routes, signin_reset_routes, signin_invitation_routes, signin_organisation_routes, signin_settings_routes };

static const struct route *route_of(enum method method, const char *path) {
        for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
                for (const struct route *r = tables[i]; r->pattern; r++)
                        if (r->method == method && !strcmp(r->pattern, path))
                                return r;
        fail_msg("no route %s", path);
        return NULL;
}

struct visit visit_new(struct test_store *s) {
        struct visit v = { .s = s, .db = test_open(s, DB_WRITE), .now_ms = NOW, .client = 7, .keys = { { 1, 2, 3 } },
                           .site = { .origin = S("https://www.schouders.nl") } };
        assert_true(sodium_init() >= 0);
        assert_int_equal(schema_migrate(v.db), OK);
        memset(v.cookie, 0, sizeof v.cookie);
        return v;
}

struct visit visit_other(const struct visit *v) {
        struct visit o = *v;
        memset(o.cookie, 0, sizeof o.cookie);
        return o;
}

void visit_done(struct visit *v) {
        db_close(v->db);
}

struct req visit_req(struct visit *v) {
        v->site.keys = &v->keys;
        struct req rq = { .arena = &v->s->arena, .db = v->db, .now_ms = v->now_ms, .app = &v->site, .client = v->client,
                          .id = S("test"), .csrf = S("token"), .agent = S("Firefox Linux"), .path = S("") };
        for (int i = 0; i < COOKIES; i++)
                rq.cookie[i] = v->cookie[i].p ? v->cookie[i] : S("");
        if (rq.cookie[COOKIE_SESSION].n)
                assert_int_equal(people_identify(&rq, rq.cookie[COOKIE_SESSION]), OK);
        return rq;
}

static struct req request(struct visit *v, enum method method, const char *path, struct str fields) {
        struct req rq = visit_req(v);
        struct str message, csrf;
        rq.method = method;
        rq.path = str_of(path);
        rq.param[0] = v->slug.p ? v->slug : S("");
        rq.route = route_of(method, path);
        rq.idempotency = method == POST ? str_fmt(rq.arena, "form-%d", v->requests++) : S("");
        assert_int_equal(fields_read(&rq, fields, &message, &csrf), OK);
        if (method == POST)
                fields_screen(&rq, text_screen_personal);
        return rq;
}

static void keep_cookies(struct visit *v, const struct resp *rs) {
        for (int i = 0; i < COOKIES; i++)
                if (rs->cookie[i].is_set)
                        v->cookie[i] = rs->cookie[i].value;
}

static int status_of(enum err e) {
        return e == ERR_NOT_FOUND ? 404 : e == ERR_DENIED ? 403 : 500;
}

static struct reply finish(struct visit *v, struct req *rq, bool writes) {
        struct resp rs = { .status = 200 };
        struct reply r = { 0 };
        bool barred = (rq->route->access == ACCESS_SIGNED_IN && !rq->viewer.person_id) ||
                      (rq->route->access == ACCESS_RIGHT && people_permit(rq) != OK);
        r.e = barred ? ERR_DENIED : rq->route->run(rq, &rs);
        bool again = r.e == ERR_INVALID && rs.body.n;
        if (writes && r.e == OK)
                assert_int_equal(db_commit(v->db), OK);
        else if (writes)
                db_rollback(v->db);
        if (r.e == OK || again)
                keep_cookies(v, &rs);
        r.status = again ? 422 : r.e ? status_of(r.e) : rs.status;
        r.html = str_dup(&v->s->arena, buf_view(&rs.body));
        r.location = rs.location;
        buf_done(&rs.body);
        return r;
}

struct reply get(struct visit *v, const char *path, struct str fields) {
        struct req rq = request(v, GET, path, fields);
        enum err e = rq.route->writes && rq.errors.n == 0 ? rq.route->prepare(&rq) : OK;
        if (e != OK)
                return (struct reply) { .e = e, .status = status_of(e), .html = S(""), .location = S("") };
        if (rq.route->writes)
                assert_int_equal(db_begin(v->db), OK);
        return finish(v, &rq, rq.route->writes);
}

void post_prepare(struct visit *v, const char *path, struct str fields, struct posting *ret) {
        ret->rq = request(v, POST, path, fields);
        if (ret->rq.route->prepare && ret->rq.errors.n == 0)
                assert_int_equal(ret->rq.route->prepare(&ret->rq), OK);
}

struct reply post_run(struct visit *v, struct posting *p) {
        assert_int_equal(db_begin(v->db), OK);
        return finish(v, &p->rq, true);
}

struct reply post(struct visit *v, const char *path, struct str fields) {
        struct posting p;
        post_prepare(v, path, fields, &p);
        return post_run(v, &p);
}

bool has(struct reply r, const char *text) {
        return r.html.p && strstr(r.html.p, text);
}

bool goes_to(struct reply r, const char *path) {
        return r.e == OK && r.status == 303 && str_eq(r.location, str_of(path));
}

int64_t organisation(struct visit *v, const char *name, const char *kind) {
        int64_t id = 0;
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(organisation_make(v->db, &v->s->arena, &(struct organisation_new) {
                .name = str_of(name), .kind = str_of(kind) }, NOW, &id), OK);
        assert_int_equal(db_commit(v->db), OK);
        return id;
}

int64_t account(struct visit *v, const char *email, const char *role) {
        struct visit command = visit_other(v);
        struct req rq = visit_req(&command);
        const struct role *r = role ? role_find(str_of(role)) : NULL;
        int64_t id = 0, at = !r || r->alone ? 0 : organisation(v, str_fmt(rq.arena, "Van %s", email).p, "gemeente");
        char hash[crypto_pwhash_STRBYTES];
        assert_int_equal(password_hash(S(SECRET), hash), OK);
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(person_make(v->db, rq.arena, str_of(email), S("Jo de Vries"), false, true, NOW, &id), OK);
        rq.now_ms -= 1;
        assert_int_equal(credential_password_set(&rq, id, str_dup(rq.arena, str_of(hash))), OK);
        if (r)
                assert_int_equal(role_give(&rq, id, r, at), OK);
        assert_int_equal(db_commit(v->db), OK);
        return id;
}

struct reply sign_in(struct visit *v, const char *email, const char *password) {
        return post(v, "/inloggen", str_fmt(&v->s->arena, "email=%s&wachtwoord=%s", email, password));
}

int64_t who(struct visit *v, int *level) {
        struct req rq = visit_req(v);
        if (level)
                *level = 0;
        if (level && rq.viewer.person_id)
                assert_int_equal(session_level(&rq, level), OK);
        return rq.viewer.person_id;
}

uint64_t rights(struct visit *v) {
        return visit_req(v).viewer.rights;
}

void make_app(struct visit *v, int64_t person_id, unsigned char secret[TOTP_SECRET]) {
        struct req rq = visit_req(v);
        totp_secret(secret);
        assert_int_equal(db_begin(v->db), OK);
        assert_int_equal(credential_totp_start(&rq, person_id, secret), OK);
        assert_int_equal(credential_totp_confirm(&rq, person_id, 1), OK);
        assert_int_equal(db_commit(v->db), OK);
}

struct str code_at(struct visit *v, const unsigned char secret[TOTP_SECRET], int64_t now_ms) {
        char code[TOTP_DIGITS + 1];
        app_code(secret, now_ms, code);
        return str_dup(&v->s->arena, str_of(code));
}

/* The newest mail to EMAIL, in any state; id 0 when there is none. */
static struct mail_row newest(struct visit *v, const char *email, int64_t *n) {
        struct mail_brief_list l;
        struct mail_row m = { 0 };
        *n = 0;
        assert_int_equal(mail_list(v->db, &v->s->arena, S("waiting"), 1000, 0, &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (str_eq(l.v[i].to_address, str_of(email)) && (*n)++ == 0)
                        assert_int_equal(mail_get(v->db, &v->s->arena, l.v[i].id, &m), OK);
        return m;
}

struct str mail_kind(struct visit *v, const char *email) {
        int64_t n;
        struct mail_row m = newest(v, email, &n);
        return n ? m.kind : S("");
}

struct str mail_token(struct visit *v, const char *email) {
        int64_t n;
        struct mail_row m = newest(v, email, &n);
        assert_true(n > 0);
        size_t at = str_find(m.text, S("?t="));
        assert_true(at < m.text.n);
        return str_dup(&v->s->arena, str_sub(m.text, at + 3, TOKEN_TEXT - 1));
}

int64_t mails(struct visit *v, const char *email) {
        int64_t n;
        newest(v, email, &n);
        return n;
}
