#include "postings.h"

void postings_put(struct buf *out, uint32_t *last, struct posting p) {
        uint32_t gap = p.doc - *last;
        *last = p.doc;
        while (gap >= 0x80) {
                buf_char(out, (char) (gap | 0x80));
                gap >>= 7;
        }
        buf_char(out, (char) gap);
        buf_char(out, (char) p.weight);
}

bool postings_next(struct postings *it, struct posting *ret) {
        uint32_t gap = 0;
        size_t i = 0;
        for (unsigned shift = 0; ; shift += 7, i++) {
                if (i >= it->rest.n || shift > 28)
                        return false;
                unsigned char c = (unsigned char) it->rest.p[i];
                gap |= (uint32_t) (c & 0x7f) << shift;
                if (c < 0x80)
                        break;
        }
        if (i + 1 >= it->rest.n)
                return false;
        it->doc += gap;
        *ret = (struct posting) { it->doc, (uint8_t) it->rest.p[i + 1] };
        it->rest = str_sub(it->rest, i + 2, it->rest.n);
        return gap > 0;
}
