/* csrf.h - form tokens without a cookie: signed, with an age, and a nonce that doubles as idempotency key. */
#ifndef HTTP_CSRF_H
#define HTTP_CSRF_H
#include "str.h"

#define CSRF_NONCE 16                   /* bytes */
#define CSRF_TOKEN_MAX 80               /* 75 characters of base64url and a NUL */
#define CSRF_NONCE_MAX 24               /* 22 characters and a NUL */
#define CSRF_AGE_MS ((int64_t) 24 * 60 * 60 * 1000)

enum csrf_result { CSRF_OK, CSRF_BAD, CSRF_OLD };

/* Writes the token (NUL-terminated) for NONCE at NOW_MS. It is good in SESSION only: the token of who is signed in, "" for
 * nobody; so a stranger cannot use a token from a page of his own. */
void csrf_make(const unsigned char key[32], struct str session, const unsigned char nonce[CSRF_NONCE], int64_t now_ms,
               char ret[CSRF_TOKEN_MAX]);
/* Checks TOKEN and gives its nonce as base64url text. */
enum csrf_result csrf_check(const unsigned char key[32], struct str session, struct str token, int64_t now_ms,
                            char ret[CSRF_NONCE_MAX]);

/* True when the browser says the form came from our own pages: Origin or Referer names HOST, and Sec-Fetch-Site is
 * same-origin or none. Absent headers (p == NULL) do not count. */
bool csrf_same_site(struct str host, struct str origin, struct str referer, struct str fetch_site);

#endif
