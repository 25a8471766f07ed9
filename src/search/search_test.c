/* The index finds what people mean, ranks it, and gives the same answer on both stores. */
#include "testing.h"
#include <string.h>
#include "buf.h"
#include "clock.h"
#include "live.h"
#include "schema.h"
#include "search.h"
#include "search.sql.h"
#include "vector.h"

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

static const struct search_entry entries[] = {
        { S_INIT("gemeente"), S_INIT("s-gravenhage"), S_INIT("'s-Gravenhage"), S_INIT("Zuid-Holland"), S_INIT("Gemeente."), S_INIT(""), S_INIT("den haag") },
        { S_INIT("gemeente"), S_INIT("almere"), S_INIT("Almere"), S_INIT("Flevoland"), S_INIT("Gemeente."), S_INIT(""), S_INIT("") },
        { S_INIT("kennis"), S_INIT("werkplaats"), S_INIT("Werkplaats"), S_INIT("Aanpak"), S_INIT("Verbeteren in Almere."),
          S_INIT("In Almere kwamen partners bij elkaar. Almere deelde wat het leerde."), S_INIT("") },
        { S_INIT("kennis"), S_INIT("regelen"), S_INIT("Samen verder"), S_INIT("Aanpak"), S_INIT("Over de regeling van schulden."),
          S_INIT("Met kinderen in huis is rust nodig."), S_INIT(""), S_INIT("fase:nazorg thema:stress") },
        { S_INIT("kennis"), S_INIT("schuldregeling"), S_INIT("Schuldregeling"), S_INIT("Aanpak"), S_INIT("Afspraken met schuldeisers."),
          S_INIT("Een kind heeft recht op rust."), S_INIT(""), S_INIT("fase:nazorg") },
};

#define ENTRIES (sizeof entries / sizeof *entries)

static void build(struct test_store *s, struct db *db, const struct search_entry *all, size_t n) {
        struct search_builder *b;
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_builder_new(db, &s->arena, an, &b), OK);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(search_builder_add(b, &all[i]), OK);
        assert_int_equal(search_builder_store(b), OK);
        assert_int_equal(db_commit(db), OK);
}

static void update(struct test_store *s, struct db *db, const struct search_entry *e) {
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_update(db, &s->arena, an, e), OK);
        assert_int_equal(db_commit(db), OK);
}

static struct search *built(struct test_store *s, struct db **db) {
        struct search *found;
        *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(*db), OK);
        build(s, *db, entries, ENTRIES);
        assert_int_equal(search_open(&found, *db, an), OK);
        return found;
}

static struct search_result ask(struct test_store *s, struct search *x, struct db *db, const char *text, const char *kind) {
        struct search_result r;
        assert_int_equal(search_ask(x, db, &s->arena, str_of(text), str_of(kind), 0, &r), OK);
        return r;
}

static void first(struct test_store *s, struct search *x, struct db *db, const char *text, const char *ref) {
        struct search_result r = ask(s, x, db, text, "");
        if (r.hits.n == 0 || !str_eq(r.hits.v[0].ref, str_of(ref)))
                fail_msg("'%s' finds %.*s first, not %s", text, r.hits.n ? (int) r.hits.v[0].ref.n : 7,
                         r.hits.n ? r.hits.v[0].ref.p : "nothing", ref);
}

static void people_find_what_they_mean(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        first(s, x, db, "den haag", "s-gravenhage");
        first(s, x, db, "DEN HAAG", "s-gravenhage");
        first(s, x, db, "almere", "almere");            /* the municipality, not the text that names it most */
        first(s, x, db, "schuldregeling", "schuldregeling");
        assert_int_equal(ask(s, x, db, "schuldregeling", "").total, 2);         /* and "regeling van schulden" */
        assert_int_equal(ask(s, x, db, "kinderen", "").total, 2);               /* kind and kinderen are one word */
        search_close(x);
        db_close(db);
}

