/* Likeness counted in planes of bits is what counting one by one gives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "related.h"

#define ITEMS 300
#define TERMS 20

static struct known_term terms[TERMS];
static const struct { const char *list; unsigned weight; } lists[] = { { "thema", 3 }, { "doelgroep", 3 }, { "cijfer", 2 }, { "fase", 1 } };

static void fill(struct arena *a, struct shelf *s, unsigned *seed) {
        static struct known known;
        known = (struct known) { 0 };
        *s = (struct shelf) { .known = &known };
        for (size_t i = 0; i < ITEMS; i++)
                *vec_push(a, &s->ids) = (int64_t) (1000 + i);
        for (size_t i = 0; i < TERMS; i++) {
                terms[i] = (struct known_term) { .list = str_of(lists[i % 4].list), .code = S("x"), .items = itemset_none(a, ITEMS) };
                for (size_t k = 0; k < ITEMS; k++)
                        if ((size_t) rand_r(seed) % (2 + i) == 0)
                                itemset_add(&terms[i].items, k);
        }
}

static unsigned likeness(size_t x, size_t y) {
        unsigned sum = 0;
        for (size_t i = 0; i < TERMS; i++)
                if (itemset_has(&terms[i].items, x) && itemset_has(&terms[i].items, y))
                        sum += lists[i % 4].weight;
        return sum;
}

/* Is Y at its place in the list of X, after the N that FOUND holds before it? Nobody who should stand before it may be missing. */
static void is_best(size_t x, const size_t *found, size_t n, size_t most) {
        size_t better = 0;
        unsigned last = n ? likeness(x, found[n - 1]) : 0;
        for (size_t i = 1; i < n; i++) {
                unsigned before = likeness(x, found[i - 1]), here = likeness(x, found[i]);
                assert_true(before > here || (before == here && found[i - 1] < found[i]));
        }
        for (size_t y = 0; y < ITEMS; y++)
                better += y != x && likeness(x, y) >= 4 && (n < most || likeness(x, y) > last || (likeness(x, y) == last && y < found[n - 1]));
        assert_int_equal(better, n < most ? n : n - 1);
}

static void planes_count_as_fingers_do(void **state) {
        struct arena a = { 0 }, scratch = { 0 };
        struct shelf s;
        unsigned seed = 5;
        (void) state;
        for (int round = 0; round < 20; round++) {
                fill(&a, &s, &seed);
                for (size_t x = 0; x < ITEMS; x += 7) {
                        struct known_terms of = { 0 };
                        size_t found[RELATED_NEAR], most = round % 2 ? RELATED_MAX : RELATED_NEAR;
                        for (size_t i = 0; i < TERMS; i++)
                                if (itemset_has(&terms[i].items, x))
                                        *vec_push(&a, &of) = &terms[i];
                        is_best(x, found, related_best(&s, &scratch, x, &of, NULL, 0, most, found), most);
                }
                arena_reset(&a);
        }
        arena_done(&a);
        arena_done(&scratch);
}

static void what_the_author_names_comes_first(void **state) {
        struct arena a = { 0 }, scratch = { 0 };
        struct shelf s;
        unsigned seed = 9;
        struct known_terms of = { 0 };
        size_t found[RELATED_MAX];
        (void) state;
        fill(&a, &s, &seed);
        for (size_t i = 0; i < TERMS; i++) {
                itemset_add(&terms[i].items, 0);
                *vec_push(&a, &of) = &terms[i];
        }
        const int64_t named[] = { 1250, 5, 1000, 1031 };        /* one is not on the shelf, one is the item itself */
        size_t n = related_best(&s, &scratch, 0, &of, named, 4, RELATED_MAX, found);
        assert_int_equal(n, RELATED_MAX);
        assert_true((found[0] == 250 && found[1] == 31) || (found[0] == 31 && found[1] == 250));
        for (size_t i = 2; i < n; i++)
                assert_true(found[i] != 250 && found[i] != 31 && found[i] != 0);
        arena_done(&a);
        arena_done(&scratch);
}

int main(void) {
        const struct CMUnitTest tests[] = { cmocka_unit_test(planes_count_as_fingers_do), cmocka_unit_test(what_the_author_names_comes_first) };
        return cmocka_run_group_tests_name("related", tests, NULL, NULL);
}
