#include "front.h"
#include "buf.h"
#include "utf8.h"
#include "vec.h"

struct reader {
        struct arena *a;
        struct str rest;
        int line;
        struct text_error *error;
};

static enum err fail(struct reader *r, enum err e, int line, struct str reason) {
        *r->error = (struct text_error) { line, reason };
        return e;
}

static bool next_line(struct reader *r, struct str *ret) {
        if (!str_split(&r->rest, '\n', ret))
                return false;
        r->line++;
        if (str_ends(*ret, S("\r")))
                ret->n--;
        return true;
}

static bool is_key(struct str key) {
        for (size_t i = 0; i < key.n; i++) {
                char c = key.p[i];
                if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'))
                        return false;
        }
        return key.n > 0 && key.n <= 40;
}

static enum err read_pairs(struct reader *r, struct front *ret) {
        VEC(struct front_pair) pairs = { 0 };
        struct str line;
        if (!next_line(r, &line) || !str_eq(str_trim(line), S("---")))
                return fail(r, ERR_INVALID, 1, S("het bestand begint niet met een regel ---"));
        while (next_line(r, &line)) {
                if (str_eq(str_trim(line), S("---"))) {
                        ret->pairs = pairs.v;
                        ret->n_pairs = pairs.n;
                        return OK;
                }
                if (str_trim(line).n == 0)
                        continue;
                size_t colon = str_index(line, ':');
                struct str key = str_sub(line, 0, colon);
                if (colon == line.n || !is_key(key))
                        return fail(r, ERR_INVALID, r->line, S("hier hoort \"sleutel: waarde\" of --- te staan"));
                if (pairs.n == FRONT_PAIRS_MAX)
                        return fail(r, ERR_LIMIT, r->line, S("te veel regels boven de tekst"));
                *vec_push(r->a, &pairs) =
                        (struct front_pair) { key, str_trim(str_sub(line, colon + 1, line.n)), r->line };
        }
        return fail(r, ERR_INVALID, r->line, S("de afsluitende regel --- ontbreekt"));
}

/* Without the empty lines at both ends; spaces that start the first line stay, they can mean something. */
static struct str trim_lines(struct str s) {
        for (;;) {
                size_t end = str_index(s, '\n');
                if (s.n == 0 || str_trim(str_sub(s, 0, end)).n)
                        break;
                s = str_sub(s, end + 1, s.n);
        }
        while (s.n && str_trim(str_sub(s, s.n - 1, 1)).n == 0)
                s.n--;
        return s;
}

/* Length of a run of three or more ` or ~ that opens or closes a code block; 0 when LINE has none. */
static size_t fence(struct str line, char *ret) {
        size_t indent = 0, n = 0;
        while (indent < line.n && indent < 4 && line.p[indent] == ' ')
                indent++;
        line = str_sub(line, indent, line.n);
        while (n < line.n && line.p[n] == line.p[0])
                n++;
        if (indent > 3 || n < 3 || (line.p[0] != '`' && line.p[0] != '~'))
                return 0;
        *ret = line.p[0];
        return n;
}

static enum err read_sections(struct reader *r, struct front *ret) {
        VEC(struct front_section) sections = { 0 };
        const char *body = r->rest.p ? r->rest.p : "";
        const char *end = body + r->rest.n;
        size_t open_fence = 0;
        char open_char = 0, c = 0;
        struct str line;
        ret->intro_line = r->line + 1;
        struct str *part = &ret->intro;
        while (next_line(r, &line)) {
                size_t n = fence(line, &c);
                if (n && (!open_fence || (c == open_char && n >= open_fence))) {
                        open_char = c;
                        open_fence = open_fence ? 0 : n;
                }
                if (open_fence || !str_starts(line, S("## ")))
                        continue;
                *part = trim_lines((struct str) { body, (size_t) (line.p - body) });
                struct str heading = str_trim(str_sub(line, 3, line.n));
                if (heading.n == 0)
                        return fail(r, ERR_INVALID, r->line, S("een kop zonder woorden"));
                if (sections.n == FRONT_SECTIONS_MAX)
                        return fail(r, ERR_LIMIT, r->line, S("te veel koppen"));
                struct front_section *s = vec_push(r->a, &sections);
                *s = (struct front_section) { .heading = heading, .line = r->line };
                part = &s->body;
                body = r->rest.p ? r->rest.p : end;
        }
        *part = trim_lines((struct str) { body, (size_t) (end - body) });
        ret->sections = sections.v;
        ret->n_sections = sections.n;
        return OK;
}

