/* internal.h - what the families of filters share: the table of filters, a set of rows going in, cells going out. */
#ifndef STATSFILTER_INTERNAL_H
#define STATSFILTER_INTERNAL_H
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include "csv.h"
#include "filter.h"
#include "spc.h"
#include "stats.h"

enum filter_kind {
        FILTER_NUMBER,
        FILTER_TEXT,
        FILTER_MAYBE,           /* a number; the column may be absent, and is then `otherwise` */
        FILTER_LABEL,           /* text; the column may be absent, and is then the row's number in its set */
        FILTER_KEY,             /* text that tells sets apart; absent, all rows are one set called "all" */
};

#define FILTER_COLUMNS 24
/* With the columns that a filter takes besides those it names. */
#define FILTER_ALL (FILTER_COLUMNS + CSV_FIELDS)
struct filter_column {
        const char *name;
        enum filter_kind kind;
        double otherwise;
};
#define NUMBER(name) { name, FILTER_NUMBER, 0 }
#define TEXT(name) { name, FILTER_TEXT, 0 }
#define MAYBE(name, otherwise) { name, FILTER_MAYBE, otherwise }
#define LABEL(name) { name, FILTER_LABEL, 0 }
#define KEY(name) { name, FILTER_KEY, 0 }

/* Rows of one set: number[c][i] and text[c][i] for column c of the filter; given[c]: the file has it. Text is there for each
 * column that is not a number. */
struct filter_set {
        struct arena *a;
        size_t n;
        const double *number[FILTER_ALL];
        const struct str *text[FILTER_ALL];
        const bool *given;
        size_t rest, rests;             /* columns rest .. rest + rests - 1: the numbers that a filter with .rest takes besides */
        const struct str *rest_name;
        struct str other;
        const char **why;       /* for a set that cannot be right */
};

struct filter_out {
        FILE *f;
        size_t columns, at;
};

struct filter {
        const char *name, *also;                /* also: other names, with spaces between */
        struct filter_column in[FILTER_COLUMNS];
        const char *out;                        /* names with commas between: the header */
        bool (*run)(struct filter_out *o, const struct filter_set *s);  /* false: *s->why says what is wrong */
        bool flat;                              /* each row is a set */
        const char *source;
        bool rest;                              /* every other column is read too, as numbers */
        const char *other;                      /* first column of a second table that it takes: a file, or the same one after the first */
};

/* Writes the next cell; the last of a row ends it. */
void put(struct filter_out *o, double v);
void put_count(struct filter_out *o, size_t v);
void put_flag(struct filter_out *o, bool v);
void put_word(struct filter_out *o, const char *v);
void put_text(struct filter_out *o, struct str v);
void put_interval(struct filter_out *o, struct stats_interval v);

/* The set's key, "all" without one. */
struct str set_key(const struct filter_set *s, size_t column);
/* A row's text or number as it goes out again. */
void put_same(struct filter_out *o, const struct filter_set *s, size_t column, size_t row);
#define MANY(s, T, n) arena_many((s)->a, T, (n))
/* Work space of n doubles; NULL, with *s->why set, above a gigabyte. */
double *work_for(const struct filter_set *s, size_t n);

/* Names in order of appearance, at most as many as room was made for. */
struct labels {
        size_t n, slots, *slot;         /* slot: name + 1, by hash */
        struct str *name;
};
struct labels labels_for(struct arena *a, size_t most);
/* The number of the name, a new one when it was not there. */
size_t label_index(struct labels *l, struct str name);
/* FNV-1a; start with HASH_START. */
#define HASH_START 14695981039346656037u
uint64_t hash_more(uint64_t h, struct str s);

/* Splits the file in sets by its key columns (in order of appearance) and runs the filter on each. */
_must_use_ enum err filter_run(struct arena *a, const struct filter *f, struct csv *c, struct str other, struct filter_out *o, const char **why);
/* Where the filter's columns are in the file, -1 for absent. The name of the first that must be there and is not, or NULL. */
const char *filter_columns(const struct filter *f, const struct csv *c, int *at);

/* control.c: X of N on a p' or u' chart, ten columns. */
void put_laney(struct filter_out *o, const struct stats_p_chart *c, double x, double n, struct stats_p_point p);

/* The families; each table ends with a filter without a name. */
extern const struct filter interval_filters[], standard_filters[], funnel_filters[], spread_filters[], shrink_filters[], rank_filters[],
        control_filters[], order_filters[], trend_filters[], effect_filters[], design_filters[], interrupted_filters[], peer_filters[], merger_filters[], disclosure_filters[], further_filters[];

#endif
