#include "report.h"
#include <stdarg.h>
#include <stdio.h>

enum err refuse(struct report *r, size_t line, const char *fmt, ...) {
        char message[512];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(message, sizeof message, fmt, ap);
        va_end(ap);
        buf_str(r->out, r->file);
        buf_fmt(r->out, ":%zu: ", line);
        buf_str(r->out, str_of(message));
        buf_char(r->out, '\n');
        return ERR_INVALID;
}

size_t count_lines(struct str s) {
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == '\n';
        return n;
}
