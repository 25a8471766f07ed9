/* encode.h - header lines and quoted-printable, for compose.c. Private to this folder. Input is valid UTF-8, and without
 * control characters where it goes into a header: mail_check has seen to that. */
#ifndef MAIL_ENCODE_H
#define MAIL_ENCODE_H
#include "buf.h"

/* "NAME: VALUE", as it is when it is plain ASCII that folds back to the same, else as encoded words (RFC 2047). */
void encode_line(struct buf *b, const char *name, struct str value);
/* "NAME: DISPLAY <ADDRESS>"; without DISPLAY the address alone. */
void encode_mailbox(struct buf *b, const char *name, struct str display, struct str address);
/* RFC 2045, 6.7: CRLF at line ends, lines of at most 76 bytes, characters of several bytes kept together. */
void encode_body(struct buf *b, struct str s);

#endif
