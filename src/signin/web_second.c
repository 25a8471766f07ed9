/* web_second.c - /inloggen/code: the second factor, by an authenticator app, a recovery code or a passkey. */
#include "pages.tmpl.h"
#include "rules.h"
#include "signin.h"
#include "views.h"

struct second {
        struct flow flow;
        struct credential_factors has;
        struct str who;                 /* what its failures are counted under */
};

/* The step this browser is in. ERR_INVALID when it is in none: a cookie that is missing, not ours or too old, or a password
 * that was chosen anew since. */
static enum err read_step(struct req *rq, struct second *ret) {
        const struct site *site = rq->app;
        enum err e = flow_open(site->keys, rq->arena, rq->cookie[COOKIE_FLOW], FLOW_SECOND, rq->now_ms, &ret->flow);
        if (e != OK)
                return ERR_INVALID;
        e = credential_factors(rq->db, rq->arena, ret->flow.person_id, &ret->has);
        ret->who = str_fmt(rq->arena, "%lld", (long long) ret->flow.person_id);
        return e == OK && ret->has.password_ms > ret->flow.started_ms ? ERR_INVALID : e;
}

static enum err start_over(struct req *rq, struct resp *rs) {
        signin_log(rq, "second", "no step to go on with");
        resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        return resp_redirect(rs, S("/inloggen?melding=verlopen"));
}

/* What the browser is asked for; "" when the person has no passkeys or the site cannot do them. */
static enum err passkey_request(struct req *rq, const struct second *s, struct str *ret) {
        struct webauthn_site site;
        struct credential_passkeys keys;
        *ret = S("");
        if (!s->has.passkeys || !credential_webauthn_site(rq->app, &site))
                return OK;
        enum err e = credential_passkeys(rq->db, rq->arena, s->flow.person_id, &keys);
        struct str *ids = arena_many(rq->arena, struct str, keys.n + 1);
        for (size_t i = 0; e == OK && i < keys.n; i++)
                ids[i] = keys.v[i].key.id;
        return e == OK ? webauthn_request_json(rq->arena, &site, &(struct webauthn_request) {
                .challenge = s->flow.challenge, .allow = ids, .allowed = keys.n, .timeout_ms = 300000 }, ret) : e;
}

static enum err show_step(struct req *rq, struct resp *rs, const struct second *s) {
        struct second_view v = { .codes = s->has.has_totp || s->has.recovery_left, .recovery = s->has.recovery_left > 0,
                                 .app = s->has.has_totp };
        enum err e = passkey_request(rq, s, &v.passkey);
        if (e != OK)
                return e;
        struct page p = signin_page(rq, rs, S("Laat zien dat u het bent"));
        second_page(&p, &v);
        return page_done(&p);
}

static enum err step_get(struct req *rq, struct resp *rs) {
        struct second s;
        enum err e = read_step(rq, &s);
        if (e == ERR_INVALID)
                return start_over(rq, rs);
        return e == OK ? show_step(rq, rs, &s) : e;
}

/* In: the flow is used up, so that a copy of its cookie is worth nothing. */
static enum err enter(struct req *rq, struct resp *rs, const struct second *s, const char *with, bool used_up) {
        bool fresh = true;
        enum err e = used_up ? OK : credential_challenge_use(rq, s->flow.challenge, &fresh);
        if (e == OK && !fresh)
                return start_over(rq, rs);
        if (e == OK)
                e = attempt_forgive(rq, ATTEMPT_SECOND, s->who);
        if (e == OK)
                e = session_start(rq, rs, s->flow.person_id, 2, str_fmt(rq->arena, "%.*s en %s", STR(s->flow.method), with));
        resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        return e == OK ? resp_redirect(rs, signin_where(s->flow.verder)) : e;
}

static enum err refuse(struct req *rq, struct resp *rs, const struct second *s, struct str message) {
        enum err e = attempt_failed(rq, ATTEMPT_SECOND, s->who);
        signin_log(rq, "second", "wrong or used");
        req_error(rq, "code", message);
        rs->status = 422;               /* kept: the failure counts */
        return e == OK ? show_step(rq, rs, s) : e;
}

