#include "markdown.h"

/* What starts at "<" in HTML of our own renderer: a "<" of a text is written as &lt; there. */
struct part {
        struct buf *out;
        struct str origin;
        int levels;
};

static bool is_heading(struct str tag, size_t at) {
        return tag.n > at + 1 && tag.p[at] == 'h' && tag.p[at + 1] >= '2' && tag.p[at + 1] <= '6';
}

static void heading(struct part *p, char level, bool closes) {
        buf_str(p->out, closes ? S("</h") : S("<h"));
        buf_char(p->out, level < '6' ? (char) (level + p->levels) : level);
        buf_char(p->out, '>');
}

/* TAG is without "<" and ">". */
static void put_tag(struct part *p, struct str tag) {
        struct str link = S("a href=\""), term = S("a class=\"term\" href=\"");
        struct str start = str_starts(tag, link) ? link : str_starts(tag, term) ? term : S("");
        if (is_heading(tag, 0)) {
                heading(p, tag.p[1], false);
                return;
        }
        if (tag.n == 3 && tag.p[0] == '/' && is_heading(tag, 1)) {
                heading(p, tag.p[2], true);
                return;
        }
        buf_char(p->out, '<');
        buf_str(p->out, start);
        tag = str_sub(tag, start.n, tag.n);
        if (start.n && tag.n && tag.p[0] == '/')
                html_text(p->out, p->origin);
        buf_str(p->out, tag);
        buf_char(p->out, '>');
}

struct safe_html markdown_part(struct arena *a, struct safe_html html, int levels, struct str origin) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct part p = { &b, origin, levels };
        struct str rest = html.bytes;
        for (size_t at; (at = str_index(rest, '<')) < rest.n;) {
                buf_str(&b, str_sub(rest, 0, at));
                rest = str_sub(rest, at + 1, rest.n);
                size_t end = str_index(rest, '>');
                put_tag(&p, str_sub(rest, 0, end));
                rest = str_sub(rest, end + 1, rest.n);
        }
        buf_str(&b, rest);
        return (struct safe_html) { str_dup(a, buf_view(&b)) };
}
