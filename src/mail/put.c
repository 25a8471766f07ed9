#include "put.h"

void mail_put_str(struct buf *b, struct str s) {
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i], next = i + 1 < s.n ? (unsigned char) s.p[i + 1] : 0;
                size_t bad = (c < ' ' && c != '\n') || c == 0x7f ? 1 : c == 0xc2 && next >= 0x80 && next < 0xa0 ? 2 : 0;
                if (bad == 0)
                        continue;
                buf_put(b, s.p + from, i - from);
                if (c == '\t')
                        buf_char(b, ' ');
                from = i + bad;
                i += bad - 1;
        }
        buf_put(b, s.p + from, s.n - from);
}

void mail_put_z(struct buf *b, const char *s) {
        mail_put_str(b, str_of(s));
}

void mail_put_url(struct buf *b, struct url u) {
        mail_put_str(b, u.bytes);
}
