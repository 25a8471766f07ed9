#include "html_context.h"
#include "names.h"
#include "scan.h"

void html_begin(struct html *h, const struct define *d) {
        h->at = (struct pos) { .place = IN_CONTENT, .after_newline = true };
        h->floor = NULL;
        h->loops = h->branches = 0;
        h->half = d->half;
        h->letter = d->letter;
        h->closed = NULL;
}

static void put(struct html *h, struct str s) {
        if (s.n == 0)
                return;
        emit_text(h->em, s);
        h->at.after_newline = false;
}

/* White space at the start of S is written; a run with a newline becomes one newline. Returns its length. */
static size_t put_space(struct html *h, struct str s) {
        size_t n = 0;
        while (n < s.n && is_space(s.p[n]))
                n++;
        size_t lines = count_lines(str_sub(s, 0, n));
        h->line += lines;
        if (lines == 0) {
                put(h, str_sub(s, 0, n));
        } else if (!h->at.after_newline) {
                emit_text(h->em, S("\n"));
                h->at.after_newline = true;
        }
        return n;
}

static size_t name_length(struct str s) {
        size_t n = 0;
        while (n < s.n && (is_word(s.p[n]) || s.p[n] == '-' || s.p[n] == ':' || s.p[n] == '.'))
                n++;
        return n;
}

/* "<!-- -->" is dropped, "<!doctype html>" is kept. */
static enum err feed_declaration(struct html *h, struct str s, size_t *ret_n) {
        if (str_starts(s, S("<!--"))) {
                struct str inside = str_sub(s, 4, s.n);
                size_t n = str_find(inside, S("-->"));
                if (n == inside.n)
                        return refuse(h->r, h->line, "HTML comment is not closed, or holds a directive: use {{# #}}");
                h->line += count_lines(str_sub(inside, 0, n));
                *ret_n = n + 7;
                return OK;
        }
        if (!str_starts(s, S("<!doctype html>")) || h->at.top)
                return refuse(h->r, h->line, "only <!doctype html> and comments start with '<!'");
        put(h, S("<!doctype html>"));
        *ret_n = 15;
        return OK;
}

static enum err feed_end_tag(struct html *h, struct str s, size_t *ret_n) {
        struct str name = str_sub(s, 2, name_length(str_sub(s, 2, s.n)));
        if (name.n == 0 || name.n + 2 >= s.n || s.p[name.n + 2] != '>')
                return refuse(h->r, h->line, "an end tag is written </name>");
        *ret_n = name.n + 3;
        enum err e = html_end_tag(h, name);
        if (!e)
                put(h, str_sub(s, 0, *ret_n));
        return e;
}

static enum err feed_start_tag(struct html *h, struct str s, size_t *ret_n) {
        struct str name = str_sub(s, 1, name_length(str_sub(s, 1, s.n)));
        char after = name.n + 1 < s.n ? s.p[name.n + 1] : ' ';
        if (name.n == 0 || !(is_space(after) || after == '>' || after == '/'))
                return refuse(h->r, h->line, name.n ? "character in an element name that does not belong there" :
                              "'<' that starts no tag: write &lt;, or an expression stands in a tag name");
        unsigned flags = element_flags(name);
        if (!flags)
                return refuse(h->r, h->line, "element <%.*s> is unknown or not allowed", STR(name));
        struct tag *tag = arena_new(h->a, struct tag);
        *tag = (struct tag) { .name = name, .line = h->line, .flags = flags };
        h->at.tag = tag;
        h->at.attrs = NULL;
        h->at.place = IN_TAG;
        h->at.need_space = true;
        *ret_n = name.n + 1;
        put(h, str_sub(s, 0, *ret_n));
        return OK;
}

static enum err feed_markup(struct html *h, struct str s, size_t *ret_n) {
        char next = s.n > 1 ? s.p[1] : 0;
        if (next == '!')
                return feed_declaration(h, s, ret_n);
        return next == '/' ? feed_end_tag(h, s, ret_n) : feed_start_tag(h, s, ret_n);
}

