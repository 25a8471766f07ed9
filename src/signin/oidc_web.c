/* oidc_web.c - /inloggen/organisatie: to the provider of an organisation, and back. */
#include "html.h"
#include "oidc.tmpl.h"
#include "redirect.h"
#include "signin.h"
#include "sso.h"
#include "utf8.h"

#define COOKIE_BYTES 2048               /* inside the base64url; KEPT_BYTES and a seal */

_Static_assert(KEPT_BYTES + 41 <= COOKIE_BYTES, "kept.h and keys.h name these numbers");

enum err sso_keep(struct req *rq, const struct oidc_kept *kept, struct str *cookie) {
        const struct site *site = rq->app;
        return keys_seal_text(site->keys, rq->arena, oidc_kept_write(rq->arena, kept), SSO_COOKIE_AD, cookie);
}

bool sso_kept(struct req *rq, struct str cookie, struct oidc_kept *ret) {
        const struct site *site = rq->app;
        struct str text;
        return keys_unseal_text(site->keys, rq->arena, cookie, COOKIE_BYTES, SSO_COOKIE_AD, &text) == OK && oidc_kept_read(rq->arena, text, ret);
}

struct oidc_client sso_client(const struct req *rq, const struct oidc_settings *s) {
        const struct site *site = rq->app;
        return (struct oidc_client) {
                .issuer = s->issuer, .client_id = s->client_id, .client_secret = s->client_secret, .private_key_pem = s->private_key,
                .redirect_uri = str_fmt(rq->arena, "%.*s%s", STR(site->origin), SSO_CALLBACK), .scope = S(""),
                .roles_claim = s->role_claim,
        };
}

bool sso_is_open(const struct req *rq, const struct oidc_settings *s) {
        const struct site *site = rq->app;
        return s->is_open && (!s->is_demo || site->is_demo);
}

/* Choosing an organisation. */

/* What was typed is part of the name, or the domain of an address. */
static bool fits(struct arena *a, const struct oidc_organisations_row *o, struct str query) {
        size_t at = str_index(query, '@');
        struct str domain = at < query.n ? str_sub(query, at + 1, query.n) : query;
        return query.n == 0 || people_oidc_has_domain(o->email_domain, domain) ||
               (at == query.n && str_find(utf8_fold(a, o->name), query) < utf8_fold(a, o->name).n);
}

static enum err choose_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct oidc_organisations_row_list all;
        struct sso_choices v = { .query = req_text(rq, "zoek"), .verder = req_text(rq, "verder") };
        struct str folded = utf8_fold(rq->arena, v.query);
        enum err e = oidc_organisations(rq->db, rq->arena, &all);
        if (e != OK)
                return e;
        for (size_t i = 0; i < all.n; i++) {
                const struct oidc_organisations_row *o = &all.v[i];
                if (o->is_demo && !site->is_demo)
                        continue;
                v.any = true;
                if (!fits(rq->arena, o, folded))
                        continue;
                v.more = v.found.n == SSO_CHOICES;
                if (v.more)
                        break;
                struct str path = str_fmt(rq->arena, "/inloggen/organisatie/%.*s", STR(o->slug));
                *vec_push(rq->arena, &v.found) = (struct sso_choice) { o->name, signin_path(rq, path.p, v.verder), o->is_demo };
        }
        struct page p = signin_page(rq, rs, S("Inloggen met het account van uw organisatie"));
        sso_choose_page(&p, &v);
        return page_done(&p);
}

/* When it does not work. Nothing of what the provider said is shown. */

static const struct { struct str lead, mend; } refusals[] = {
        [SSO_NO_ADDRESS] = { S_INIT("Uw organisatie stuurde geen e-mailadres mee. Zonder adres kunnen wij geen account voor u maken."),
                             S_INIT("Vraag de helpdesk van uw organisatie om uw e-mailadres in te vullen.") },
        [SSO_OTHER_DOMAIN] = { S_INIT("Uw e-mailadres hoort niet bij deze organisatie."),
                               S_INIT("Kies uw eigen organisatie, of log in met uw e-mailadres en wachtwoord.") },
        [SSO_NOT_PROVED] = { S_INIT("Uw organisatie heeft niet gecontroleerd dat uw e-mailadres van u is."),
                             S_INIT("Vraag de helpdesk van uw organisatie om uw e-mailadres te bevestigen. Of log op een andere manier in.") },
        [SSO_CLOSED] = { S_INIT("Uw account bij Schouders is gesloten."),
                         S_INIT("Vraag de beheerder van uw organisatie waarom. Die kan het laten openen.") },
        [SSO_PROTECTED] = { S_INIT("Er is al een account met uw e-mailadres. Om dat te beschermen koppelen wij het niet vanzelf aan uw organisatie."),
                            S_INIT("Log eerst in zoals u gewend bent, met uw tweede stap als u die hebt. Kies daarna nog eens uw organisatie. Dat hoeft maar één keer.") },
};
static const char *const refusal_names[] = {
        [SSO_NO_ADDRESS] = "no address", [SSO_OTHER_DOMAIN] = "other domain", [SSO_NOT_PROVED] = "address not proved",
        [SSO_CLOSED] = "account closed", [SSO_PROTECTED] = "protected account",
};

