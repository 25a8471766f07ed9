#include "rules.h"
#include "html.h"
#include "log.h"
#include "pages.tmpl.h"
#include "redirect.h"
#include "signin.h"

struct str signin_where(struct str verder) {
        return redirect_is_local(verder) ? verder : S("/account");
}

struct str signin_path(struct req *rq, const char *path, struct str verder) {
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_str(&b, str_of(path));
        if (redirect_is_local(verder)) {
                buf_str(&b, S("?verder="));
                html_urlpart(&b, verder);
        }
        return str_dup(rq->arena, buf_view(&b));
}

struct page signin_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        p.invalid = rq->errors.n > 0;
        rs->cache = CACHE_NONE;
        return p;
}

/* "3 minuten": rounded up, so that the promise holds. */
static struct str duration(struct arena *a, int64_t ms) {
        int64_t s = (ms + 999) / 1000, minutes = (s + 59) / 60;
        if (s < 60)
                return str_fmt(a, "%lld %s", (long long) s, s == 1 ? "seconde" : "seconden");
        return str_fmt(a, "%lld %s", (long long) minutes, minutes == 1 ? "minuut" : "minuten");
}

enum err signin_wait(struct req *rq, struct resp *rs, int64_t wait_ms) {
        struct page p = signin_page(rq, rs, S("Even wachten"));
        signin_log(rq, "wait", "too many failures");
        rs->status = 429;
        rs->retry_after = (int) ((wait_ms + 999) / 1000);
        wait_page(&p, duration(rq->arena, wait_ms));
        return page_done(&p);
}

enum err signin_link_gone(struct req *rq, struct resp *rs, struct str again, struct str label) {
        struct page p = signin_page(rq, rs, S("Deze link werkt niet meer"));
        signin_log(rq, "link", "wrong, used or too old");
        rs->status = 404;
        gone_page(&p, again, label);
        return page_done(&p);
}

void signin_log(const struct req *rq, const char *what, const char *why) {
        log_event(LOG_INFO, "signin.refused", LOG_STR("what", str_of(what)), LOG_STR("why", str_of(why)), LOG_STR("request", rq->id));
}

enum err signin_flow_start(struct req *rq, struct resp *rs, const struct flow *f) {
        const struct site *site = rq->app;
        struct str cookie;
        enum err e = flow_seal(site->keys, rq->arena, f, &cookie);
        if (e == OK)
                resp_cookie(rs, COOKIE_FLOW, cookie, FLOW_LASTS_MS / 1000);
        return e;
}

enum err signin_finish(struct req *rq, struct resp *rs, int64_t person_id, struct str method, struct str verder) {
        struct credential_factors has;
        enum err e = credential_factors(rq->db, rq->arena, person_id, &has);
        if (e != OK)
                return e;
        if (has.has_totp || (has.needs_second && has.passkeys)) {
                struct flow f = flow_new(rq->arena, FLOW_SECOND, person_id, method, verder, rq->now_ms);
                e = signin_flow_start(rq, rs, &f);
                return e == OK ? resp_redirect(rs, S("/inloggen/code")) : e;
        }
        e = session_start(rq, rs, person_id, 1, method);
        if (e == OK && rq->cookie[COOKIE_FLOW].n)
                resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        return e == OK ? resp_redirect(rs, has.needs_second ? S("/account/tweede-stap") : signin_where(verder)) : e;
}

enum err new_password_prepare(struct req *rq, struct str password, struct str email, struct str name) {
        struct new_password *n = arena_new(rq->arena, struct new_password);
        enum err e = password_check_new(password, email, name, &n->why);
        rq->prepared = n;
        if (e == ERR_INVALID)           /* why says what is wrong: the form shows it */
                return OK;
        n->why = S("");
        return e == OK ? password_hash(password, n->hash) : e;
}

bool new_password_good(struct req *rq) {
        const struct new_password *n = rq->prepared;
        if (n && n->why.n)
                req_error(rq, "wachtwoord", n->why);
        return n && rq->errors.n == 0;
}

struct str new_password_hash(const struct req *rq) {
        const struct new_password *n = rq->prepared;
        return str_of(n->hash);
}
