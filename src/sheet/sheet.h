/* sheet.h - spreadsheets: reading the first worksheet of an XLSX file (ECMA-376) that a stranger made, and making one. Nothing in a file
 * is ever computed: of a cell with a formula only its place is told, not the value that a program left in it. */
#ifndef SHEET_SHEET_H
#define SHEET_SHEET_H
#include "buf.h"
#include "vec.h"

/* Limits of what is read; a file past one of them is refused. */
#define SHEET_FILE_MAX ((size_t) 1 << 20)       /* bytes of the file */
#define SHEET_PARTS_MAX 100                     /* files inside it */
#define SHEET_PART_MAX ((size_t) 4 << 20)       /* bytes of one of them, unpacked */
#define SHEET_UNPACKED_MAX ((size_t) 12 << 20)  /* of all together, as they say */
#define SHEET_RATIO_MAX 200                     /* unpacked to packed, for a part above SHEET_RATIO_FROM bytes */
#define SHEET_RATIO_FROM ((size_t) 100 << 10)
#define SHEET_ROWS_MAX 2000
#define SHEET_COLUMNS_MAX 26
#define SHEET_STRINGS_MAX 20000                 /* shared strings */
#define SHEET_TEXT_MAX ((size_t) 4000)          /* bytes of one text */

enum sheet_kind { SHEET_TEXT, SHEET_NUMBER, SHEET_FORMULA, SHEET_OTHER };       /* OTHER: yes or no, an error */
struct sheet_cell {
        int row, column;                        /* from 1 */
        enum sheet_kind kind;
        struct str text;                        /* SHEET_TEXT: UTF-8; SHEET_NUMBER: as it stands in the file */
};
struct sheet {
        struct sheet_cell *v;                   /* cells that hold something, by row and column */
        size_t n, cap;
};

/* Reads BYTES into A. ERR_INVALID, with a Dutch sentence in *WHY that says what to do, for anything that is no plain XLSX file within the
 * limits: with macros, a password, two parts of one name, an archive inside, a document type or entities, broken or cut off. */
_must_use_ enum err sheet_read(struct arena *a, struct str bytes, struct sheet *ret, struct str *why);
/* "C5". COLUMN is from 1 to SHEET_COLUMNS_MAX. */
struct str sheet_place(struct arena *a, int row, int column);

/* What goes into a cell of a file that is made. */
struct sheet_value {
        enum { SHEET_PUT_TEXT, SHEET_PUT_NUMBER, SHEET_PUT_HEADING } as;
        struct str text;
        double number;                          /* NaN leaves the cell empty */
};
struct sheet_page {
        const char *name;                       /* of the worksheet */
        const double *width;                    /* of each column, in characters */
        size_t columns, rows;
        const struct sheet_value *v;            /* rows * columns, row by row; the first row stays in sight */
};
/* Makes an XLSX file of N worksheets into RET. ERR_INTERNAL, logged. */
_must_use_ enum err sheet_make(struct arena *a, const struct sheet_page *pages, size_t n, struct buf *ret);

#endif
