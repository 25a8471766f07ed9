#include "load.h"
#include <stdarg.h>
#include <stdio.h>
#include "utf8.h"

enum err load_fail(struct load *l, struct str file, int line, const char *fmt, ...) {
        char text[512];
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
        l->file = str_dup(l->a, file);
        l->line = line;
        l->reason = str_dup(l->a, str_of(text));
        return ERR_INVALID;
}

enum err load_text(struct load *l, struct str file, struct str *ret) {
        enum err e = file_read(l->a, str_fmt(l->a, "%.*s/%.*s", STR(l->root), STR(file)), (size_t) 32 << 20, ret);
        if (e != OK)
                return load_fail(l, file, 0, "cannot be read (%s)", err_name(e));
        return utf8_valid(*ret) ? OK : load_fail(l, file, 0, "is not valid UTF-8");
}

enum err load_csv(struct load *l, struct str file, const char *const *columns, int *at, struct csv *ret) {
        struct str text;
        enum err e = load_text(l, file, &text);
        if (e != OK)
                return e;
        if (csv_open(ret, l->a, text) != OK)
                return load_fail(l, file, 1, "has no header line");
        for (size_t i = 0; columns[i]; i++)
                if ((at[i] = csv_column(ret, columns[i])) < 0)
                        return load_fail(l, file, 1, "column '%s' is missing", columns[i]);
        return OK;
}

enum err load_row(struct load *l, struct str file, struct csv *c, struct csv_row *row, bool *more) {
        const char *why = "";
        return csv_next(c, l->a, row, more, &why) == OK ? OK : load_fail(l, file, row->line, "%s", why);
}
