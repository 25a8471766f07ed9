/* csv.h - reading comma separated values (RFC 4180): quoted fields, doubled quotes, line ends inside quotes. */
#ifndef BASE_CSV_H
#define BASE_CSV_H
#include "buf.h"
#include "str.h"

#define CSV_FIELDS 64

struct csv {
        struct str rest;
        int line;               /* of the next record, 1-based */
        struct str header[CSV_FIELDS];
        size_t columns;
};
struct csv_row {
        int line;               /* where this record starts */
        size_t n;
        bool is_whole;          /* read to its end: no quotes that do not close, and no more than CSV_FIELDS */
        struct str v[CSV_FIELDS];
};

/* Starts on DATA and reads the header line. ERR_INVALID when it is empty, broken or too wide. Borrows DATA. */
_must_use_ enum err csv_open(struct csv *c, struct arena *a, struct str data);

/* The next record into ROW; *more is false at the end. Unquoted fields borrow from the data, quoted ones are in A.
 * ERR_INVALID, with *why set, when the number of fields is not the header's, or quotes are broken. */
_must_use_ enum err csv_next(struct csv *c, struct arena *a, struct csv_row *row, bool *more, const char **why);

/* Writes S as a field: in quotes, or only where it needs them. */
void csv_quoted(struct buf *b, struct str s);
void csv_field(struct buf *b, struct str s);
/* Writes a comma and V as the next field, in at most ten digits with a point; nothing behind the comma when it is missing (NaN). */
void csv_number(struct buf *b, double v);

/* Index of the column called NAME, or -1. */
int csv_column(const struct csv *c, const char *name);

#endif
