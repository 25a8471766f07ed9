#include "related.h"

#define NAMED_WEIGHT 100
#define ALIKE_FROM 4                    /* less is chance: two phases in common */

static uint8_t weight_of(const struct known_term *t, bool only_target) {
        if (str_eq(t->list, S("thema")))
                return 3;
        /* "For everybody" alone says nothing about likeness. */
        if (str_eq(t->list, S("doelgroep")))
                return only_target && str_eq(t->code, S("iedereen")) ? 0 : 3;
        if (str_eq(t->list, S("cijfer")))
                return 2;
        return str_eq(t->list, S("fase"));
}

static void add_weight(const struct itemset *s, uint8_t weight, uint8_t *at) {
        for (size_t i = 0; i < s->n; i++)
                for (uint64_t rest = s->v[i]; rest; rest &= rest - 1)
                        at[i * 64 + (size_t) __builtin_ctzll(rest)] += weight;
}

static bool has_one_target(const struct known_terms *terms) {
        size_t n = 0;
        for (size_t i = 0; i < terms->n; i++)
                n += str_eq(terms->v[i]->list, S("doelgroep"));
        return n == 1;
}

static size_t best_of(const uint8_t *weight, size_t items, size_t ret[RELATED_MAX]) {
        size_t n = 0;
        for (size_t i = 0; i < items; i++) {
                if (weight[i] < ALIKE_FROM || (n == RELATED_MAX && weight[i] <= weight[ret[n - 1]]))
                        continue;
                size_t at = n < RELATED_MAX ? n++ : n - 1;
                for (; at > 0 && weight[ret[at - 1]] < weight[i]; at--)
                        ret[at] = ret[at - 1];
                ret[at] = i;
        }
        return n;
}

size_t related_best(const struct shelf *s, struct arena *scratch, size_t place, const struct known_terms *terms, const int64_t *named,
                    size_t n_named, size_t ret[RELATED_MAX]) {
        uint8_t *weight = arena_many(scratch, uint8_t, s->ids.n + 64);
        bool only_target = has_one_target(terms);
        for (size_t i = 0; i < terms->n; i++) {
                uint8_t w = weight_of(terms->v[i], only_target);
                if (w)
                        add_weight(&terms->v[i]->items, w, weight);
        }
        for (size_t i = 0; i < n_named; i++) {
                size_t at = shelf_find(s, named[i]);
                if (at < s->ids.n)
                        weight[at] += NAMED_WEIGHT;
        }
        weight[place] = 0;
        size_t n = best_of(weight, s->ids.n, ret);
        arena_reset(scratch);
        return n;
}
