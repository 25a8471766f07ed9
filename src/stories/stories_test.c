/* An expert by experience writes a story, an editor publishes it, and the writer takes it back. */
#include "page_testing.h"
#include <string.h>
#include "editing_draft.h"
#include "keys.h"
#include "knowledge_publish.h"
#include "people.h"
#include "people_kept.h"
#include "schema.h"
#include "stories.h"

#define NOW ((int64_t) 1795305600000)

static struct keys keys = { { 7, 7, 7 } };
static const struct kept *const kept_lists[] = { people_kept, stories_kept, NULL };
static struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example"), .kept = kept_lists };

struct desk {
        struct test_store *s;
        struct db *db;
        int64_t jo, kim;
        int forms;
};

static struct desk desk(void **state) {
        struct desk x = { .s = test_store(state) };
        x.db = test_open(x.s, DB_WRITE);
        assert_int_equal(schema_migrate(x.db), OK);
        assert_int_equal(person_make(x.db, &x.s->arena, S("jo@mail.example"), S("Jo Jansen"), false, true, NOW, &x.jo), OK);
        assert_int_equal(person_make(x.db, &x.s->arena, S("kim@mail.example"), S("Kim"), false, true, NOW, &x.kim), OK);
        static const char *const terms[] = { "'fase', 'hulpverlening', 'Hulpverlening', 1", "'thema', 'stress', 'Stress', 2",
                                             "'doelgroep', 'iedereen', 'Iedereen', 3", "'soort', 'verhaal', 'Ervaringsverhaal', 4" };
        for (size_t i = 0; i < 4; i++)
                test_script(x.db, str_fmt(&x.s->arena, "INSERT INTO term VALUES (%s, %s)", terms[i], x.s->postgres ? "''::bytea" : "x''").p);
        return x;
}

static struct reply ask(struct desk *x, int64_t who, enum method method, const char *pattern, int64_t id, const char *fields) {
        static const struct route *const tables[] = { stories_routes, NULL };
        struct req rq = { .arena = &x->s->arena, .db = x->db, .now_ms = NOW, .app = &site, .viewer.person_id = who,
                          .idempotency = str_fmt(&x->s->arena, "form-%d", x->forms++) };
        rq.param[0] = str_fmt(&x->s->arena, "%lld", (long long) id);
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, fields);
}

#define LONG "Ik+deed+mijn+post+niet+meer+open.+Elke+dag+kwam+er+meer+bij.+Toen+belde+er+iemand+aan+die+vroeg+hoe+het+ging.+Zij+nam+de+tijd," \
             "+dronk+koffie+en+maakte+samen+met+mij+stapels.+Dat+was+het+begin.+%23%23+Geen+kop%0a%23%23+Toch+een+kop"
#define STORY(agreed) ("titel=Koffie+eerst&samenvatting=Zij+vroeg+hoe+het+ging.&schuilnaam=Roos&kort=Kort&verhaal=" LONG \
                        "&hielp=Tijd&beter=Sneller&fase=hulpverlening&thema=stress&doelgroep=iedereen" agreed)

/* As an editor's approval does it. */
static int64_t published(struct desk *x, int64_t draft_id) {
        struct draft d;
        struct text_error error;
        int64_t id = 0;
        assert_int_equal(draft_get(x->db, &x->s->arena, draft_id, &d), OK);
        struct knowledge_publication p = { .slug = S(""), .text = d.text, .note = S(""), .made_by = opt_i64(d.owner_id), .now_ms = NOW };
        assert_int_equal(db_begin(x->db), OK);
        assert_int_equal(knowledge_publish(x->db, &x->s->arena, &p, &error, &id), OK);
        assert_int_equal(draft_drop(x->db, draft_id), OK);
        assert_int_equal(db_commit(x->db), OK);
        return id;
}

static int64_t handed_in(struct desk *x) {
        struct reply r = ask(x, x->jo, POST, "/mijn-verhalen/nieuw", 0, STORY("&akkoord=ja"));
        assert_int_equal(r.e, OK);
        assert_int_equal(r.rs.status, 303);
        return test_number(x->db, "SELECT max(id) FROM draft");
}

