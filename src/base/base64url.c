#include "base64url.h"
#include <sodium.h>

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

/* libsodium 1.0.18 takes every byte from 0x80 on for the letter '_'. */
static bool is_ascii(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] >= 0x80)
                        return false;
        return true;
}

bool base64url_decode(struct str text, unsigned char *raw, size_t room, size_t *n) {
        *n = 0;
        return text.n == 0 ||
               (is_ascii(text) && sodium_base642bin(raw, room, text.p, text.n, NULL, n, NULL, VARIANT) == 0);
}

bool base64url_read(struct arena *a, struct str text, struct str *ret) {
        size_t room = text.n / 4 * 3 + text.n % 4, n;
        unsigned char *p = arena_alloc(a, room + 1);
        bool good = base64url_decode(text, p, room, &n);
        n = good ? n : 0;
        p[n] = '\0';
        *ret = (struct str) { (const char *) p, n };
        return good;
}

struct str base64url_write(struct arena *a, struct str bytes) {
        size_t room = sodium_base64_ENCODED_LEN(bytes.n, VARIANT);
        char *p = arena_alloc(a, room);
        sodium_bin2base64(p, room, (const unsigned char *) bytes.p, bytes.n, VARIANT);
        return (struct str) { p, room - 1 };
}