static void kinds_are_counted_and_chosen(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result all = ask(s, x, db, "almere", ""), some = ask(s, x, db, "almere", "kennis");
        assert_int_equal(all.total, 2);
        assert_int_equal(all.kinds.n, 2);
        assert_int_equal(some.total, 1);
        assert_int_equal(some.kinds.n, 2);
        search_close(x);
        db_close(db);
}

static void what_is_not_found_is_said(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r = ask(s, x, db, "shculdregeling", "");
        assert_true(str_eq(r.suggestion, S("schuldregeling")));
        r = ask(s, x, db, "almere schuldregeling", "");
        assert_true(r.partly && r.total > 0);
        assert_int_equal(ask(s, x, db, "", "").total, 0);
        assert_int_equal(ask(s, x, db, "de het een", "").total, 0);
        assert_int_equal(ask(s, x, db, "\") OR 1=1 -- *", "").hits.n, 0);
        search_close(x);
        db_close(db);
}

static void results_show_why_they_were_found(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r = ask(s, x, db, "kinderen", "");
        assert_int_equal(r.hits.n, 2);
        for (size_t i = 0; i < r.hits.n; i++) {
                struct snippet piece = search_excerpt(&s->arena, &r.hits.v[i], &r.query, 200);
                assert_int_equal(piece.marks, 1);
                for (size_t k = 0; k < piece.n; k++)
                        if (piece.v[k].marked)
                                assert_true(str_starts(piece.v[k].text, S("kind")));
        }
        for (size_t cut = 0; cut < r.hits.v[0].terms.n; cut++) {        /* damage ends the marks, nothing else */
                struct search_hit hit = r.hits.v[0];
                hit.terms.n = cut;
                hit.text.n = cut % 40;
                (void) search_excerpt(&s->arena, &hit, &r.query, 200);
        }
        search_close(x);
        db_close(db);
}

static void building_again_replaces(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        build(s, db, &entries[1], 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_doc"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_text"), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_word WHERE word = 'schuldregeling'"), 0);
        assert_int_equal(ask(s, x, db, "schuldregeling", "").total, 0);         /* in a process that was running */
        first(s, x, db, "almere", "almere");
        search_close(x);
        db_close(db);
}

static void nothing_is_written_when_nothing_changed(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        search_close(built(s, &db));
        int64_t generation = test_number(db, "SELECT generation FROM search_state");
        build(s, db, entries, ENTRIES);
        update(s, db, &entries[3]);
        assert_int_equal(test_number(db, "SELECT generation FROM search_state"), generation);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 0);
        db_close(db);
}

static void a_change_is_found_at_once(void **state) {
        struct test_store *s = test_store(state);
        struct db *db, *reader;
        struct search *here = built(s, &db), *elsewhere;
        reader = test_open(s, DB_READ);
        assert_int_equal(search_open(&elsewhere, reader, an), OK);      /* as in another process */
        struct search_entry e = entries[4];
        e.title = S("Moratorium");
        e.summary = S("Een half jaar rust.");
        update(s, db, &e);
        for (int i = 0; i < 2; i++) {
                struct search *x = i ? elsewhere : here;
                first(s, x, reader, "moratorium", "schuldregeling");
                assert_int_equal(ask(s, x, reader, "schuldeisers", "").total, 0);
                assert_int_equal(ask(s, x, reader, "schuldregeling", "").total, 1);     /* "regeling van schulden" is left */
                assert_true(str_eq(ask(s, x, reader, "moratroium", "").suggestion, S("moratorium")));
        }
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("schuldregeling")), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("bestaat-niet")), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(ask(s, elsewhere, reader, "moratorium", "").total, 0);
        assert_int_equal(ask(s, here, reader, "moratroium", "").suggestion.n, 0);
        search_close(here);
        search_close(elsewhere);
        db_close(reader);
        db_close(db);
}

static void what_is_undone_was_never_there(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("gemeente"), S("almere")), OK);
        db_rollback(db);
        first(s, x, db, "almere", "almere");
        search_close(x);
        db_close(db);
}

