/* pack.h - many numbers and texts in one value of the store, the same bytes on every machine. Private to the room. */
#ifndef BENCHMARK_PACK_H
#define BENCHMARK_PACK_H
#include <endian.h>
#include <math.h>
#include "buf.h"

/* At most 65,535 bytes of S. */
void pack_text(struct buf *b, struct str s);
void pack_number(struct buf *b, double v);
static inline void pack_byte(struct buf *b, unsigned v) {
        buf_char(b, (char) v);
}

/* Past the end, or in damaged bytes, BROKEN is set and all that comes is 0, NaN or "". Texts borrow. */
struct pack_reader {
        const unsigned char *p, *end;
        bool broken;
};
struct pack_reader pack_reader(struct str packed);
struct str unpack_text(struct pack_reader *r);

/* Here because a page of ten years reads a quarter of a million of them. */
static inline unsigned unpack_byte(struct pack_reader *r) {
        r->broken |= r->p == r->end;
        return r->broken ? 0 : *r->p++;
}

static inline double unpack_number(struct pack_reader *r) {
        uint64_t bits;
        double v;
        r->broken |= (size_t) (r->end - r->p) < sizeof bits;
        if (r->broken)
                return (double) NAN;
        memcpy(&bits, r->p, sizeof bits);
        r->p += sizeof bits;
        bits = le64toh(bits);
        memcpy(&v, &bits, sizeof v);
        return v;
}

#endif
