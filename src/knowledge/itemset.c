#include "itemset.h"

struct itemset itemset_none(struct arena *a, size_t items) {
        size_t n = (items + 63) / 64;
        return (struct itemset) { arena_many(a, uint64_t, n), n };
}

/* Clears the bits of the last word that stand for no place. */
static void cut(struct itemset *s, size_t items) {
        if (items % 64)
                s->v[s->n - 1] &= ((uint64_t) 1 << (items % 64)) - 1;
}

struct itemset itemset_all(struct arena *a, size_t items) {
        struct itemset s = itemset_none(a, items);
        for (size_t i = 0; i < s.n; i++)
                s.v[i] = UINT64_MAX;
        cut(&s, items);
        return s;
}

struct itemset itemset_read(struct arena *a, struct str bytes, size_t items) {
        struct itemset s = itemset_none(a, items);
        for (size_t i = 0; i < bytes.n && i / 8 < s.n; i++)
                s.v[i / 8] |= (uint64_t) (unsigned char) bytes.p[i] << (i % 8 * 8);
        cut(&s, items);
        return s;
}

struct str itemset_bytes(struct arena *a, const struct itemset *s) {
        char *p = arena_alloc(a, s->n * 8);
        for (size_t i = 0; i < s->n * 8; i++)
                p[i] = (char) (s->v[i / 8] >> (i % 8 * 8));
        return (struct str) { p, s->n * 8 };
}

void itemset_add(struct itemset *s, size_t place) {
        s->v[place / 64] |= (uint64_t) 1 << (place % 64);
}

bool itemset_has(const struct itemset *s, size_t place) {
        return place / 64 < s->n && s->v[place / 64] >> place % 64 & 1;
}

void itemset_keep(struct itemset *s, const struct itemset *other) {
        for (size_t i = 0; i < s->n; i++)
                s->v[i] &= other->v[i];
}

void itemset_open(struct arena *a, struct itemset *s, size_t place, size_t items) {
        if (s->n < (items + 63) / 64) {
                struct itemset larger = itemset_none(a, items + items / 8);
                for (size_t i = 0; i < s->n; i++)
                        larger.v[i] = s->v[i];
                *s = larger;
        }
        for (size_t i = s->n - 1; i > place / 64; i--)
                s->v[i] = s->v[i] << 1 | s->v[i - 1] >> 63;
        uint64_t low = ((uint64_t) 1 << place % 64) - 1, *word = &s->v[place / 64];
        *word = (*word & low) | (*word & ~low) << 1;
}

void itemset_close(struct itemset *s, size_t place) {
        uint64_t low = ((uint64_t) 1 << place % 64) - 1, *word = &s->v[place / 64];
        *word = (*word & low) | (*word >> 1 & ~low);
        for (size_t i = place / 64 + 1; i < s->n; i++) {
                s->v[i - 1] |= s->v[i] << 63;
                s->v[i] >>= 1;
        }
}

size_t itemset_count(const struct itemset *s) {
        return itemset_common(s, s);
}

size_t itemset_common(const struct itemset *s, const struct itemset *other) {
        size_t n = 0;
        for (size_t i = 0; i < s->n; i++)
                n += (size_t) __builtin_popcountll(s->v[i] & other->v[i]);
        return n;
}

size_t itemset_places(const struct itemset *s, size_t skip, size_t max, size_t *ret) {
        size_t n = 0;
        for (size_t i = 0; i < s->n && n < max; i++) {
                size_t here = (size_t) __builtin_popcountll(s->v[i]);
                if (skip >= here) {
                        skip -= here;
                        continue;
                }
                for (uint64_t rest = s->v[i]; rest && n < max; rest &= rest - 1) {
                        if (skip > 0)
                                skip--;
                        else
                                ret[n++] = i * 64 + (size_t) __builtin_ctzll(rest);
                }
        }
        return n;
}
