/* rules.h - the house rules that can be checked from the text of one file. */
#ifndef LINT_RULES_H
#define LINT_RULES_H
#include "source.h"

/* Identifiers that may not be used, or only in some places. */
void check_words(struct findings *f, const struct source *s);
/* What may not stand in a comment, and what may not stand in a page. */
void check_text(struct findings *f, const struct source *s);
/* Lines per file and per function. */
void check_length(struct findings *f, const struct source *s);
/* Includes that point upwards or sideways. ROOT is the root of the project: the folder of a header is looked up. */
void check_includes(struct findings *f, const struct source *s, struct arena *a, struct str root);

#endif
