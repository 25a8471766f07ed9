#include "internal.h"

uint64_t hash_more(uint64_t h, struct str s)
{
        for (size_t i = 0; i < s.n; i++)
                h = (h ^ (unsigned char) s.p[i]) * 1099511628211u;
        return h;
}

struct labels labels_for(struct arena *a, size_t most)
{
        struct labels l = { .slots = 2, .name = arena_many(a, struct str, most) };
        while (l.slots < 2 * most)
                l.slots *= 2;
        l.slot = arena_many(a, size_t, l.slots);
        return l;
}

size_t label_index(struct labels *l, struct str name)
{
        size_t at = (size_t) hash_more(HASH_START, name) & (l->slots - 1);
        while (l->slot[at] && !str_eq(l->name[l->slot[at] - 1], name))
                at = (at + 1) & (l->slots - 1);
        if (!l->slot[at]) {
                l->name[l->n] = name;
                l->slot[at] = ++l->n;
        }
        return l->slot[at] - 1;
}
