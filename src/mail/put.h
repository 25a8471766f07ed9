/* put.h - the only ways to put a value into the text part of a mail; templates of texts (*.txt.tmpl) call these. Nothing
 * is escaped, because text has no markup. Control characters are left out (a tab becomes a space), so that a value cannot
 * steer a terminal or hide what follows; newlines stay: a value of one line must be checked where it comes in. */
#ifndef MAIL_PUT_H
#define MAIL_PUT_H
#include "html.h"

/* UTF-8; C0 but newline, DEL and C1 (U+0080 to U+009F) are left out. */
void mail_put_str(struct buf *b, struct str s);
void mail_put_z(struct buf *b, const char *s);
/* The URL as it stands, to be copied or clicked. */
void mail_put_url(struct buf *b, struct url u);

/* What tmplc writes for {{ expr }}. Numbers other than whole ones go through a format of the room first. */
#define mail_put(b, x) _Generic((x), struct str: mail_put_str, const char *: mail_put_z, char *: mail_put_z, \
        int: html_int, int64_t: html_i64, size_t: html_size, struct url: mail_put_url)((b), (x))

#endif
