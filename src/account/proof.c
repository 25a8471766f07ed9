/* proof.c - asking again who somebody is. */
#include "internal.h"
#include "log.h"
#include "password.h"

#define PURPOSE "proof"
/* Who has nothing to show: signed in this short a while ago. */
#define FRESH_MS ((int64_t) 10 * 60 * 1000)
#define TIMEOUT_MS 300000

static enum proof_kind kind_of(const struct credential_factors *f) {
        return f->has_password ? PROOF_PASSWORD : f->has_totp ? PROOF_CODE : f->passkeys ? PROOF_PASSKEY : PROOF_FRESH;
}

static enum err factors(struct req *rq, struct credential_factors *ret) {
        return credential_factors(rq->db, rq->arena, rq->viewer.person_id, ret);
}

/* Attempts are counted under the number of the account: the address is not typed here. */
static struct str account_of(struct req *rq) {
        return str_fmt(rq->arena, "account %lld", (long long) rq->viewer.person_id);
}

static enum err ask_passkey(struct req *rq, struct proof_view *ret) {
        const struct site *site = rq->app;
        struct webauthn_site ours;
        struct credential_passkeys keys;
        struct str raw;
        if (!credential_webauthn_site(site, &ours))
                return OK;
        enum err e = credential_passkeys(rq->db, rq->arena, rq->viewer.person_id, &keys);
        if (e == OK)
                e = challenge_make(rq, PURPOSE, &raw, &ret->question);
        if (e != OK)
                return e;
        struct str *ids = arena_many(rq->arena, struct str, keys.n);
        for (size_t i = 0; i < keys.n; i++)
                ids[i] = keys.v[i].key.id;
        struct webauthn_request ask = { .challenge = raw, .allow = ids, .allowed = keys.n, .require_uv = true, .timeout_ms = TIMEOUT_MS };
        return webauthn_request_json(rq->arena, &ours, &ask, &ret->ask);
}

enum err proof_view(struct req *rq, struct proof_view *ret) {
        struct credential_factors f;
        enum err e = factors(rq, &f);
        *ret = (struct proof_view) { .kind = kind_of(&f), .ask = S(""), .question = S("") };
        return e == OK && ret->kind == PROOF_PASSKEY ? ask_passkey(rq, ret) : e;
}

static enum err prepare_new(struct req *rq, struct prepared *p) {
        struct person person;
        char hash[crypto_pwhash_STRBYTES];
        enum err e = account_person(rq, &person);
        if (e == OK)
                e = password_check_new(req_text(rq, "nieuw"), person.email, person.name, &p->why);
        if (e == ERR_INVALID)
                return OK;
        if (e == OK)
                e = password_hash(req_text(rq, "nieuw"), hash);
        if (e == OK)
                p->hash = str_dup(rq->arena, str_of(hash));
        return e;
}

static bool has_field(const struct req *rq, const char *name) {
        for (const struct field *f = rq->route->fields; f && f->name; f++)
                if (str_eq(str_of(f->name), str_of(name)))
                        return true;
        return false;
}

enum err account_prepare(struct req *rq) {
        struct prepared *p = arena_new(rq->arena, struct prepared);
        int64_t wait_ms = 0;
        bool rehash;
        rq->prepared = p;
        enum err e = credential_password(rq->db, rq->arena, rq->viewer.person_id, &p->stored);
        if (e == OK && p->stored.p)
                e = attempt_wait(rq, "bevestigen", account_of(rq), &wait_ms);
        if (e == OK && p->stored.p && wait_ms == 0 && req_has(rq, "huidig")) {
                p->checked = true;
                e = password_verify(p->stored, req_text(rq, "huidig"), &rehash);
                p->good = e == OK;
                e = e == ERR_DENIED || e == ERR_INVALID || e == ERR_LIMIT ? OK : e;
        }
        return e == OK && has_field(rq, "nieuw") ? prepare_new(rq, p) : e;
}

static enum err by_password(struct req *rq, bool *good, struct str *why) {
        const struct prepared *p = rq->prepared;
        struct str now;
        enum err e = credential_password(rq->db, rq->arena, rq->viewer.person_id, &now);
        *good = e == OK && p && p->checked && p->good && str_eq(p->stored, now);
        *why = req_has(rq, "huidig") ? S("Dit wachtwoord klopt niet. Typ het opnieuw.") : S("Vul uw huidige wachtwoord in.");
        return e;
}

