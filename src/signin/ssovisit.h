/* ssovisit.h - tests only: a municipality whose people sign in at a provider that the test plays. */
#ifndef SIGNIN_SSOVISIT_H
#define SIGNIN_SSOVISIT_H
#include "sso.h"
#include "visit.h"
#undef NOW
#include "testprovider.h"
#undef NOW                              /* the clock is now_ms of the visit */

#define KNOWN ",\"email\":\"j@x.nl\",\"email_verified\":true,\"name\":\"Jo Jansen\""
#define GROUPS ",\"groups\":[\"g\"]"

/* A visit with an organisation "Gemeente Alfa", whose settings are good and on. The provider is fresh. */
struct visit sso_new(struct test_store *s, int64_t *organisation_id);
void sso_done(struct visit *v);
/* Good settings for that provider, with "s3cret:+%" as secret. */
struct oidc_settings sso_settings(int64_t organisation_id);
/* Saves them as somebody who may decide about trust. */
enum err sso_save(struct visit *v, struct oidc_settings *s);
void sso_rule(struct visit *v, int64_t organisation_id, const char *value, const char *role);

/* Goes to the provider; *STATE is what comes back from there. */
struct reply sso_leave(struct visit *v, const char *verder, struct str *state);
/* What the provider says of who signs in there, for the browser that left: members of the ID token behind its subject. */
void sso_says(struct visit *v, const char *subject, const char *more);
/* Comes back. */
struct reply sso_return(struct visit *v, struct str state, const char *more);
/* All of it, in a browser without cookies. */
struct reply sso_sign_in(struct visit *v, const char *subject, const char *more);

/* Rows of the trail with this action. */
int64_t trail_rows(struct visit *v, const char *action);
bool holds(struct visit *v, int64_t person_id, const char *role);

#endif