static struct sso_failure failure_of(const struct req *rq, enum oidc_fault f) {
        if (f == OIDC_DECLINED)
                return (struct sso_failure) { 403, S("Het inloggen is afgebroken. U of uw organisatie gaf geen toestemming."),
                                              S("Begin opnieuw en geef wel toestemming. Lukt dat niet? Vraag de helpdesk van uw organisatie of u Schouders mag gebruiken.") };
        switch (oidc_fault_err(f)) {
        case ERR_BUSY:
                return (struct sso_failure) { 503, S("Het inlogsysteem van uw organisatie antwoordt nu niet goed."),
                                              S("Probeer het over een paar minuten opnieuw. Blijft het zo? Vertel het aan de helpdesk van uw organisatie.") };
        case ERR_INVALID:
                return (struct sso_failure) { 400, S("Het inloggen duurde te lang, of het begon in een ander venster."),
                                              S("Begin opnieuw, en blijf in hetzelfde venster.") };
        case ERR_INTERNAL:
                return (struct sso_failure) { 500, S("Schouders en het inlogsysteem van uw organisatie zijn niet goed op elkaar ingesteld."),
                                              S("Vertel het aan de beheerder van uw organisatie."), .number = rq->id };
        default:
                return (struct sso_failure) { 403, S("Wij konden niet controleren wie u bent."),
                                              S("Begin opnieuw. Lukt het weer niet? Vertel het aan de beheerder van uw organisatie."), .number = rq->id };
        }
}

/* OK, whatever the status, so that the cookie is removed. */
static enum err show_failure(struct req *rq, struct resp *rs, struct sso_failure f, const struct oidc_settings *s, const char *why) {
        struct page p = signin_page(rq, rs, S("Inloggen is niet gelukt"));
        signin_log(rq, "organisation", why);
        f.again = s->slug.n ? str_fmt(rq->arena, "/inloggen/organisatie/%.*s", STR(s->slug)) : S("/inloggen/organisatie");
        rs->status = f.status;
        resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        sso_failure_page(&p, &f);
        return page_done(&p);
}

static enum err show_fault(struct req *rq, struct resp *rs, enum oidc_fault f, const struct oidc_settings *s) {
        return show_failure(rq, rs, failure_of(rq, f), s, oidc_fault_name(f));
}

/* To the provider. */

struct leaving {
        enum oidc_fault fault;
        struct oidc_settings s;
        struct oidc_kept kept;
        struct str url;
};

static enum err leave_prepare(struct req *rq) {
        const struct site *site = rq->app;
        struct leaving *l = arena_new(rq->arena, struct leaving);
        struct str verder = req_text(rq, "verder");
        struct oidc_provider provider;
        struct organisation o;
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &o, &found);
        if (e == OK && found)
                e = people_oidc_get(rq, o.id, &l->s, &found);
        if (e == OK && (!found || !sso_is_open(rq, &l->s)))
                e = ERR_NOT_FOUND;
        if (e != OK)
                return e;
        struct oidc_client client = sso_client(rq, &l->s);
        l->fault = oidc_discover(site->oidc, rq->arena, l->s.issuer, rq->now_ms, &provider);
        if (l->fault == OIDC_OK)
                l->fault = oidc_begin(rq->arena, &client, &provider, redirect_is_local(verder) ? verder : S(""), rq->now_ms, &l->kept, &l->url);
        rq->prepared = l;
        return OK;
}

static enum err leave_get(struct req *rq, struct resp *rs) {
        const struct leaving *l = rq->prepared;
        struct str cookie = S("");
        if (!l)
                return ERR_NOT_FOUND;
        if (l->fault != OIDC_OK)
                return show_fault(rq, rs, l->fault, &l->s);
        enum err e = sso_keep(rq, &l->kept, &cookie);
        if (e != OK)
                return e;
        resp_cookie(rs, COOKIE_FLOW, cookie, OIDC_SIGN_IN_MS / 1000);
        return resp_leave(rs, l->url);
}

