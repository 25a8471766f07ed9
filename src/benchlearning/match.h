/* match.h - pairs of municipalities that can both learn from a meeting: what one is proven good at is what the other is proven weak at,
 * both ways, and they are alike (benchmark.md 6, item 2). Pure. */
#ifndef BENCHLEARNING_MATCH_H
#define BENCHLEARNING_MATCH_H
#include "str.h"

#define MATCH_INDICATORS 256            /* at most */

/* Proven against all municipalities, after allowing for many tests. Bits of indicators. */
struct match_bits { uint64_t w[MATCH_INDICATORS / 64]; };
struct match_side {
        struct match_bits strong, weak;
};
void match_set(struct match_bits *b, size_t indicator);
bool match_has(const struct match_bits *b, size_t indicator);

/* J is one of the nearest of I, at this distance. */
struct match_near {
        size_t i, j;
        double distance;
};
struct match_pair {
        size_t a, b;                    /* a < b */
        double distance;
        struct match_bits a_learns, b_learns;   /* weak here and strong there */
        int a_count, b_count;
        bool balanced;                  /* both learn something */
};
/* Every pair of NEAR in which somebody learns, once; balanced ones first, then by what the one that learns least learns, then by
 * distance, then by place. RET has room for N. Returns how many. */
size_t match_pairs(const struct match_side *sides, const struct match_near *near, size_t n, struct match_pair *ret);

#endif
