/* People keep items in lists, share them, follow things and get a mail when something changed. */
#include "page_testing.h"
#include <string.h>
#include "jobs.h"
#include "keys.h"
#include "reading.h"
#include "mail.h"
#include "mail.sql.h"
#include "people.h"
#include "people_kept.h"
#include "people_mail.h"
#include "schema.h"
#include "writer.h"

#define NOW ((int64_t) 1795305600000)
#define DAY ((int64_t) 24 * 60 * 60 * 1000)

static struct keys keys = { { 7, 7, 7 } };
static const struct kept *const kept_lists[] = { people_kept, reading_kept, NULL };
static struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example"), .kept = kept_lists };

struct shop {
        struct test_store *s;
        struct db *db;
        int64_t now_ms, jo, kim;
};

static int64_t person(struct shop *x, const char *email) {
        int64_t id = 0;
        assert_int_equal(person_make(x->db, &x->s->arena, str_of(email), S("Jo Jansen"), false, true, NOW, &id), OK);
        return id;
}

static void add_item(struct shop *x, int id, const char *slug) {
        test_script(x->db, str_fmt(&x->s->arena,
                "INSERT INTO item(id, slug, title, sort_key, kind, kind_label, summary, also, phase_labels, owner, warning, updated_on, review_on,"
                " uses, used, details, state, version, withdrawn_on, withdrawn_why) VALUES (%d, '%s', 'Titel %s', '%s', 'wet', 'Wet', 'Kort.', '',"
                " 'Nazorg', '', '', '2026-01-01', '2027-01-01', 0, 0, 0, 'published', 1, '', '');"
                "INSERT INTO item_version(item_id, number, text, digest, origin, note, made_ms) VALUES (%d, 1, 't', 'd', 'file', '', %lld);"
                "INSERT INTO item_term(item_id, position, list, code, label, updated_on) VALUES (%d, 0, 'thema', 'stress', 'Stress', '2026-01-01')",
                id, slug, slug, slug, id, (long long) NOW, id).p);
}

static struct shop shop(void **state) {
        struct shop x = { .s = test_store(state), .now_ms = NOW };
        x.db = test_open(x.s, DB_WRITE);
        assert_int_equal(schema_migrate(x.db), OK);
        x.jo = person(&x, "jo@werk.example");
        x.kim = person(&x, "kim@werk.example");
        add_item(&x, 1, "een");
        add_item(&x, 2, "twee");
        add_item(&x, 3, "drie");
        test_script(x.db, x.s->postgres ? "INSERT INTO term VALUES ('thema', 'stress', 'Stress', 1, ''::bytea)"
                                        : "INSERT INTO term VALUES ('thema', 'stress', 'Stress', 1, x'')");
        return x;
}

static struct reply ask(struct shop *x, int64_t who, enum method method, const char *pattern, int64_t id, const char *fields) {
        static const struct route *const tables[] = { reading_routes, follow_routes, NULL };
        struct req rq = { .arena = &x->s->arena, .db = x->db, .now_ms = x->now_ms, .app = &site, .viewer.person_id = who };
        rq.param[0] = str_fmt(&x->s->arena, "%lld", (long long) id);
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, fields);
}

static int64_t made_list(struct shop *x, int64_t who, const char *fields) {
        struct reply r = ask(x, who, POST, "/bewaren", 0, fields);
        assert_int_equal(r.e, OK);
        assert_int_equal(r.rs.status, 303);
        return test_number(x->db, "SELECT max(id) FROM item_list");
}

