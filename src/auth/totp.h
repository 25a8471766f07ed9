/* totp.h - six-digit codes of an authenticator app (RFC 6238 with SHA-1, 30 seconds: what every app can do). */
#ifndef AUTH_TOTP_H
#define AUTH_TOTP_H
#include "str.h"

#define TOTP_SECRET 20                  /* bytes: 160 bits, RFC 4226, section 4, R6 */
#define TOTP_DIGITS 6
#define TOTP_STEP_S 30

enum totp_result {
        TOTP_OK,
        TOTP_WRONG,                     /* not a code, or not of this moment: counts as a failed attempt */
        TOTP_USED,                      /* right, but this code or a later one was accepted before: ask for the next */
};

/* A new random secret. Store it sealed (keys.h). */
void totp_secret(unsigned char ret[TOTP_SECRET]);

/* The secret in base32 (RFC 4648) for typing it over: eight groups of four, "ABCD EFGH ...", in A. */
struct str totp_text(struct arena *a, const unsigned char secret[TOTP_SECRET]);

/* The otpauth:// URI that an app reads from a QR code, in A. ACCOUNT is what the app shows, usually the e-mail address;
 * it may hold any text. */
struct str totp_uri(struct arena *a, const unsigned char secret[TOTP_SECRET], struct str account);

/* CODE as six digits and a NUL: spaces (also U+00A0) may stand anywhere, nothing else may. ERR_INVALID otherwise. */
_must_use_ enum err totp_normal(struct str code, char ret[TOTP_DIGITS + 1]);

/* Checks CODE against SECRET (N bytes) at NOW_MS, milliseconds since 1970 by our own clock, and one step before and after
 * (RFC 6238, section 5.2). LAST_STEP is the step accepted last, 0 for none: it and earlier ones are TOTP_USED, since a
 * code works once (RFC 6238, section 5.2; ASVS 5.0, 6.5.1). On TOTP_OK *STEP is to be stored, in the same transaction
 * that grants what the code was for. *STEP is 0 otherwise. */
_must_use_ enum totp_result totp_check(const unsigned char *secret, size_t n, struct str code, int64_t now_ms,
                                       int64_t last_step, int64_t *step);

#endif
