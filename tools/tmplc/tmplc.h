/* tmplc.h - the template compiler as a function: template text in, C source and header out. No I/O. */
#ifndef TMPLC_H
#define TMPLC_H
#include "arena.h"
#include "buf.h"
#include "err.h"
#include "str.h"

/* Larger templates are refused: nobody can read them. */
#define TMPLC_MAX ((size_t) 1 << 20)

struct tmplc_source {
        struct str file;        /* name for messages and #line directives; *.txt.tmpl is a text, not HTML */
        struct str text;
        struct str header;      /* how the generated .c includes the generated .h */
        bool base_only;         /* the header includes html.h instead of page.h or letter.h */
};

/* Compiles IN. On failure RET_ERRORS gets one line "file:line: message" and the other buffers are of no use.
 * ERR_INVALID: the template breaks a rule; ERR_LIMIT: it is too large. */
_must_use_ enum err tmplc_compile(struct arena *a, const struct tmplc_source *in,
                                  struct buf *ret_c, struct buf *ret_h, struct buf *ret_errors);

#endif