static void items_are_kept_ordered_and_taken_away(void **state) {
        struct shop x = shop(state);
        int64_t id = made_list(&x, x.jo, "tekst=een&naam=Startpakket");
        test_script(x.db, "INSERT INTO item_former(slug, item_id) VALUES ('vroeger', 2)");
        made_list(&x, x.jo, "tekst=vroeger&naam=Startpakket");
        made_list(&x, x.jo, "tekst=twee&naam=Startpakket");             /* the same name is the same list */
        made_list(&x, x.jo, str_fmt(&x.s->arena, "tekst=drie&lijst=%d", (int) id).p);
        made_list(&x, x.jo, str_fmt(&x.s->arena, "tekst=drie&lijst=%d", (int) id).p);   /* twice is once */
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item_list"), 1);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/tekst", id, "tekst=drie&doe=omhoog").e, OK);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/tekst", id, "tekst=een&doe=omlaag").e, OK);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/tekst", id, "tekst=twee&doe=notitie&notitie=Lezen+voor+maandag").e, OK);
        struct reply r = ask(&x, x.jo, GET, "/mijn-lijsten/{id}", id, "");
        assert_true(str_find(r.html, S("Titel drie")) < str_find(r.html, S("Titel een")));
        assert_true(str_find(r.html, S("Titel een")) < str_find(r.html, S("Titel twee")));
        assert_true(has(r, "Lezen voor maandag"));
        r = ask(&x, x.jo, GET, "/mijn-lijsten/{id}/lijst.csv", id, "");
        assert_true(has(r, "Titel twee,Wet,Nazorg,Kort.,Lezen voor maandag,https://schouders.example/kennis/twee\n"));
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/tekst", id, "tekst=drie&doe=weg").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item_list_entry"), 2);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/weg", id, "").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item_list_entry"), 0);
        db_close(x.db);
}

static void a_list_is_its_owners_until_shared(void **state) {
        struct shop x = shop(state);
        int64_t id = made_list(&x, x.jo, "tekst=een&naam=Van+Jo");
        static const char *const posts[] = { "/mijn-lijsten/{id}/naam", "/mijn-lijsten/{id}/delen", "/mijn-lijsten/{id}/weg", "/mijn-lijsten/{id}/tekst" };
        static const char *const fields[] = { "naam=x", "delen=ja", "", "tekst=een&doe=weg" };
        for (size_t i = 0; i < 4; i++)
                assert_int_equal(ask(&x, x.kim, POST, posts[i], id, fields[i]).e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.kim, GET, "/mijn-lijsten/{id}", id, "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.kim, GET, "/mijn-lijsten/{id}/lijst.csv", id, "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.kim, POST, "/bewaren", 0, str_fmt(&x.s->arena, "tekst=een&lijst=%d", (int) id).p).e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, 0, GET, "/lijst", 0, "t=AAAA").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/delen", id, "delen=ja").e, OK);
        struct reply r = ask(&x, x.jo, GET, "/mijn-lijsten/{id}", id, "");
        size_t at = str_find(r.html, S("/lijst?t="));
        assert_true(at < r.html.n);
        struct str token = str_sub(r.html, at + 7, 24);
        r = ask(&x, 0, GET, "/lijst", 0, str_z(&x.s->arena, token));
        assert_true(has(r, "Titel een") && has(r, "deelde deze lijst") && has(r, "content=\"noindex\"") && !has(r, "Jo Jansen") && !has(r, "Haal weg"));
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten/{id}/delen", id, "delen=nee").e, OK);
        assert_int_equal(ask(&x, 0, GET, "/lijst", 0, str_z(&x.s->arena, token)).e, ERR_NOT_FOUND);
        db_close(x.db);
}

static void mistakes_are_told(void **state) {
        struct shop x = shop(state);
        struct reply r = ask(&x, x.jo, POST, "/bewaren", 0, "tekst=een");
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "geef een nieuwe lijst een naam"));
        assert_int_equal(ask(&x, x.jo, GET, "/bewaren", 0, "tekst=vijf").e, ERR_NOT_FOUND);
        for (int i = 0; i < LISTS_MAX; i++)
                assert_int_equal(ask(&x, x.jo, POST, "/mijn-lijsten", 0, str_fmt(&x.s->arena, "naam=Lijst+%d", i).p).e, OK);
        r = ask(&x, x.jo, POST, "/mijn-lijsten", 0, "naam=Nog+een");
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "al 50 lijsten"));
        r = ask(&x, x.jo, POST, "/mijn-lijsten/{id}/naam", test_number(x.db, "SELECT max(id) FROM item_list"), "naam=Lijst+3");
        assert_true(r.e == ERR_INVALID && has(r, "al een lijst met deze naam"));
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=item&wat=vijf").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=thema&wat=onzin").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=kleur&wat=rood").e, ERR_NOT_FOUND);
        db_close(x.db);
}

static int64_t next_day(void *app) {
        (void) app;
        return NOW + DAY;
}

