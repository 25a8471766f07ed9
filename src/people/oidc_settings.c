/* oidc_settings.c - how the people of an organisation sign in at its own provider. */
#include "address.h"
#include "json.h"
#include "jws.h"
#include "keys.h"
#include "page.h"
#include "people_oidc.h"
#include "people_session.h"
#include "provider.h"

#define CLIENT_BYTES 255

/* A secret is worth nothing in another row or column. */
static struct str ad(struct arena *a, const char *what, int64_t organisation_id) {
        return str_fmt(a, "oidc-%s:%lld", what, (long long) organisation_id);
}

static enum err unseal(struct req *rq, const char *what, int64_t organisation_id, struct str sealed, struct str *ret) {
        const struct site *site = rq->app;
        *ret = S("");
        enum err e = sealed.p ? keys_unseal(site->keys, rq->arena, sealed, ad(rq->arena, what, organisation_id), ret) : OK;
        return e == OK ? OK : err_log(e, "the %s of organisation %lld was sealed with another key file", what, (long long) organisation_id);
}

static enum err seal(struct req *rq, const char *what, int64_t organisation_id, struct str plain, struct str *ret) {
        const struct site *site = rq->app;
        *ret = (struct str) { 0 };
        return plain.n ? keys_seal(site->keys, rq->arena, plain, ad(rq->arena, what, organisation_id), ret) : OK;
}

static enum err open_row(struct req *rq, const struct oidc_stored *r, struct oidc_settings *ret) {
        *ret = (struct oidc_settings) {
                .organisation_id = r->organisation_id, .slug = r->slug, .name = r->name, .is_open = r->is_on && !r->closed_ms.is_set,
                .is_demo = r->is_demo, .issuer = r->issuer, .client_id = r->client_id, .email_domains = r->email_domain,
                .role_claim = r->role_claim, .email_trusted = r->email_trusted, .second_factor = r->second_factor, .is_on = r->is_on,
        };
        enum err e = unseal(rq, "secret", r->organisation_id, r->client_secret, &ret->client_secret);
        return e == OK ? unseal(rq, "key", r->organisation_id, r->private_key, &ret->private_key) : e;
}

enum err people_oidc_get(struct req *rq, int64_t organisation_id, struct oidc_settings *ret, bool *found) {
        struct oidc_stored row;
        *ret = (struct oidc_settings) { 0 };
        enum err e = oidc_get(rq->db, rq->arena, organisation_id, &row, found);
        return e == OK && *found ? open_row(rq, &row, ret) : e;
}

enum err people_oidc_of_issuer(struct req *rq, struct str issuer, struct oidc_settings *ret, bool *found) {
        struct oidc_stored row;
        *ret = (struct oidc_settings) { 0 };
        enum err e = oidc_by_issuer(rq->db, rq->arena, issuer, &row, found);
        return e == OK && *found ? open_row(rq, &row, ret) : e;
}

static bool is_visible(struct str s, char from) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < from || s.p[i] >= 0x7f)
                        return false;
        return true;
}

static bool is_domain(struct arena *a, struct str s) {
        struct str probe = str_fmt(a, "x@%.*s", STR(s));
        return s.n > 0 && s.n <= OIDC_DOMAIN_BYTES - 2 && mail_address_ok(probe) && str_eq(mail_address_tidy(a, probe), probe);
}

static bool are_domains(struct arena *a, struct str s) {
        struct str rest = s, domain;
        int n = 0;
        for (; str_split(&rest, ' ', &domain); n++)
                if (!is_domain(a, domain))
                        return false;
        return n <= OIDC_DOMAINS && s.n <= OIDC_DOMAINS_BYTES;
}

static bool is_key(struct arena *a, struct str pem) {
        struct str signature;
        return pem.n <= OIDC_KEY_BYTES && jws_sign(a, pem, ~0u, S("{}"), &signature) == OIDC_OK;
}

unsigned people_oidc_mistakes(const struct oidc_http *h, struct arena *a, const struct oidc_settings *s) {
        bool has_secret = s->client_secret.n > 0, has_key = s->private_key.n > 0;
        unsigned m = 0;
        if (!provider_is_issuer(h, s->issuer))
                m |= OIDC_WRONG_ISSUER;
        if (s->client_id.n == 0 || s->client_id.n > CLIENT_BYTES || !is_visible(s->client_id, ' '))
                m |= OIDC_WRONG_CLIENT;
        if (has_secret == has_key || s->client_secret.n > OIDC_SECRET_BYTES)
                m |= OIDC_WRONG_SECRET;
        if (has_key && !is_key(a, s->private_key))
                m |= OIDC_WRONG_KEY;
        if (!are_domains(a, s->email_domains))
                m |= OIDC_WRONG_DOMAIN;
        if (s->role_claim.n > OIDC_CLAIM_BYTES || !is_visible(s->role_claim, '!'))
                m |= OIDC_WRONG_CLAIM;
        return m;
}

bool people_oidc_is_trust(const struct oidc_settings *old, const struct oidc_settings *s) {
        return s->is_on && (!old || !old->is_on || !str_eq(old->issuer, s->issuer) || !str_eq(old->email_domains, s->email_domains) ||
                            (s->email_trusted && !old->email_trusted) || (s->second_factor && !old->second_factor));
}

/* For the trail: everything but secrets. audit.h takes an "@" for a sign of an address. */
static struct str as_json(struct arena *a, const struct oidc_settings *s) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        if (str_index(s->issuer, '@') == s->issuer.n)
                json_str(&j, "issuer", s->issuer);
        if (str_index(s->client_id, '@') == s->client_id.n)
                json_str(&j, "client", s->client_id);
        json_str(&j, "proof", s->private_key.n ? S("key") : S("secret"));
        json_str(&j, "domain", s->email_domains);
        if (str_index(s->role_claim, '@') == s->role_claim.n)
                json_str(&j, "claim", s->role_claim);
        json_bool(&j, "email_trusted", s->email_trusted);
        json_bool(&j, "second_factor", s->second_factor);
        json_bool(&j, "on", s->is_on);
        json_end_object(&j);
        return str_dup(a, buf_view(&b));
}

