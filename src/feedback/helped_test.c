/* "Hielp deze pagina?": what is counted, what editors read and what they answer, on both stores. */
#include "page_testing.h"
#include "feedback.h"
#include "people.h"
#include "schema.h"

#define NOW ((int64_t) 1795305600000)

static struct site site;

static struct db *room(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        test_script(db, "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                        " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (7, 'eropaf', 'Vroeg Eropaf', 'eropaf', 'interventie',"
                        " 'Aanpak', 'Kort.', '', 'Nazorg', '', '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 1, '', '')");
        return db;
}

static struct reply request(struct test_store *s, struct db *db, enum method method, const char *pattern, const char *slug, const char *fields, const char *once) {
        static const struct route *const tables[] = { helped_routes, NULL };
        struct req rq = { .arena = &s->arena, .db = db, .now_ms = NOW, .app = &site, .idempotency = str_of(once), .viewer.person_id = 3 };
        rq.param[0] = str_of(slug);
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, fields);
}

static struct reply answer(struct test_store *s, struct db *db, const char *fields, const char *once) {
        return request(s, db, POST, "/kennis/{slug}/hielp", "eropaf", fields, once);
}

/* What stands on the page of the item. */
static struct reply on_page(struct test_store *s, struct db *db) {
        const struct item_shown item = { 7, S("eropaf"), S("Vroeg Eropaf") };
        struct req rq = { .arena = &s->arena, .db = db, .now_ms = NOW, .app = &site, .path = S("/kennis/eropaf"), .query = S("") };
        struct reply r = { .rs.status = 200 };
        void *loaded;
        r.e = helped_item_extra.load(&rq, &item, &loaded);
        struct page p = page_new(&rq, &r.rs, S("x"), SECTION_KNOWLEDGE);
        helped_item_extra.draw(&p, loaded);
        r.html = str_dup(&s->arena, buf_view(&r.rs.body));
        buf_done(&r.rs.body);
        return r;
}

static void the_page_tells_how_many_it_helped_from_five_on(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        static const char *const answers[] = { "antwoord=ja", "antwoord=ja", "antwoord=nee", "antwoord=beetje" };
        for (size_t i = 0; i < 4; i++)
                assert_int_equal(answer(s, db, answers[i], str_fmt(&s->arena, "n%zu", i).p).e, OK);
        struct reply r = on_page(s, db);
        assert_true(has(r, "Hielp deze pagina?") && !has(r, "lezers"));
        assert_false(has(r, "csrf"));           /* so that the page stays the same for a browser that kept it */
        assert_int_equal(answer(s, db, "antwoord=ja", "n4").e, OK);
        assert_int_equal(answer(s, db, "antwoord=ja", "n4").e, OK);    /* the same form again */
        assert_true(has(on_page(s, db), "3 van de 5 lezers vonden dit nuttig."));
}

static void a_reason_goes_to_the_editors_and_their_answer_to_the_page(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct feedback_messages l;
        assert_int_equal(answer(s, db, "antwoord=ja", "a").e, OK);
        assert_int_equal(answer(s, db, "antwoord=nee&reden=Ik+mis+de+kosten", "b").e, OK);
        assert_int_equal(feedback_list(db, &s->arena, 10, 0, &l), OK);
        assert_int_equal(l.n, 1);               /* an answer without a reason is no message */
        assert_true(str_eq(l.v[0].about, S("/kennis/eropaf")) && str_eq(l.v[0].message, S("Ik mis de kosten")));
        assert_true(str_eq(feedback_kind_label(l.v[0].kind), S("Deze pagina hielp niet")));
        struct reply r = request(s, db, GET, "/beheer/reacties/{slug}", "eropaf", "", "");
        assert_true(has(r, "Ja: 1, een beetje: 0, nee: 1.") && has(r, "Ik mis de kosten"));
        assert_int_equal(request(s, db, POST, "/beheer/reacties/{slug}", "eropaf", "tekst=De+kosten+%3Cstaan%3E+erbij.", "c").e, OK);
        r = on_page(s, db);
        assert_true(has(r, "Wat wij met uw reacties deden") && has(r, "De kosten &lt;staan&gt; erbij.") && has(r, "22 november 2026"));
        assert_int_equal(test_number(db, "SELECT count(*) FROM audit WHERE action = 'page.reply' AND person_id = 3"), 1);
        assert_int_equal(request(s, db, POST, "/beheer/reacties/{slug}", "eropaf", "tekst=", "d").e, OK);
        assert_false(has(on_page(s, db), "Wat wij met uw reacties deden"));
}

static void mistakes_are_explained_and_count_nothing(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        char much[502];
        memset(much, 'a', 501);
        much[501] = 0;
        assert_true(has(answer(s, db, "antwoord=onzin", "a"), "Kies een antwoord"));
        struct reply r = answer(s, db, str_fmt(&s->arena, "antwoord=nee&reden=%s", much).p, "b");
        assert_true(r.e == ERR_INVALID && r.rs.status == 422 && has(r, "Maak hem 1 teken korter"));
        r = answer(s, db, "antwoord=nee&reden=Mijn+nummer+is+111222333", "c");
        assert_true(r.e == ERR_INVALID && has(r, "burgerservicenummer"));
        assert_int_equal(request(s, db, POST, "/kennis/{slug}/hielp", "onbekend", "antwoord=ja", "d").e, ERR_NOT_FOUND);
        test_script(db, "INSERT INTO item_former(slug, item_id) VALUES ('vroeger', 7)");
        assert_int_equal(request(s, db, GET, "/kennis/{slug}/hielp", "vroeger", "antwoord=ja", "").rs.status, 301);
        assert_int_equal(request(s, db, POST, "/kennis/{slug}/hielp", "vroeger", "antwoord=ja", "e").rs.status, 307);
        assert_int_equal(request(s, db, GET, "/kennis/{slug}/hielp/bedankt", "vroeger", "", "").rs.status, 301);
        assert_int_equal(test_number(db, "SELECT count(*) FROM page_helped") + test_number(db, "SELECT count(*) FROM feedback"), 0);
        assert_true(has(request(s, db, GET, "/kennis/{slug}/hielp", "eropaf", "antwoord=beetje", ""), "value=\"beetje\" checked"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(the_page_tells_how_many_it_helped_from_five_on), TEST_BOTH(a_reason_goes_to_the_editors_and_their_answer_to_the_page),
                TEST_BOTH(mistakes_are_explained_and_count_nothing),
        };
        return cmocka_run_group_tests_name("helped", tests, NULL, NULL);
}