static void old_versions_are_forgotten_and_late_readers_start_anew(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_entry e = entries[4];
        e.title = S("Moratorium");
        update(s, db, &e);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, clock_now_ms()), OK);     /* too soon */
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 1);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, clock_now_ms() + 2 * 60 * 60 * 1000), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_gone"), 0);
        first(s, x, db, "moratorium", "schuldregeling");
        search_close(x);
        db_close(db);
}

/* A small language, so that words meet. */
static struct str sentence(struct arena *a, unsigned *seed, unsigned words) {
        static const char *const all[] = { "schulden", "schuldregeling", "regelen", "budgetbeheer", "kinderen", "kind", "rust", "inkomen",
                "beslag", "beslagvrije voet", "gemeente", "almere", "jongeren", "huisbezoek", "brief", "stress", "de", "van", "werk" };
        struct str out = S("");
        for (unsigned i = 0; i < words; i++) {
                *seed = *seed * 1103515245 + 12345;
                out = str_fmt(a, "%.*s%s%s", STR(out), i ? " " : "", all[(*seed >> 16) % (sizeof all / sizeof *all)]);
        }
        return out;
}

static struct search_entry random_entry(struct arena *a, unsigned *seed, unsigned n) {
        return (struct search_entry) {
                .kind = n % 3 ? S("kennis") : S("cijfer"), .ref = str_fmt(a, "ref-%u", n), .title = sentence(a, seed, 2), .label = S("Aanpak"),
                .summary = sentence(a, seed, 1 + n % 7), .body = sentence(a, seed, n % 40), .also = n % 5 ? S("") : sentence(a, seed, 1),
                .facets = n % 2 ? S("fase:nazorg thema:stress") : S("fase:nazorg"), .uses = n % 4,
        };
}

static void same_result(const struct search_result *x, const struct search_result *y, const char *text) {
        assert_int_equal(x->total, y->total);
        assert_int_equal(x->hits.n, y->hits.n);
        assert_int_equal(x->kinds.n, y->kinds.n);
        assert_int_equal(x->partly, y->partly);
        assert_true(str_eq(x->suggestion, y->suggestion));
        for (size_t i = 0; i < x->hits.n; i++) {
                if (!str_eq(x->hits.v[i].ref, y->hits.v[i].ref))
                        fail_msg("'%s': place %zu is %.*s and %.*s", text, i, STR(x->hits.v[i].ref), STR(y->hits.v[i].ref));
                assert_true(x->hits.v[i].score >= y->hits.v[i].score && x->hits.v[i].score <= y->hits.v[i].score);
        }
}

/* Documents that came, changed and went one by one, in another order, answer as those that were loaded in one go. */
static void one_by_one_answers_as_all_at_once(void **state) {
        enum { N = 60 };
        struct test_store *s = test_store(state);
        struct search_entry last[N];
        struct db *db = test_open(s, DB_WRITE);
        struct search *followed, *opened, *loaded;
        unsigned seed = 7;
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(search_open(&followed, db, an), OK);
        for (unsigned i = 0; i < N; i++) {
                struct search_entry before = random_entry(&s->arena, &seed, i);
                if (i % 3 == 0)
                        update(s, db, &before);
                last[i] = random_entry(&s->arena, &seed, i);
                if (i % 7 == 0)
                        (void) ask(s, followed, db, "kinderen", "");
        }
        for (unsigned i = N; i-- > 0;)
                update(s, db, &last[i]);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_remove(db, &s->arena, an, last[N - 1].kind, last[N - 1].ref), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(search_open(&opened, db, an), OK);
        struct search_result one[40], two[40];
        const char *texts[40];
        for (size_t i = 0; i < 40; i++) {
                struct str text = sentence(&s->arena, &seed, 1 + i % 4);
                texts[i] = str_fmt(&s->arena, "%s%.*s%s", i % 5 == 4 ? "\"" : i % 5 == 3 ? "rust -" : "", STR(text), i % 5 == 4 ? "\"" : "").p;
                one[i] = ask(s, followed, db, texts[i], "");
                two[i] = ask(s, opened, db, texts[i], "");
        }
        test_script(db, "DELETE FROM search_doc; DELETE FROM search_word; UPDATE search_state SET generation = 0, oldest = 0");
        build(s, db, last, N - 1);
        assert_int_equal(search_open(&loaded, db, an), OK);
        for (size_t i = 0; i < 40; i++) {
                struct search_result three = ask(s, loaded, db, texts[i], "");
                same_result(&one[i], &two[i], texts[i]);
                same_result(&one[i], &three, texts[i]);
        }
        search_close(followed);
        search_close(opened);
        search_close(loaded);
        db_close(db);
}

