#include "html.h"
#include <math.h>

void html_text(struct buf *b, struct str s) {
        static const struct { const char *e; size_t n; } escape[256] = {
                ['&'] = { "&amp;", 5 }, ['<'] = { "&lt;", 4 }, ['>'] = { "&gt;", 4 },
                ['"'] = { "&quot;", 6 }, ['\''] = { "&#39;", 5 },
        };
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if (escape[c].n) {
                        buf_put(b, s.p + from, i - from);
                        buf_put(b, escape[c].e, escape[c].n);
                        from = i + 1;
                }
        }
        buf_put(b, s.p + from, s.n - from);
}

void html_textz(struct buf *b, const char *s) {
        html_text(b, str_of(s));
}

void html_i64(struct buf *b, int64_t v) {
        buf_i64(b, v);
}

void html_int(struct buf *b, int v) {
        buf_i64(b, v);
}

void html_size(struct buf *b, size_t v) {
        buf_i64(b, (int64_t) v);
}

void html_safe(struct buf *b, struct safe_html s) {
        buf_str(b, s.bytes);
}

void html_coord(struct buf *b, double v) {
        if (!isfinite(v) || fabs(v) > 1e9)
                v = 0;
        int64_t h = (int64_t) llround(v * 100);
        if (h < 0) {
                buf_char(b, '-');
                h = -h;
        }
        buf_i64(b, h / 100);
        int rest = (int) (h % 100);
        if (rest) {
                buf_char(b, '.');
                buf_char(b, (char) ('0' + rest / 10));
                if (rest % 10)
                        buf_char(b, (char) ('0' + rest % 10));
        }
}

void html_url(struct buf *b, struct url u) {
        html_text(b, u.bytes);
}

void html_urlpart(struct buf *b, struct str s) {
        static const char hex[] = "0123456789ABCDEF";
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                unsigned char c = (unsigned char) s.p[i];
                if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '-' || c == '_' || c == '.' || c == '~')
                        continue;
                char e[3] = { '%', hex[c >> 4], hex[c & 15] };
                buf_put(b, s.p + from, i - from);
                buf_put(b, e, 3);
                from = i + 1;
        }
        buf_put(b, s.p + from, s.n - from);
}

void html_urlpart_i64(struct buf *b, int64_t v) {
        buf_i64(b, v);
}

void html_urlpart_int(struct buf *b, int v) {
        buf_i64(b, v);
}

struct safe_html html_stored(struct str s) {
        return (struct safe_html) { s };
}

static bool has_bad_byte(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] <= ' ' || s.p[i] == 0x7f || s.p[i] == '\\')
                        return true;
        return false;
}

struct url url_path(struct str path) {
        bool ok = path.n && path.p[0] == '/' && !(path.n > 1 && path.p[1] == '/') && !has_bad_byte(path);
        return (struct url) { ok ? path : S("/") };
}

struct url url_checked(struct str s) {
        bool scheme = (str_starts(s, S("https://")) && s.n > 8) || (str_starts(s, S("http://")) && s.n > 7);
        return (struct url) { scheme && !has_bad_byte(s) ? s : S("/") };
}
