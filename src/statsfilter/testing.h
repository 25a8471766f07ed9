/* testing.h - for the tests only: running a filter on a text, and reading the table that comes out. */
#ifndef STATSFILTER_TESTING_H
#define STATSFILTER_TESTING_H
#include "csv.h"
#include "filter.h"

struct table {
        struct csv c;
        struct csv_row *row;
        size_t n;
};

/* Fails the running test when the text is no table. */
struct table parse(struct arena *a, struct str text);
/* A cell; a missing column fails the test. */
struct str field(const struct table *t, size_t row, const char *name);

/* What the filter answers and writes. */
enum err run(struct arena *a, const char *name, struct str in, struct str other, struct str *out, const char **why);
/* The same; a refusal fails the test. */
struct str ran(struct arena *a, const char *name, struct str in, struct str other);

#endif