static void quotations_and_exclusions_are_kept_to(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        first(s, x, db, "\"regeling van schulden\"", "regelen");
        assert_int_equal(ask(s, x, db, "\"regeling van schulden\"", "").total, 1);
        assert_int_equal(ask(s, x, db, "\"schulden regeling\"", "").total, 0);          /* another order */
        assert_int_equal(ask(s, x, db, "\"regeling schulden\"", "").total, 0);          /* a word between them */
        assert_int_equal(ask(s, x, db, "rust -schuldeisers", "").total, 1);
        first(s, x, db, "rust -schuldeisers", "regelen");
        first(s, x, db, "rust -\"kinderen in huis\"", "schuldregeling");
        assert_int_equal(ask(s, x, db, "rust -\"kinderen in huis\"", "").total, 1);
        assert_int_equal(ask(s, x, db, "\"regeling van schulden\"", "gemeente").total, 0);
        assert_int_equal(ask(s, x, db, "-almere", "").total, 0);        /* only what not: no question */
        search_close(x);
        db_close(db);
}

static void facets_are_counted_and_chosen(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_result r;
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { 0 }, &r), OK);
        assert_int_equal(r.total, 2);
        assert_int_equal(r.facets.n, 2);
        for (size_t i = 0; i < r.facets.n; i++)
                assert_int_equal(r.facets.v[i].n, str_eq(r.facets.v[i].facet, S("fase:nazorg")) ? 2 : 1);
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { .facets = S("fase:nazorg thema:stress") }, &r), OK);
        assert_int_equal(r.total, 1);
        assert_int_equal(search_ask_in(x, db, &s->arena, S("rust"), &(struct search_choice) { .facets = S("fase:bestaat-niet") }, &r), OK);
        assert_int_equal(r.total, 0);
        search_close(x);
        db_close(db);
}

static struct search_completions complete(struct test_store *s, struct search *x, struct db *db, const char *text) {
        struct search_completions c;
        assert_int_equal(search_complete(x, db, &s->arena, str_of(text), &c), OK);
        return c;
}

static void typing_is_completed(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct search_completions c = complete(s, x, db, "Schuld");
        assert_int_equal(c.n, 2);
        assert_true(str_eq(c.v[0].text, S("schuldregeling")) && c.v[0].ref.n == 0);
        assert_true(str_eq(c.v[1].text, S("Schuldregeling")) && str_eq(c.v[1].ref, S("schuldregeling")));
        c = complete(s, x, db, "rust in alm");          /* the last word, and no title that begins like this */
        assert_int_equal(c.n, 1);
        assert_true(str_eq(c.v[0].text, S("rust in almere")));
        assert_int_equal(complete(s, x, db, "s").n, 0);
        assert_int_equal(complete(s, x, db, "").n, 0);
        assert_int_equal(complete(s, x, db, "\xff\xfe\xe2\x80\x8f").n, 0);
        c = complete(s, x, db, "shculdregeling");
        assert_int_equal(c.n, 0);
        assert_true(str_eq(c.better, S("schuldregeling")));
        search_close(x);
        db_close(db);
}