static enum err feed_content(struct html *h, struct str s, size_t *ret_n) {
        if (s.p[0] == '<')
                return feed_markup(h, s, ret_n);
        bool pre = h->at.top && (h->at.top->flags & ELEMENT_PRE);
        if (!pre && is_space(s.p[0])) {
                *ret_n = put_space(h, s);
                return OK;
        }
        size_t n = 0;
        while (n < s.n && s.p[n] != '<' && (pre || !is_space(s.p[n])))
                h->line += s.p[n++] == '\n';
        put(h, str_sub(s, 0, n));
        *ret_n = n;
        return OK;
}

/* Title and textarea: text up to their end tag. */
static enum err feed_text(struct html *h, struct str s, size_t *ret_n) {
        if (s.p[0] != '<')
                return feed_content(h, s, ret_n);
        if (s.n > 1 && s.p[1] == '/')
                return feed_end_tag(h, s, ret_n);
        return refuse(h->r, h->line, "<%.*s> holds text only: write &lt;", STR(h->at.top->name));
}

static enum err feed_script(struct html *h, struct str s, size_t *ret_n) {
        if (!str_starts(s, S("</script>")))
                return refuse(h->r, h->line, h->at.place == IN_DATA ? "a script with data holds expressions only" :
                              "<script> must be empty: put the script in a file");
        return feed_end_tag(h, s, ret_n);
}

static enum err refuse_character(struct html *h, char c) {
        if (c > ' ' && c < 0x7f)
                return refuse(h->r, h->line, "character '%c' does not belong in a tag", c);
        return refuse(h->r, h->line, "byte 0x%02x does not belong in a tag", (unsigned char) c);
}

/* An attribute up to and including the opening quote of its value. */
static enum err feed_attribute(struct html *h, struct str s, size_t *ret_n) {
        struct str name = str_sub(s, 0, name_length(s));
        if (name.n == 0)
                return refuse_character(h, s.p[0]);
        if (h->at.need_space)
                return refuse(h->r, h->line, "white space is missing before attribute %.*s", STR(name));
        enum err e = html_attr_begin(h, name);
        if (e)
                return e;
        char after = name.n < s.n ? s.p[name.n] : ' ';
        if (after == '=') {
                char quote = name.n + 1 < s.n ? s.p[name.n + 1] : 0;
                if (quote != '"' && quote != '\'')
                        return refuse(h->r, h->line, "the value of %.*s needs quotes, directly behind '='", STR(name));
                h->at.place = IN_VALUE;
                h->at.quote = quote;
                *ret_n = name.n + 2;
        } else {
                if (!is_space(after) && after != '>' && after != '/')
                        return refuse_character(h, after);
                h->at.need_space = true;
                *ret_n = name.n;
                if ((e = html_attr_end(h, S(""), true)))
                        return e;
        }
        put(h, str_sub(s, 0, *ret_n));
        return OK;
}

static enum err feed_tag(struct html *h, struct str s, size_t *ret_n) {
        if (is_space(s.p[0])) {
                h->at.need_space = false;
                *ret_n = put_space(h, s);
                return OK;
        }
        bool slash = s.p[0] == '/';
        if (slash && (s.n < 2 || s.p[1] != '>'))
                return refuse(h->r, h->line, "'/' in a tag stands only before '>'");
        if (!slash && s.p[0] != '>')
                return feed_attribute(h, s, ret_n);
        *ret_n = slash ? 2 : 1;
        put(h, str_sub(s, 0, *ret_n));
        struct str name = h->at.tag->name;
        enum err e = html_start_tag(h, slash);
        /* A browser drops a newline right behind these tags: give it one of ours instead of the value's. */
        if (!e && s.n == *ret_n && (str_eq(name, S("textarea")) || str_eq(name, S("pre"))))
                put(h, S("\n"));
        return e;
}

