/* store.c - records of a run in bounded memory (adr/0016).
 *
 * STORE_KEEPS: all records are kept, and one round is enough. When they no longer fit, their keys go into a sieve (a Bloom filter) and
 * the rest of the round only notes which keys came more than once: STORE_SIEVES. When those seem so many that it pays, a round more
 * sieves what was left, STORE_REFINES: most of it was never more than once. In each later round, STORE_FILTERS, a client that came
 * once is counted as he passes, and of the others those in a range of buckets are kept; the range is as wide as fits.
 *
 * A key is in one bucket. Two partners who both come again tie their buckets together, since each may come alone, or with somebody
 * else: what is tied together is in one round, that of the last of its buckets. The first of these rounds finds the ties while it keeps
 * its range already. A wrong "came more than once" or a bucket shared by strangers costs room, never correctness. */
#include <string.h>
#include "internal.h"

enum { AGAIN_BYTES = 2 << 20, BUCKETS_MAX = 1 << 19, ROUNDS_TO_REFINE = 6 };

static uint32_t capacity(size_t size) {
        uint32_t n = (uint32_t) (size / sizeof(struct record));
        while (n > 0 && n * sizeof(struct record) + merge_size(n) > size)
                n -= n / 32 + 1;
        return n;
}

static size_t again_bytes(const struct store *s) {
        return s->size / 4 < AGAIN_BYTES ? s->size / 4 / 8 * 8 : AGAIN_BYTES;
}

/* Behind the records stand the ties, and behind those the filter of keys that come again. */
static void begin_ties(struct store *s) {
        s->buckets = BUCKETS_MAX;
        while (s->buckets * sizeof *s->tie > s->size / 5)
                s->buckets /= 2;
        s->tie = (uint32_t *) (void *) ((char *) s->again - s->buckets * sizeof *s->tie);
        for (uint32_t i = 0; i < s->buckets; i++)
                s->tie[i] = i;
        s->cap = capacity((size_t) ((char *) s->tie - s->memory));
        s->low = 0;
        s->high = s->buckets - 1;
        s->first = true;
}

