/* emit.h - writing the C of one template file. Static text is gathered and written as few html_lit calls. */
#ifndef TMPLC_EMIT_H
#define TMPLC_EMIT_H
#include "parse.h"

struct emit {
        struct buf *c, *h;
        struct str file;
        const char *out;        /* the buffer that functions write into: "p->out" */
        struct buf lit;         /* static text not yet written; emit_done() frees it */
        size_t depth;           /* of C blocks */
        bool wrote;             /* the current function uses p */
};

/* Everything up to the first function. The generated header includes FRAME. */
void emit_begin(struct emit *em, struct str header, struct str frame, const struct nodes *nodes);
/* Frees memory. Call it last, also after a failure. */
void emit_done(struct emit *em);

void emit_define(struct emit *em, const struct define *d, size_t line);
void emit_end_define(struct emit *em);

/* Static text of the page. */
void emit_text(struct emit *em, struct str s);
/* Takes back a newline that was the last text given. */
void emit_drop_newline(struct emit *em);
/* PUT(p->out, (EXPR)); PUT is mail_put or one of the html_put_ macros; p->out is em->out. */
void emit_put(struct emit *em, const char *put, struct str expr, size_t line);
/* BEFORE C AFTER on a line of its own, as C code of template line LINE. */
void emit_code(struct emit *em, const char *before, struct str c, const char *after, size_t line);
void emit_open(struct emit *em, const char *before, struct str c, size_t line);
void emit_else(struct emit *em);
void emit_else_if(struct emit *em, struct str cond, size_t line);
void emit_close(struct emit *em);
/* A call of what every form with method post starts with: the page layer writes it. */
void emit_form_begin(struct emit *em);

#endif
