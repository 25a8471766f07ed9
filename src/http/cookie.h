/* cookie.h - reads the Cookie header (RFC 6265, section 4.2) and names our cookies. */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H
#include "http.h"

#define COOKIE_VALUE_MAX 3072           /* bytes */

/* "__Host-schouders" and "__Host-schouders-stap": the prefix makes browsers refuse them without Secure, with another path
 * or from a neighbouring host name. Browsers accept them over plain http from localhost. */
extern const struct str cookie_names[COOKIES];

/* The value of cookie NAME in HEADER, borrowed; "" when it is absent, given twice (then somebody else may have set one
 * of them), longer than COOKIE_VALUE_MAX or holds anything but letters, digits, - _ and point. */
struct str cookie_value(struct str header, struct str name);

#endif
