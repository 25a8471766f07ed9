/* itemset.h - a set of items as bits, by their place in the list (item_place): what a choice of filters leaves, and how many,
 * in a few operations for 64 items. */
#ifndef KNOWLEDGE_ITEMSET_H
#define KNOWLEDGE_ITEMSET_H
#include "str.h"

struct itemset {
        uint64_t *v;
        size_t n;               /* words of 64 places */
};

/* Sets for places 0 to ITEMS - 1, in A: with none of them, and with all. */
struct itemset itemset_none(struct arena *a, size_t items);
struct itemset itemset_all(struct arena *a, size_t items);
/* The set that itemset_bytes wrote. Missing bytes are places without items, places past ITEMS are left out. */
struct itemset itemset_read(struct arena *a, struct str bytes, size_t items);
/* As the store keeps it: place P is bit P % 8 of byte P / 8. In A. */
struct str itemset_bytes(struct arena *a, const struct itemset *s);

/* PLACE must be one of the places that S was made for. */
void itemset_add(struct itemset *s, size_t place);
bool itemset_has(const struct itemset *s, size_t place);
/* Keeps in S what is in OTHER too. The same size is asked for, here and below. */
void itemset_keep(struct itemset *s, const struct itemset *other);
/* Makes room at PLACE: places from there move one up, and PLACE has no item. ITEMS is the number of places after it. May move
 * the set within A. */
void itemset_open(struct arena *a, struct itemset *s, size_t place, size_t items);
/* Forgets PLACE: places above it move one down. The set keeps its size. */
void itemset_close(struct itemset *s, size_t place);
size_t itemset_count(const struct itemset *s);
/* How many are in both. */
size_t itemset_common(const struct itemset *s, const struct itemset *other);
/* The places in S from the one after SKIP others, at most MAX; returns how many. */
size_t itemset_places(const struct itemset *s, size_t skip, size_t max, size_t *ret);

#endif
