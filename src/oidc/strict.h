/* strict.h - JSON from outside, read without forgiveness. Include it instead of base/json.h, which writes:
 * the two libraries share names. */
#ifndef OIDC_STRICT_H
#define OIDC_STRICT_H
#include <jansson.h>
#include "str.h"

#define STRICT_DEPTH 16

/* TEXT as a JSON object: at most MAX bytes, at most STRICT_DEPTH levels, UTF-8, no member twice (RFC 8725 section 2.6;
 * RFC 7515 section 4), no NUL in a string, nothing behind it. NULL otherwise. The caller gives it back: json_auto_t. */
_must_use_ json_t *strict_object(struct str text, size_t max);

enum member { MEMBER_ABSENT, MEMBER_GOOD, MEMBER_BAD };
/* The string member NAME of O, copied into A: 1..MAX bytes without control characters. A null counts as absent. */
_must_use_ enum member strict_text(struct arena *a, const json_t *o, const char *name, size_t max, struct str *ret);

/* NAME as seconds since 1970 (RFC 7519 section 2, NumericDate: may have a fraction), 0 <= *ret < 2^40. */
_must_use_ enum member strict_seconds(const json_t *o, const char *name, int64_t *ret);

/* True for printable ASCII without spaces and of 1..MAX bytes: codes, states and what else travels in a URL. */
bool strict_visible(struct str s, size_t max);

#endif
