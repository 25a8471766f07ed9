#include "vec.h"
#include <string.h>

void vec_grow_(struct arena *a, void **v, size_t *n, size_t *cap, size_t size) {
        if (*n < *cap)
                return;
        size_t c = *cap ? *cap * 2 : 8;
        void *p = arena_array(a, c, size);
        if (*n)
                memcpy(p, *v, *n * size);
        *v = p;
        *cap = c;
}

uint64_t hash_str(struct str s) {
        uint64_t h = 1469598103934665603u;
        for (size_t i = 0; i < s.n; i++)
                h = (h ^ (unsigned char) s.p[i]) * 1099511628211u;
        return h;
}

static struct map_slot *find(const struct map *m, struct str key) {
        size_t i = hash_str(key) & (m->cap - 1);
        while (m->slot[i].value && !str_eq(m->slot[i].key, key))
                i = (i + 1) & (m->cap - 1);
        return &m->slot[i];
}

void *map_get(const struct map *m, struct str key) {
        return m->cap ? find(m, key)->value : NULL;
}

void map_put(struct arena *a, struct map *m, struct str key, void *value) {
        if (m->n * 4 >= m->cap * 3) {
                struct map old = *m;
                m->cap = old.cap ? old.cap * 2 : 16;
                m->slot = arena_many(a, struct map_slot, m->cap);
                for (size_t i = 0; i < old.cap; i++)
                        if (old.slot[i].value)
                                *find(m, old.slot[i].key) = old.slot[i];
        }
        struct map_slot *s = find(m, key);
        if (!s->value)
                m->n++;
        *s = (struct map_slot) { key, value };
}
