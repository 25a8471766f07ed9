#include "xml.h"
#include <stdlib.h>
#include "html.h"
#include "utf8.h"

/* XML 1.0, chapter 2.2: tab, line end, and all from the space on but surrogates, U+FFFE and U+FFFF. */
static bool is_xml(uint32_t c) {
        return c == '\t' || c == '\n' || (c >= ' ' && c != 0x7f && c != 0xfffe && c != 0xffff);
}

static void put_escaped(struct buf *b, struct str s) {
        size_t from = 0;
        for (size_t i = 0; i < s.n;) {
                size_t at = i;
                uint32_t c = utf8_next(s, &i);
                bool is_broken = c == 0xfffd && i - at == 1;
                if (is_xml(c) && !is_broken)
                        continue;
                html_text(b, str_sub(s, from, at - from));
                from = i;
        }
        html_text(b, str_sub(s, from, s.n));
}

static void end_tag(struct xml *x) {
        if (x->in_tag)
                buf_char(x->out, '>');
        x->in_tag = false;
}

struct xml xml_begin(struct buf *out) {
        buf_str(out, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
        return (struct xml) { .out = out };
}

void xml_open(struct xml *x, const char *name) {
        end_tag(x);
        if (x->depth == XML_DEPTH)
                abort();
        x->open[x->depth++] = name;
        buf_fmt(x->out, "<%s", name);
        x->in_tag = true;
}

void xml_attr(struct xml *x, const char *name, struct str value) {
        if (!x->in_tag)
                abort();
        buf_fmt(x->out, " %s=\"", name);
        put_escaped(x->out, value);
        buf_char(x->out, '"');
}

void xml_text(struct xml *x, struct str value) {
        end_tag(x);
        put_escaped(x->out, value);
}

void xml_close(struct xml *x) {
        end_tag(x);
        if (x->depth == 0)
                abort();
        buf_fmt(x->out, "</%s>\n", x->open[--x->depth]);
}

void xml_leaf(struct xml *x, const char *name, struct str value) {
        xml_open(x, name);
        xml_text(x, value);
        xml_close(x);
}
