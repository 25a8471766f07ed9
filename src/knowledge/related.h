/* related.h - which items are alike. */
#ifndef KNOWLEDGE_RELATED_H
#define KNOWLEDGE_RELATED_H
#include "item_file.h"

/* The codes that occur so far, per list: their places here are their bits. Zero-initialised is empty. */
struct related_codes {
        struct str_list themes, targets, phases, indicators;
};

/* What is kept of an item to compare it with all others, which must be cheap. */
struct related_item {
        uint64_t themes, targets, phases, indicators[2];
        int64_t id;                     /* once stored */
        struct str slug;
        struct str_list named;          /* slugs that the author named */
};
struct related_items {
        struct related_item *v;
        size_t n;
};

/* Sets the bits of F in *RET; new codes are added to CODES, in A. load_fail when a list has more than 64 codes, or there are
 * more than 128 indicators. */
_must_use_ enum err related_read(struct load *l, struct arena *a, struct related_codes *codes, const struct item_file *f,
                                 struct related_item *ret);

#define RELATED_MAX 6
struct relation {
        const struct related_item *other;
        int64_t weight;
};
/* The items most like F, best first: named by the author, then by shared themes, groups, phases and indicators. */
size_t related_best(const struct related_items *all, const struct related_item *f, struct relation ret[RELATED_MAX]);

#endif
