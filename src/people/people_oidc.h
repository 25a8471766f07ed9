/* people_oidc.h - an organisation's own sign-in: where its people prove who they are, and which roles that gives them there.
 * Whoever controls the provider can be anybody with an address of the domain. So provider, domain and what is believed of
 * them count only after somebody who may add organisations looked at them (RIGHT_ORGANISATIONS): a change by anybody else
 * switches the sign-in off. */
#ifndef PEOPLE_PEOPLE_OIDC_H
#define PEOPLE_PEOPLE_OIDC_H
#include "http.h"
#include "oidc.sql.h"
#include "people.h"

#define OIDC_DOMAIN_BYTES 253           /* one of them */
#define OIDC_DOMAINS 20                 /* of one organisation */
#define OIDC_DOMAINS_BYTES 1000         /* all of them, with what stands between */
#define OIDC_CLAIM_BYTES 255
#define OIDC_SECRET_BYTES 1024
#define OIDC_KEY_BYTES 8192             /* an RSA key of 8192 bits takes 6400 */
#define OIDC_RULES 50                   /* for one organisation */

struct oidc_http;
struct oidc_settings {
        int64_t organisation_id;
        struct str slug, name;          /* of the organisation; not saved */
        bool is_open;                   /* it takes part and its sign-in is on; not saved */
        bool is_demo;                   /* not saved */
        struct str issuer, client_id;
        struct str client_secret;       /* "" with a key */
        struct str private_key;         /* PEM; "" with a secret */
        struct str email_domains;       /* one or more in lower case, without "@", a space between two */
        struct str role_claim;          /* "" for none */
        bool email_trusted;             /* for providers that never say email_verified */
        bool second_factor;             /* the provider always asks for one */
        bool is_on;
};

/* The settings, secrets opened, in A. *FOUND tells. ERR_INVALID (logged) when the key file is not that of this row. */
_must_use_ enum err people_oidc_get(struct req *rq, int64_t organisation_id, struct oidc_settings *ret, bool *found);
_must_use_ enum err people_oidc_of_issuer(struct req *rq, struct str issuer, struct oidc_settings *ret, bool *found);

/* What is wrong with settings; bits. */
enum oidc_mistake {
        OIDC_WRONG_ISSUER = 1 << 0,     /* no https URL; http is for loopback, when H allows that */
        OIDC_WRONG_CLIENT = 1 << 1,
        OIDC_WRONG_SECRET = 1 << 2,     /* neither secret nor key, both, or too long */
        OIDC_WRONG_KEY = 1 << 3,        /* no unencrypted PEM with a P-256 key, or RSA of 2048 bits or more */
        OIDC_WRONG_DOMAIN = 1 << 4,
        OIDC_WRONG_CLAIM = 1 << 5,
};
unsigned people_oidc_mistakes(const struct oidc_http *h, struct arena *a, const struct oidc_settings *s);

/* Do these need somebody who may add organisations? OLD is NULL for the first settings. */
bool people_oidc_is_trust(const struct oidc_settings *old, const struct oidc_settings *s);

/* Keeps S, secrets sealed, in a POST. Becomes off when the visitor may not decide about people_oidc_is_trust(); *OFF tells
 * that. Another issuer ends the links of people with the old one, whose subjects mean nothing there; those and switching off
 * end the sessions of the people concerned. Writes the trail, without secrets. ERR_INVALID for people_oidc_mistakes();
 * ERR_CONFLICT when another organisation has this issuer. */
_must_use_ enum err people_oidc_save(struct req *rq, const struct oidc_http *h, struct oidc_settings *s, bool *off);

/* Rules that give a role. VALUE "" gives it to everybody who signs in here. */
_must_use_ enum err people_oidc_rule_add(struct req *rq, int64_t organisation_id, struct str value, const struct role *role);
_must_use_ enum err people_oidc_rule_remove(struct req *rq, int64_t organisation_id, struct str value, struct str role);
/* May a rule give it? Only what an organisation's manager may give. */
bool people_oidc_may_map(const struct role *role);

/* The person with SUBJECT at the provider of an organisation; 0 for nobody. */
_must_use_ enum err people_oidc_person(struct req *rq, int64_t organisation_id, struct str subject, int64_t *person_id);
/* Is PERSON linked there already, perhaps with another subject? */
_must_use_ enum err people_oidc_is_linked(struct req *rq, int64_t organisation_id, int64_t person_id, bool *ret);
/* From now on SUBJECT is PERSON. Writes the trail. */
_must_use_ enum err people_oidc_link(struct req *rq, int64_t organisation_id, struct str subject, int64_t person_id);
/* Gives the roles that the rules give for VALUES, and takes those that they gave before and give no longer. Roles that
 * somebody gave by hand stay. */
_must_use_ enum err people_oidc_roles(struct req *rq, int64_t organisation_id, int64_t person_id, const struct str *values,
                                      size_t n);

/* Is DOMAIN one of DOMAINS (as in email_domains)? */
bool people_oidc_has_domain(struct str domains, struct str domain);
/* Is EMAIL an address of one of DOMAINS itself? Not of a domain below it. */
bool people_oidc_in_domain(struct arena *a, struct str email, struct str domains);

#endif
