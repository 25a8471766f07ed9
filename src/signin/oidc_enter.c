/* oidc_enter.c - from what a provider says of somebody to a person here. */
#include "address.h"
#include "sso.h"
#include "utf8.h"

static struct str name_of(const struct oidc_identity *who, struct str email) {
        struct str given = str_trim(who->name);
        size_t end = 0;
        for (int letters = 0; end < given.n && letters < PERSON_NAME_MAX; letters++)
                (void) utf8_next(given, &end);
        struct str name = str_trim(str_sub(given, 0, end));
        return name.n ? name : str_sub(email, 0, str_index(email, '@'));
}

/* Is what the provider says of the address enough? Asked at every sign-in: who leaves the organisation's domain is out. */
static enum sso_refusal check_address(struct req *rq, const struct oidc_settings *s, const struct oidc_identity *who) {
        if (!mail_address_ok(who->email))
                return SSO_NO_ADDRESS;
        if (!people_oidc_in_domain(rq->arena, who->email, s->email_domains))
                return SSO_OTHER_DOMAIN;
        return who->email_verified || s->email_trusted ? SSO_WELCOME : SSO_NOT_PROVED;
}

/* Somebody who is in an account already may link it. Else the address is enough, but for an account with a role that needs a
 * second factor, and for one that has a link: addresses are handed out anew, subjects never (OpenID Connect Core 5.7). */
static enum err may_link(struct req *rq, int64_t organisation_id, int64_t person_id, bool *ret) {
        struct credential_factors has;
        bool is_linked = false;
        int level = 0;
        enum err e = credential_factors(rq->db, rq->arena, person_id, &has);
        if (e == OK)
                e = people_oidc_is_linked(rq, organisation_id, person_id, &is_linked);
        if (e == OK && rq->viewer.person_id == person_id)
                e = session_level(rq, &level);
        *ret = e == OK && level >= (has.needs_second ? 2 : is_linked ? 1 : 0);
        return e;
}

/* Somebody once typed this address and never proved that it is theirs. The provider does: whoever typed it is out. */
static enum err claim(struct req *rq, const struct person *p, struct str name) {
        enum err e = credential_password_remove(rq, p->id);
        if (e == OK)
                e = link_forget_person(rq->db, p->id);
        if (e == OK)
                e = person_set_name(rq->db, p->id, name);
        return e == OK ? person_set_verified(rq->db, p->id, rq->now_ms) : e;
}

static enum err link_known(struct req *rq, const struct oidc_settings *s, const struct oidc_identity *who, const struct person *p,
                           enum sso_refusal *why) {
        bool may = false;
        enum err e = may_link(rq, s->organisation_id, p->id, &may);
        if (e == OK && (p->blocked_ms.is_set || !may)) {
                *why = p->blocked_ms.is_set ? SSO_CLOSED : SSO_PROTECTED;
                return OK;
        }
        if (e == OK && !p->verified_ms.is_set)
                e = claim(rq, p, name_of(who, p->email));
        return e == OK ? people_oidc_link(rq, s->organisation_id, who->sub, p->id) : e;
}

/* The first time: by the address, or somebody new. */
static enum err first_time(struct req *rq, const struct oidc_settings *s, const struct oidc_identity *who, enum sso_refusal *why,
                           int64_t *person_id) {
        struct str email = mail_address_tidy(rq->arena, who->email);
        struct person p;
        bool found = false;
        enum err e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, email), &p, &found);
        if (e == OK && found) {
                *person_id = p.id;
                return link_known(rq, s, who, &p, why);
        }
        if (e == OK)
                e = person_make(rq->db, rq->arena, email, name_of(who, email), s->is_demo, true, rq->now_ms, person_id);
        return e == OK ? people_oidc_link(rq, s->organisation_id, who->sub, *person_id) : e;
}

static enum err known(struct req *rq, int64_t person_id, enum sso_refusal *why) {
        struct person p;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &p, &found);
        if (e == OK && (!found || p.blocked_ms.is_set))
                *why = SSO_CLOSED;
        return e;
}

enum err sso_enter(struct req *rq, const struct oidc_settings *s, const struct oidc_identity *who, enum sso_refusal *why,
                   int64_t *person_id) {
        *person_id = 0;
        *why = check_address(rq, s, who);
        if (*why != SSO_WELCOME)
                return OK;
        enum err e = people_oidc_person(rq, s->organisation_id, who->sub, person_id);
        if (e == OK)
                e = *person_id ? known(rq, *person_id, why) : first_time(rq, s, who, why, person_id);
        if (e != OK || *why != SSO_WELCOME)
                return e;
        return people_oidc_roles(rq, s->organisation_id, *person_id, who->roles, who->role_count);
}