static enum err by_code(struct req *rq, bool *good, struct str *why) {
        struct credential_totp t;
        int64_t step = 0;
        enum err e = credential_totp(rq, rq->viewer.person_id, &t);
        if (e != OK)
                return e;
        enum totp_result r = totp_check(t.secret, TOTP_SECRET, req_text(rq, "code"), rq->now_ms, t.last_step, &step);
        *why = r == TOTP_USED ? S("Deze code is al gebruikt. Wacht op de volgende.") : S("Deze code klopt niet. Typ de code die uw app nu laat zien.");
        if (r != TOTP_OK)
                return OK;
        e = credential_totp_step(rq, rq->viewer.person_id, step);
        *good = e == OK;
        return e == ERR_CONFLICT ? OK : e;
}

static enum err verify_passkey(struct req *rq, const struct credential_passkey *key, struct str challenge, bool *good) {
        struct webauthn_site ours;
        struct str client_data, auth_data, signature;
        uint32_t counter;
        enum webauthn_fault fault = WEBAUTHN_FINE;
        bool fresh = false;
        if (!credential_webauthn_site(rq->app, &ours) ||
            webauthn_decode(rq->arena, req_text(rq, "client_data"), WEBAUTHN_CLIENT_DATA_MAX, &client_data) != OK ||
            webauthn_decode(rq->arena, req_text(rq, "authenticator_data"), WEBAUTHN_AUTH_DATA_MAX, &auth_data) != OK ||
            webauthn_decode(rq->arena, req_text(rq, "signature"), WEBAUTHN_SIGNATURE_MAX, &signature) != OK)
                return OK;
        if (webauthn_verify(rq->arena, &ours, challenge, client_data, auth_data, signature, &key->key, true, &counter, &fault) != OK) {
                log_event(LOG_WARN, "passkey_refused", LOG_STR("why", str_of(webauthn_fault_name(fault))), LOG_INT("passkey", key->id));
                return OK;
        }
        enum err e = credential_challenge_use(rq, challenge, &fresh);
        if (e == OK && fresh)
                e = credential_passkey_used(rq, key->id, counter);
        *good = e == OK && fresh;
        return e;
}

static enum err by_passkey(struct req *rq, bool *good, struct str *why) {
        struct credential_passkey key;
        struct str challenge;
        bool found = false;
        *why = S("Het is niet gelukt met uw passkey. Probeer het nog eens.");
        if (challenge_open(rq, PURPOSE, req_text(rq, "vraag"), &challenge) != OK)
                return OK;
        enum err e = credential_passkey_by_id(rq->db, rq->arena, req_text(rq, "credential"), &key, &found);
        return e == OK && found && key.person_id == rq->viewer.person_id ? verify_passkey(rq, &key, challenge, good) : e;
}

static enum err by_fresh(struct req *rq, bool *good, struct str *why) {
        struct session_infos l;
        enum err e = session_list(rq, rq->viewer.person_id, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                if (l.v[i].is_this)
                        *good = rq->now_ms - l.v[i].created_ms < FRESH_MS;
        *why = S("Log eerst uit en weer in. Doe dit daarna binnen tien minuten.");
        return e;
}

static const struct {
        enum err (*check)(struct req *rq, bool *good, struct str *why);
        const char *field;              /* where the mistake stands */
} proofs[] = {
        [PROOF_PASSWORD] = { by_password, "huidig" }, [PROOF_CODE] = { by_code, "code" },
        [PROOF_PASSKEY] = { by_passkey, "bevestigen" }, [PROOF_FRESH] = { by_fresh, "bevestigen" },
};

enum err proof_check(struct req *rq, bool *good) {
        struct credential_factors f;
        struct str why = S("");
        int64_t wait_ms = 0;
        *good = false;
        enum err e = factors(rq, &f);
        if (e == OK)
                e = attempt_wait(rq, "bevestigen", account_of(rq), &wait_ms);
        if (e != OK)
                return e;
        enum proof_kind kind = kind_of(&f);
        if (wait_ms > 0) {
                req_error(rq, proofs[kind].field, str_fmt(rq->arena, "U probeerde het te vaak. Wacht %lld seconden en probeer het dan opnieuw.",
                                                          (long long) (wait_ms + 999) / 1000));
                return OK;
        }
        e = proofs[kind].check(rq, good, &why);
        if (e != OK)
                return e;
        if (*good)
                return attempt_forgive(rq, "bevestigen", account_of(rq));
        req_error(rq, proofs[kind].field, why);
        return kind == PROOF_FRESH ? OK : attempt_failed(rq, "bevestigen", account_of(rq));
}
