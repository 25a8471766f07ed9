/* The form, its rules and what is kept, on both stores. */
#include "page_testing.h"
#include "feedback.h"
#include "jobs.h"
#include "people_retention.h"
#include "schema.h"
#include "writer.h"

#define NOW ((int64_t) 1790000000000)
#define DAY ((int64_t) 24 * 60 * 60 * 1000)

static struct db *room(struct test_store *s) {
        struct db *db = test_open(s, DB_WRITE);
        assert_int_equal(schema_migrate(db), OK);
        return db;
}

static struct reply request(struct test_store *s, struct db *db, enum method method, const char *path, struct str fields,
                            struct str once) {
        static const struct route *const tables[] = { feedback_routes, NULL };
        static struct site site;
        struct req rq = { .arena = &s->arena, .db = db, .now_ms = NOW, .app = &site, .idempotency = once };
        return reply_of(&(struct door) { .tables = tables }, &rq, method, path, str_z(&s->arena, fields));
}

static struct reply get(struct test_store *s, const char *path, struct str fields) {
        return request(s, NULL, GET, path, fields, S(""));
}

static int64_t kept(struct db *db) {
        return test_number(db, "SELECT count(*) FROM feedback");
}

static void statements_prepare(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        assert_int_equal(test_statements(db, feedback_statements), 0);
}

static void form_shows_the_page_it_is_about(void **state) {
        struct test_store *s = test_store(state);
        struct reply r = get(s, "/reactie", S("over=/kennis/vroeg-eropaf"));
        assert_int_equal(r.e, OK);
        assert_true(has(r, "<code class=\"nl-code\">/kennis/vroeg-eropaf</code>"));
        assert_true(has(r, "name=\"over\" value=\"/kennis/vroeg-eropaf\""));
        assert_true(has(r, "name=\"csrf\" value=\"token\""));
        assert_true(has(r, "<h1>Klopt er iets niet?</h1>"));
        assert_true(has(r, "id=\"soort\" value=\"klopt-niet\">") && has(r, "id=\"soort-goed\" value=\"goed\">"));
        assert_false(has(r, "Fout: ") || has(r, "error-summary") || has(r, "aria-invalid"));
        r = get(s, "/reactie", S(""));
        assert_true(has(r, "de hele site") && has(r, "name=\"over\" value=\"/\""));
}