static void the_most_used_is_suggested_first(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        for (unsigned i = 0; i < 9; i++)
                update(s, db, &(struct search_entry) { .kind = S("kennis"), .ref = str_fmt(&s->arena, "b%u", i), .title = str_fmt(&s->arena, "Budget %u", i),
                                                       .uses = i == 7 ? 5 : i == 2 ? 9 : 0 });
        struct search_completions c = complete(s, x, db, "budget");
        assert_int_equal(c.n, 1 + SEARCH_COMPLETIONS);
        assert_true(str_eq(c.v[1].ref, S("b2")));
        assert_true(str_eq(c.v[2].ref, S("b7")));
        assert_true(str_eq(c.v[3].ref, S("b0")));
        search_close(x);
        db_close(db);
}

static void editors_put_documents_first(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search_hits hits;
        search_close(built(s, &db));
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("schulden regelen"), S("kennis"), S("werkplaats"), 2), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("Regelen van schulden"), S("kennis"), S("regelen"), 1), OK);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("de het een"), S("kennis"), S("regelen"), 1), ERR_INVALID);
        assert_int_equal(search_bet_put(db, &s->arena, an, S("rust"), S("kennis"), S("bestaat-niet"), 1), ERR_NOT_FOUND);
        assert_int_equal(db_commit(db), OK);
        struct query q = analyse_query(an, &s->arena, S("regelen schuld"));
        assert_int_equal(search_best_bets(db, &s->arena, &q, &hits), OK);
        assert_int_equal(hits.n, 2);
        assert_true(str_eq(hits.v[0].ref, S("regelen")));
        struct search_bet_list all;
        assert_int_equal(search_bets_list(db, &s->arena, 10, 0, &all), OK);
        assert_int_equal(all.n, 2);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_bet_remove(db, &s->arena, all.v[0].id), OK);
        assert_int_equal(search_bet_remove(db, &s->arena, all.v[0].id), ERR_NOT_FOUND);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("werkplaats")), OK);
        assert_int_equal(search_remove(db, &s->arena, an, S("kennis"), S("regelen")), OK);
        assert_int_equal(db_commit(db), OK);
        assert_int_equal(search_best_bets(db, &s->arena, &q, &hits), OK);
        assert_int_equal(hits.n, 0);
        db_close(db);
}

static void note(struct test_store *s, struct search *x, const char *text) {
        struct query q = analyse_query(an, &s->arena, str_of(text));
        search_miss_note(x, str_of(text), &q);
}

/* What is in memory to the store. Returns how many questions that were. */
static size_t store_misses(struct test_store *s, struct search *x, struct db *db, int64_t now_ms) {
        struct search_misses misses;
        search_misses_take(x, &s->arena, &misses);
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_misses_store(db, &misses, now_ms), OK);
        assert_int_equal(db_commit(db), OK);
        return misses.n;
}

static void questions_without_answer_are_counted_without_persons(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        int64_t now = 1795348800000;    /* 2026-11-22T12:00Z */
        struct search_miss_list all;
        note(s, x, "Bijzondere bijstand");
        assert_int_equal(store_misses(s, x, db, now), 0);       /* one request is no demand */
        note(s, x, "bijstand, bijzondere");
        for (int i = 0; i < 3; i++) {
                note(s, x, "schuld van jan@example.nl");
                note(s, x, "burgerservicenummer 111222333");
                note(s, x, "0612345678");
                note(s, x, "NL91 ABNA 0417 1643 00");
                note(s, x, "de het een");
        }
        assert_int_equal(store_misses(s, x, db, now), 1);
        assert_int_equal(search_misses_list(db, &s->arena, 10, 0, &all), OK);
        assert_int_equal(all.n, 1);
        assert_true(str_eq(all.v[0].words, S("bijstand bijzondere")));
        assert_int_equal(all.v[0].n, 2);
        assert_true(str_eq(all.v[0].last_day, S("2026-11-22")));
        assert_int_equal(db_begin(db), OK);
        assert_int_equal(search_expire(db, &s->arena, now + SEARCH_MISS_DAYS * 24LL * 60 * 60 * 1000), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_miss"), 1);
        assert_int_equal(search_expire(db, &s->arena, now + (SEARCH_MISS_DAYS + 1) * 24LL * 60 * 60 * 1000), OK);
        assert_int_equal(test_number(db, "SELECT count(*) FROM search_miss"), 0);
        assert_int_equal(db_commit(db), OK);
        search_close(x);
        db_close(db);
}

/* However long or odd: an answer. */
static void hostile_questions_are_answered(void **state) {
        struct test_store *s = test_store(state);
        struct db *db;
        struct search *x = built(s, &db);
        struct buf words = { 0 };
        for (int i = 0; i < 10000; i++)
                buf_fmt(&words, "%s%sschuld%d ", i % 3 ? "" : "-", i % 5 ? "" : "\"", i % 50);
        struct str all[] = { buf_view(&words), S("\"\"\"\"\"---\"-\"-"), S("\xe2\x80\xae\xe2\x80\x8f almere"), S("\xff\xc3\x28\xf0\x9f"),
                             S("AND OR NOT NEAR(a b) * ^ :"), S("%00%0a'; DROP TABLE search_doc; --") };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                struct search_result r;
                struct search_completions c;
                assert_int_equal(search_ask(x, db, &s->arena, all[i], S(""), 0, &r), OK);
                assert_int_equal(search_complete(x, db, &s->arena, all[i], &c), OK);
        }
        first(s, x, db, "\xe2\x80\xae\xe2\x80\x8f almere", "almere");
        buf_done(&words);
        search_close(x);
        db_close(db);
}

