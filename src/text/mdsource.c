#include "mdsource.h"
#include <string.h>
#include "markdown.h"
#include "utf8.h"

#define BARE_ADDRESSES_MAX 300

struct str md_clean(struct arena *a, struct str source) {
        char *out = arena_alloc(a, source.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < source.n; i++) {
                unsigned char c = (unsigned char) source.p[i];
                unsigned char next = i + 1 < source.n ? (unsigned char) source.p[i + 1] : 0;
                if (c == '\r') {
                        if (next != '\n')
                                out[n++] = '\n';
                } else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) {
                        out[n++] = ' ';
                } else if (c == 0xc2 && next >= 0x80 && next < 0xa0) {
                        out[n++] = ' ';
                        i++;
                } else {
                        out[n++] = (char) c;
                }
        }
        return (struct str) { out, n };
}

unsigned md_flags(struct str source) {
        unsigned flags = MD_FLAG_NOHTML | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS |
                         MD_FLAG_COLLAPSEWHITESPACE;
        size_t addresses = 0;
        for (size_t i = str_find(source, S("://")); i < source.n && addresses <= BARE_ADDRESSES_MAX; addresses++) {
                struct str rest = str_sub(source, i + 3, source.n);
                i = i + 3 + str_find(rest, S("://"));
        }
        return addresses > BARE_ADDRESSES_MAX ? flags : flags | MD_FLAG_PERMISSIVEURLAUTOLINKS;
}

static size_t encode(uint32_t c, char out[4]) {
        if (c < 0x80) {
                out[0] = (char) c;
                return 1;
        }
        size_t more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
        static const unsigned char lead[] = { 0, 0xc0, 0xe0, 0xf0 };
        out[0] = (char) (lead[more] | c >> (6 * more));
        for (size_t k = 1; k <= more; k++)
                out[k] = (char) (0x80 | (c >> (6 * (more - k)) & 0x3f));
        return more + 1;
}

static size_t numeric(struct str e, char out[4]) {
        bool hex = e.n > 3 && (e.p[2] == 'x' || e.p[2] == 'X');
        uint32_t v = 0;
        for (size_t i = hex ? 3 : 2; i + 1 < e.n; i++) {
                uint32_t d = (unsigned char) e.p[i] | 0x20u;
                d = d >= 'a' ? d - 'a' + 10 : d - '0';
                v = v > 0x110000 ? v : v * (hex ? 16 : 10) + d;
        }
        bool bad = v > 0x10ffff || (v >= 0xd800 && v < 0xe000) || (v < 0x20 && v != '\n' && v != '\t') ||
                   (v >= 0x7f && v < 0xa0) || (v & 0xfffe) == 0xfffe;
        return encode(bad ? 0xfffd : v, out);
}

