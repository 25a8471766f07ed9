#include "auth_token.h"
#include <sodium.h>
#include "base64url.h"

_Static_assert(TOKEN_TEXT == sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING),
               "a token and its NUL fit exactly");

void token_make(char ret[TOKEN_TEXT]) {
        unsigned char raw[TOKEN_BYTES];
        randombytes_buf(raw, sizeof raw);
        sodium_bin2base64(ret, TOKEN_TEXT, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        sodium_memzero(raw, sizeof raw);
}

enum err token_hash(const unsigned char key[32], struct str token, unsigned char ret[32]) {
        unsigned char raw[TOKEN_BYTES];
        size_t n = 0;
        if (token.n != TOKEN_TEXT - 1 || !base64url_decode(token, raw, sizeof raw, &n) || n != sizeof raw)
                return ERR_INVALID;
        crypto_generichash(ret, 32, raw, sizeof raw, key, 32);
        sodium_memzero(raw, sizeof raw);
        return OK;
}

enum err token_digest(const unsigned char key[32], struct str token, struct token_digest *ret) {
        unsigned char hash[32];
        enum err e = token_hash(key, token, hash);
        if (e == OK)
                sodium_bin2hex(ret->hex, sizeof ret->hex, hash, sizeof hash);
        return e;
}

void digest_bytes(const unsigned char key[32], struct str bytes, struct token_digest *ret) {
        unsigned char hash[32];
        crypto_generichash(hash, sizeof hash, (const unsigned char *) bytes.p, bytes.n, key, 32);
        sodium_bin2hex(ret->hex, sizeof ret->hex, hash, sizeof hash);
}