/* AT_QUOTE: S starts right behind the opening quote, so if the closing quote is in S the value is literal. */
static enum err feed_value(struct html *h, struct str s, bool at_quote, size_t *ret_n) {
        size_t n = str_index(s, h->at.quote);
        struct str value = str_sub(s, 0, n);
        put(h, value);
        enum err e = value.n ? html_attr_text(h, value) : OK;
        h->line += count_lines(value);
        *ret_n = n;
        if (e || n == s.n)
                return e;
        if ((e = html_attr_end(h, value, at_quote)))
                return e;
        h->at.place = IN_TAG;
        h->at.need_space = true;
        put(h, str_sub(s, n, 1));
        *ret_n = n + 1;
        return OK;
}

enum err html_feed(struct html *h, struct str s, size_t line) {
        h->line = line;
        bool at_quote = false;  /* the opening quote was read just before, in this same text */
        while (s.n) {
                size_t n = 0;
                enum err e = OK;
                enum place was = h->at.place;
                switch (was) {
                case IN_CONTENT: e = feed_content(h, s, &n); break;
                case IN_TEXT: e = feed_text(h, s, &n); break;
                case IN_SCRIPT: case IN_DATA: e = feed_script(h, s, &n); break;
                case IN_TAG: e = feed_tag(h, s, &n); break;
                case IN_VALUE: e = feed_value(h, s, at_quote, &n); break;
                }
                if (e)
                        return e;
                at_quote = was == IN_TAG && h->at.place == IN_VALUE;
                s = str_sub(s, n, s.n);
        }
        return OK;
}

static enum err finish_half(struct html *h, const struct define *d, size_t line) {
        if (d->half == HALF_OPEN && !h->at.top)
                return refuse(h->r, line, "nothing is left open: drop the word open");
        if (d->half == HALF_CLOSE && !h->closed)
                return refuse(h->r, line, "nothing is closed: drop the word close");
        return OK;
}

enum err html_finish(struct html *h, const struct define *d, size_t line) {
        const struct element *top = h->at.top;
        if (h->at.place == IN_TAG || h->at.place == IN_VALUE)
                return refuse(h->r, line, "the define ends inside tag <%.*s> of line %zu", STR(h->at.tag->name),
                              h->at.tag->line);
        if (top && (d->half != HALF_OPEN || h->at.place != IN_CONTENT))
                return refuse(h->r, line, "<%.*s> of line %zu is not closed", STR(top->name), top->line);
        if (h->at.after_newline)
                emit_drop_newline(h->em);
        return finish_half(h, d, line);
}

enum err html_expression(struct html *h, size_t line, const char **ret_put) {
        h->at.after_newline = false;
        *ret_put = "html_put_text";
        switch (h->at.place) {
        case IN_TAG:
                return refuse(h->r, line, "expression in tag <%.*s> outside a quoted attribute value",
                              STR(h->at.tag->name));
        case IN_SCRIPT:
                return refuse(h->r, line, "expression inside <script>");
        case IN_DATA:
                *ret_put = "html_put_data";
                return OK;
        case IN_VALUE:
                return html_attr_put(h, line, ret_put);
        case IN_TEXT:
                *ret_put = "html_put_attr";     /* escapes the same, but takes no struct safe_html */
                return OK;
        default:
                return OK;
        }
}

enum err html_directive(struct html *h, enum node_kind kind, size_t line) {
        if ((h->at.place == IN_SCRIPT || h->at.place == IN_DATA) && kind != NODE_COMMENT && kind != NODE_EXPR)
                return refuse(h->r, line, "directive inside <script>");
        if (kind == NODE_CALL && h->at.place != IN_CONTENT)
                return refuse(h->r, line, "call stands only between tags");
        if (kind == NODE_FOR && h->at.place == IN_TAG)
                return refuse(h->r, line, "for cannot repeat attributes");
        if (kind == NODE_CALL)
                h->at.after_newline = false;
        return OK;
}
