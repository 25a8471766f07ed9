/* vec.h - growing arrays and string-keyed maps in an arena. */
#ifndef BASE_VEC_H
#define BASE_VEC_H
#include "str.h"

/* struct { T *v; size_t n, cap; } - declare as VEC(struct item) items = { 0 }. */
#define VEC(T) struct { T *v; size_t n, cap; }
/* Pointer to a new zeroed last element. Earlier pointers into v may die. */
#define vec_push(a, vec) \
        (vec_grow_((a), (void **) &(vec)->v, &(vec)->n, &(vec)->cap, sizeof *(vec)->v), &(vec)->v[(vec)->n++])
void vec_grow_(struct arena *a, void **v, size_t *n, size_t *cap, size_t size);

/* Open addressing; keys are borrowed and must outlive the map. Zero-initialised is empty. */
struct map {
        struct map_slot { struct str key; void *value; } *slot;
        size_t n, cap;
};
/* The value for KEY, or NULL. */
void *map_get(const struct map *m, struct str key);
/* Sets KEY to VALUE (not NULL), replacing an earlier one. */
void map_put(struct arena *a, struct map *m, struct str key, void *value);

/* FNV-1a, 64 bits: for tables, not for secrets. */
uint64_t hash_str(struct str s);

#endif