size_t md_entity(struct str e, char out[4]) {
        static const struct { const char *name; uint16_t c; } names[] = {
                { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' }, { "apos", '\'' }, { "nbsp", 0xa0 },
                { "euro", 0x20ac }, { "copy", 0xa9 }, { "reg", 0xae }, { "deg", 0xb0 }, { "frac12", 0xbd },
                { "times", 0xd7 }, { "middot", 0xb7 }, { "shy", 0xad }, { "hellip", 0x2026 }, { "ndash", 0x2013 },
                { "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "ldquo", 0x201c },
                { "rdquo", 0x201d }, { "bull", 0x2022 }, { "laquo", 0xab }, { "raquo", 0xbb },
                { "aacute", 0xe1 }, { "agrave", 0xe0 }, { "auml", 0xe4 }, { "eacute", 0xe9 }, { "egrave", 0xe8 },
                { "ecirc", 0xea }, { "euml", 0xeb }, { "Euml", 0xcb }, { "iacute", 0xed }, { "iuml", 0xef },
                { "Iuml", 0xcf }, { "oacute", 0xf3 }, { "ouml", 0xf6 }, { "Ouml", 0xd6 }, { "uacute", 0xfa },
                { "uuml", 0xfc }, { "Uuml", 0xdc }, { "ccedil", 0xe7 },
        };
        if (e.n < 4 || e.p[0] != '&')
                return 0;
        if (e.p[1] == '#')
                return numeric(e, out);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (str_eq(str_sub(e, 1, e.n - 2), str_of(names[i].name)))
                        return encode(names[i].c, out);
        return 0;
}

struct str md_attribute(struct arena *a, const MD_ATTRIBUTE *at) {
        char *out = arena_alloc(a, (size_t) at->size + 1);
        size_t n = 0;
        for (size_t i = 0; at->size && at->substr_offsets[i] < at->size; i++) {
                struct str part = { at->text + at->substr_offsets[i],
                                    at->substr_offsets[i + 1] - at->substr_offsets[i] };
                char c[4];
                size_t k = at->substr_types[i] == MD_TEXT_ENTITY ? md_entity(part, c) : 0;
                memcpy(out + n, k ? c : part.p, k ? k : part.n);
                n += k ? k : part.n;
        }
        return (struct str) { out, n };
}

void md_charge(struct md_budget *b, MD_SPANTYPE type, const void *detail) {
        if (type == MD_SPAN_A) {
                const MD_SPAN_A_DETAIL *d = detail;
                b->targets += (size_t) d->href.size + d->title.size;
        } else if (type == MD_SPAN_IMG) {
                const MD_SPAN_IMG_DETAIL *d = detail;
                b->targets += (size_t) d->src.size + d->title.size;
        }
}

int md_check(struct md_budget *b, bool full, int depth) {
        b->spent = b->spent || full || depth > MARKDOWN_DEPTH_MAX || b->targets > MD_TARGETS_MAX ||
                   ++b->steps > MD_STEPS_MAX;
        return b->spent ? -1 : 0;
}

/* A letter, digit, "-" or "_". */
static bool is_name_byte(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_fragment(struct str s) {
        for (size_t i = 1; i < s.n; i++)
                if (!is_name_byte(s.p[i]))
                        return false;
        return s.n > 1 && s.p[0] == '#';
}

static bool is_mailto(struct str s) {
        if (!str_starts(s, S("mailto:")))
                return false;
        size_t ats = 0;
        for (size_t i = 7; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c <= ' ' || c >= 0x7f || strchr("\"'<>\\?&,;:%", c))
                        return false;   /* no subject, no copies: one address */
                ats += c == '@';
        }
        return ats == 1 && s.p[7] != '@' && s.p[s.n - 1] != '@';
}

enum md_link md_link_kind(struct str target) {
        if (target.n == 0 || target.n > MD_LINK_MAX || !utf8_valid(target))
                return MD_LINK_REFUSED;
        if (target.p[0] == '/')
                return target.n == 1 || url_path(target).bytes.n > 1 ? MD_LINK_LOCAL : MD_LINK_REFUSED;
        if (is_fragment(target) || is_mailto(target))
                return MD_LINK_LOCAL;
        if (url_checked(target).bytes.n <= 1)
                return MD_LINK_REFUSED;
        struct str rest = str_sub(target, str_find(target, S("//")) + 2, target.n);
        size_t host = 0;
        while (host < rest.n && !strchr("/?#", rest.p[host]))
                host++;
        /* "https://vng.nl@evil.example" looks like one site and goes to another. */
        bool plain = host > 0 && str_index(str_sub(rest, 0, host), '@') == host;
        return plain ? MD_LINK_EXTERNAL : MD_LINK_REFUSED;
}

bool md_image_local(struct str target) {
        struct str folder = S("/bestand/");
        if (!str_starts(target, folder) || target.n > MD_LINK_MAX)
                return false;
        for (size_t i = folder.n; i < target.n; i++) {
                char before = target.p[i - 1];
                bool joint = target.p[i] == '.' || target.p[i] == '/';
                if (joint ? before == '.' || before == '/' : !is_name_byte(target.p[i]))
                        return false;
        }
        return target.n > folder.n && is_name_byte(target.p[target.n - 1]);
}
