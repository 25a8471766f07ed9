/* scan.h - finding the end of a {{ directive }}, which holds a piece of C. */
#ifndef TMPLC_SCAN_H
#define TMPLC_SCAN_H
#include "report.h"

struct scan {
        struct str body;        /* between the braces, trimmed */
        size_t line;            /* line on which body starts */
        size_t end;             /* index behind the closing braces */
        size_t semicolons;
};

/* Reads the directive whose body starts at SRC[FROM], behind the opening braces on line LINE. Strings, characters and
 * nested braces are understood; comments, preprocessor lines and unbalanced brackets are refused. */
_must_use_ enum err scan_directive(struct report *r, struct str src, size_t from, size_t line, struct scan *ret);

bool is_space(char c);
bool is_word(char c);
/* The identifier at the start of S, or an empty str. */
struct str leading_word(struct str s);

#endif
