#include "utf8.h"
#include <string.h>

uint32_t utf8_next(struct str s, size_t *i) {
        unsigned char c = (unsigned char) s.p[*i];
        size_t more = c < 0x80 ? 0 : (c & 0xe0) == 0xc0 ? 1 : (c & 0xf0) == 0xe0 ? 2 : (c & 0xf8) == 0xf0 ? 3 : 9;
        static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
        if (more == 9 || *i + more >= s.n + (more == 0)) {
                (*i)++;
                return 0xfffd;
        }
        uint32_t v = more == 0 ? c : c & (0x3fu >> more);
        for (size_t k = 1; k <= more; k++) {
                unsigned char d = (unsigned char) s.p[*i + k];
                if ((d & 0xc0) != 0x80) {
                        (*i)++;
                        return 0xfffd;
                }
                v = v << 6 | (d & 0x3f);
        }
        if (v < least[more] || v > 0x10ffff || (v >= 0xd800 && v < 0xe000)) {
                (*i)++;
                return 0xfffd;
        }
        *i += more + 1;
        return v;
}

bool utf8_valid(struct str s) {
        for (size_t i = 0; i < s.n;) {
                size_t at = i;
                if ((unsigned char) s.p[i] < 0x80)
                        i++;
                else if (utf8_next(s, &i) == 0xfffd && !(i - at == 3 && memcmp(s.p + at, "\xef\xbf\xbd", 3) == 0))
                        return false;
        }
        return true;
}

/* Base letters of U+00C0..U+017F in lower case; '.' = keep the letter, '2' = two letters, see below. */
static const char latin[] =
        "aaaaaa2ceeeeiiii" "dnooooo.ouuuuy22" "aaaaaa2ceeeeiiii" "dnooooo.ouuuuy2y"
        "aaaaaaccccccccdd" "ddeeeeeeeeeegggg" "gggghhhhiiiiiiii" "ii22jjkk.lllllll"
        "lllnnnnnn...oooo" "oo22rrrrrrssssss" "ssttttttuuuuuuuu" "uuuuwwyyyzzzzzzs";

static const char *two_letters(uint32_t c) {
        switch (c) {
        case 0xc6: case 0xe6: return "ae";
        case 0xde: case 0xfe: return "th";
        case 0xdf: return "ss";
        case 0x132: case 0x133: return "ij";
        default: return "oe";
        }
}

static size_t encode(uint32_t c, char out[4]) {
        if (c < 0x80) {
                out[0] = (char) c;
                return 1;
        }
        if (c < 0x800) {
                out[0] = (char) (0xc0 | c >> 6);
                out[1] = (char) (0x80 | (c & 0x3f));
                return 2;
        }
        if (c < 0x10000) {
                out[0] = (char) (0xe0 | c >> 12);
                out[1] = (char) (0x80 | (c >> 6 & 0x3f));
                out[2] = (char) (0x80 | (c & 0x3f));
                return 3;
        }
        out[0] = (char) (0xf0 | c >> 18);
        out[1] = (char) (0x80 | (c >> 12 & 0x3f));
        out[2] = (char) (0x80 | (c >> 6 & 0x3f));
        out[3] = (char) (0x80 | (c & 0x3f));
        return 4;
}

size_t utf8_fold_point(uint32_t c, char out[4]) {
        if (c < 0x80) {
                out[0] = (char) (c >= 'A' && c <= 'Z' ? c + 32 : c);
                return 1;
        }
        if (c >= 0x300 && c < 0x370)
                return 0;               /* combining accents */
        if (c == 0x2019 || c == 0x2018) {
                out[0] = '\'';
                return 1;
        }
        if (c >= 0xc0 && c < 0x180) {
                char l = latin[c - 0xc0];
                if (l == '2') {
                        memcpy(out, two_letters(c), 2);
                        return 2;
                }
                if (l != '.') {
                        out[0] = l;
                        return 1;
                }
        }
        return encode(c, out);
}

struct str utf8_fold(struct arena *a, struct str s) {
        char *out = arena_alloc(a, s.n * 3 + 5);
        size_t n = 0;
        for (size_t i = 0; i < s.n;)
                n += utf8_fold_point(utf8_next(s, &i), out + n);
        out[n] = 0;
        return (struct str) { out, n };
}

struct str utf8_slug(struct arena *a, struct str s) {
        struct str f = utf8_fold(a, s);
        char *out = arena_alloc(a, f.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < f.n; i++) {
                char c = f.p[i];
                if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
                        out[n++] = c;
                else if (n && out[n - 1] != '-' && c != '\'')
                        out[n++] = '-';
        }
        while (n && out[n - 1] == '-')
                n--;
        out[n] = 0;
        return (struct str) { out, n };
}

size_t utf8_length(struct str s) {
        size_t n = 0;
        for (size_t i = 0; i < s.n; n++)
                utf8_next(s, &i);
        return n;
}
