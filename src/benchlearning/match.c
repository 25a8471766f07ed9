#include "match.h"
#include <stdlib.h>

void match_set(struct match_bits *b, size_t indicator) {
        b->w[indicator / 64] |= (uint64_t) 1 << indicator % 64;
}

bool match_has(const struct match_bits *b, size_t indicator) {
        return b->w[indicator / 64] >> indicator % 64 & 1;
}

static int both(const struct match_bits *x, const struct match_bits *y, struct match_bits *ret) {
        int n = 0;
        for (size_t i = 0; i < MATCH_INDICATORS / 64; i++) {
                ret->w[i] = x->w[i] & y->w[i];
                n += __builtin_popcountll(ret->w[i]);
        }
        return n;
}

static int least(const struct match_pair *p) {
        return p->a_count < p->b_count ? p->a_count : p->b_count;
}

static int by_places(const void *x, const void *y) {
        const struct match_pair *p = x, *q = y;
        if (p->a != q->a)
                return p->a < q->a ? -1 : 1;
        if (p->b != q->b)
                return p->b < q->b ? -1 : 1;
        return p->distance < q->distance ? -1 : p->distance > q->distance;
}

static int by_worth(const void *x, const void *y) {
        const struct match_pair *p = x, *q = y;
        if (least(p) != least(q))
                return least(p) > least(q) ? -1 : 1;
        if (p->distance != q->distance)
                return p->distance < q->distance ? -1 : 1;
        return by_places(x, y);
}

size_t match_pairs(const struct match_side *sides, const struct match_near *near, size_t n, struct match_pair *ret) {
        size_t k = 0;
        for (size_t i = 0; i < n; i++) {
                struct match_pair p = { .a = near[i].i < near[i].j ? near[i].i : near[i].j, .distance = near[i].distance };
                p.b = near[i].i + near[i].j - p.a;
                p.a_count = both(&sides[p.a].weak, &sides[p.b].strong, &p.a_learns);
                p.b_count = both(&sides[p.b].weak, &sides[p.a].strong, &p.b_learns);
                p.balanced = p.a_count && p.b_count;
                if (p.a != p.b && (p.a_count || p.b_count))
                        ret[k++] = p;
        }
        if (k == 0)
                return 0;
        /* Neighbours of each other stand there twice; the smaller distance stays. */
        qsort(ret, k, sizeof *ret, by_places);
        size_t once = 1;
        for (size_t i = 1; i < k; i++)
                if (ret[i].a != ret[once - 1].a || ret[i].b != ret[once - 1].b)
                        ret[once++] = ret[i];
        qsort(ret, once, sizeof *ret, by_worth);
        return once;
}
