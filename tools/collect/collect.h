/* collect.h - what the parts of this tool share. Mistakes in a source end the program with file and line. */
#ifndef COLLECT_H
#define COLLECT_H
#include "buf.h"
#include "csv.h"
#include "vec.h"

struct collect {
        struct arena *a;
        struct str from, to;            /* folders */
        struct buf figures;             /* data/benchmark/figures.csv */
};

/* A whole CSV in memory. Cells are found by column name; an unknown name is a mistake. */
struct table {
        struct csv head;
        struct str file;
        VEC(struct csv_row) rows;
        size_t at;                      /* the row that cell() reads */
        struct arena *a;
};
struct table table_read(struct collect *c, const char *file);
struct str cell(const struct table *t, const char *column);
/* False when the cell is empty; anything else that is no number ends the program. */
bool cell_number(const struct table *t, const char *column, double *ret);
/* Goes through the rows: for (size_t i = 0; table_row(&t, i); i++). */
bool table_row(struct table *t, size_t i);

void fail(struct str file, int line, const char *fmt, ...) _printf_(3, 4) __attribute__((noreturn));

/* Writes TEXT as FILE below the output folder. */
void put_file(struct collect *c, const char *file, struct str text);

/* One line of figures.csv. Numbers are the text to write; the empty text is "not there". */
struct line {
        const char *indicator;
        struct str period, region, detail, value, numerator, denominator;
        const char *status;
        int boundary_year;
        struct str source;
};
void put_line(struct collect *c, const struct line *l);
/* A whole number, or a number with D decimals, as text in the arena. */
struct str whole(struct collect *c, double v);
struct str decimals(struct collect *c, double v, int d);

void collect_network(struct collect *c);
void collect_figures(struct collect *c);                /* problem debts, persons, risk group, neighbourhood table */
void collect_iv3(struct collect *c);
void collect_national(struct collect *c);
void collect_characteristics(struct collect *c);
void collect_map(struct collect *c);

#endif
