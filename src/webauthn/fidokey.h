/* fidokey.h - the two things that libfido2 does for us: read a new key, and check a signature with a stored one. */
#ifndef WEBAUTHN_FIDOKEY_H
#define WEBAUTHN_FIDOKEY_H
#include "webauthn.h"

/* Fills *ret (but for its flags) with copies in A from AUTH_DATA, which authdata_read() has found to be well-formed and
 * to hold a key for ALG. WEBAUTHN_PUBLIC_KEY when libfido2 cannot read it, or when no signature of it proves anything:
 * not a point of the curve, a point of small order, or RSA other than 2048 bits with exponent 65537. */
_must_use_ enum webauthn_fault fidokey_read(struct arena *a, struct str auth_data, int alg, struct webauthn_key *ret);

/* Checks SIGNATURE over AUTH_DATA and the SHA-256 of CLIENT_DATA_JSON by KEY (7.2, steps 19 and 20), and once more rp id,
 * user presence and, with REQUIRE_UV, user verification. */
_must_use_ enum webauthn_fault fidokey_verify(struct arena *a, const struct webauthn_site *site,
                                              const struct webauthn_key *key, struct str client_data_json,
                                              struct str auth_data, struct str signature, bool require_uv);

#endif