static void run_mail(struct shop *x) {
        struct writer *writer;
        struct jobs *jobs;
        static const struct job_kind kinds[] = { { .name = "follow-mail", .run = follow_mail_run }, { 0 } };
        bool worked;
        assert_int_equal(db_begin(x->db), OK);
        assert_int_equal(jobs_enqueue(x->db, "follow-mail", S(""), 0), OK);
        assert_int_equal(db_commit(x->db), OK);
        db_close(x->db);
        assert_int_equal(writer_start(&writer, x->s->url, 1), OK);
        struct jobs_config c = { .database = x->s->url, .writer = writer, .kinds = kinds, .app = &site, .now = next_day };
        assert_int_equal(jobs_open(&jobs, &c), OK);
        do      /* the sending of mail is no job of this test: it fails and waits */
                assert_int_equal(jobs_step(jobs, &worked), OK);
        while (worked);
        jobs_close(jobs);
        writer_stop(writer);
        x->db = test_open(x->s, DB_WRITE);
}

static int64_t mails(struct shop *x) {
        return test_number(x->db, "SELECT count(*) FROM mail_outbox WHERE kind = 'volgen'");
}

static void followers_get_one_mail_about_what_changed(void **state) {
        struct shop x = shop(state);
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=item&wat=een").e, OK);
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=thema&wat=stress").e, OK);
        assert_int_equal(ask(&x, x.jo, POST, "/volgen", 0, "soort=thema&wat=stress").e, OK);
        struct reply r = ask(&x, x.jo, GET, "/volgen", 0, "");
        assert_true(has(r, "Titel een") && has(r, "Stress"));
        run_mail(&x);
        assert_int_equal(mails(&x), 0);                                 /* nothing changed since */
        test_script(x.db, str_fmt(&x.s->arena, "UPDATE item_version SET made_ms = %lld, note = 'Cijfers van 2026.'", (long long) (NOW + 1)).p);
        run_mail(&x);
        assert_int_equal(mails(&x), 1);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM mail_outbox WHERE list_unsubscribe <> ''"), 1);
        run_mail(&x);
        assert_int_equal(mails(&x), 1);                                 /* once a week at most */
        assert_int_equal(ask(&x, x.jo, POST, "/volgen/stop", 0, "soort=item&wat=1").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM follow"), 1);
        db_close(x.db);
}

static void who_refuses_gets_no_mail_and_erasing_leaves_nothing(void **state) {
        struct shop x = shop(state);
        struct req rq = { .arena = &x.s->arena, .db = x.db, .now_ms = NOW, .app = &site, .id = S("test") };
        assert_int_equal(ask(&x, x.kim, POST, "/volgen", 0, "soort=thema&wat=stress").e, OK);
        made_list(&x, x.kim, "tekst=een&naam=Van+Kim");
        assert_int_equal(db_begin(x.db), OK);
        assert_int_equal(people_set_mail(&rq, x.kim, S(MAIL_FOLLOW), false), OK);
        assert_int_equal(db_commit(x.db), OK);
        test_script(x.db, str_fmt(&x.s->arena, "UPDATE item_version SET made_ms = %lld", (long long) (NOW + 1)).p);
        run_mail(&x);
        assert_int_equal(mails(&x), 0);
        rq.db = x.db;
        struct kept_rows rows;
        assert_int_equal(people_show(&rq, x.kim, &reading_kept[0], &rows), OK);
        assert_int_equal(rows.rows.n, 1);
        assert_int_equal(people_show(&rq, x.kim, &reading_kept[1], &rows), OK);
        assert_int_equal(rows.rows.n, 1);
        assert_int_equal(db_begin(x.db), OK);
        assert_int_equal(people_erase(&rq, x.kim), OK);
        assert_int_equal(db_commit(x.db), OK);
        assert_int_equal(test_number(x.db, "SELECT (SELECT count(*) FROM item_list) + (SELECT count(*) FROM follow)"), 0);
        db_close(x.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(items_are_kept_ordered_and_taken_away), TEST_BOTH(a_list_is_its_owners_until_shared), TEST_BOTH(mistakes_are_told),
                TEST_BOTH(followers_get_one_mail_about_what_changed), TEST_BOTH(who_refuses_gets_no_mail_and_erasing_leaves_nothing),
        };
        return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