void store_start(struct ddas *d) {
        struct store *s = &d->store;
        s->v = (struct record *) (void *) s->memory;
        s->n = 0;
        if (s->phase == STORE_FILTERS) {
                begin_ties(s);
                return;
        }
        uint32_t waiting = (uint32_t) (d->tally.size / sizeof s->v->key);       /* begin_sieve */
        s->cap = capacity(s->size);
        s->cap = s->cap < waiting ? s->cap : waiting;
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

static bool comes_again(const struct store *s, uint64_t key) {
        return (*word_of(s->again, s->again_n, other(key)) & bits_of(other(key))) == bits_of(other(key));
}

/* What the sieve notes goes into AGAIN. */
static void sieve(struct store *s, uint64_t *again, uint64_t key) {
        if (!key)
                return;
        uint64_t *seen = word_of(s->seen, s->seen_n, key), bits = bits_of(key);
        if ((*seen & bits) == bits) {
                *word_of(again, s->again_n, other(key)) |= bits_of(other(key));
                s->repeats++;
        }
        *seen |= bits;
}

static uint32_t last_of(struct store *s, uint32_t bucket) {
        while (s->tie[bucket] != bucket) {
                s->tie[bucket] = s->tie[s->tie[bucket]];
                bucket = s->tie[bucket];
        }
        return bucket;
}

static void tie(struct store *s, uint32_t a, uint32_t b) {
        a = last_of(s, a);
        b = last_of(s, b);
        if (a < b)
                s->tie[a] = b;
        else
                s->tie[b] = a;
}

static uint32_t bucket_of(const struct store *s, uint64_t key) {
        return (uint32_t) ((key >> 32) * s->buckets >> 32);
}

enum { ALONE = UINT32_MAX };
/* Where R belongs: the last of the buckets that are tied to its clients. In the first round, where not all ties are known, the first of
 * its own, so that nothing that may end within the range is missed. ALONE: its clients come once. */
static uint32_t place_of(struct store *s, const struct record *r) {
        uint32_t at = ALONE;
        for (int i = 0; i < 2; i++) {
                if (!r->key[i] || !comes_again(s, r->key[i]))
                        continue;
                uint32_t bucket = bucket_of(s, r->key[i]);
                if (!s->first)
                        return last_of(s, bucket);
                if (at != ALONE)
                        tie(s, at, bucket);
                at = bucket < at ? bucket : at;
        }
        return at;
}

/* The keys wait in the memory of the tally, which counts nothing yet. */
static void begin_sieve(struct ddas *d) {
        struct store *s = &d->store;
        uint64_t *keys = (uint64_t *) (void *) d->tally.memory;
        for (uint32_t i = 0; i < s->n; i++)
                memcpy(keys + 2 * (size_t) i, s->v[i].key, sizeof s->v[i].key);
        size_t again = again_bytes(s);
        s->again = (uint64_t *) (void *) (s->memory + s->size - again);
        s->again_n = again / 8;
        s->seen = (uint64_t *) (void *) s->memory;
        s->seen_n = (s->size - again) / 8;
        s->repeats = 0;
        memset(s->memory, 0, s->size);
        for (size_t i = 0; i < 2 * (size_t) s->n; i++)
                sieve(s, s->again, keys[i]);
        s->phase = STORE_SIEVES;
        s->n = 0;
}

static uint64_t *refined(const struct store *s) {
        return s->again - s->again_n;
}

static void begin_refine(struct store *s) {
        s->seen_n -= s->again_n;
        memset(s->memory, 0, (s->seen_n + s->again_n) * sizeof *s->seen);
        s->phase = STORE_REFINES;
}

/* What the tally does not need, now that municipalities and periods are known, is room for records. */
static void begin_filter(struct ddas *d) {
        struct store *s = &d->store;
        if (s->phase == STORE_REFINES)
                memcpy(s->again, refined(s), s->again_n * sizeof *s->again);
        char *from = d->tally.memory + tally_size(d);
        s->size += (size_t) (s->memory - from);
        s->memory = from;
        s->phase = STORE_FILTERS;
        store_start(d);
}

static void count_alone(struct ddas *d, const struct record *r) {
        if (r->kind == TRAJECTORY) {
                tally_trajectory(d, r, DAY_NONE);
        } else if (r->kind == CASE) {
                tally_case(d, r);
        } else {
                tally_signal(d, r);
                tally_report(d, r, false, false);
        }
}

/* Only what lies in the range stays. */
static void leave_range(struct store *s) {
        uint32_t to = 0;
        for (uint32_t i = 0; i < s->n; i++)
                if (place_of(s, &s->v[i]) <= s->high)
                        s->v[to++] = s->v[i];
        s->n = to;
}

static void make_room(struct store *s) {
        while (s->n == s->cap && s->high > s->low) {
                s->high -= (s->high - s->low) / 8 + 1;
                leave_range(s);
        }
}

static void store_filtered(struct ddas *d, const struct record *r) {
        struct store *s = &d->store;
        uint32_t at = place_of(s, r);
        if (at == ALONE && s->first)
                count_alone(d, r);
        if (at == ALONE || at < s->low || at > s->high)
                return;
        if (s->n == s->cap)
                make_room(s);
        if (at > s->high)
                return;
        if (s->n == s->cap)
                mistake(d, M_LIMIT, "te veel trajecten van cliënten die bij elkaar horen, of signalen van één adres: lees de bestanden in delen");
        else
                s->v[s->n++] = *r;
}

void store_put(struct ddas *d, const struct record *r) {
        struct store *s = &d->store;
        if (s->phase == STORE_KEEPS && s->n < s->cap) {
                s->v[s->n++] = *r;
                return;
        }
        if (s->phase == STORE_KEEPS)
                begin_sieve(d);
        if (s->phase == STORE_FILTERS) {
                store_filtered(d, r);
                return;
        }
        for (int i = 0; i < 2; i++)
                if (s->phase == STORE_SIEVES)
                        sieve(s, s->again, r->key[i]);
                else if (comes_again(s, r->key[i]))
                        sieve(s, refined(s), r->key[i]);
}

/* The next range: as wide as filled the store this time, with a little room. */
static void next_range(struct store *s) {
        double width = (double) s->high - s->low + 1;
        if (s->n > 0)
                width *= (double) s->cap * 0.95 / (double) s->n;
        s->low = s->high + 1;
        s->high = width < (double) (s->buckets - s->low) ? s->low + (uint32_t) width : s->buckets - 1;
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
        if (s->phase == STORE_KEEPS || s->phase == STORE_SIEVES)
                tally_periods(d);
        if (s->phase == STORE_SIEVES && s->repeats / ROUNDS_TO_REFINE > capacity(s->size / 2)) {
                begin_refine(s);
                return true;
        }
        if (s->phase == STORE_SIEVES || s->phase == STORE_REFINES) {
                begin_filter(d);
                return true;
        }
        if (s->phase == STORE_FILTERS) {
                s->first = false;
                leave_range(s);
        }
        merge_all(d);
        if (s->phase == STORE_KEEPS || s->high == s->buckets - 1)
                return false;
        next_range(s);
        return true;
}
