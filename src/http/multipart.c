#include "multipart.h"
#include <string.h>
#include <strings.h>

static bool is_nocase(struct str s, struct str lower) {
        return s.n == lower.n && strncasecmp(s.p, lower.p, s.n) == 0;
}

/* RFC 2046: bchars, not ending with a space. */
static bool is_boundary(struct str b) {
        for (size_t i = 0; i < b.n; i++) {
                unsigned char c = (unsigned char) b.p[i];
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!letter && (c == 0 || !strchr("'()+_,-./:=? ", c)))
                        return false;
        }
        return b.n > 0 && b.n <= MULTIPART_BOUNDARY_MAX && b.p[b.n - 1] != ' ';
}

bool multipart_boundary(struct str content_type, struct str *ret) {
        struct str rest = content_type, part;
        bool found = false;
        *ret = S("");
        if (!rest.p || !str_split(&rest, ';', &part) || !is_nocase(str_trim(part), S("multipart/form-data")))
                return false;
        while (rest.p && str_split(&rest, ';', &part)) {
                part = str_trim(part);
                if (!is_nocase(str_sub(part, 0, 9), S("boundary=")))
                        continue;
                if (found)
                        return false;
                found = true;
                *ret = str_sub(part, 9, part.n);
                if (ret->n >= 2 && ret->p[0] == '"' && ret->p[ret->n - 1] == '"')
                        *ret = str_sub(*ret, 1, ret->n - 2);
        }
        return found && is_boundary(*ret);
}

void multipart_init(struct multipart *m, struct str boundary, const struct multipart_sink *sink, void *arg) {
        *m = (struct multipart) { .sink = sink, .arg = arg, .state = MULTIPART_SKIP, .matched = 2 };
        memcpy(m->delimiter, "\r\n--", 4);
        memcpy(m->delimiter + 4, boundary.p, boundary.n);
        m->delimiter_n = boundary.n + 4;
}

bool multipart_is_whole(const struct multipart *m) {
        return m->state == MULTIPART_CLOSED && !m->failed;
}

/* Browsers write three characters as %22, %0D and %0A, and nothing else; a name with a line end is not ours. */
static bool unescape(char *p, size_t *n) {
        size_t out = 0;
        for (size_t i = 0; i < *n; i++) {
                struct str at = { p + i, *n - i };
                if (str_starts(at, S("%0D")) || str_starts(at, S("%0A")) || p[i] == '\0')
                        return false;
                bool quote = str_starts(at, S("%22"));
                p[out++] = quote ? '"' : p[i];
                i += quote ? 2 : 0;
        }
        *n = out;
        return true;
}

/* ; name="..." off the front of *REST. A quote ends the value: browsers escape those inside. */
static bool parameter(struct str *rest, struct str *name, struct str *value) {
        struct str s = *rest;
        if (s.p[0] != ';')
                return false;
        s = str_sub(s, 1, s.n);
        while (s.n && s.p[0] == ' ')
                s = str_sub(s, 1, s.n);
        size_t eq = str_index(s, '=');
        if (eq + 1 >= s.n || s.p[eq + 1] != '"')
                return false;
        *name = str_sub(s, 0, eq);
        s = str_sub(s, eq + 2, s.n);
        size_t end = str_index(s, '"');
        if (end == s.n)
                return false;
        *value = str_sub(s, 0, end);
        *rest = str_sub(s, end + 1, s.n);
        return true;
}

/* form-data; name="..."; filename="..." */
static bool disposition(struct str v, struct multipart_part *ret) {
        size_t semi = str_index(v, ';');
        struct str name, value, rest = str_sub(v, semi, v.n);
        if (ret->name.p || !is_nocase(str_trim(str_sub(v, 0, semi)), S("form-data")))
                return false;
        while (rest.n) {
                if (!parameter(&rest, &name, &value))
                        return false;
                bool is_filename = is_nocase(name, S("filename"));
                if (is_filename ? ret->is_file : ret->name.p || !is_nocase(name, S("name")))
                        return false;
                *(is_filename ? &ret->filename : &ret->name) = value;
                ret->is_file |= is_filename;
        }
        return ret->name.n > 0;
}

