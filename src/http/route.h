/* route.h - finding the route of a path. */
#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H
#include "http.h"

#define SEGMENTS_MAX 12

/* One compiled route: per segment a literal, or a parameter with what follows it in the segment. */
struct route_entry {
        const struct route *route;
        size_t segments;
        struct route_segment {
                struct str literal;     /* the whole segment, or the suffix behind a parameter */
                bool is_param;
        } segment[SEGMENTS_MAX];
};
struct routes {
        struct map bucket;              /* first literal segment -> struct bucket */
        struct bucket { VEC(struct route_entry) entries; } any;        /* routes that start with a parameter */
};
struct route_match {
        const struct route *route;      /* NULL when the path does not exist with this method */
        struct str param[REQ_PARAMS];
        bool get, post;                 /* methods the path exists with */
};

/* Checks and compiles the tables; ERR_INVALID (logged) for a bad pattern, a missing access or a duplicate. */
_must_use_ enum err routes_compile(struct arena *a, const struct route *const *rooms, struct routes *ret);
/* More literal routes win: "/gemeenten/nieuw" before "/gemeenten/{slug}". */
void routes_find(const struct routes *r, enum method method, struct str path, struct route_match *ret);

/* The path of a request target: decoded once, well-formed UTF-8, starting with one "/". ERR_INVALID for broken
 * encoding, control characters or a backslash; ERR_NOT_FOUND for "..", "." or empty segments and an encoded "/".
 * One "/" at the end is left on. */
_must_use_ enum err path_decode(struct arena *a, struct str raw, struct str *ret);
/* Splits a request target into path and query; takes off scheme and host of the absolute form. */
void path_split(struct str target, struct str *path, struct str *query);

#endif
