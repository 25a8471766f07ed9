/* Any bytes as attestation object, with client data that is right: a key within its bounds, or a refusal. */
#include <stdint.h>
#include <stdlib.h>
#include "cbor.h"
#include "webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const struct webauthn_site site = {
                S_INIT("schouders.nl"), S_INIT("https://schouders.nl"), S_INIT("Schouders"),
        };
        struct arena a = { 0 };
        struct str object = { (const char *) data, n }, rest = object, whole;
        struct webauthn_key key;
        enum webauthn_fault why;
        enum err e = webauthn_register(&a, &site, S("0123456789abcdef0123456789ABCDEF"),
                S("{\"type\":\"webauthn.create\",\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY\","
                  "\"origin\":\"https://schouders.nl\"}"), object, false, &key, &why);
        MUST((e == OK) == (why == WEBAUTHN_FINE) && why != WEBAUTHN_OURS);
        if (e == OK) {
                MUST(key.id.n >= WEBAUTHN_ID_MIN && key.id.n <= WEBAUTHN_ID_MAX && key.flags & WEBAUTHN_UP);
                MUST(key.public_key.n == (key.alg == WEBAUTHN_ES256 ? 64 : key.alg == WEBAUTHN_EDDSA ? 32 : 259));
                MUST(cbor_whole(&rest, &whole) && rest.n == 0 && whole.n == n);
        }
        /* The same bytes as a row of items: each takes at least one byte, and no more than there are. */
        for (rest = object; rest.n > 0;) {
                size_t before = rest.n;
                if (!cbor_whole(&rest, &whole))
                        break;
                MUST(whole.n > 0 && rest.n + whole.n == before);
        }
        arena_done(&a);
        return 0;
}
