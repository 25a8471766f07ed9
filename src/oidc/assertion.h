/* assertion.h - what this client says of itself in private_key_jwt (Core section 9, RFC 7523 section 3). Pure. */
#ifndef OIDC_ASSERTION_H
#define OIDC_ASSERTION_H
#include "str.h"

/* JSON with iss, sub, aud, jti, iat and exp = NOW_S + LIFE_S (seconds), in A. */
struct str assertion_claims(struct arena *a, struct str client_id, struct str audience, struct str jti, int64_t now_s,
                            int64_t life_s);

#endif
