/* rules.h - the house rules that can be checked from the text of one file. */
#ifndef LINT_RULES_H
#define LINT_RULES_H
#include "source.h"
#include "vec.h"

/* Identifiers that may not be used, or only in some places. */
void check_words(struct findings *f, const struct source *s);
/* What may not stand in a comment, and what may not stand in a page. */
void check_text(struct findings *f, const struct source *s);
/* Lines per file and per function. */
void check_length(struct findings *f, const struct source *s);
/* Includes that point upwards or sideways. ROOT is the root of the project: the folder of a header is looked up. */
void check_includes(struct findings *f, const struct source *s, struct arena *a, struct str root);

/* The layers and rooms of src, as includes.c knows them. */
bool is_layer(struct str name);
/* Does the arrow from UPPER to LOWER point down? False for the same room and for rooms beside each other. */
bool is_below(struct str lower, struct str upper);

/* Adds the tables that the migration S makes: name -> struct str *, the room. */
void tables_add(struct arena *a, struct map *tables, const struct source *s);
/* Queries that read tables of rooms above or beside their own, or write those of another; migrations whose tables have no
 * room. TABLES: of all migrations. */
void check_tables(struct findings *f, const struct source *s, const struct map *tables);

#endif
