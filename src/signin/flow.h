/* flow.h - what a sign-in of more than one request remembers, in a sealed cookie: nothing of it is in the store until somebody
 * is in. The cookie can be read and made only with the key file, ends after FLOW_LASTS_MS, and its challenge is used up by the
 * request that succeeds (people_credential.h), so that a copy of the cookie is worth nothing afterwards. */
#ifndef SIGNIN_FLOW_H
#define SIGNIN_FLOW_H
#include "keys.h"

#define FLOW_LASTS_MS ((int64_t) 10 * 60 * 1000)
#define FLOW_CHALLENGE 32               /* bytes; WEBAUTHN_CHALLENGE */
#define FLOW_METHOD_MAX 60              /* bytes */
#define FLOW_VERDER_MAX 1000            /* bytes; REDIRECT_MAX */

enum flow_kind {
        FLOW_SECOND = 1,                /* one factor was shown; person_id is set */
        FLOW_PASSKEY = 2,               /* a passkey was asked for; nobody is known yet */
};
struct flow {
        enum flow_kind kind;
        int64_t person_id, started_ms;
        struct str method;              /* "wachtwoord" */
        struct str verder;              /* a path, or "" */
        struct str challenge;           /* FLOW_CHALLENGE random bytes */
};

/* A new flow with a fresh challenge, in A. VERDER is kept when it is a path of this site. */
struct flow flow_new(struct arena *a, enum flow_kind kind, int64_t person_id, struct str method, struct str verder, int64_t now_ms);
/* The value of the cookie, in A. ERR_LIMIT for a method or path that is too long. */
_must_use_ enum err flow_seal(const struct keys *k, struct arena *a, const struct flow *f, struct str *ret);
/* The reverse, in A. ERR_INVALID when the cookie is none of ours, of another installation, of another KIND, or too old. */
_must_use_ enum err flow_open(const struct keys *k, struct arena *a, struct str cookie, enum flow_kind kind, int64_t now_ms,
                              struct flow *ret);

/* The bytes inside the seal: kind, person, start, challenge, and the two texts behind their lengths. Reading borrows. */
struct str flow_write(struct arena *a, const struct flow *f);
_must_use_ enum err flow_parse(struct str bytes, struct flow *ret);

#endif
