/* passkeys.c - passkeys: which there are, a new one, another name, and one less. */
#include "internal.h"
#include "log.h"
#include "security.tmpl.h"

#define PATH "/account/passkeys"
#define PURPOSE "passkey"
#define TIMEOUT_MS 300000

static enum err draw(struct req *rq, struct resp *rs) {
        struct passkeys_view v = { .done = account_done(rq) };
        struct webauthn_site ours;
        v.possible = credential_webauthn_site(rq->app, &ours);
        enum err e = credential_passkeys(rq->db, rq->arena, rq->viewer.person_id, &v.keys);
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Passkeys"), S(PATH));
        account_passkeys_page(&p, &v);
        return page_done(&p);
}

enum err account_passkeys_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs);
}

/* Two steps: who proves it is him gets a challenge; with the challenge the browser makes a key. */
enum err account_passkey_permit_post(struct req *rq, struct resp *rs) {
        struct str raw, sealed;
        bool good = false;
        enum err e = rq->errors.n ? OK : proof_check(rq, &good);
        if (e != OK)
                return e;
        if (!good)
                return account_refused(rs, draw(rq, rs));
        e = challenge_make(rq, PURPOSE, &raw, &sealed);
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, PATH "/nieuw?vraag=%.*s", STR(sealed))) : e;
}

static enum err draw_new(struct req *rq, struct resp *rs, struct str challenge) {
        struct webauthn_site ours;
        struct credential_passkeys keys;
        struct person person;
        struct passkey_new_view v = { .question = req_text(rq, "vraag") };
        enum err e = credential_webauthn_site(rq->app, &ours) ? account_person(rq, &person) : ERR_NOT_FOUND;
        if (e == OK)
                e = credential_passkeys(rq->db, rq->arena, person.id, &keys);
        if (e != OK)
                return e;
        struct str *ids = arena_many(rq->arena, struct str, keys.n);
        for (size_t i = 0; i < keys.n; i++)
                ids[i] = keys.v[i].key.id;
        struct webauthn_creation ask = {
                .challenge = challenge, .user_id = credential_user_handle(rq, person.id), .name = person.email, .display_name = person.name,
                .exclude = ids, .excluded = keys.n, .resident = true, .require_uv = true, .timeout_ms = TIMEOUT_MS,
        };
        e = webauthn_creation_json(rq->arena, &ours, &ask, &v.ask);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Passkey toevoegen"), S(PATH "/nieuw"));
        account_passkey_new_page(&p, &v);
        return page_done(&p);
}

enum err account_passkey_new_get(struct req *rq, struct resp *rs) {
        struct str challenge;
        if (challenge_open(rq, PURPOSE, req_text(rq, "vraag"), &challenge) != OK)
                return resp_redirect(rs, S(PATH));
        return draw_new(rq, rs, challenge);
}

/* What the browser made, or a mistake in rq->errors. */
static enum err read_key(struct req *rq, struct str challenge, struct webauthn_key *key) {
        struct webauthn_site ours;
        struct str client_data, attestation;
        enum webauthn_fault fault = WEBAUTHN_FINE;
        bool fresh = false, good = credential_webauthn_site(rq->app, &ours) &&
                webauthn_decode(rq->arena, req_text(rq, "client_data"), WEBAUTHN_CLIENT_DATA_MAX, &client_data) == OK &&
                webauthn_decode(rq->arena, req_text(rq, "attestation"), WEBAUTHN_ATTESTATION_MAX, &attestation) == OK;
        if (good && webauthn_register(rq->arena, &ours, challenge, client_data, attestation, true, key, &fault) != OK) {
                log_event(LOG_WARN, "passkey_refused", LOG_STR("why", str_of(webauthn_fault_name(fault))));
                good = false;
        }
        enum err e = good ? credential_challenge_use(rq, challenge, &fresh) : OK;
        if (e == OK && !fresh)
                req_error(rq, "passkey", S("Het is niet gelukt met deze passkey. Ga terug en begin opnieuw."));
        return e;
}

