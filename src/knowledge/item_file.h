/* item_file.h - one file of content/items as struct, checked on its own (docs/content.md describes the format). */
#ifndef KNOWLEDGE_ITEM_FILE_H
#define KNOWLEDGE_ITEM_FILE_H
#include "db.h"
#include "front.h"
#include "load.h"

struct item_source { struct str title, publisher, dated, url; };
struct item_use { struct str municipality, since, note, url; bool fictitious; int line; };
/* A judgement that a source gives; judgement.n == 0 means "nog niet beoordeeld". */
struct item_judgement { struct str judgement, institute, dated, url; };

struct item_file {
        struct str file;                /* "content/items/vroeg-eropaf.md" */
        int line;                       /* of the key that is being checked last; 1 for the file */
        struct str slug, title, summary, owner, updated_on;
        struct opt_i64 since;
        struct str_list kind;           /* exactly one */
        struct str_list phases, targets, themes, indicators, related;
        struct item_judgement scores[3];        /* evidence, effect, cost */
        struct { struct item_source *v; size_t n, cap; } sources;
        struct { struct item_use *v; size_t n, cap; } uses;
        struct front front;
};
/* Reads and checks FILE: keys, lengths, the six sections in order, addresses of sources. load_fail on a mistake.
 * In the arena of L. */
_must_use_ enum err item_file_read(struct load *l, struct str file, struct item_file *ret);

#endif
