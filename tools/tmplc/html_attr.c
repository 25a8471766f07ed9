#include "html_context.h"
#include "names.h"

#define ATTRS_MAX 64

const struct attr *html_attr(const struct pos *at, struct str name) {
        const struct attr *a = at->attrs;
        while (a && !str_eq(a->name, name))
                a = a->next;
        return a;
}

static struct str lower(struct arena *a, struct str s) {
        char *p = arena_alloc(a, s.n);
        for (size_t i = 0; i < s.n; i++)
                p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char) (s.p[i] + 32) : s.p[i];
        return (struct str) { p, s.n };
}

enum err html_attr_begin(struct html *h, struct str name) {
        struct attr *a = arena_new(h->a, struct attr);
        *a = (struct attr) { .name = lower(h->a, name), .line = h->line };
        if (attr_kind(a->name) == ATTR_FORBIDDEN)
                return refuse(h->r, h->line, "attribute %.*s is not allowed", STR(name));
        if (html_attr(&h->at, a->name))
                return refuse(h->r, h->line, "attribute %.*s stands twice in one tag", STR(name));
        size_t n = 0;
        for (const struct attr *other = h->at.attrs; other; other = other->next)
                n++;
        if (n >= ATTRS_MAX)
                return refuse(h->r, h->line, "tag has too many attributes");
        h->at.attr = a;
        h->at.url = URL_EMPTY;
        h->at.foreign = false;
        return OK;
}

static enum err url_start(struct html *h, struct str s) {
        struct str name = h->at.attr->name;
        h->at.foreign = s.p[0] == 'h' || s.p[0] == 'm';
        if (h->letter && (s.p[0] == '/' || s.p[0] == '?'))
                return refuse(h->r, h->line, "a URL in a letter is a whole one: href=\"{{ letter_url(p, S(\"/path\")) }}\"");
        if (s.p[0] == '/')
                h->at.url = URL_SLASH;
        else if (s.p[0] == '?' || s.p[0] == '#')
                h->at.url = URL_SAFE;
        else if (str_starts(s, S("https://")))
                h->at.url = URL_HOST;
        else if (str_starts(s, S("mailto:")) || str_starts(s, S("tel:")))
                h->at.url = URL_CLOSED;
        else
                return refuse(h->r, h->line, "the URL in %.*s starts with '/', '?', '#' or https://, or is one "
                              "expression of type struct url", STR(name));
        return OK;
}

static enum err url_text(struct html *h, struct str s) {
        bool fresh = h->at.url == URL_EMPTY;
        enum err e = fresh ? url_start(h, s) : OK;
        if (e)
                return e;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] <= ' ' || s.p[i] == '\\' || s.p[i] == 0x7f)
                        return refuse(h->r, h->line, "white space or '\\' in a URL");
        struct str rest = str_sub(s, !fresh ? 0 : h->at.url == URL_HOST ? 8 : 1, s.n);
        switch (h->at.url) {
        case URL_WHOLE:
                return refuse(h->r, h->line, "nothing may follow a URL that is one expression");
        case URL_SLASH:
                if (rest.n && rest.p[0] == '/')
                        return refuse(h->r, h->line, "a path must begin with fixed text: this could become //host");
                if (rest.n)
                        h->at.url = URL_SAFE;
                return OK;
        case URL_HOST:
                if (fresh && rest.n && rest.p[0] == '/')
                        return refuse(h->r, h->line, "https:// needs a host");
                if (str_index(rest, '/') < rest.n || str_index(rest, '?') < rest.n || str_index(rest, '#') < rest.n)
                        h->at.url = URL_SAFE;
                return OK;
        default:
                return OK;
        }
}

enum err html_attr_text(struct html *h, struct str s) {
        return attr_kind(h->at.attr->name) == ATTR_URL ? url_text(h, s) : OK;
}

