/* A submitter writes the text of an approach in the browser, which saves by itself and may be doing so when a button is pressed. */
#include "testing_world.h"
#include "assessment.h"
#include "page_testing.h"

static const struct route *const tables[] = { assessment_routes, NULL };
#define PART "/mijn-aanpakken/{id}/tekst/{deel}"

struct form { int64_t id; const char *token; };

static struct reply ask(struct world *w, const struct form *f, enum method method, const char *pattern, const char *fields) {
        struct req rq = world_request(w, w->submitter);
        rq.idempotency = str_of(f->token);
        rq.param[0] = str_fmt(rq.arena, "%lld", (long long) f->id);
        rq.param[1] = S("bronnen");
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, fields);
}

static bool kept(struct world *w, const char *what) {
        return world_number(w, str_fmt(&w->h.s->arena, "SELECT count(*) FROM draft WHERE text LIKE '%%%s%%'", what).p) == 1;
}

#define SOURCE(title) "revisie=%d&aantal=1&actie=blijf&deel-0=" title "&deel-1=Uitgever&deel-2=2020&deel-3=https://example.org/x"

static const char *from(struct world *w, const char *fields, int64_t revision) {
        struct str s = str_of(fields);
        size_t mark = str_index(s, '%');
        return str_fmt(&w->h.s->arena, "%.*s%lld%.*s", (int) mark, fields, (long long) revision, STR(str_sub(s, mark + 2, s.n))).p;
}

static void a_button_pressed_while_the_form_saves_itself_is_no_conflict(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        struct form one = { world_make(w, "Samen"), "een" }, other = { one.id, "twee" };
        int64_t revision = world_number(w, "SELECT revision FROM draft");
        struct reply r = ask(w, &one, GET, PART, "");
        assert_true(has(r, "data-autosave=\"/mijn-aanpakken/") && has(r, "data-autosave-status"));
        r = ask(w, &one, POST, PART "/concept", from(w, SOURCE("Eerste"), revision));
        assert_int_equal(r.e, OK);
        assert_true(kept(w, "Eerste") && has(r, str_fmt(&w->h.s->arena, "{\"fields\":{\"revisie\":\"%lld\"}}", (long long) revision + 1).p));
        r = ask(w, &one, POST, PART, from(w, SOURCE("Tweede"), revision));        /* the button, before that answer came */
        assert_int_equal(r.rs.status, 303);
        assert_true(kept(w, "Tweede") && !kept(w, "Eerste"));
        r = ask(w, &other, POST, PART "/concept", from(w, SOURCE("Derde"), revision));
        assert_int_equal(r.e, ERR_CONFLICT);
        r = ask(w, &other, POST, PART, from(w, SOURCE("Derde"), revision));
        assert_true(r.e == ERR_INVALID && r.rs.status == 422 && has(r, "in een ander venster veranderd") && has(r, "Derde"));
        assert_true(kept(w, "Tweede"));
}

static void mistakes_are_told_and_the_next_sending_counts(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        struct form one = { world_make(w, "Samen"), "een" };
        int64_t revision = world_number(w, "SELECT revision FROM draft");
        const char *mistaken = "revisie=%d&aantal=1&actie=blijf&deel-0=Kort&deel-1=BSN+111222333&deel-2=2020&deel-3=https://example.org/x";
        assert_int_equal(ask(w, &one, POST, PART "/concept", from(w, mistaken, revision)).rs.status, 422);
        struct reply r = ask(w, &one, POST, PART, from(w, mistaken, revision));
        assert_true(r.e == ERR_INVALID && has(r, "burgerservicenummer"));
        assert_int_equal(ask(w, &one, POST, PART, from(w, SOURCE("Goed"), revision)).rs.status, 303);
        assert_true(kept(w, "Goed"));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_button_pressed_while_the_form_saves_itself_is_no_conflict),
                TEST_BOTH(mistakes_are_told_and_the_next_sending_counts),
        };
        return cmocka_run_group_tests_name("assessment text", tests, NULL, NULL);
}
