/* web_passkey.c - /inloggen/passkey: a passkey alone. Its user verification is the second factor. */
#include "log.h"
#include "pages.tmpl.h"
#include "rules.h"
#include "signin.h"

const struct field signin_passkey_fields[] = {
        { .name = "credential", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_ID_MAX) },
        { .name = "client_data", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_CLIENT_DATA_MAX) },
        { .name = "authenticator_data", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_AUTH_DATA_MAX) },
        { .name = "signature", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_SIGNATURE_MAX) },
        { .name = "user_handle", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_USER_ID_MAX) },
        { 0 },
};

/* When the device says whose passkey it is, that must be its owner (WebAuthn 7.2, step 6). Nobody is known yet when a passkey
 * comes first: then it must say so. */
static bool is_owner(struct req *rq, const struct credential_passkey *key, bool must_tell) {
        struct str handle = req_text(rq, "user_handle"), raw;
        if (handle.n == 0)
                return !must_tell;
        return webauthn_decode(rq->arena, handle, WEBAUTHN_USER_ID_MAX, &raw) == OK &&
               str_eq(raw, credential_user_handle(rq, key->person_id));
}

struct answer {
        struct str client_data, auth_data, signature;
};

static bool read_answer(struct req *rq, struct answer *ret) {
        return rq->errors.n == 0 &&
               webauthn_decode(rq->arena, req_text(rq, "client_data"), WEBAUTHN_CLIENT_DATA_MAX, &ret->client_data) == OK &&
               webauthn_decode(rq->arena, req_text(rq, "authenticator_data"), WEBAUTHN_AUTH_DATA_MAX, &ret->auth_data) == OK &&
               webauthn_decode(rq->arena, req_text(rq, "signature"), WEBAUTHN_SIGNATURE_MAX, &ret->signature) == OK;
}

enum err signin_passkey_answer(struct req *rq, struct str challenge, bool require_uv, struct credential_passkey *ret, bool *good) {
        struct webauthn_site site;
        struct answer a;
        enum webauthn_fault why = WEBAUTHN_FINE;
        bool fresh = false, found = false;
        *good = false;
        enum err e = credential_challenge_use(rq, challenge, &fresh);
        if (e == OK && fresh && read_answer(rq, &a) && credential_webauthn_site(rq->app, &site))
                e = credential_passkey_by_id(rq->db, rq->arena, req_text(rq, "credential"), ret, &found);
        if (e != OK)
                return e;
        if (!found || !is_owner(rq, ret, require_uv)) {
                signin_log(rq, "passkey", !fresh ? "challenge used before" : "unknown passkey or answer");
                return OK;
        }
        e = webauthn_verify(rq->arena, &site, challenge, a.client_data, a.auth_data, a.signature, &ret->key, require_uv,
                            &ret->key.counter, &why);
        *good = e == OK;
        if (why == WEBAUTHN_COUNTER)
                log_event(LOG_WARN, "passkey.copied", LOG_INT("passkey", ret->id), LOG_STR("request", rq->id));
        else if (e != OK)
                signin_log(rq, "passkey", webauthn_fault_name(why));
        return e == ERR_INTERNAL ? e : OK;
}

/* A new challenge in the cookie and in the page. */
static enum err show(struct req *rq, struct resp *rs, struct str verder) {
        struct webauthn_site site;
        struct flow f = flow_new(rq->arena, FLOW_PASSKEY, 0, S("passkey"), verder, rq->now_ms);
        struct str json = S("");
        enum err e = OK;
        if (credential_webauthn_site(rq->app, &site)) {
                e = webauthn_request_json(rq->arena, &site, &(struct webauthn_request) {
                        .challenge = f.challenge, .require_uv = true, .timeout_ms = 300000 }, &json);
                if (e == OK)
                        e = signin_flow_start(rq, rs, &f);
        }
        if (e != OK)
                return e;
        struct page p = signin_page(rq, rs, S("Inloggen met een passkey"));
        page_crumb(&p, S("Inloggen"), S("/inloggen"));
        passkey_page(&p, json, signin_path(rq, "/inloggen", verder));
        return page_done(&p);
}

static enum err passkey_get(struct req *rq, struct resp *rs) {
        if (rq->viewer.person_id)
                return resp_redirect(rs, signin_where(req_text(rq, "verder")));
        return show(rq, rs, req_text(rq, "verder"));
}

/* Not counted per account: a signature cannot be guessed, and whoever knows the id of a passkey could make its owner wait. */
static enum err refuse(struct req *rq, struct resp *rs, struct str verder) {
        rq->errors.n = 0;               /* what fields held says nothing to people */
        req_error(rq, "passkey", S("Het is niet gelukt met uw passkey. Probeer het nog eens, of kies een andere manier"));
        rs->status = 422;               /* kept: the challenge is used up */
        return show(rq, rs, verder);
}

static enum err passkey_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct credential_passkey key;
        struct flow f;
        bool good = false;
        if (flow_open(site->keys, rq->arena, rq->cookie[COOKIE_FLOW], FLOW_PASSKEY, rq->now_ms, &f) != OK) {
                signin_log(rq, "passkey", "no challenge");
                return refuse(rq, rs, S(""));
        }
        enum err e = signin_passkey_answer(rq, f.challenge, true, &key, &good);
        if (e == OK && !good)
                return refuse(rq, rs, f.verder);
        if (e == OK)
                e = credential_passkey_used(rq, key.id, key.key.counter);
        if (e == OK)
                e = session_start(rq, rs, key.person_id, 2, S("passkey"));
        resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        return e == OK ? resp_redirect(rs, signin_where(f.verder)) : e;
}

static const struct field get_fields[] = { { .name = "verder", .type = FIELD_TEXT, .max = 2000 }, { 0 } };

const struct route signin_passkey_routes[] = {
        { GET, "/inloggen/passkey", ACCESS_PUBLIC, passkey_get, get_fields },
        { POST, "/inloggen/passkey", ACCESS_PUBLIC, passkey_post, signin_passkey_fields },
        { 0 },
};
