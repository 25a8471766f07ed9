#include "related.h"
#include "vec.h"

/* Gives the codes of one list in one item their bits; SEEN grows with new codes. */
static enum err set_bits(struct load *l, struct arena *a, const struct item_file *f, struct str_list *seen,
                         const struct str_list *codes, uint64_t *bits, size_t words) {
        for (size_t i = 0; i < codes->n; i++) {
                size_t k = 0;
                while (k < seen->n && !str_eq(seen->v[k], codes->v[i]))
                        k++;
                if (k == words * 64)
                        return load_fail(l, f->file, 1, "there are more than %d different codes like '%.*s'", (int) k, STR(codes->v[i]));
                if (k == seen->n)
                        *vec_push(a, seen) = str_dup(a, codes->v[i]);
                bits[k / 64] |= (uint64_t) 1 << (k % 64);
        }
        return OK;
}

enum err related_read(struct load *l, struct arena *a, struct related_codes *codes, const struct item_file *f,
                      struct related_item *ret) {
        enum err e = set_bits(l, a, f, &codes->themes, &f->themes, &ret->themes, 1);
        if (e == OK)
                e = set_bits(l, a, f, &codes->phases, &f->phases, &ret->phases, 1);
        if (e == OK)
                e = set_bits(l, a, f, &codes->indicators, &f->indicators, ret->indicators, 2);
        /* "For everybody" says nothing about likeness. */
        if (e == OK && !(f->targets.n == 1 && str_eq(f->targets.v[0], S("iedereen"))))
                e = set_bits(l, a, f, &codes->targets, &f->targets, &ret->targets, 1);
        return e;
}

/* Two items share few codes: a loop over their bits is faster than counting all 64 without the processor's help. */
static inline int64_t shared(uint64_t x, uint64_t y) {
        int64_t n = 0;
        for (uint64_t both = x & y; both; both &= both - 1)
                n++;
        return n;
}

static inline int64_t likeness(const struct related_item *x, const struct related_item *y) {
        return 3 * shared(x->themes, y->themes) + 3 * shared(x->targets, y->targets) + shared(x->phases, y->phases) +
               2 * shared(x->indicators[0], y->indicators[0]) + 2 * shared(x->indicators[1], y->indicators[1]);
}

static bool names(const struct related_item *f, struct str slug) {
        for (size_t i = 0; i < f->named.n; i++)
                if (str_eq(f->named.v[i], slug))
                        return true;
        return false;
}

size_t related_best(const struct related_items *all, const struct related_item *f, struct relation ret[RELATED_MAX]) {
        size_t n = 0;
        for (size_t i = 0; i < all->n; i++) {
                const struct related_item *g = &all->v[i];
                int64_t w = g == f ? 0 : likeness(f, g) + (names(f, g->slug) ? 100 : 0);
                if (w < 4 || (n == RELATED_MAX && w <= ret[n - 1].weight))
                        continue;
                size_t at = n < RELATED_MAX ? n++ : n - 1;
                while (at > 0 && ret[at - 1].weight < w) {
                        ret[at] = ret[at - 1];
                        at--;
                }
                ret[at] = (struct relation) { g, w };
        }
        return n;
}