/* Content-Type is what the sender says; what a file is, its bytes tell. Only nested parts are refused by it. */
static bool header_line(struct str line, struct multipart_part *ret) {
        size_t colon = str_index(line, ':');
        struct str name = str_sub(line, 0, colon), value = str_trim(str_sub(line, colon + 1, line.n));
        if (colon == line.n || colon == 0 || name.p[0] == ' ' || name.p[0] == '\t')
                return false;
        if (is_nocase(name, S("content-disposition")))
                return disposition(value, ret);
        if (is_nocase(name, S("content-type")))
                return !is_nocase(str_sub(value, 0, 10), S("multipart/"));
        return !is_nocase(name, S("content-transfer-encoding")) || is_nocase(value, S("binary")) || is_nocase(value, S("8bit")) ||
               is_nocase(value, S("7bit"));
}

static enum err headers_are_in(struct multipart *m) {
        struct multipart_part part = { 0 };
        struct str text = { m->header, m->header_n - 4 }, line;
        while (text.p && str_split(&text, '\n', &line)) {
                if (text.p && !str_ends(line, S("\r")))
                        return ERR_INVALID;
                line.n -= text.p != NULL;
                if (str_index(line, '\r') < line.n || !header_line(line, &part))
                        return ERR_INVALID;
        }
        if (!part.name.p || !unescape((char *) (uintptr_t) part.name.p, &part.name.n) ||
            (part.is_file && !unescape((char *) (uintptr_t) part.filename.p, &part.filename.n)))
                return ERR_INVALID;
        if (++m->parts > MULTIPART_PARTS_MAX)
                return ERR_LIMIT;
        m->state = MULTIPART_DATA;
        m->header_n = 0;
        return m->sink->begin(m->arg, &part);
}

static enum err emit(struct multipart *m, const char *p, size_t n) {
        return m->state == MULTIPART_DATA && n ? m->sink->data(m->arg, p, n) : OK;
}

/* Bytes up to the next delimiter. The delimiter's one CR is its first byte, so a match that fails can only begin anew at the
 * byte that broke it. */
static enum err scan(struct multipart *m, const char *p, size_t n, size_t *used) {
        size_t i = 0;
        *used = n;
        while (i < n) {
                if (m->matched == 0) {
                        const char *cr = memchr(p + i, '\r', n - i);
                        size_t plain = cr ? (size_t) (cr - (p + i)) : n - i;
                        enum err e = emit(m, p + i, plain);
                        if (e || !cr)
                                return e;
                        i += plain + 1;
                        m->matched = 1;
                } else if (p[i] == m->delimiter[m->matched]) {
                        i++;
                        if (++m->matched < m->delimiter_n)
                                continue;
                        enum err e = m->state == MULTIPART_DATA ? m->sink->end(m->arg) : OK;
                        m->state = MULTIPART_AFTER;
                        m->matched = m->after_n = 0;
                        *used = i;
                        return e;
                } else {
                        size_t held = m->matched;
                        m->matched = 0;
                        enum err e = emit(m, m->delimiter, held);
                        if (e)
                                return e;
                }
        }
        return OK;
}

static enum err after(struct multipart *m, char c) {
        m->after[m->after_n++] = c;
        if (m->after_n < 2)
                return OK;
        bool more = memcmp(m->after, "\r\n", 2) == 0;
        if (!more && memcmp(m->after, "--", 2) != 0)
                return ERR_INVALID;
        m->state = more ? MULTIPART_HEADERS : MULTIPART_CLOSED;
        return OK;
}

static enum err header(struct multipart *m, char c) {
        if (m->header_n == sizeof m->header)
                return ERR_LIMIT;
        m->header[m->header_n++] = c;
        struct str so_far = { m->header, m->header_n };
        return str_ends(so_far, S("\r\n\r\n")) ? headers_are_in(m) : OK;
}

enum err multipart_feed(struct multipart *m, const char *p, size_t n) {
        while (n && !m->failed && m->state != MULTIPART_CLOSED) {
                size_t used = 1;
                if (m->state == MULTIPART_AFTER)
                        m->failed = after(m, *p);
                else if (m->state == MULTIPART_HEADERS)
                        m->failed = header(m, *p);
                else
                        m->failed = scan(m, p, n, &used);
                p += used;
                n -= used;
        }
        return m->failed;
}
