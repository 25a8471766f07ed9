/* store.c - records of a run in bounded memory (adr/0016).
 *
 * STORE_KEEPS: all records are kept, and one round is enough. When they no longer fit, their keys go into a sieve (a Bloom filter) and
 * the rest of the round only notes which keys came more than once: STORE_SIEVES. In each later round, STORE_FILTERS, a client that came
 * once is counted as he passes, and of the others those in a range of keys are kept; the range is as wide as fits. */
#include <string.h>
#include "internal.h"

enum { AGAIN_BYTES = 2 << 20 };

static uint32_t capacity(size_t size) {
        uint32_t n = (uint32_t) (size / sizeof(struct record));
        while (n > 0 && n * sizeof(struct record) + merge_size(n) > size)
                n -= n / 32 + 1;
        return n;
}

static size_t again_bytes(const struct store *s) {
        return s->size / 4 < AGAIN_BYTES ? s->size / 4 / 8 * 8 : AGAIN_BYTES;
}

void store_start(struct ddas *d) {
        struct store *s = &d->store;
        s->v = (struct record *) (void *) s->memory;
        s->n = 0;
        s->cap = capacity(s->phase == STORE_FILTERS ? s->size - again_bytes(s) : s->size);
        s->low = 0;
        s->high = UINT64_MAX;
}

/* One word of a filter holds all three bits of a key: one look at memory. */
static uint64_t *word_of(uint64_t *filter, size_t n, uint64_t key) {
        return &filter[(key >> 32) * n >> 32];
}

static uint64_t bits_of(uint64_t key) {
        return (uint64_t) 1 << (key & 63) | (uint64_t) 1 << (key >> 6 & 63) | (uint64_t) 1 << (key >> 12 & 63);
}

static uint64_t other(uint64_t key) {
        key *= 0x9e3779b97f4a7c15u;
        return key ^ key >> 29;
}

static void sieve(struct store *s, uint64_t key) {
        if (!key)
                return;
        uint64_t *seen = word_of(s->seen, s->seen_n, key), bits = bits_of(key);
        if ((*seen & bits) == bits)
                *word_of(s->again, s->again_n, other(key)) |= bits_of(other(key));
        *seen |= bits;
}

static bool comes_again(const struct store *s, uint64_t key) {
        return (*word_of(s->again, s->again_n, other(key)) & bits_of(other(key))) == bits_of(other(key));
}

/* Of two clients the one with the smaller key stands for both. */
static uint64_t key_of(const struct record *r) {
        return r->key[1] && r->key[1] < r->key[0] ? r->key[1] : r->key[0];
}

static void begin_sieve(struct store *s) {
        uint64_t *keys = (uint64_t *) (void *) s->memory;
        for (uint32_t i = 0; i < s->n; i++) {
                uint64_t key = key_of(&s->v[i]);
                keys[i] = key;          /* behind what is still to be read */
        }
        size_t after = (size_t) s->n * 8, again = again_bytes(s);
        s->again = (uint64_t *) (void *) (s->memory + s->size - again);
        s->again_n = again / 8;
        s->seen = keys + s->n;
        s->seen_n = (s->size - again - after) / 8;
        memset(s->seen, 0, s->size - after);
        for (uint32_t i = 0; i < s->n; i++)
                sieve(s, keys[i]);
        s->phase = STORE_SIEVES;
        s->n = 0;
}

static void count_alone(struct ddas *d, struct record *r) {
        if (r->kind == TRAJECTORY) {
                tally_trajectory(d, r, DAY_NONE);
        } else if (r->kind == CASE) {
                tally_case(d, r);
        } else {
                tally_signal(d, r);
                tally_report(d, r, false, false);
        }
}

/* Halves the range until there is room. */
static void make_room(struct ddas *d) {
        struct store *s = &d->store;
        while (s->n == s->cap && s->high > s->low) {
                s->high = s->low + (s->high - s->low) / 2;
                uint32_t to = 0;
                for (uint32_t i = 0; i < s->n; i++)
                        if (s->v[i].key[0] <= s->high)
                                s->v[to++] = s->v[i];
                s->n = to;
        }
}

void store_put(struct ddas *d, struct record *r) {
        struct store *s = &d->store;
        if (s->phase == STORE_KEEPS) {
                if (s->n < s->cap) {
                        s->v[s->n++] = *r;
                        return;
                }
                begin_sieve(s);
        }
        uint64_t key = key_of(r);
        if (s->phase == STORE_SIEVES) {
                sieve(s, key);
                return;
        }
        if (!key || !comes_again(s, key)) {
                if (s->first)
                        count_alone(d, r);
                return;
        }
        r->key[0] = key;
        r->key[1] = 0;
        if (s->n == s->cap)
                make_room(d);
        if (key < s->low || key > s->high)
                return;
        if (s->n == s->cap)
                mistake(d, M_LIMIT, "te veel trajecten van één client, of signalen van één adres");
        else
                s->v[s->n++] = *r;
}

/* The next range: as wide as filled the store this time, with a little room. */
static void next_range(struct store *s) {
        uint64_t width = s->high - s->low;
        if (s->n > 0)
                width = (uint64_t) ((double) width * ((double) s->cap * 0.95 / (double) s->n));
        s->low = s->high + 1;
        s->high = width < UINT64_MAX - s->low ? s->low + width : UINT64_MAX;
        s->n = 0;
}

bool store_round(struct ddas *d) {
        struct store *s = &d->store;
        if (ddas_count(d, DDAS_ERRORS) > 0)
                return false;
        if (d->late_place) {
                d->late_place = false;
                s->phase = STORE_KEEPS;
                store_start(d);
                return true;
        }
        if (s->phase != STORE_FILTERS)
                tally_periods(d);
        if (s->phase == STORE_SIEVES) {
                s->phase = STORE_FILTERS;
                s->first = true;
                store_start(d);
                return true;
        }
        merge_all(d);
        if (s->phase == STORE_KEEPS || s->high == UINT64_MAX)
                return false;
        s->first = false;
        next_range(s);
        return true;
}
