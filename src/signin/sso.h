/* sso.h - what the files for an organisation's own sign-in share. */
#ifndef SIGNIN_SSO_H
#define SIGNIN_SSO_H
#include "oidc.h"
#include "people_oidc.h"
#include "rules.h"

/* Sealed beside the cookie of other sign-ins of more than one step, which cannot be taken for it. */
#define SSO_COOKIE_AD S("oidc")
#define SSO_CALLBACK "/inloggen/organisatie/terug"

/* Why somebody whom the provider knows does not get in. */
enum sso_refusal {
        SSO_WELCOME,
        SSO_NO_ADDRESS,         /* the provider gave no usable e-mail address */
        SSO_OTHER_DOMAIN,
        SSO_NOT_PROVED,         /* the provider does not say that the address is proved */
        SSO_CLOSED,             /* the account is closed */
        SSO_PROTECTED,          /* an account that is not linked on an address alone */
};

/* oidc_enter.c: who WHO is here, found or made, with the roles of the rules; in the POST of the callback. *WHY tells when
 * nothing happened. */
_must_use_ enum err sso_enter(struct req *rq, const struct oidc_settings *s, const struct oidc_identity *who,
                              enum sso_refusal *why, int64_t *person_id);

/* oidc_web.c: the sealed cookie between the start and the callback. */
_must_use_ enum err sso_keep(struct req *rq, const struct oidc_kept *kept, struct str *cookie);
bool sso_kept(struct req *rq, struct str cookie, struct oidc_kept *ret);
/* This site as the provider of S knows it. Borrows. */
struct oidc_client sso_client(const struct req *rq, const struct oidc_settings *s);
/* Can people sign in there on this installation? */
bool sso_is_open(const struct req *rq, const struct oidc_settings *s);

/* The choice of an organisation. */
struct sso_choice {
        struct str name, href;
        bool is_demo;
};
#define SSO_CHOICES 50          /* shown at once */
struct sso_choices {
        struct { struct sso_choice *v; size_t n, cap; } found;
        struct str query, verder;
        bool any, more;         /* there are organisations at all; more than are shown */
};
/* A sign-in that did not work: what happened, what to do, and where to begin again. */
struct sso_failure {
        int status;
        struct str lead, mend;
        struct str again;       /* path */
        struct str number;      /* of the request, for who looks in the log; "" when that is of no use */
};

/* The settings of an organisation. */
struct sso_rule { struct str value, role, label; };
struct sso_view {
        struct organisation o;
        struct oidc_settings s; /* as kept, or as typed */
        bool exists, was_on, has_secret;
        bool may_trust;         /* the visitor may decide about provider and domain */
        struct { struct sso_rule *v; size_t n, cap; } rules;
        struct str value, role; /* of a new rule, as typed */
        struct str domains;     /* of the addresses, for reading */
        struct str public_key;  /* JWK of the private key that is kept, for the provider; "" for none */
        struct str path, callback, note, verdict;
        bool verdict_is_good;
};
/* What a try with the provider found, in Dutch; "" for an unknown code. */
struct str sso_verdict(struct str code);

#endif
