#include "html.h"
#include <math.h>

static struct str escaped(char c) {
        switch (c) {
        case '&': return S("&amp;");
        case '<': return S("&lt;");
        case '>': return S("&gt;");
        case '"': return S("&quot;");
        default: return S("&#39;");
        }
}

void html_text(struct buf *b, struct str s) {
        static const bool special[256] = { ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true };
        size_t from = 0;
        for (size_t i = 0; i < s.n; i++) {
                if (!special[(unsigned char) s.p[i]])
                        continue;
                buf_put(b, s.p + from, i - from);
                buf_str(b, escaped(s.p[i]));
                from = i + 1;
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

void html_data(struct buf *b, struct json_data s) {
        static const bool special[256] = { ['&'] = true, ['<'] = true, ['>'] = true, [0xe2] = true };
        struct str json = s.bytes;
        size_t from = 0;
        for (size_t i = 0; i < json.n; i++) {
                unsigned char c = (unsigned char) json.p[i];
                if (!special[c])
                        continue;
                struct str three = str_sub(json, i, 3);
                bool is_line_end = str_eq(three, S("\xe2\x80\xa8")) || str_eq(three, S("\xe2\x80\xa9"));
                if (c == 0xe2 && !is_line_end)
                        continue;
                buf_put(b, json.p + from, i - from);
                buf_fmt(b, "\\u%04x", is_line_end ? 0x2000u + ((unsigned) three.p[2] & 0x3fu) : c);
                i += is_line_end ? 2 : 0;
                from = i + 1;
        }
        buf_put(b, json.p + from, json.n - from);
}

void html_coord(struct buf *b, double v) {
        char tmp[24], *end = tmp + sizeof tmp, *p = end;
        if (!isfinite(v) || fabs(v) > 1e9)
                v = 0;
        uint64_t h = (uint64_t) (fabs(v) * 100 + 0.5), rest = h % 100;
        if (rest) {
                if (rest % 10)
                        *--p = (char) ('0' + rest % 10);
                *--p = (char) ('0' + rest / 10);
                *--p = '.';
        }
        uint64_t whole = h / 100;
        do
                *--p = (char) ('0' + whole % 10);
        while (whole /= 10);
        if (v < 0 && h)
                *--p = '-';
        buf_put(b, p, (size_t) (end - p));
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
