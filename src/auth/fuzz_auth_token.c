/* A text that is accepted as token is the only spelling of its 32 bytes. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include "auth_token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static const unsigned char key[32] = { 7 };
        unsigned char hash[32], want[32], raw[TOKEN_BYTES];
        struct str token = { (const char *) data, size };
        if (token_hash(key, token, hash) == OK) {
                char again[TOKEN_TEXT];
                size_t n = 0;
                must(size == TOKEN_TEXT - 1);
                must(sodium_base642bin(raw, sizeof raw, token.p, token.n, NULL, &n, NULL,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && n == sizeof raw);
                sodium_bin2base64(again, sizeof again, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
                must(memcmp(again, data, size) == 0);
                crypto_generichash(want, sizeof want, raw, sizeof raw, key, sizeof key);
                must(memcmp(hash, want, sizeof hash) == 0);
        }
        return 0;
}
