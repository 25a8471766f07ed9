/* signin.h - "Inloggen": getting in with a password, a passkey, a second factor or a link; making an account, with or without
 * an invitation; choosing a new password. And with an organisation's own sign-in. */
#ifndef SIGNIN_SIGNIN_H
#define SIGNIN_SIGNIN_H
#include "http.h"

extern const struct route signin_routes[];              /* /inloggen, /uitloggen */
extern const struct route signin_second_routes[];       /* /inloggen/code: the second factor */
extern const struct route signin_passkey_routes[];      /* /inloggen/passkey */
extern const struct route signin_link_routes[];         /* /inloggen/link, /beginnen */
extern const struct route signin_register_routes[];     /* /account-maken */
extern const struct route signin_reset_routes[];        /* /wachtwoord-vergeten, /wachtwoord-nieuw */
extern const struct route signin_invitation_routes[];   /* /uitnodiging */
extern const struct route signin_organisation_routes[]; /* /inloggen/organisatie: an organisation's own OpenID Connect */
extern const struct route signin_settings_routes[];     /* /beheer/organisaties/{slug}/inloggen: its settings */

/* Signs PERSON in after one factor, in a POST: a session and a redirect to VERDER (when that is a path of this site, else the
 * account), or the step for the second factor. METHOD says in Dutch what was shown ("wachtwoord"). Who needs a second factor
 * and has none gets in with one, and is sent to make one. ERR_DENIED as session_start(). */
_must_use_ enum err signin_finish(struct req *rq, struct resp *rs, int64_t person_id, struct str method, struct str verder);

/* Mails to PERSON, in a POST: a link to choose a new password, and that it was changed. ERR_NOT_FOUND for no such person. */
_must_use_ enum err signin_send_password_link(struct req *rq, int64_t person_id);
_must_use_ enum err signin_send_password_changed(struct req *rq, int64_t person_id);

#endif
