/* pack.h - many numbers and texts in one value of the store, the same bytes on every machine. Private to the room. */
#ifndef BENCHMARK_PACK_H
#define BENCHMARK_PACK_H
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
unsigned unpack_byte(struct pack_reader *r);
struct str unpack_text(struct pack_reader *r);
double unpack_number(struct pack_reader *r);

#endif
