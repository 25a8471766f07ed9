/* glossary.h - content/begrippen.txt: terms of the field in plain Dutch. docs/content.md describes the form. */
#ifndef KNOWLEDGE_GLOSSARY_H
#define KNOWLEDGE_GLOSSARY_H
#include "db.h"
#include "load.h"
#include "terms.h"

struct glossary_line {
        struct str text;
        int line;
};
struct glossary_lines {
        struct glossary_line *v;
        size_t n, cap;
};
struct glossary_entry {
        struct str slug, title, meaning, also, finds;
        struct glossary_lines sources, see, items;      /* "title | publisher | year | address"; slugs */
        int line;                                       /* of its term */
};
struct glossary {
        struct { struct glossary_entry *v; size_t n, cap; } entries;
        struct map by_slug;             /* slug -> its place, size_t */
        struct term_names terms;             /* their names, for links in texts */
};

/* Reads and checks the file, in the arena of L; whether its items exist is for glossary_write(). load_fail with line and reason. */
_must_use_ enum err glossary_read(struct load *l, struct glossary *ret);
/* Writes it in place of what was there. ITEMS leads from slugs to ids (int64_t), 0 for one that is withdrawn. */
_must_use_ enum err glossary_write(struct db *db, struct load *l, const struct glossary *g, const struct map *items);
/* The names of the store, for a text that is published. In A. */
_must_use_ enum err glossary_terms_read(struct db *db, struct arena *a, struct term_names *ret);

#endif
