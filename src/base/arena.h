/* arena.h - memory that lives as long as one request, job or load, and is given back in one go.
 * Features allocate only here (architecture.md, decision 6); there is no free(). */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

struct arena_chunk;
struct arena {
        struct arena_chunk *head;
        size_t used;            /* bytes handed out from head */
        size_t total;           /* bytes in all chunks */
};

/* N zeroed bytes aligned to 16. Never NULL: a process without memory aborts. N may be 0. */
void *arena_alloc(struct arena *a, size_t n);

/* An array of N zeroed elements of SIZE bytes; aborts when the product overflows. */
void *arena_array(struct arena *a, size_t n, size_t size);
#define arena_new(a, T) ((T *) arena_alloc((a), sizeof(T)))
#define arena_many(a, T, n) ((T *) arena_array((a), (n), sizeof(T)))

/* Forgets everything but keeps the first chunk for the next use. Pointers into the arena die. */
void arena_reset(struct arena *a);

/* Gives all memory back; the arena is empty and usable afterwards. */
void arena_done(struct arena *a);

#endif
