/* filter.h - each statistical method as a filter from CSV to CSV, for researchers and auditors: `schouders stats NAME < in.csv`.
 *
 * Names and columns are those of the published test tables, so that such a table goes in whole: columns that a method does not
 * read, the computed ones among them, are left alone. What comes out has the header of the table: the input columns that name
 * and explain a row, then what was computed.
 * Numbers have 17 significant digits and a point; a missing one is NA, going in (or empty) and coming out. A method that cannot
 * give a figure (no cases, more events than cases) gives NA too: that is an answer, not a mistake in the file. */
#ifndef STATSFILTER_FILTER_H
#define STATSFILTER_FILTER_H
#include <stdio.h>
#include "err.h"
#include "str.h"

/* Runs filter NAME over the file IN, and writes a whole table to OUT. OTHER is a second file for the methods that take one
 * (merger: its edges), else "". Flat methods use memory for one row at a time, the others for the file.
 * ERR_NOT_FOUND: no such filter. ERR_INVALID: a column is missing or a field is wrong; *why names line and column, in A; OUT
 * may then hold a part, which the caller must not pass on. */
_must_use_ enum err stats_filter(struct arena *a, struct str name, struct str in, struct str other, FILE *out, const char **why);

bool stats_filter_is(struct str name);

/* The names, one on a line. */
void stats_filter_names(FILE *out);
/* Every filter: other names, columns in and out, source of the method. */
void stats_filter_help(FILE *out);

#endif
