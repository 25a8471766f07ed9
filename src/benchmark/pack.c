/* pack.c - bytes, texts with their length, and numbers as little-endian doubles. */
#include "pack.h"

void pack_text(struct buf *b, struct str s) {
        size_t n = s.n > 65535 ? 65535 : s.n;
        pack_byte(b, n & 255);
        pack_byte(b, (unsigned) (n >> 8));
        buf_put(b, s.p, n);
}

void pack_number(struct buf *b, double v) {
        uint64_t bits;
        if (isnan(v))
                v = (double) NAN;       /* one NaN of the many */
        memcpy(&bits, &v, sizeof bits);
        bits = htole64(bits);
        buf_put(b, (const char *) &bits, sizeof bits);
}

struct pack_reader pack_reader(struct str packed) {
        const unsigned char *p = (const unsigned char *) packed.p;
        return (struct pack_reader) { p, p + packed.n, packed.n == 0 };
}

struct str unpack_text(struct pack_reader *r) {
        size_t low = unpack_byte(r), n = low + 256 * unpack_byte(r);
        r->broken |= (size_t) (r->end - r->p) < n;
        if (r->broken)
                return S("");
        struct str s = { (const char *) r->p, n };
        r->p += n;
        return s;
}
