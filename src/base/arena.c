#include "arena.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void) (p), (void) (n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void) (p), (void) (n))
#endif

#define CHUNK_MIN ((size_t) 32 * 1024)
#define ALIGN ((size_t) 16)

struct arena_chunk {
        struct arena_chunk *next;
        size_t size;
        _Alignas(16) char mem[];
};

static void die(void) {
        fputs("level=fatal msg=\"out of memory\"\n", stderr);
        abort();
}

static void grow(struct arena *a, size_t n) {
        size_t size = n > CHUNK_MIN ? n : CHUNK_MIN;
        if (a->total > size && a->total < ((size_t) 1 << 24))
                size = a->total;        /* doubling keeps the number of chunks small */
        struct arena_chunk *c = malloc(sizeof *c + size);
        if (!c)
                die();
        c->next = a->head;
        c->size = size;
        ASAN_POISON_MEMORY_REGION(c->mem, size);
        a->head = c;
        a->used = 0;
        a->total += size;
}

void *arena_alloc(struct arena *a, size_t n) {
        if (n > SIZE_MAX / 4)
                die();
        size_t need = (n + ALIGN - 1) & ~(ALIGN - 1);
        if (!a->head || a->head->size - a->used < need)
                grow(a, need);
        char *p = a->head->mem + a->used;
        a->used += need;
        ASAN_UNPOISON_MEMORY_REGION(p, n);
        memset(p, 0, n);
        return p;
}

void *arena_array(struct arena *a, size_t n, size_t size) {
        if (size && n > SIZE_MAX / 4 / size)
                die();
        return arena_alloc(a, n * size);
}

void arena_reset(struct arena *a) {
        struct arena_chunk *c = a->head;
        while (c && c->next) {
                struct arena_chunk *next = c->next;
                free(c);
                c = next;
        }
        *a = (struct arena) { .head = c, .total = c ? c->size : 0 };
        if (c)
                ASAN_POISON_MEMORY_REGION(c->mem, c->size);
}

void arena_done(struct arena *a) {
        arena_reset(a);
        free(a->head);
        *a = (struct arena) { 0 };
}
