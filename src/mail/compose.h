/* compose.h - one mail as the bytes that go to a server. Pure: the same mail always gives the same bytes.
 * RFC 5322 (header, dates, folding), RFC 2045 and 2046 (multipart/alternative, quoted-printable), RFC 2047 (encoded words),
 * RFC 3834 (Auto-Submitted), RFC 2369 and 8058 (List-Unsubscribe). */
#ifndef MAIL_COMPOSE_H
#define MAIL_COMPOSE_H
#include "address.h"
#include "buf.h"

#define MAIL_LINE_MAX 300               /* bytes of a name or a subject */
#define MAIL_URL_MAX 900                /* bytes: a line of a mail ends at 998 (RFC 5322, 2.1.1) */
#define MAIL_PART_MAX ((size_t) 1 << 20)        /* bytes of text, and of html */

/* All UTF-8 and borrowed. Header fields are without control characters; a mail that has one is refused, never mended. */
struct mail {
        struct str to_address, to_name;         /* addresses as address.h allows; a name may be empty */
        struct str from_address, from_name;
        struct str subject;                     /* not empty */
        struct str text;                        /* lines end in LF or CRLF */
        struct str html;                        /* a whole document; empty: the mail has the text only */
        struct str list_unsubscribe;            /* https:// URL that answers a POST (RFC 8058), or empty */
        struct str message_id;                  /* "left@right", without the <> */
        int64_t date_ms;                        /* 1970 to 9999 */
};

/* OK when mail_compose would take M; else ERR_INVALID or ERR_LIMIT, with an English sentence in *RET_WHY (static). */
_must_use_ enum err mail_check(const struct mail *m, const char **ret_why);

/* Appends M to RET, with CRLF at line ends: lines up to 76 bytes, longer only for an address or URL that has no place to
 * fold. Errors as mail_check, and ERR_LIMIT when RET is full. The recipient is not hidden: one mail has one reader. */
_must_use_ enum err mail_compose(const struct mail *m, struct buf *ret);

#define MAIL_DATE_MAX 40
/* "Mon, 21 Sep 2026 14:13:20 +0000" (RFC 5322, 3.3) in BUF of MAIL_DATE_MAX bytes. */
void mail_date(int64_t ms, char *buf);

#endif
