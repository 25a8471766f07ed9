/* Any bytes as client data: taken only with our type, challenge and origin in it. */
#include <stdint.h>
#include <stdlib.h>
#include "clientdata.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

/* An escape can hide a letter, so the plain text need not be there. */
static bool has(struct str json, struct str text) {
        return str_find(json, text) < json.n || str_index(json, '\\') < json.n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const struct webauthn_site site = {
                S_INIT("schouders.nl"), S_INIT("https://schouders.nl"), S_INIT("Schouders"),
        };
        struct str json = { (const char *) data, n }, challenge = S("0123456789abcdef0123456789ABCDEF");
        enum webauthn_fault fault = clientdata_check(&site, S("webauthn.get"), challenge, json);
        MUST((fault == WEBAUTHN_TOO_LARGE) == (n > WEBAUTHN_CLIENT_DATA_MAX));
        MUST(fault <= WEBAUTHN_CLIENT_DATA || (fault >= WEBAUTHN_TYPE && fault <= WEBAUTHN_CROSS_ORIGIN));
        if (fault == WEBAUTHN_FINE) {
                MUST(has(json, S("\"webauthn.get\"")) && has(json, S("\"https://schouders.nl\"")));
                MUST(has(json, S("\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY\"")));
        }
        return 0;
}