static enum err trail(struct req *rq, const char *action, int64_t organisation_id, struct str before, struct str after) {
        return people_trail(rq, action, "organisation", organisation_id, opt_i64(organisation_id), before, after);
}

/* The visitor may be one of them, and goes on with what she is doing. */
static enum err end_sessions(struct req *rq, int64_t organisation_id) {
        struct oidc_people_row_list people;
        enum err e = oidc_people(rq->db, rq->arena, organisation_id, &people);
        for (size_t i = 0; e == OK && i < people.n; i++) {
                bool own = people.v[i].person_id == rq->viewer.person_id;
                e = session_end_all(rq->db, people.v[i].person_id, own ? rq->viewer.session_id : 0);
        }
        return e;
}

static enum err change(struct req *rq, const struct oidc_settings *old, const struct oidc_settings *s) {
        bool moved = old && !str_eq(old->issuer, s->issuer);
        enum err e = moved || (old && old->is_on && !s->is_on) ? end_sessions(rq, s->organisation_id) : OK;
        return e == OK && moved ? oidc_links_delete(rq->db, s->organisation_id) : e;
}

static enum err is_taken(struct req *rq, const struct oidc_settings *s) {
        struct oidc_stored row;
        bool found = false;
        enum err e = oidc_by_issuer(rq->db, rq->arena, s->issuer, &row, &found);
        return e == OK && found && row.organisation_id != s->organisation_id ? ERR_CONFLICT : e;
}

static enum err put(struct req *rq, const struct oidc_settings *s) {
        struct str secret, key;
        enum err e = seal(rq, "secret", s->organisation_id, s->client_secret, &secret);
        if (e == OK)
                e = seal(rq, "key", s->organisation_id, s->private_key, &key);
        return e != OK ? e : oidc_put(rq->db, s->organisation_id, s->issuer, s->client_id, secret, key, s->email_domains,
                                      s->email_trusted, s->role_claim, s->second_factor, s->is_on);
}

enum err people_oidc_save(struct req *rq, const struct oidc_http *h, struct oidc_settings *s, bool *off) {
        struct oidc_settings old;
        bool found = false;
        *off = false;
        if (people_oidc_mistakes(h, rq->arena, s))
                return ERR_INVALID;
        enum err e = is_taken(rq, s);
        if (e == OK)
                e = people_oidc_get(rq, s->organisation_id, &old, &found);
        if (e != OK)
                return e;
        if (people_oidc_is_trust(found ? &old : NULL, s) && !viewer_may(rq, RIGHT_ORGANISATIONS)) {
                s->is_on = false;
                *off = true;
        }
        e = change(rq, found ? &old : NULL, s);
        if (e == OK)
                e = put(rq, s);
        return e == OK ? trail(rq, "oidc.settings", s->organisation_id, found ? as_json(rq->arena, &old) : S(""), as_json(rq->arena, s)) : e;
}

bool people_oidc_may_map(const struct role *role) {
        return role_may_give(role, 0, RIGHT_MEMBERS_MANAGE);
}

/* What stands in the trail of a rule; a value with "@" may be an address. */
static struct str rule_json(struct arena *a, struct str value, struct str role) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        if (str_index(value, '@') == value.n)
                json_str(&j, "value", value);
        json_str(&j, "role", role);
        json_end_object(&j);
        return str_dup(a, buf_view(&b));
}

static bool has_rule(const struct oidc_rules_row_list *l, struct str value, struct str role) {
        for (size_t i = 0; i < l->n; i++)
                if (str_eq(l->v[i].claim_value, value) && str_eq(l->v[i].role, role))
                        return true;
        return false;
}

enum err people_oidc_rule_add(struct req *rq, int64_t organisation_id, struct str value, const struct role *role) {
        struct oidc_rules_row_list l;
        if (!people_oidc_may_map(role) || value.n > OIDC_CLAIM_BYTES)
                return ERR_INVALID;
        enum err e = oidc_rules(rq->db, rq->arena, organisation_id, &l);
        if (e != OK || has_rule(&l, value, role->code))
                return e;
        if (l.n >= OIDC_RULES)
                return ERR_LIMIT;
        e = oidc_rule_add(rq->db, organisation_id, value, role->code);
        return e == OK ? trail(rq, "oidc.rule.add", organisation_id, S(""), rule_json(rq->arena, value, role->code)) : e;
}

enum err people_oidc_rule_remove(struct req *rq, int64_t organisation_id, struct str value, struct str role) {
        struct oidc_rules_row_list l;
        enum err e = oidc_rules(rq->db, rq->arena, organisation_id, &l);
        if (e != OK || !has_rule(&l, value, role))
                return e == OK ? ERR_NOT_FOUND : e;
        e = oidc_rule_delete(rq->db, organisation_id, value, role);
        return e == OK ? trail(rq, "oidc.rule.remove", organisation_id, rule_json(rq->arena, value, role), S("")) : e;
}

bool people_oidc_has_domain(struct str domains, struct str domain) {
        for (struct str one; str_split(&domains, ' ', &one);)
                if (one.n && str_eq(one, domain))
                        return true;
        return false;
}

bool people_oidc_in_domain(struct arena *a, struct str email, struct str domains) {
        return people_oidc_has_domain(domains, mail_address_domain(mail_address_tidy(a, email)));
}
