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
        int64_t id;                     /* once stored */
        struct str slug, title, summary, owner, updated_on;
        struct str sort_key;            /* the folded title; "" until all files are read */
        struct opt_i64 use_rank;        /* see rank_uses in load.c */
        struct opt_i64 since;
        struct str_list kind;           /* exactly one */
        struct str_list phases, targets, themes, indicators, related;
        struct item_judgement scores[3];        /* evidence, effect, cost */
        struct { struct item_source *v; size_t n, cap; } sources;
        struct { struct item_use *v; size_t n, cap; } uses;
        struct front front;
        struct item_bits { uint64_t themes, targets, phases, indicators[2]; } bits;    /* see item_file_number */
};
struct item_files {
        struct item_file *v;
        size_t n;
};

/* Reads and checks FILE: keys, lengths, the six sections in order, addresses of sources. load_fail on a mistake. */
_must_use_ enum err item_file_read(struct load *l, struct str file, struct item_file *ret);

/* The place of each code among those that occur, per list, as bits: comparing all items with all others must be cheap.
 * load_fail when a list has more than 64 codes, or there are more than 128 indicators. */
_must_use_ enum err item_file_number(struct load *l, struct item_files *all);

#define RELATED_MAX 6
struct item_relation {
        const struct item_file *other;
        int64_t weight;
};
/* After item_file_number: the items most like F, best first: named by the author, then by shared themes, groups, phases and indicators. */
size_t item_file_related(const struct item_files *all, const struct item_file *f, struct item_relation ret[RELATED_MAX]);

#endif