static void only_paths_of_this_site(void **state) {
        (void) state;
        char longest[FEEDBACK_PATH_MAX + 2];
        memset(longest, 'a', sizeof longest);
        longest[0] = '/';
        static const struct { struct str from, to; } cases[] = {
                { S_INIT("/kennis/x"), S_INIT("/kennis/x") }, { S_INIT("/"), S_INIT("/") },
                { S_INIT("/zoeken?q=naam"), S_INIT("/zoeken") }, { S_INIT("/a#b"), S_INIT("/a") },
                { S_INIT("//elders.nl"), S_INIT("/") }, { S_INIT("https://elders.nl/"), S_INIT("/") },
                { S_INIT("javascript:alert(1)"), S_INIT("/") }, { S_INIT("/\\elders.nl"), S_INIT("/") },
                { S_INIT(""), S_INIT("/") }, { S_INIT("?q"), S_INIT("/") }, { S_INIT("/\xff"), S_INIT("/") },
                { S_INIT("/a\nb"), S_INIT("/") },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(str_eq(feedback_about(cases[i].from), cases[i].to));
        assert_int_equal(feedback_about((struct str) { longest, FEEDBACK_PATH_MAX }).n, FEEDBACK_PATH_MAX);
        assert_int_equal(feedback_about((struct str) { longest, FEEDBACK_PATH_MAX + 1 }).n, 1);
}

static void message_is_kept_once(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct feedback_messages l;
        for (int i = 0; i < 2; i++) {
                struct reply r = request(s, db, POST, "/reactie",
                                         S("over=/kennis/x%3Fq%3D1&soort=mis-iets&bericht=+Eén%0D%0Atwee+&csrf=t"),
                                         S("nonce-1"));
                assert_int_equal(r.e, OK);
                assert_int_equal(r.rs.status, 303);
                assert_true(str_eq(r.rs.location, S("/reactie/bedankt?over=%2Fkennis%2Fx")));
        }
        assert_int_equal(feedback_list(db, &s->arena, 10, 0, &l), OK);
        assert_int_equal(l.n, 1);
        assert_true(str_eq(l.v[0].about, S("/kennis/x")) && str_eq(l.v[0].kind, S("mis-iets")));
        assert_true(str_eq(l.v[0].message, S("Eén\ntwee")) && l.v[0].created_ms == NOW);
        assert_int_equal(request(s, db, POST, "/reactie", S("over=/&soort=goed&bericht=Fijn"), S("nonce-2")).e, OK);
        assert_int_equal(feedback_list(db, &s->arena, 1, 0, &l), OK);
        assert_true(l.n == 1 && str_eq(l.v[0].message, S("Fijn")));
        assert_int_equal(feedback_list(db, &s->arena, 10, l.v[0].id, &l), OK);
        assert_true(l.n == 1 && str_eq(l.v[0].kind, S("mis-iets")));
}

/* The same page again, with what was filled in, the mistake above the form and at the field, and nothing stored. */
static struct reply refused(struct test_store *s, struct db *db, struct str fields) {
        struct reply r = request(s, db, POST, "/reactie", fields, S("nonce"));
        assert_int_equal(r.e, ERR_INVALID);
        assert_int_equal(r.rs.status, 422);
        assert_true(has(r, "<title>Fout: Klopt er iets niet?") && has(r, "class=\"error-summary\""));
        assert_int_equal(kept(db), 0);
        return r;
}

static void mistakes_are_explained(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct reply r = refused(s, db, S("over=/kennis/x&soort=&bericht="));
        assert_true(has(r, "<a href=\"#soort\">Kies waar uw bericht over gaat</a>"));
        assert_true(has(r, "id=\"soort-fout\">Kies waar uw bericht over gaat<"));
        assert_true(has(r, "<a href=\"#bericht\">Schrijf wat u ons wilt vertellen</a>"));
        assert_true(has(r, "aria-invalid=\"true\" aria-describedby=\"bericht-hint bericht-fout\""));
        r = refused(s, db, S("over=/kennis/x&soort=onzin&bericht=Een+%3Cb%3E+bericht"));
        assert_true(has(r, "Kies waar uw bericht over gaat") && has(r, "Een &lt;b&gt; bericht</textarea>"));
        r = refused(s, db, S("over=/kennis/x&soort=goed&bericht="));
        assert_true(has(r, "id=\"soort-goed\" value=\"goed\" checked>"));
}

static void bsn_is_refused(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct reply r = refused(s, db, S("over=/&soort=goed&bericht=Mijn+nummer+is+1112.22.333+hoor"));
        assert_true(has(r, "burgerservicenummer (BSN). Haal dat nummer weg"));
        assert_true(has(r, "1112.22.333 hoor</textarea>"));
        assert_int_equal(request(s, db, POST, "/reactie", S("over=/&soort=goed&bericht=123456789"), S("n")).e, OK);
}

static void a_phone_number_must_be_confirmed(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct reply r = refused(s, db, S("over=/&soort=goed&bericht=Bel+mij+op+06-12345678"));
        assert_true(has(r, "Hier lijkt een telefoonnummer te staan"));
        assert_true(has(r, "type=\"checkbox\" name=\"nagekeken\""));
        struct str sure = S("over=/&soort=goed&bericht=Bel+mij+op+06-12345678&nagekeken=ja");
        assert_int_equal(request(s, db, POST, "/reactie", sure, S("n")).e, OK);
}

/* The limit counts characters, not bytes. */
static void length_counts_characters(void **state) {
        struct test_store *s = test_store(state);
        _cleanup_(db_closep) struct db *db = room(s);
        struct buf b _cleanup_(buf_done) = { 0 };
        buf_str(&b, S("over=/&soort=goed&bericht="));
        for (int i = 0; i < FEEDBACK_MESSAGE_MAX; i++)
                buf_str(&b, S("%C3%A9"));
        size_t fits = b.n;
        buf_str(&b, S("%C3%A9abc"));
        struct reply r = refused(s, db, buf_view(&b));
        assert_true(has(r, "De tekst is te lang. Maak hem 4 tekens korter."));
        b.n = fits;
        assert_int_equal(request(s, db, POST, "/reactie", buf_view(&b), S("n")).e, OK);
        assert_int_equal(kept(db), 1);
}

static void thanks_promises_what_happens(void **state) {
        struct test_store *s = test_store(state);
        struct reply r = get(s, "/reactie/bedankt", S("over=%2Fkennis%2Fx"));
        assert_int_equal(r.e, OK);
        assert_true(has(r, "Uw bericht is opgeslagen.") && has(r, "<a href=\"/kennis/x\">Terug naar de pagina</a>"));
        r = get(s, "/reactie/bedankt", S("over=https%3A%2F%2Felders.nl"));
        assert_true(has(r, "<a href=\"/\">Terug naar de pagina</a>"));
}

/* What jobs find in job_context.app, and the clock. */
static struct {
        struct site site;
        int64_t now_ms;
} night;

static int64_t tomorrow(void *app) {
        (void) app;
        return night.now_ms;
}

static void old_messages_are_deleted_at_night(void **state) {
        static const struct job_kind kinds[] = { RETENTION_JOB, { 0 } };
        static const struct retention_rule *const rules[] = { feedback_retention, NULL };
        struct test_store *s = test_store(state);
        struct db *db = room(s);
        bool worked = false;
        struct jobs *j = NULL;
        struct jobs_config c = { .database = s->url, .kinds = kinds, .now = tomorrow, .app = &night };
        night.site.retention = rules;
        night.now_ms = NOW;
        assert_int_equal(request(s, db, POST, "/reactie", S("over=/&soort=goed&bericht=Oud"), S("a")).e, OK);
        test_script(db, str_fmt(&s->arena, "INSERT INTO feedback(created_ms, about, kind, message, idempotency) VALUES "
                                "(%lld, '/', 'goed', 'Nieuw', 'b')", (long long) (NOW + 2 * DAY)).p);
        db_close(db);
        assert_int_equal(writer_start(&c.writer, s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        for (int days = 0; days <= FEEDBACK_KEEP_DAYS; days += FEEDBACK_KEEP_DAYS / 5) {
                struct db *look = test_open(s, DB_READ);
                assert_int_equal(kept(look), 2);
                db_close(look);
                night.now_ms = NOW + days * DAY;
                do              /* what is due, and then the plan for the next night */
                        assert_int_equal(jobs_step(j, &worked), OK);
                while (worked);
        }
        night.now_ms = NOW + (FEEDBACK_KEEP_DAYS + 1) * DAY;
        assert_int_equal(jobs_step(j, &worked), OK);
        assert_true(worked);
        jobs_close(j);
        writer_stop(c.writer);
        db = test_open(s, DB_READ);
        assert_int_equal(kept(db), 1);
        assert_int_equal(test_number(db, "SELECT count(*) FROM feedback WHERE message = 'Nieuw'"), 1);
        db_close(db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(statements_prepare), TEST_SQLITE(form_shows_the_page_it_is_about),
                cmocka_unit_test(only_paths_of_this_site), TEST_BOTH(message_is_kept_once), TEST_BOTH(mistakes_are_explained),
                TEST_BOTH(bsn_is_refused), TEST_BOTH(a_phone_number_must_be_confirmed), TEST_BOTH(length_counts_characters), TEST_SQLITE(thanks_promises_what_happens),
                TEST_BOTH(old_messages_are_deleted_at_night),
        };
        return cmocka_run_group_tests_name("feedback", tests, NULL, NULL);
}
