/* html.h - the only ways to put bytes into a page. Compiled templates (tools/tmplc) call these; hand-written
 * code has no reason to. Escaping follows the place: text, quoted attribute, or part of a URL. */
#ifndef BASE_HTML_H
#define BASE_HTML_H
#include "buf.h"

/* HTML that may be shown as it is. Made only by text/markdown.c, and by html_stored() for what it made before. */
struct safe_html {
        struct str bytes;
};

/* A URL that may stand in href, src or action: made by url_path(), url_checked() or by a literal. */
struct url {
        struct str bytes;
};

/* JSON that stands in a page as data, in <script type="application/ld+json">. Made with json.h. */
struct json_data {
        struct str bytes;
};

/* A literal, as it is. */
#define html_lit(b, lit) buf_put((b), "" lit "", sizeof(lit) - 1)

/* Text with & < > " ' escaped: safe as element content and inside a quoted attribute. */
void html_text(struct buf *b, struct str s);
void html_textz(struct buf *b, const char *s);
void html_i64(struct buf *b, int64_t v);
void html_int(struct buf *b, int v);
void html_size(struct buf *b, size_t v);
void html_safe(struct buf *b, struct safe_html s);
/* JSON without a character that could end the script element or a line of it: < > & and U+2028, U+2029 are written as \u003c.
 * In JSON they occur in strings only, so it stays the same JSON. */
void html_data(struct buf *b, struct json_data s);
/* A coordinate for SVG: at most two decimals, point, no exponent; NaN and infinity become 0. */
void html_coord(struct buf *b, double v);
/* A checked URL inside a quoted attribute. */
void html_url(struct buf *b, struct url u);
/* Text as one part of a URL (path segment or query value): percent-encoded, "/" too. */
void html_urlpart(struct buf *b, struct str s);
void html_urlpart_i64(struct buf *b, int64_t v);
void html_urlpart_int(struct buf *b, int v);

/* What tmplc writes for {{ expr }} in element content, in a quoted attribute, as a whole URL attribute, behind
 * literal text in a URL attribute, and in a script element for data. A type that is not listed does not compile: doubles need a number format in text. */
#define html_put_text(b, x) _Generic((x), struct str: html_text, const char *: html_textz, char *: html_textz, \
        int: html_int, int64_t: html_i64, size_t: html_size, struct safe_html: html_safe)((b), (x))
#define html_put_attr(b, x) _Generic((x), struct str: html_text, const char *: html_textz, char *: html_textz, \
        int: html_int, int64_t: html_i64, size_t: html_size, double: html_coord)((b), (x))
#define html_put_url(b, x) _Generic((x), struct url: html_url)((b), (x))
#define html_put_urlpart(b, x) _Generic((x), struct str: html_urlpart, int: html_urlpart_int, \
        int64_t: html_urlpart_i64)((b), (x))
#define html_put_data(b, x) _Generic((x), struct json_data: html_data)((b), (x))

/* HTML that our own renderer stored in the database earlier. The one door for it: greppable. */
struct safe_html html_stored(struct str s);

/* A path of this site: starts with one "/", no control characters, no backslash. Anything else becomes "/". Borrows. */
struct url url_path(struct str path);
/* A link to elsewhere: https:// or http:// only, no control characters or spaces. Anything else becomes "/". Borrows. */
struct url url_checked(struct str s);

#endif
