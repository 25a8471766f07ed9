/* load.h - what every loader of data or content shares: where it reads, and the one mistake that stopped it. */
#ifndef BASE_LOAD_H
#define BASE_LOAD_H
#include "csv.h"
#include "file.h"

struct load {
        struct arena *a;
        struct str root;        /* the folder that holds data/ and content/ */
        /* Set by load_fail: the file (below root), the line (0 when none) and the reason. */
        struct str file, reason;
        int line;
};

/* Notes the mistake and returns ERR_INVALID: `return load_fail(l, file, 12, "unknown municipality %.*s", STR(code))`. */
enum err load_fail(struct load *l, struct str file, int line, const char *fmt, ...) _printf_(4, 5);

/* The text of FILE below root, at most 32 MB, checked to be UTF-8; else load_fail. */
_must_use_ enum err load_text(struct load *l, struct str file, struct str *ret);

/* Opens FILE below root as CSV and finds COLUMNS (NULL-ended names) into AT; a missing column is a load_fail. */
_must_use_ enum err load_csv(struct load *l, struct str file, const char *const *columns, int *at, struct csv *ret);
/* csv_next with load_fail on a broken record. */
_must_use_ enum err load_row(struct load *l, struct str file, struct csv *c, struct csv_row *row, bool *more);

#endif