static void a_story_is_written_published_and_taken_back(void **state) {
        struct desk x = desk(state);
        int64_t draft = handed_in(&x);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM draft WHERE state = 'asked' AND kind = 'verhaal'"), 1);
        assert_true(has(ask(&x, x.jo, GET, "/mijn-verhalen", 0, ""), "Bij de redactie"));
        int64_t item = published(&x, draft);
        struct reply r = ask(&x, x.jo, GET, "/mijn-verhalen", 0, "");
        assert_true(has(r, "Online sinds") && has(r, "/kennis/koffie-eerst"));
        test_script(x.db, str_fmt(&x.s->arena, "INSERT INTO file(hash, size, kind, media_type, name, alt, is_decorative, created_ms, is_public,"
                                  " see_rights) VALUES ('abc', 1, 'png', 'image/png', 'la.png', 'Een la', 0, 5, 1, 0);"
                                  " INSERT INTO file_use(file_id, room, item) SELECT id, 'knowledge', '%d' FROM file", (int) item).p);
        assert_int_equal(ask(&x, x.kim, POST, "/mijn-verhalen/{id}/intrekken", item, "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-verhalen/{id}/intrekken", item, "").e, OK);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item WHERE state = 'withdrawn' AND title = 'Ingetrokken verhaal' AND owner = ''"), 1);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item_version WHERE text <> ''"), 0);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM item_section"), 0);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM file WHERE is_public = 1"), 0);
        assert_int_equal(test_number(x.db, "SELECT count(*) FROM audit WHERE action = 'story.withdraw'"), 1);
        db_close(x.db);
}

static void without_consent_nothing_is_kept(void **state) {
        struct desk x = desk(state);
        struct reply r = ask(&x, x.jo, POST, "/mijn-verhalen/nieuw", 0, STORY(""));
        assert_int_equal(r.e, ERR_INVALID);
        assert_true(has(r, "Geef toestemming") && has(r, "Roos"));
        r = ask(&x, x.jo, POST, "/mijn-verhalen/nieuw", 0, "titel=T&samenvatting=S&schuilnaam=R&kort=K&verhaal=Te+kort&hielp=H&beter=B&thema=stress"
                                                          "&doelgroep=iedereen&akkoord=ja");
        assert_true(r.e == ERR_INVALID && has(r, "ten minste 200 tekens") && has(r, "Kies ten minste een moment"));
        assert_int_equal(test_number(x.db, "SELECT (SELECT count(*) FROM draft) + (SELECT count(*) FROM story)"), 0);
        db_close(x.db);
}

static void a_draft_is_its_writers(void **state) {
        struct desk x = desk(state);
        int64_t draft = handed_in(&x);
        assert_int_equal(ask(&x, x.kim, GET, "/mijn-verhalen/concept/{id}", draft, "").e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.kim, POST, "/mijn-verhalen/concept/{id}", draft, STORY("&akkoord=ja")).e, ERR_NOT_FOUND);
        assert_int_equal(ask(&x, x.kim, POST, "/mijn-verhalen/concept/{id}/weg", draft, "").e, ERR_NOT_FOUND);
        struct reply r = ask(&x, x.jo, GET, "/mijn-verhalen/concept/{id}", draft, "");
        assert_true(has(r, "Koffie eerst") && has(r, "### Toch een kop"));
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-verhalen/concept/{id}", draft, STORY("&akkoord=ja")).e, OK);
        assert_int_equal(ask(&x, x.jo, POST, "/mijn-verhalen/concept/{id}/weg", draft, "").e, OK);
        assert_int_equal(test_number(x.db, "SELECT (SELECT count(*) FROM draft) + (SELECT count(*) FROM story)"), 0);
        db_close(x.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_story_is_written_published_and_taken_back), TEST_BOTH(without_consent_nothing_is_kept),
                TEST_BOTH(a_draft_is_its_writers),
        };
        return cmocka_run_group_tests_name("stories", tests, NULL, NULL);
}
