#include "recovery.h"
#include <sodium.h>
#include <string.h>

#define TYPED_MAX 64

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
_Static_assert(sizeof alphabet == 32 + 1, "five bits a character, without remainder");

void recovery_make(char ret[RECOVERY_CODES][RECOVERY_TEXT]) {
        for (size_t k = 0; k < RECOVERY_CODES; k++) {
                unsigned char random[RECOVERY_CHARS];
                char *p = ret[k];
                randombytes_buf(random, sizeof random);
                for (size_t i = 0; i < RECOVERY_CHARS; i++) {
                        if (i == RECOVERY_CHARS / 2)
                                *p++ = '-';
                        *p++ = alphabet[random[i] & 31];
                }
                *p = '\0';
                sodium_memzero(random, sizeof random);
        }
}

enum err recovery_normal(struct str typed, char ret[RECOVERY_CHARS + 1]) {
        size_t n = 0;
        memset(ret, 0, RECOVERY_CHARS + 1);
        if (typed.n > TYPED_MAX)
                return ERR_INVALID;
        for (size_t i = 0; i < typed.n; i++) {
                char c = typed.p[i];
                if (c == ' ' || c == '-')
                        continue;
                if (c >= 'A' && c <= 'Z')
                        c = (char) (c + 32);
                if (c == 'o')
                        c = '0';
                if (c == 'i' || c == 'l')
                        c = '1';
                if (n == RECOVERY_CHARS || c == '\0' || !strchr(alphabet, c))
                        return ERR_INVALID;
                ret[n++] = c;
        }
        return n == RECOVERY_CHARS ? OK : ERR_INVALID;
}

enum err recovery_digest(const unsigned char key[32], struct str typed, struct token_digest *ret) {
        char code[RECOVERY_CHARS + 1];
        enum err e = recovery_normal(typed, code);
        if (e == OK)
                digest_bytes(key, (struct str) { code, RECOVERY_CHARS }, ret);
        sodium_memzero(code, sizeof code);
        return e;
}