static void every_query_runs_on_both_stores(void **state) {
        struct test_store *s = test_store(state);
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        assert_int_equal(test_statements(db, search_statements), 0);
        db_close(db);
}

static void lists_give_back_what_was_put_in(void **state) {
        (void) state;
        struct live *x = live_new();
        struct buf vector = { 0 };
        uint64_t key = vector_key(S("schuld"));
        vector_put(&vector, key, 200);
        vector_put(&vector, key + 1, 7);
        for (int64_t i = 0; i < 3000; i++)
                live_add(x, &(struct live_entry) { .id = i + 1, .kind = S("k"), .ref = S("r"), .title = S("t"), .facets = S(""),
                                                   .vector = i % 2 ? str_sub(buf_view(&vector), 0, 7) : buf_view(&vector) });
        live_sort(x);
        struct postings it = { .piece = live_list(x, key)->first };
        uint8_t weight;
        for (uint32_t i = 0; i < 3000; i++) {
                assert_true(postings_next(&it, &weight));
                assert_int_equal(it.doc, i);
                assert_int_equal(weight, 200);
        }
        assert_false(postings_next(&it, &weight));
        assert_int_equal(live_list(x, key + 1)->docs, 1500);
        live_remove(x, 1, buf_view(&vector));
        live_remove(x, 1, buf_view(&vector));           /* once is enough */
        assert_int_equal(live_list(x, key + 1)->docs, 1499);
        assert_null(live_list(x, key + 2));
        buf_done(&vector);
        live_free(x);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(people_find_what_they_mean), TEST_BOTH(kinds_are_counted_and_chosen),
                TEST_BOTH(what_is_not_found_is_said), TEST_BOTH(results_show_why_they_were_found), TEST_BOTH(building_again_replaces),
                TEST_BOTH(nothing_is_written_when_nothing_changed), TEST_BOTH(a_change_is_found_at_once), TEST_BOTH(what_is_undone_was_never_there),
                TEST_BOTH(old_versions_are_forgotten_and_late_readers_start_anew), TEST_BOTH(one_by_one_answers_as_all_at_once),
                TEST_BOTH(quotations_and_exclusions_are_kept_to), TEST_BOTH(facets_are_counted_and_chosen), TEST_BOTH(typing_is_completed),
                TEST_BOTH(the_most_used_is_suggested_first), TEST_BOTH(editors_put_documents_first),
                TEST_BOTH(questions_without_answer_are_counted_without_persons), TEST_BOTH(hostile_questions_are_answered),
                TEST_BOTH(every_query_runs_on_both_stores), cmocka_unit_test(lists_give_back_what_was_put_in),
        };
        return cmocka_run_group_tests_name("search", tests, open_analyser, close_analyser);
}
