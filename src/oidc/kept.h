/* kept.h - what a browser carries between the start of a sign-in and the callback. The caller seals it (encrypts and
 * authenticates) in a cookie that is HttpOnly, Secure and SameSite=Lax: the verifier is a secret. Pure. */
#ifndef OIDC_KEPT_H
#define OIDC_KEPT_H
#include "str.h"

#define KEPT_TOKEN 43           /* 256 bits in base64url */
#define KEPT_ISSUER_BYTES 512
#define KEPT_RETURN_BYTES 512
#define KEPT_BYTES 1600         /* of the text */

struct oidc_kept {
        int64_t started_ms;     /* since 1970 */
        struct str state;       /* KEPT_TOKEN letters each, all different and fresh */
        struct str nonce;
        struct str verifier;    /* of PKCE (RFC 7636 section 4.1) */
        struct str issuer;
        struct str return_path; /* where to go afterwards: a path of this site, or "" */
};

/* As text, "1.started.state.nonce.verifier.issuer.return", of letters that need no escaping in a cookie. In A. */
struct str oidc_kept_write(struct arena *a, const struct oidc_kept *k);

/* Reads that text and nothing else: other versions, lengths and spellings are refused, so that what is read writes back as
 * the same bytes. A return path starts with one "/" and has no control characters, spaces or backslashes. */
_must_use_ bool oidc_kept_read(struct arena *a, struct str text, struct oidc_kept *ret);

/* What oidc_kept_read() asks of a return path. "" is fine. */
bool kept_is_return(struct str path);

#endif
