#include "urlencoded.h"

static int hex(char c) {
        if (c >= '0' && c <= '9')
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int percent_byte(struct str s, size_t i) {
        if (i + 2 >= s.n)
                return -1;
        int high = hex(s.p[i + 1]), low = hex(s.p[i + 2]);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool has_control(struct str s) {
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c < 0x20 || c == 0x7f)
                        return true;
                /* U+0080..U+009F */
                if (c == 0xc2 && i + 1 < s.n && (unsigned char) s.p[i + 1] < 0xa0)
                        return true;
        }
        return false;
}

static struct str decode(struct arena *a, struct str s, bool *broken) {
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                if (c == '+') {
                        c = ' ';
                } else if (c == '%') {
                        int v = percent_byte(s, i);
                        if (v < 0) {
                                *broken = true;
                        } else {
                                c = (char) (unsigned char) v;
                                i += 2;
                        }
                }
                out[n++] = c;
        }
        return (struct str) { out, n };
}

enum err urlencoded_parse(struct arena *a, struct str text, struct pairs *ret) {
        *ret = (struct pairs) { 0 };
        if (text.n == 0)
                return OK;
        struct str part;
        while (str_split(&text, '&', &part)) {
                if (part.n == 0)
                        continue;
                if (ret->list.n == PAIRS_MAX)
                        return ERR_LIMIT;
                size_t eq = str_index(part, '=');
                struct pair *p = vec_push(a, &ret->list);
                bool broken = false;
                p->name = decode(a, str_sub(part, 0, eq), &broken);
                p->value = decode(a, eq < part.n ? str_sub(part, eq + 1, part.n) : S(""), &broken);
                p->broken = broken;
        }
        return OK;
}
