#include "base64url.h"
#include <sodium.h>

/* libsodium 1.0.18 takes any byte from 128 on for "_". */
static bool is_ascii(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] >= 0x80)
                        return false;
        return true;
}

bool base64url_read(struct arena *a, struct str text, struct str *ret) {
        size_t n = 0;
        unsigned char *p = arena_alloc(a, text.n + 1);
        *ret = (struct str) { (const char *) p, 0 };
        if (!is_ascii(text))
                return false;
        if (text.n && sodium_base642bin(p, text.n, text.p, text.n, NULL, &n, NULL,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
                return false;
        ret->n = n;
        return true;
}

struct str base64url_write(struct arena *a, struct str bytes) {
        size_t room = sodium_base64_encoded_len(bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        char *p = arena_alloc(a, room);
        sodium_bin2base64(p, room, (const unsigned char *) bytes.p, bytes.n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        return (struct str) { p, room - 1 };
}
