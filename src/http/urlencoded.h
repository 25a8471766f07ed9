/* urlencoded.h - application/x-www-form-urlencoded, for queries and forms. Own code because it is the first thing
 * hostile bytes meet: small and fuzzed. */
#ifndef HTTP_URLENCODED_H
#define HTTP_URLENCODED_H
#include "vec.h"

struct pair {
        struct str name, value;         /* decoded once; any bytes */
        bool broken;                    /* a '%' without two hexadecimal digits behind it */
        bool is_file;                   /* the value is the name of a file (multipart) */
};
struct pairs {
        VEC(struct pair) list;
};
#define PAIRS_MAX 100

/* Splits and decodes TEXT. ERR_LIMIT past PAIRS_MAX. Empty parts ("a=1&&b=2") do not count. */
_must_use_ enum err urlencoded_parse(struct arena *a, struct str text, struct pairs *ret);

/* The byte that "%XX" at S.p[I] stands for, -1 when it is not that. */
int percent_byte(struct str s, size_t i);

/* True when well-formed S holds a control character: C0 (tab and line ends too), DEL or C1. */
bool has_control(struct str s);

#endif
