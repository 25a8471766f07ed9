/* rules.h - what the files of this room share. */
#ifndef SIGNIN_RULES_H
#define SIGNIN_RULES_H
#include "address.h"
#include "flow.h"
#include "page.h"
#include "password.h"
#include "people.h"
#include "people_credential.h"
#include "people_link.h"
#include "people_session.h"

/* Kinds of attempt that are counted (people_credential.h). */
#define ATTEMPT_PASSWORD "wachtwoord"
#define ATTEMPT_SECOND "code"
#define ATTEMPT_MAIL "e-mail"           /* mail that a stranger asks for */

/* The path to go to: VERDER when it may be followed, else the account. */
struct str signin_where(struct str verder);
/* "/inloggen?verder=…", and without when there is nothing to go on to. */
struct str signin_path(struct req *rq, const char *path, struct str verder);

/* Too many failures: status 429 and the page WAIT. OK. */
struct page signin_page(struct req *rq, struct resp *rs, struct str title);
_must_use_ enum err signin_wait(struct req *rq, struct resp *rs, int64_t wait_ms);
/* A link that is wrong, used or too old: one page for all, status 404. AGAIN is where a new one comes from. */
_must_use_ enum err signin_link_gone(struct req *rq, struct resp *rs, struct str again, struct str label);
/* A refused attempt in the log: kind and cause, nothing of the person. */
void signin_log(const struct req *rq, const char *what, const char *why);

/* Second factor and passkeys. */
_must_use_ enum err signin_flow_start(struct req *rq, struct resp *rs, const struct flow *f);
/* Reads the fields of a data-passkey-signin form and checks them against CHALLENGE, which is used up. *GOOD tells; *RET is then
 * the passkey. A refusal is in the log. */
_must_use_ enum err signin_passkey_answer(struct req *rq, struct str challenge, bool require_uv, struct credential_passkey *ret,
                                          bool *good);
extern const struct field signin_passkey_fields[];

/* A new password, checked and hashed in LANE_HASH; rq->prepared holds it. */
struct new_password {
        char hash[crypto_pwhash_STRBYTES];
        struct str why;                 /* why it is refused; "" when it is fine */
};
/* For route.prepare, with the address and name it may not be made of. */
_must_use_ enum err new_password_prepare(struct req *rq, struct str password, struct str email, struct str name);
/* In run: notes the mistake; false when there is one, or when nothing was prepared. */
bool new_password_good(struct req *rq);
struct str new_password_hash(const struct req *rq);

/* letters.c: the mails. */
_must_use_ enum err letter_verify(struct req *rq, const struct person *to, struct str token);
_must_use_ enum err letter_exists(struct req *rq, const struct person *to);
/* May this address get another mail that anybody can ask for? Counts it. */
_must_use_ enum err letter_allowed(struct req *rq, struct str email, bool *ret);

#endif