/* And back. */

struct returning {
        enum oidc_fault fault;
        struct oidc_settings s;
        struct oidc_kept kept;
        struct oidc_identity who;
};

static enum err return_prepare(struct req *rq) {
        const struct site *site = rq->app;
        struct returning *r = arena_new(rq->arena, struct returning);
        struct oidc_callback back = { req_text(rq, "code"), req_text(rq, "state"), req_text(rq, "iss"), req_text(rq, "error") };
        bool found = false;
        r->fault = OIDC_KEPT;
        rq->prepared = r;
        if (!sso_kept(rq, rq->cookie[COOKIE_FLOW], &r->kept))
                return OK;
        enum err e = people_oidc_of_issuer(rq, r->kept.issuer, &r->s, &found);
        if (e != OK || !found || !sso_is_open(rq, &r->s))
                return e;
        struct oidc_client client = sso_client(rq, &r->s);
        r->fault = oidc_finish(site->oidc, rq->arena, &client, &r->kept, &back, rq->now_ms, &r->who);
        return OK;
}

/* While the provider was asked somebody may have changed the settings. */
static enum err again(struct req *rq, struct returning *r) {
        struct oidc_settings now;
        bool found = false;
        enum err e = people_oidc_get(rq, r->s.organisation_id, &now, &found);
        if (e == OK && (!found || !sso_is_open(rq, &now) || !str_eq(now.issuer, r->s.issuer) || !str_eq(now.client_id, r->s.client_id)))
                r->fault = OIDC_KEPT;
        r->s = now;
        return e;
}

static struct str method_of(struct req *rq, const struct oidc_settings *s) {
        struct str m = str_fmt(rq->arena, "account van %.*s", STR(s->name));
        while (m.n > FLOW_METHOD_MAX || !utf8_valid(m))
                m.n--;
        return str_trim(m);
}

static enum err welcome(struct req *rq, struct resp *rs, const struct returning *r, int64_t person_id) {
        struct str method = method_of(rq, &r->s);
        resp_cookie(rs, COOKIE_FLOW, S(""), 0);
        if (!r->s.second_factor)
                return signin_finish(rq, rs, person_id, method, r->kept.return_path);
        enum err e = session_start(rq, rs, person_id, 2, method);
        return e == OK ? resp_redirect(rs, signin_where(r->kept.return_path)) : e;
}

static enum err return_get(struct req *rq, struct resp *rs) {
        struct returning *r = rq->prepared;
        enum sso_refusal why = SSO_WELCOME;
        int64_t person_id = 0;
        if (!r)
                return ERR_INVALID;
        if (r->fault == OIDC_OK) {
                enum err e = again(rq, r);
                if (e != OK)
                        return e;
        }
        if (r->fault != OIDC_OK)
                return show_fault(rq, rs, r->fault, &r->s);
        enum err e = sso_enter(rq, &r->s, &r->who, &why, &person_id);
        if (e == OK && why != SSO_WELCOME)
                return show_failure(rq, rs, (struct sso_failure) { 403, refusals[why].lead, refusals[why].mend }, &r->s, refusal_names[why]);
        return e == OK ? welcome(rq, rs, r, person_id) : e;
}

#define VERDER { .name = "verder", .type = FIELD_TEXT, .max = 2000 }
static const struct field choose_fields[] = { { .name = "zoek", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX }, VERDER, { 0 } };
static const struct field leave_fields[] = { VERDER, { 0 } };
static const struct field return_fields[] = {
        { .name = "code", .type = FIELD_TEXT, .max = 4096 },
        { .name = "state", .type = FIELD_TEXT, .max = 512 },
        { .name = "iss", .type = FIELD_TEXT, .max = KEPT_ISSUER_BYTES },
        { .name = "error", .type = FIELD_TEXT, .max = 512 },
        { 0 },
};

const struct route signin_organisation_routes[] = {
        { GET, "/inloggen/organisatie", ACCESS_PUBLIC, choose_get, choose_fields },
        { GET, "/inloggen/organisatie/{slug}", ACCESS_PUBLIC, leave_get, leave_fields, .prepare = leave_prepare, .lane = LANE_NET, .writes = true },
        { GET, SSO_CALLBACK, ACCESS_PUBLIC, return_get, return_fields, .prepare = return_prepare, .lane = LANE_NET, .writes = true },
        { 0 },
};
