/* Any bytes are a key set or a fault, and a discovery document or a fault; a key without flaw is one that can be used. */
#include <stdint.h>
#include <stdlib.h>
#include "jwk_key.h"
#include "provider.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const struct oidc_http http = { .allow_loopback_http = false };
        struct arena a = { 0 };
        struct jwks keys;
        struct jwk one;
        struct oidc_provider p;
        struct str text = { (const char *) data, n };
        if (jwks_read(&a, text, &keys) == OIDC_OK) {
                for (size_t i = 0; i < keys.n; i++) {
                        EVP_PKEY *k = keys.v[i].flaw ? NULL : jwk_pkey(&keys.v[i]);
                        if ((!k && !keys.v[i].flaw) || !(keys.v[i].algs & JWS_ALL) || (k && EVP_PKEY_get_security_bits(k) < 112))
                                abort();
                        EVP_PKEY_free(k);
                }
                if (jwks_pick(&keys, JWS_RS256, S("1"), &one) == OIDC_OK && !str_eq(one.kid, S("1")))
                        abort();
        }
        if (provider_read(&http, &a, S("https://i.example"), text, &p) == OIDC_OK &&
            (!fetch_allows(&http, p.token_endpoint) || !fetch_allows(&http, p.jwks_uri) || !p.id_token_algs))
                abort();
        arena_done(&a);
        return 0;
}