enum err account_passkey_new_post(struct req *rq, struct resp *rs) {
        struct str challenge;
        struct webauthn_key key = { 0 };
        enum err e = OK;
        if (challenge_open(rq, PURPOSE, req_text(rq, "vraag"), &challenge) != OK)
                return resp_redirect(rs, S(PATH));
        if (rq->errors.n == 0)
                e = read_key(rq, challenge, &key);
        if (e == OK && rq->errors.n == 0)
                e = credential_passkey_add(rq, rq->viewer.person_id, &key, req_text(rq, "naam"));
        if (e == ERR_CONFLICT || e == ERR_LIMIT) {
                req_error(rq, "passkey", e == ERR_CONFLICT ? S("Deze passkey is al bekend.") : S("U hebt het hoogste aantal passkeys. Verwijder er eerst een."));
                e = OK;
        }
        if (e == OK && rq->errors.n)
                return account_refused(rs, draw_new(rq, rs, challenge));
        if (e == OK)
                e = account_go_on(rq, rs, 1, S(""));
        if (e == OK)
                e = account_tell(rq, S("Er is een passkey toegevoegd"), S("U kunt nu met een nieuwe passkey inloggen bij Schouders."));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=passkey")) : e;
}

static enum err own_key(struct req *rq, struct credential_passkeys *keys, const struct credential_passkey **ret) {
        int64_t id;
        *ret = NULL;
        enum err e = account_id(rq, &id);
        if (e == OK)
                e = credential_passkeys(rq->db, rq->arena, rq->viewer.person_id, keys);
        for (size_t i = 0; e == OK && i < keys->n; i++)
                if (keys->v[i].id == id)
                        *ret = &keys->v[i];
        return e == OK && !*ret ? ERR_NOT_FOUND : e;
}

static enum err draw_name(struct req *rq, struct resp *rs, const struct credential_passkey *key) {
        struct page p = account_page(rq, rs, S("Naam van een passkey"), rq->path);
        account_passkey_name_page(&p, key);
        return page_done(&p);
}

enum err account_passkey_name_get(struct req *rq, struct resp *rs) {
        struct credential_passkeys keys;
        const struct credential_passkey *key;
        enum err e = own_key(rq, &keys, &key);
        return e == OK ? draw_name(rq, rs, key) : e;
}

/* Without a proof: the name opens nothing. */
enum err account_passkey_name_post(struct req *rq, struct resp *rs) {
        struct credential_passkeys keys;
        const struct credential_passkey *key;
        enum err e = own_key(rq, &keys, &key);
        if (e != OK)
                return e;
        if (rq->errors.n)
                return account_refused(rs, draw_name(rq, rs, key));
        e = credential_passkey_rename(rq, rq->viewer.person_id, key->id, req_text(rq, "naam"));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=passkey-naam")) : e;
}

static enum err draw_end(struct req *rq, struct resp *rs, const struct credential_passkey *key) {
        struct passkey_end_view v = { .key = key };
        enum err e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Passkey verwijderen"), rq->path);
        account_passkey_end_page(&p, &v);
        return page_done(&p);
}

enum err account_passkey_end_get(struct req *rq, struct resp *rs) {
        struct credential_passkeys keys;
        const struct credential_passkey *key;
        enum err e = own_key(rq, &keys, &key);
        return e == OK ? draw_end(rq, rs, key) : e;
}

/* The last key of somebody whose role needs a second step, and who has no app, is that step. */
static bool is_needed(const struct credential_factors *f) {
        return f->needs_second && !f->has_totp && f->passkeys == 1;
}

enum err account_passkey_end_post(struct req *rq, struct resp *rs) {
        struct credential_passkeys keys;
        const struct credential_passkey *key;
        struct credential_factors f;
        bool good = false;
        enum err e = own_key(rq, &keys, &key);
        if (e == OK)
                e = credential_factors(rq->db, rq->arena, rq->viewer.person_id, &f);
        if (e == OK && rq->errors.n == 0)
                e = proof_check(rq, &good);
        if (e != OK)
                return e;
        if (good && is_needed(&f)) {
                req_error(rq, "bevestigen", S("U hebt een rol waarvoor een tweede stap nodig is. Stel eerst een app in."));
                good = false;
        }
        if (!good)
                return account_refused(rs, draw_end(rq, rs, key));
        e = credential_passkey_remove(rq, rq->viewer.person_id, key->id);
        if (e == OK)
                e = account_go_on(rq, rs, 1, S(""));
        if (e == OK)
                e = account_tell(rq, S("Er is een passkey verwijderd"), S("Een passkey van uw account bij Schouders werkt niet meer."));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=passkey-weg")) : e;
}
