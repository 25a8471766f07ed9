/* What editors do for search, on both stores. */
#include "harness.h"
#include "search.h"

static struct analyser *an;

static int open_analyser(void **state) {
        (void) state;
        return analyser_open(HUNSPELL_DIC, SOURCE_ROOT "/data/taal", &an) == OK ? 0 : 1;
}

static int close_analyser(void **state) {
        (void) state;
        analyser_close(an);
        return 0;
}

#define OPEN _cleanup_(desk_done) struct desk *d = desk_open(test_store(state)); d->site.analyser = an; \
        int64_t editor = desk_person(d, "rik", "redacteur", d->bureau)

/* Notes what the store holds for search. */
static void prepare(struct desk *d) {
        struct search_entry e = { S("kennis"), S("rust"), S("Rust in de tent"), S("Aanpak"), S("Rust."), S(""), S("") };
        struct search_misses misses = { &(struct miss) { S("kameleon"), 3 }, 1, 1 };
        assert_int_equal(db_begin(d->db), OK);
        assert_int_equal(search_update(d->db, &d->s->arena, an, &e), OK);
        assert_int_equal(search_misses_store(d->db, &misses, d->now), OK);
        assert_int_equal(db_commit(d->db), OK);
}

static void what_was_not_found_is_listed_until_handled(void **state) {
        OPEN;
        prepare(d);
        struct reply r = desk_get(d, editor, "/beheer/zoeken");
        assert_true(has(r, "<a href=\"/zoeken?q=kameleon\">kameleon</a>") && has(r, ">3</td>") && has(r, "21 september 2026"));
        assert_true(has(desk_get(d, editor, "/beheer"), "href=\"/beheer/zoeken\""));
        assert_int_equal(desk_post(d, editor, "/beheer/zoeken/afgehandeld", "woorden=kameleon").rs.status, 303);
        assert_true(has(desk_get(d, editor, "/beheer/zoeken"), "Er zijn geen zoekvragen zonder resultaat"));
        assert_int_equal(desk_trail(d, "search.handled"), 1);
        assert_int_equal(desk_get(d, d->programme, "/beheer/zoeken").e, ERR_DENIED);
        assert_int_equal(desk_post(d, d->programme, "/beheer/zoeken/afgehandeld", "woorden=kameleon").e, ERR_DENIED);
}

static void a_page_is_put_first_by_its_address(void **state) {
        OPEN;
        prepare(d);
        assert_true(has(desk_get(d, editor, "/beheer/zoeken?woorden=kameleon"), "value=\"kameleon\""));
        struct reply r = desk_post(d, editor, "/beheer/zoeken/aangeraden", "woorden=&adres=/over&plaats=1");
        assert_true(r.rs.status == 422 && has(r, "Vul de woorden in") && has(r, "Vul het adres in"));
        r = desk_post(d, editor, "/beheer/zoeken/aangeraden", "woorden=de+het&adres=/kennis/rust&plaats=1");
        assert_true(r.rs.status == 422 && has(r, "tellen niet mee"));
        r = desk_post(d, editor, "/beheer/zoeken/aangeraden", "woorden=kameleon&adres=/kennis/weg&plaats=1");
        assert_true(r.rs.status == 422 && has(r, "Deze pagina is niet te vinden") && has(r, "value=\"kameleon\""));
        assert_int_equal(desk_post(d, editor, "/beheer/zoeken/aangeraden",
                                   "woorden=kameleon&adres=https://schouders.example/kennis/rust%3Fx=1&plaats=2").rs.status, 303);
        assert_true(has(desk_get(d, editor, "/beheer/zoeken"), "<a href=\"/kennis/rust\">/kennis/rust</a>"));
        assert_int_equal(desk_number(d, "SELECT place FROM search_bet WHERE ref = 'rust'"), 2);
        int64_t id = desk_number(d, "SELECT id FROM search_bet");
        const char *path = str_fmt(&d->s->arena, "/beheer/zoeken/aangeraden/%lld/weg", (long long) id).p;
        assert_int_equal(desk_post(d, editor, path, "").rs.status, 303);
        assert_int_equal(desk_post(d, editor, path, "").e, ERR_NOT_FOUND);
        assert_int_equal(desk_trail(d, "search.bet") + desk_trail(d, "search.bet-remove"), 2);
}

static void groups_are_added_and_taken_back(void **state) {
        OPEN;
        struct reply r = desk_post(d, editor, "/beheer/zoeken/woorden", "woorden=kameleon");
        assert_true(r.rs.status == 422 && has(r, "Vul 2 tot 20 woorden in") && has(r, "value=\"kameleon\""));
        assert_int_equal(desk_post(d, editor, "/beheer/zoeken/woorden", "woorden=kameleon,+hagedis").rs.status, 303);
        r = desk_post(d, editor, "/beheer/zoeken/woorden", "woorden=kameleon,hagedis");
        assert_true(r.rs.status == 422 && has(r, "Deze groep is er al"));
        r = desk_get(d, editor, "/beheer/zoeken/woorden?zoek=HAGED");
        assert_true(has(r, "Zelf toegevoegd") && has(r, "<p>kameleon, hagedis</p>") && !has(r, "Horen bij Schouders"));
        int64_t id = desk_number(d, "SELECT id FROM search_group");
        const char *path = str_fmt(&d->s->arena, "/beheer/zoeken/woorden/%lld/weg", (long long) id).p;
        assert_int_equal(desk_post(d, editor, path, "").rs.status, 303);
        assert_false(has(desk_get(d, editor, "/beheer/zoeken/woorden"), "kameleon, hagedis"));
        assert_int_equal(desk_number(d, "SELECT groups_changed FROM search_state"), 2);
        assert_int_equal(desk_trail(d, "search.group") + desk_trail(d, "search.group-remove"), 2);
        assert_int_equal(desk_post(d, d->programme, "/beheer/zoeken/woorden", "woorden=a1,b2").e, ERR_DENIED);
}

static void shipped_groups_are_switched_off_and_on(void **state) {
        OPEN;
        struct reply r = desk_get(d, editor, "/beheer/zoeken/woorden?zoek=debiteur");
        assert_true(has(r, "<p>schuldenaar, debiteur</p>") && !has(r, "Uitgezet"));
        assert_int_equal(desk_post(d, editor, "/beheer/zoeken/woorden/uit", "woorden=onzin,+onzin").e, ERR_NOT_FOUND);
        assert_int_equal(desk_post(d, editor, "/beheer/zoeken/woorden/uit", "woorden=schuldenaar,+debiteur").rs.status, 303);
        r = desk_get(d, editor, "/beheer/zoeken/woorden?zoek=debiteur");
        assert_true(has(r, "Uitgezet") && has(r, "Zet weer aan") && !has(r, "Zet uit"));
        r = desk_get(d, editor, "/beheer/zoeken/woorden");
        assert_true(has(r, "/beheer/zoeken/woorden?vanaf=25&amp;zoek="));
        assert_int_equal(desk_get(d, editor, "/beheer/zoeken/woorden?vanaf=25&zoek=").e, OK);
        assert_int_equal(desk_trail(d, "search.group-off"), 1);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(what_was_not_found_is_listed_until_handled), TEST_BOTH(a_page_is_put_first_by_its_address),
                TEST_BOTH(groups_are_added_and_taken_back), TEST_BOTH(shipped_groups_are_switched_off_and_on),
        };
        return cmocka_run_group_tests_name("admin-searching", tests, open_analyser, close_analyser);
}