static enum err url_put(struct html *h, size_t line, const char **ret_put) {
        *ret_put = "html_put_urlpart";
        switch (h->at.url) {
        case URL_EMPTY:
                *ret_put = "html_put_url";
                h->at.url = URL_WHOLE;
                return OK;
        case URL_WHOLE:
                return refuse(h->r, line, "nothing may follow a URL that is one expression");
        case URL_HOST:
                return refuse(h->r, line, "expression in the host of a URL: use one expression of type struct url");
        case URL_CLOSED:
                return refuse(h->r, line, "expression behind mailto: or tel: use one expression of type struct url");
        default:
                return OK;
        }
}

enum err html_attr_put(struct html *h, size_t line, const char **ret_put) {
        struct str name = h->at.attr->name;
        enum attr_kind kind = attr_kind(name);
        if (str_eq(h->at.tag->name, S("script")) && !str_eq(name, S("src")))
                return refuse(h->r, line, "expression in <script> is allowed only in src");
        if (kind == ATTR_FIXED)
                return refuse(h->r, line, "attribute %.*s takes literal text only", STR(name));
        if (kind == ATTR_URL)
                return url_put(h, line, ret_put);
        *ret_put = "html_put_attr";
        return OK;
}

/* A literal id may occur once; two branches of one {{ if }} may share it. */
static enum err add_id(struct html *h, struct str name) {
        if (name.n == 0)
                return refuse(h->r, h->line, "id is empty");
        for (size_t i = 0; i < name.n; i++)
                if ((unsigned char) name.p[i] <= ' ')
                        return refuse(h->r, h->line, "white space in an id");
        if (h->loops)
                return refuse(h->r, h->line, "id \"%.*s\" inside for would be repeated: add a value to it", STR(name));
        for (const struct id *id = h->at.ids; id; id = id->next)
                if (str_eq(id->name, name))
                        return refuse(h->r, h->line, "id \"%.*s\" stands on line %zu already", STR(name), id->line);
        struct id *id = arena_new(h->a, struct id);
        *id = (struct id) { .next = h->at.ids, .name = name, .line = h->line };
        h->at.ids = id;
        return OK;
}

enum err html_attr_end(struct html *h, struct str value, bool literal) {
        struct attr *a = arena_new(h->a, struct attr);
        *a = *h->at.attr;
        a->next = h->at.attrs;
        a->value = literal ? value : S("");
        a->literal = literal;
        a->always = true;
        a->foreign = h->at.foreign;
        if (attr_kind(a->name) == ATTR_URL && (h->at.url == URL_EMPTY || (literal && value.n == 0)))
                return refuse(h->r, h->line, "the URL in %.*s is empty", STR(a->name));
        if (attr_kind(a->name) == ATTR_URL && literal && str_eq(value, S("https://")))
                return refuse(h->r, h->line, "https:// needs a host");
        if (literal && str_eq(a->name, S("id"))) {
                enum err e = add_id(h, value);
                if (e)
                        return e;
        }
        h->at.attrs = a;
        h->at.attr = NULL;
        return OK;
}

static const struct attr *find_before(const struct attr *list, const struct attr *end, struct str name) {
        while (list != end && !str_eq(list->name, name))
                list = list->next;
        return list == end ? NULL : list;
}

/* What is in both lists stays as sure as it was; what is in one of them becomes a maybe. */
void html_merge_attrs(struct html *h, const struct attr *start, struct pos *into, const struct pos *new) {
        const struct attr *merged = start;
        const struct attr *lists[] = { into->attrs, new->attrs };
        for (size_t i = 0; i < 2; i++) {
                for (const struct attr *a = lists[i]; a != start; a = a->next) {
                        const struct attr *other = find_before(lists[1 - i], start, a->name);
                        if (i == 1 && other)
                                continue;
                        struct attr *copy = arena_new(h->a, struct attr);
                        *copy = *a;
                        copy->next = merged;
                        copy->always = other && a->always && other->always;
                        copy->literal = other && a->literal && other->literal && str_eq(a->value, other->value);
                        copy->foreign = a->foreign || (other && other->foreign);
                        if (!copy->literal)
                                copy->value = S("");
                        merged = copy;
                }
        }
        into->attrs = merged;
}
