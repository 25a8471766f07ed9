/* front.h - reads content files: lines "key: value" between two lines "---", then Markdown in sections that start with
 * "## ". Knows no key: what must be there and what it means is for the importer. */
#ifndef TEXT_FRONT_H
#define TEXT_FRONT_H
#include "str.h"

/* What is wrong and where, to show to an editor: Dutch, without full stop. Line 0: the file as a whole. */
struct text_error {
        int line;
        struct str reason;
};

struct front_pair {
        struct str key, value;          /* value without surrounding space; may be empty */
        int line;
};

struct front_section {
        struct str heading;             /* behind "## " */
        struct str body;                /* Markdown without empty lines at both ends; "### " and deeper stay in it */
        int line;                       /* of the heading */
};

struct front {
        struct front_pair *pairs;       /* in the order of the file; a key may come more than once */
        size_t n_pairs;
        struct str intro;               /* Markdown before the first section */
        int intro_line;
        struct front_section *sections;
        size_t n_sections;
};

#define FRONT_SOURCE_MAX ((size_t) 1024 * 1024)
#define FRONT_PAIRS_MAX 500
#define FRONT_SECTIONS_MAX 200

/* Reads SOURCE; the parts borrow from A. Keys are a-z, 0-9, "_" and "-". "## " inside a code fence does not count.
 * ERR_INVALID or ERR_LIMIT with *ERROR filled; not logged. */
_must_use_ enum err front_parse(struct arena *a, struct str source, struct text_error *error, struct front *ret);

/* The text of F, in A: its pairs in their order, the intro and the sections. front_parse() reads the same from it, when values are on
 * one line and bodies came from it or from front_body(). */
struct str front_write(struct arena *a, const struct front *f);
/* TYPED as the body of a section, in A: a heading of level 1 or 2 becomes one of level 3, and a code fence that is left open is
 * closed, so that the next section stays a section. */
struct str front_body(struct arena *a, struct str typed);

/* The first pair with KEY, or NULL. */
const struct front_pair *front_get(const struct front *f, struct str key);
/* The section with this HEADING (letter by letter), or NULL. */
const struct front_section *front_section(const struct front *f, struct str heading);

/* "a | b | c" as trimmed parts; "" gives none, "a | | c" has an empty second part. */
struct front_parts {
        struct str *v;
        size_t n;
};
struct front_parts front_split(struct arena *a, struct str value, char separator);

#endif
