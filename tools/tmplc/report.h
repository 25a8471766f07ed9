/* report.h - where the compiler says what is wrong with a template. */
#ifndef TMPLC_REPORT_H
#define TMPLC_REPORT_H
#include "buf.h"
#include "err.h"
#include "str.h"

struct report {
        struct str file;
        struct buf *out;
};

/* Adds "file:line: message" and returns ERR_INVALID, so that a check can end with `return refuse(...)`. */
enum err refuse(struct report *r, size_t line, const char *fmt, ...) _printf_(3, 4);

/* Newlines in S, for counting lines. */
size_t count_lines(struct str s);

#endif
