/* Any bytes are a token or a fault; a token that is read never passes with a key that did not sign it, and its claims,
 * believed or not, are read within bounds. */
#include <stdint.h>
#include <stdlib.h>
#include "base64url.h"
#include "claims.h"
#include "jws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* A weak key, which must never be enough. */
static const struct jwk nobody = { .algs = JWS_RS256 | JWS_PS256, .flaw = OIDC_KEY_WEAK };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const struct claims_wanted want = { .issuer = S_INIT("https://i.example"), .client_id = S_INIT("us"),
                                                   .nonce = S_INIT("n"), .roles_claim = S_INIT("a.b"), .access_token = S_INIT("t") };
        struct arena a = { 0 };
        struct jws t;
        struct oidc_identity who;
        struct str text = { (const char *) data, n };
        if (jws_read(&a, text, &t) == OIDC_OK) {
                struct str again;
                if (!(t.alg & JWS_ALL) || t.signed_part.n >= n || jws_verify(&t, &nobody) == OIDC_OK)
                        abort();
                /* The payload has one spelling: written back it is the same letters. */
                size_t dot = str_index(t.signed_part, '.');
                again = base64url_write(&a, t.payload);
                if (!str_eq(again, str_sub(t.signed_part, dot + 1, n)))
                        abort();
                (void) !claims_check(&a, t.payload, &want, 1800000000000, &who);
        }
        /* Claims alone too, or the fuzzer has to find base64 first. */
        if (claims_check(&a, text, &want, 1800000000000, &who) == OIDC_OK &&
            (who.sub.n == 0 || who.sub.n > CLAIMS_SUB_BYTES || who.role_count > CLAIMS_ROLES))
                abort();
        (void) !claims_add(&a, text, want.roles_claim, &who);
        arena_done(&a);
        return 0;
}
