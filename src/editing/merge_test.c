/* Two people changed one item; and what a difference shows. */
#include "item_merge.h"
#include "testing.h"

#define BASE "---\ntitel: T\nsamenvatting: S\nbron: A | | | https://a.nl\nbijgewerkt: 2026-01-01\n---\n\n## Kort gezegd\n\nEen.\n\nTwee.\n\nDrie.\n\n## Voor wie\n\nIedereen.\n"

static void is(struct str got, const char *want) {
        if (!str_eq(got, str_of(want)))
                fail_msg("got\n%.*s\nwant\n%s", STR(got), want);
}

static void changes_at_different_places_go_together(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct item_merge m;
        struct str mine = S("---\ntitel: Mijn titel\nsamenvatting: S\nbron: A | | | https://a.nl\nbron: B | | | https://b.nl\nbijgewerkt: 2026-01-01\n---\n\n"
                            "## Kort gezegd\n\nEen!\n\nTwee.\n\nDrie.\n\n## Voor wie\n\nIedereen.\n");
        struct str theirs = S("---\ntitel: T\nsamenvatting: Hun zin\nsinds: 2020\nbron: A | | | https://a.nl\nbijgewerkt: 2026-05-05\n---\n\n"
                              "## Kort gezegd\n\nEen.\n\nTwee.\n\nDrie!\n\n## Voor wie\n\nNiemand.\n");
        assert_int_equal(item_merge(&a, S(BASE), mine, theirs, SIDE_MINE, &m), OK);
        assert_int_equal(m.conflicts.n, 0);
        is(m.text, "---\ntitel: Mijn titel\nsamenvatting: Hun zin\nsinds: 2020\nbron: A | | | https://a.nl\nbron: B | | | https://b.nl\n"
                   "bijgewerkt: 2026-05-05\n---\n\n## Kort gezegd\n\nEen!\n\nTwee.\n\nDrie!\n\n## Voor wie\n\nNiemand.\n");
        arena_done(&a);
}

static void the_same_place_is_a_conflict_that_one_side_wins(void **state) {
        (void) state;
        struct arena a = { 0 };
        struct item_merge m;
        struct str mine = S("---\ntitel: Mijn\nsamenvatting: S\nbron: A | | | https://a.nl\n---\n\n## Kort gezegd\n\nEen.\n\nTwee van mij.\n\nDrie.\n\n## Voor wie\n\nIedereen.\n");
        struct str theirs = S("---\ntitel: Hun\nsamenvatting: S\nbron: A | | | https://a.nl\n---\n\n## Kort gezegd\n\nEen.\n\nTwee van hen.\n\nDrie.\n\n## Voor wie\n\nIedereen.\n");
        assert_int_equal(item_merge(&a, S(BASE), mine, theirs, SIDE_THEIRS, &m), OK);
        assert_int_equal(m.conflicts.n, 2);
        is(m.conflicts.v[0].where, "Titel");
        is(m.conflicts.v[0].base, "T");
        is(m.conflicts.v[0].mine, "Mijn");
        is(m.conflicts.v[0].theirs, "Hun");
        is(m.conflicts.v[1].where, "Kort gezegd");
        is(m.conflicts.v[1].mine, "Twee van mij.");
        assert_true(str_find(m.text, S("titel: Hun")) < m.text.n && str_find(m.text, S("Twee van hen.\n\nDrie.")) < m.text.n);
        assert_int_equal(item_merge(&a, S(BASE), mine, theirs, SIDE_MINE, &m), OK);
        assert_true(str_find(m.text, S("titel: Mijn")) < m.text.n && str_find(m.text, S("Twee van mij.\n\nDrie.")) < m.text.n);
        assert_int_equal(item_merge(&a, S(BASE), S("geen vorm"), theirs, SIDE_MINE, &m), ERR_INVALID);
        arena_done(&a);
}

static void a_text_is_read_without_its_form(void **state) {
        (void) state;
        struct arena a = { 0 };
        is(item_reading(&a, S(BASE)), "Titel: T\nSamenvatting: S\nBron: A, https://a.nl\nBijgewerkt: 2026-01-01\n\nKort gezegd\n\nEen.\n\nTwee.\n\nDrie.\n\n"
                                      "Voor wie\n\nIedereen.\n");
        arena_done(&a);
}

static void a_difference_shows_what_is_beside_it_only(void **state) {
        (void) state;
        struct arena a = { 0 };
        assert_int_equal(item_difference(&a, S(BASE), S(BASE)).n, 0);
        struct diff d = item_difference(&a, S(BASE), S("---\ntitel: T\nsamenvatting: S\nbron: A | | | https://a.nl\nbijgewerkt: 2026-01-01\n---\n\n"
                                                       "## Kort gezegd\n\nEen.\n\nTwee.\n\nDrie.\n\n## Voor wie\n\nKinderen.\n"));
        assert_int_equal(d.n, 4);
        is(d.v[0].text, "[…]\n\nVoor wie\n\n");
        is(d.v[1].text, "Iedereen");
        is(d.v[2].text, "Kinderen");
        is(d.v[3].text, ".\n");
        assert_true(d.v[1].kind == DIFF_REMOVED && d.v[2].kind == DIFF_ADDED);
        d = item_difference(&a, S(""), S(BASE));
        assert_true(d.n == 1 && d.v[0].kind == DIFF_ADDED);
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(changes_at_different_places_go_together), cmocka_unit_test(the_same_place_is_a_conflict_that_one_side_wins),
                cmocka_unit_test(a_text_is_read_without_its_form), cmocka_unit_test(a_difference_shows_what_is_beside_it_only),
        };
        return cmocka_run_group_tests_name("editing-merge", tests, NULL, NULL);
}