struct str front_body(struct arena *a, struct str typed) {
        _cleanup_(buf_done) struct buf b = { 0 };
        size_t open_fence = 0;
        char open_char = '`', c = 0;
        struct str line;
        typed = trim_lines(typed);
        while (str_split(&typed, '\n', &line)) {
                size_t n = fence(line, &c);
                if (n && (!open_fence || (c == open_char && n >= open_fence))) {
                        open_char = c;
                        open_fence = open_fence ? 0 : n;
                }
                size_t level = str_starts(line, S("# ")) ? 1 : str_starts(line, S("## ")) ? 2 : 0;
                if (!open_fence && level) {
                        buf_str(&b, S("###"));
                        line = str_sub(line, level, line.n);
                }
                buf_str(&b, line);
                buf_str(&b, typed.p ? S("\n") : S(""));
        }
        if (open_fence)
                buf_str(&b, S("\n"));
        for (size_t i = 0; i < open_fence; i++)
                buf_str(&b, (struct str) { &open_char, 1 });
        return str_dup(a, trim_lines(buf_view(&b)));
}

struct str front_write(struct arena *a, const struct front *f) {
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_str(&b, S("---\n"));
        for (size_t i = 0; i < f->n_pairs; i++) {
                buf_str(&b, f->pairs[i].key);
                buf_str(&b, f->pairs[i].value.n ? S(": ") : S(":"));
                buf_str(&b, f->pairs[i].value);
                buf_str(&b, S("\n"));
        }
        buf_str(&b, S("---\n"));
        if (f->intro.n) {
                buf_str(&b, S("\n"));
                buf_str(&b, f->intro);
                buf_str(&b, S("\n"));
        }
        for (size_t i = 0; i < f->n_sections; i++) {
                buf_str(&b, S("\n## "));
                buf_str(&b, f->sections[i].heading);
                buf_str(&b, S("\n"));
                if (f->sections[i].body.n) {
                        buf_str(&b, S("\n"));
                        buf_str(&b, f->sections[i].body);
                        buf_str(&b, S("\n"));
                }
        }
        return str_dup(a, buf_view(&b));
}

static int first_bad_line(struct str source) {
        struct str line;
        for (int n = 1; str_split(&source, '\n', &line); n++)
                if (!utf8_valid(line) || str_index(line, '\0') < line.n)
                        return n;
        return 0;
}

enum err front_parse(struct arena *a, struct str source, struct text_error *error, struct front *ret) {
        struct reader r = { .a = a, .error = error };
        *ret = (struct front) { .intro = S("") };
        if (source.n > FRONT_SOURCE_MAX)
                return fail(&r, ERR_LIMIT, 0, S("het bestand is groter dan 1 MB"));
        int bad = first_bad_line(source);
        if (bad)
                return fail(&r, ERR_INVALID, bad, S("deze regel is geen geldige UTF-8-tekst"));
        r.rest = str_dup(a, str_starts(source, S("\xef\xbb\xbf")) ? str_sub(source, 3, source.n) : source);
        enum err e = read_pairs(&r, ret);
        return e ? e : read_sections(&r, ret);
}

const struct front_pair *front_get(const struct front *f, struct str key) {
        for (size_t i = 0; i < f->n_pairs; i++)
                if (str_eq(f->pairs[i].key, key))
                        return &f->pairs[i];
        return NULL;
}

const struct front_section *front_section(const struct front *f, struct str heading) {
        for (size_t i = 0; i < f->n_sections; i++)
                if (str_eq(f->sections[i].heading, heading))
                        return &f->sections[i];
        return NULL;
}

struct front_parts front_split(struct arena *a, struct str value, char separator) {
        VEC(struct str) parts = { 0 };
        struct str part;
        if (str_trim(value).n)
                while (str_split(&value, separator, &part))
                        *vec_push(a, &parts) = str_trim(part);
        return (struct front_parts) { parts.v, parts.n };
}
