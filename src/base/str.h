/* str.h - text as pointer and length: borrowed, never owned, not NUL-terminated unless said. */
#ifndef BASE_STR_H
#define BASE_STR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "arena.h"
#include "err.h"

struct str {
        const char *p;
        size_t n;
};

/* A literal as str; anything but a literal does not compile. */
#define S(lit) ((struct str) { "" lit "", sizeof(lit) - 1 })
/* The same inside an initialiser of static storage. */
#define S_INIT(lit) { "" lit "", sizeof(lit) - 1 }
/* For printf: printf("%.*s", STR(s)). */
#define STR(s) (int) (s).n, (s).p

/* The str of a NUL-terminated string; NULL gives the empty str. Borrows. */
struct str str_of(const char *z);

/* A copy in A, NUL-terminated for the C library's sake. */
struct str str_dup(struct arena *a, struct str s);
/* The same copy as C string. A NUL inside S ends it early. */
const char *str_z(struct arena *a, struct str s);
/* printf into A; the result is NUL-terminated. */
struct str str_fmt(struct arena *a, const char *fmt, ...) _printf_(2, 3);

bool str_eq(struct str a, struct str b);
/* Order by bytes, then by length: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Index of the first byte C or first occurrence of NEEDLE; s.n when absent. */
size_t str_index(struct str s, char c);
size_t str_find(struct str s, struct str needle);

/* S from byte FROM (clamped) with at most N bytes. */
struct str str_sub(struct str s, size_t from, size_t n);
/* S without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Takes the part before SEP off the front of *S; the rest stays in *S. False when *S is used up
 * (its p is then NULL). "a,b" gives "a", "b"; "a," gives "a", ""; "" gives one "". */
bool str_split(struct str *s, char sep, struct str *ret);

/* The whole of S as decimal integer or number ('.' as point). False on anything else, or overflow. */
_must_use_ bool str_to_i64(struct str s, int64_t *ret);
_must_use_ bool str_to_f64(struct str s, double *ret);

#endif
