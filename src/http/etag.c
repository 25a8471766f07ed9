/* etag.c - a fast hash of page contents; not for secrets. Two multiplications per 16 bytes, two lanes. */
#include <stdio.h>
#include <string.h>
#include "static.h"

static uint64_t mix(uint64_t a, uint64_t b) {
        __extension__ typedef unsigned __int128 wide;
        wide m = (wide) a * b;
        return (uint64_t) m ^ (uint64_t) (m >> 64);
}

static uint64_t word(const char *p, size_t n) {
        uint64_t v = 0;
        memcpy(&v, p, n);
        return v;
}

static uint64_t content_hash(struct str s, uint64_t salt) {
        static const uint64_t k0 = 0xa0761d6478bd642f, k1 = 0xe7037ed1a0b428db, k2 = 0x8ebc6af09c88c6e3;
        uint64_t x = k0 ^ salt, y = k1;
        size_t i = 0;
        for (; s.n - i >= 32; i += 32) {
                x = mix(word(s.p + i, 8) ^ k1, word(s.p + i + 8, 8) ^ x);
                y = mix(word(s.p + i + 16, 8) ^ k2, word(s.p + i + 24, 8) ^ y);
        }
        for (; i < s.n; i += 8)
                x = mix(word(s.p + i, s.n - i < 8 ? s.n - i : 8) ^ k1, x ^ k2);
        return mix(x ^ k0 ^ s.n, y ^ k2);
}

void etag_of(struct str bytes, uint64_t salt, char ret[24]) {
        snprintf(ret, 24, "\"%016llx\"", (unsigned long long) content_hash(bytes, salt));
}

bool etag_matches(struct str header, const char *etag) {
        struct str part, wanted = str_of(etag);
        if (!header.p)
                return false;
        while (str_split(&header, ',', &part)) {
                part = str_trim(part);
                /* If-None-Match compares weakly, and a proxy that compresses makes our tag weak */
                if (str_starts(part, S("W/")))
                        part = str_sub(part, 2, part.n);
                if (str_eq(part, S("*")) || str_eq(part, wanted))
                        return true;
        }
        return false;
}