/* Is it the code of the app? A right one is used up here. */
static enum err check_app(struct req *rq, const struct second *s, struct str code, enum totp_result *ret) {
        struct credential_totp t;
        int64_t step = 0;
        *ret = TOTP_WRONG;
        enum err e = credential_totp(rq, s->flow.person_id, &t);
        if (e != OK || !t.confirmed)
                return e;
        *ret = totp_check(t.secret, TOTP_SECRET, code, rq->now_ms, t.last_step, &step);
        if (*ret != TOTP_OK)
                return OK;
        e = credential_totp_step(rq, s->flow.person_id, step);
        if (e == ERR_CONFLICT)
                *ret = TOTP_USED;
        return e == ERR_CONFLICT ? OK : e;
}

static enum err check_code(struct req *rq, struct resp *rs, const struct second *s) {
        struct str code = req_text(rq, "code");
        enum totp_result app;
        bool good = false;
        enum err e = check_app(rq, s, code, &app);
        if (e == OK && app == TOTP_OK)
                return enter(rq, rs, s, "code", false);
        if (e == OK && app == TOTP_USED)
                return refuse(rq, rs, s, S("Deze code is al gebruikt. Wacht tot uw app een nieuwe code toont"));
        if (e == OK)
                e = credential_recovery_use(rq, s->flow.person_id, code, &good);
        if (e == OK && good)
                return enter(rq, rs, s, "herstelcode", false);
        return e == OK ? refuse(rq, rs, s, S("Deze code klopt niet. Gebruik de nieuwste code van uw app, of een herstelcode")) : e;
}

/* The step, when somebody may try now; else the answer is drawn and *DONE. */
static enum err open_step(struct req *rq, struct resp *rs, struct second *s, bool *done) {
        int64_t wait = 0;
        *done = true;
        enum err e = read_step(rq, s);
        if (e == ERR_INVALID)
                return start_over(rq, rs);
        if (e == OK)
                e = attempt_wait(rq, ATTEMPT_SECOND, s->who, &wait);
        if (e == OK && wait > 0)
                return signin_wait(rq, rs, wait);
        *done = false;
        return e;
}

static enum err step_post(struct req *rq, struct resp *rs) {
        struct second s;
        bool done;
        enum err e = open_step(rq, rs, &s, &done);
        if (e != OK || done)
                return e;
        if (rq->errors.n == 0)
                return check_code(rq, rs, &s);
        e = show_step(rq, rs, &s);
        rs->status = 422;
        return e == OK ? ERR_INVALID : e;
}

static enum err step_passkey(struct req *rq, struct resp *rs) {
        struct second s;
        struct credential_passkey key;
        bool done, good = false;
        enum err e = open_step(rq, rs, &s, &done);
        if (e != OK || done)
                return e;
        e = signin_passkey_answer(rq, s.flow.challenge, false, &key, &good);
        if (e == OK && good && key.person_id == s.flow.person_id) {
                e = credential_passkey_used(rq, key.id, key.key.counter);
                return e == OK ? enter(rq, rs, &s, "passkey", true) : e;
        }
        if (e != OK)
                return e;
        rq->errors.n = 0;               /* what fields held says nothing to people */
        /* its challenge is used up: the next try gets another */
        s.flow.challenge = flow_new(rq->arena, FLOW_SECOND, s.flow.person_id, S(""), S(""), rq->now_ms).challenge;
        e = signin_flow_start(rq, rs, &s.flow);
        return e == OK ? refuse(rq, rs, &s, S("Het is niet gelukt met uw passkey. Probeer het nog eens, of kies een andere manier")) : e;
}

static const struct field code_fields[] = {
        { .name = "code", .type = FIELD_TEXT, .max = 40, .required = true, .missing = "Vul de code in", .personal = true },
        { 0 },
};

const struct route signin_second_routes[] = {
        { GET, "/inloggen/code", ACCESS_PUBLIC, step_get, NULL },
        { POST, "/inloggen/code", ACCESS_PUBLIC, step_post, code_fields },
        { POST, "/inloggen/code/passkey", ACCESS_PUBLIC, step_passkey, signin_passkey_fields },
        { 0 },
};
