/* oidc_fault.h - every way in which signing in with an external provider can fail. The code and the sentence are for the
 * log; the visitor gets one page that gives nothing away. */
#ifndef OIDC_OIDC_FAULT_H
#define OIDC_OIDC_FAULT_H
#include "str.h"

enum oidc_fault {
        OIDC_OK = 0,
        /* What an administrator configured, and what the provider publishes. */
        OIDC_URL, OIDC_CLIENT, OIDC_CLIENT_KEY, OIDC_METADATA, OIDC_METADATA_ISSUER, OIDC_UNSUPPORTED, OIDC_AUTH_METHOD,
        OIDC_JWKS,
        /* Reaching the provider. */
        OIDC_UNREACHABLE, OIDC_TLS, OIDC_TIMEOUT, OIDC_TOO_LARGE, OIDC_ADDRESS, OIDC_STATUS, OIDC_JSON,
        /* What the browser brought back. */
        OIDC_KEPT, OIDC_LATE, OIDC_STATE, OIDC_CALLBACK_ISSUER, OIDC_DECLINED, OIDC_CODE,
        /* What the token endpoint answered. */
        OIDC_EXCHANGE, OIDC_TOKEN_ANSWER,
        /* The ID token: form, key, signature, claims. */
        OIDC_TOKEN_FORM, OIDC_TOKEN_ALG, OIDC_TOKEN_CRIT, OIDC_KEY_UNKNOWN, OIDC_KEY_SEVERAL, OIDC_KEY_WEAK,
        OIDC_KEY_INVALID, OIDC_SIGNATURE, OIDC_CLAIMS, OIDC_ISSUER, OIDC_AUDIENCE, OIDC_PARTY, OIDC_EXPIRED, OIDC_FUTURE,
        OIDC_OLD, OIDC_NONCE, OIDC_SUBJECT, OIDC_TOKEN_HASH, OIDC_ROLES, OIDC_USERINFO,
        OIDC_CRYPTO,
        OIDC_FAULTS
};

/* The code as a word: "key_unknown". */
const char *oidc_fault_name(enum oidc_fault f);

/* One English sentence for the log, without any value from outside. */
const char *oidc_fault_text(enum oidc_fault f);

/* What the web side answers: ERR_BUSY when the provider cannot be reached or misbehaves (trying again may work),
 * ERR_INVALID for a callback that does not belong to a sign-in of this browser or came too late, ERR_DENIED when the
 * provider or a check said no, ERR_INTERNAL for a mistake in the settings. OK for OIDC_OK. */
_must_use_ enum err oidc_fault_err(enum oidc_fault f);

#endif
