/* Making a release while others write, on both stores: it is there at once and whole, or not at all, however its run ended. */
#include "release_testing.h"
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "writer.h"

/* What pages of everybody read, in one number: other rows or other figures make another one. */
static int64_t pages(struct db *db) {
        static const char *const parts[] = {
                "SELECT count(*) + CAST(coalesce(sum(numerator + period), 0) AS BIGINT) FROM figure",
                "SELECT count(*) + CAST(coalesce(sum(denominator + period), 0) AS BIGINT) FROM comparison_unit",
                "SELECT count(*) + CAST(coalesce(sum(total_numerator + period), 0) AS BIGINT) FROM comparison",
                "SELECT count(*) + CAST(coalesce(sum(length(packed) + period), 0) AS BIGINT) FROM comparison_places",
                "SELECT count(*) + CAST(coalesce(sum(length(value) + 7 * length(message) + 13 * length(nation)), 0) AS BIGINT) FROM profile",
                "SELECT coalesce(sum(fictitious), 0) FROM indicator",
        };
        int64_t sum = 0;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
                sum = sum * 31 + test_number(db, parts[i]) % 1000000007;
        return sum;
}

/* The same written anew from what is released, as loading does. */
static int64_t pages_anew(struct world *w) {
        assert_int_equal(benchmark_republish(w->db, w->a), OK);
        assert_int_equal(benchmark_pages_write(w->db, w->a), OK);
        return pages(w->db);
}

/* One run of a release. */
struct run {
        struct world *w;
        struct db *reader, *looker;
        struct writer *writer;
        int64_t id, asked_at, before;
        int steps, stop_at;             /* before this step (from 1) STOP is called; 0: never */
        enum err (*stop)(struct run *r);
};

static enum err go_on(void *arg) {
        struct run *r = arg;
        /* Nothing of it is seen before it is made; what comes after that only tidies. */
        if (test_number(r->looker, "SELECT count(*) FROM release WHERE made_at = 0"))
                assert_int_equal(pages(r->looker), r->before);
        return ++r->steps == r->stop_at ? r->stop(r) : OK;
}

static enum err make(struct run *r) {
        struct release_making m = { .db = r->reader, .writer = r->writer, .asked_at = r->asked_at, .at = r->w->at + DAY, .go_on = go_on, .arg = r };
        r->steps = 0;
        r->before = pages(r->looker);
        enum err e = benchmark_release_make(&m, r->w->a, r->id);
        db_rollback(r->reader);
        return e;
}

static void connect(struct run *r) {
        struct test_store *s = r->w->s;
        assert_int_equal(writer_start(&r->writer, s->url, 2), OK);
        assert_int_equal(db_open(&r->reader, s->url, DB_READ), OK);
        assert_int_equal(db_open(&r->looker, s->url, DB_READ), OK);
}

static void disconnect(struct run *r) {
        db_closep(&r->reader);
        db_closep(&r->looker);
        writer_stop(r->writer);
        r->writer = NULL;
}

/* In the open transaction. */
static void ask(struct run *r, const struct str *members, size_t n) {
        struct release_request wish = { .through = 20254, .note = S("proef"), .members = members, .members_n = n };
        r->asked_at = r->w->at += DAY;
        assert_int_equal(benchmark_release_ask(r->w->db, r->w->a, &wish, r->asked_at, &r->id), OK);
}

/* From the test's own transaction to connections of a server, and back. */
static void serve(struct run *r) {
        assert_int_equal(db_commit(r->w->db), OK);
        db_closep(&r->w->db);
        connect(r);
}
static void leave(struct run *r) {
        disconnect(r);
        r->w->db = test_open(r->w->s, DB_WRITE);
        assert_int_equal(db_begin(r->w->db), OK);
}

/* A first release stands, and a second one is asked: a correction, and a municipality that is late. */
static void second_is_asked(struct run *r, struct world *w) {
        *r = (struct run) { .w = w };
        assert_int_equal(benchmark_pages_write(w->db, w->a), OK);
        world_deliver(w);
        world_release(w, 20254);
        world_figure(w, "SHV10", w->all.v[3].code, 20253, 50, 100);
        world_figure(w, "SHV10", S("GM0014"), 20253, 40, 90);
        world_put(w);
        ask(r, NULL, 0);
}

static void what_is_asked_is_there_at_once_and_whole(void **state) {
        struct world w = world_begin(state);
        struct run r;
        second_is_asked(&r, &w);
        serve(&r);
        assert_int_equal(make(&r), OK);
        assert_true(r.steps > 5);
        assert_true(pages(r.looker) != r.before);
        assert_int_equal(make(&r), OK);         /* the job runs twice */
        leave(&r);
        struct cell c = world_cell(&w, 0, "SHV10", 20253);
        assert_near(world_of(&c, w.all.v[3].code).value, 50, 1e-9);
        assert_int_equal(c.since, r.id);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release"), 2);
        assert_int_equal(test_number(w.db, "SELECT revisions FROM release ORDER BY id DESC"), 3);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM figure_stored WHERE until IS NOT NULL"), 0);
        int64_t made = pages(w.db);
        assert_int_equal(pages_anew(&w), made);
        world_end(&w);
}

static enum err break_off(struct run *r) {
        (void) r;
        return ERR_BUSY;
}

static void a_run_that_fails_leaves_what_was_there(void **state) {
        struct world w = world_begin(state);
        struct run r;
        enum err e = ERR_BUSY;
        second_is_asked(&r, &w);
        serve(&r);
        int64_t before = pages(r.looker);
        r.stop = break_off;
        for (r.stop_at = 1; (e = make(&r)) != OK; r.stop_at += r.stop_at < 6 ? 1 : r.stop_at / 2) {
                assert_int_equal(e, ERR_BUSY);
                if (test_number(r.looker, "SELECT count(*) FROM release WHERE made_at = 0"))
                        assert_int_equal(pages(r.looker), before);
        }
        leave(&r);
        int64_t made = pages(w.db);
        assert_int_equal(pages_anew(&w), made);
        assert_int_equal(test_number(w.db, "SELECT revisions FROM release ORDER BY id DESC"), 3);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release_revision"), 3);
        world_end(&w);
}

static enum err end_program(struct run *r) {
        (void) r;
        raise(SIGKILL);
        return OK;
}

/* A child makes the release and is killed before step AT; nothing is open here meanwhile. */
static void make_and_kill(struct run *r, int at) {
        int status = 0;
        pid_t child = fork();
        if (child == 0) {
                connect(r);
                r->stop = end_program;
                r->stop_at = at;
                _exit(make(r) == OK ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_program_that_is_killed_makes_it_after_all(void **state) {
        struct world w = world_begin(state);
        struct run r;
        second_is_asked(&r, &w);
        int64_t before = pages(w.db);
        assert_int_equal(db_commit(w.db), OK);
        db_closep(&w.db);
        for (int at = 2; at < 12; at += 3) {
                make_and_kill(&r, at);
                connect(&r);
                assert_int_equal(pages(r.looker), before);
                disconnect(&r);
        }
        connect(&r);
        r.stop_at = 0;
        assert_int_equal(make(&r), OK);
        leave(&r);
        int64_t made = pages(w.db);
        assert_true(made != before);
        assert_int_equal(pages_anew(&w), made);
        world_end(&w);
}

/* In the middle of a run another one begins and ends. */
static enum err make_it_elsewhere(struct run *r) {
        struct run other = { .w = r->w, .writer = r->writer, .looker = r->looker, .id = r->id, .asked_at = r->asked_at };
        assert_int_equal(db_open(&other.reader, r->w->s->url, DB_READ), OK);
        assert_int_equal(make(&other), OK);
        db_closep(&other.reader);
        return OK;
}

static void of_two_runs_one_wins(void **state) {
        struct world w = world_begin(state);
        struct run r;
        second_is_asked(&r, &w);
        serve(&r);
        r.stop = make_it_elsewhere;
        r.stop_at = 4;
        assert_int_equal(make(&r), ERR_CONFLICT);
        leave(&r);
        int64_t made = pages(w.db);
        assert_int_equal(test_number(w.db, "SELECT count(*) FROM release WHERE made_at > 0"), 2);
        assert_int_equal(pages_anew(&w), made);
        world_end(&w);
}

static enum err accept_another(struct db *db, void *arg) {
        struct world *w = arg;
        struct delivered d = { S("SHV10"), w->all.v[5].code, S(""), 20252, 44, 100, (double) NAN, S("verhuizing=ja"), S("") };
        return benchmark_put_delivered(db, w->a, false, &d, 1, w->at);
}
static enum err approve_meanwhile(struct run *r) {
        assert_int_equal(writer_run(r->writer, accept_another, r->w), OK);
        return OK;
}

static void what_is_approved_meanwhile_stands_in_the_next(void **state) {
        struct world w = world_begin(state);
        struct run r;
        second_is_asked(&r, &w);
        serve(&r);
        r.stop = approve_meanwhile;
        r.stop_at = 2;          /* it has begun, and nothing is computed */
        assert_int_equal(make(&r), OK);
        leave(&r);
        struct cell c = world_cell(&w, 0, "SHV10", 20252);
        assert_true(world_of(&c, w.all.v[5].code).value < 43);
        world_release(&w, 20254);
        c = world_cell(&w, 0, "SHV10", 20252);
        assert_near(world_of(&c, w.all.v[5].code).value, 44, 1e-9);
        world_end(&w);
}

static enum err load_anew(struct db *db, void *arg) {
        enum err e = benchmark_republish(db, arg);
        return e == OK ? benchmark_pages_write(db, arg) : e;
}
static enum err load_meanwhile(struct run *r) {
        assert_int_equal(writer_run(r->writer, load_anew, r->w->a), OK);
        return OK;
}

static void loading_meanwhile_makes_it_begin_again(void **state) {
        struct world w = world_begin(state);
        struct run r;
        second_is_asked(&r, &w);
        serve(&r);
        r.stop = load_meanwhile;
        r.stop_at = 4;
        assert_int_equal(make(&r), ERR_CONFLICT);
        r.stop_at = 0;
        assert_int_equal(make(&r), OK);
        leave(&r);
        int64_t made = pages(w.db);
        assert_int_equal(pages_anew(&w), made);
        world_end(&w);
}

static void who_asks_anew_gets_what_was_asked_last(void **state) {
        static const struct str members[] = { S_INIT("SHV06") };
        struct world w = world_begin(state);
        struct run r;
        struct release_asked_info asked;
        bool found;
        second_is_asked(&r, &w);
        int64_t first = r.id, first_at = r.asked_at;
        ask(&r, members, 1);
        assert_int_equal(r.id, first);
        assert_int_equal(benchmark_release_asked(w.db, w.a, &asked, &found), OK);
        assert_true(found && asked.phase == RELEASE_WAITS && str_eq(asked.members, S("SHV06")));
        serve(&r);
        int64_t last_at = r.asked_at;
        r.asked_at = first_at;
        assert_int_equal(make(&r), OK);         /* nobody waits for that any more */
        assert_int_equal(test_number(r.looker, "SELECT count(*) FROM release WHERE made_at = 0"), 1);
        r.asked_at = last_at;
        assert_int_equal(make(&r), OK);
        leave(&r);
        assert_int_equal(world_cell(&w, 0, "SHV06", 20251).n, 0);
        assert_int_equal(world_cell_as(&w, 0, BENCHMARK_MEMBER, "SHV06", 20251).n, 41);
        assert_int_equal(benchmark_release_asked(w.db, w.a, &asked, &found), OK);
        assert_false(found);
        world_end(&w);
}

static int64_t shown_of(struct world *w, const char *code) {
        static const char *const tables[] = { "figure", "comparison", "comparison_unit", "comparison_places" };
        int64_t n = 0, tiles = test_number(w->db, str_fmt(w->a, "SELECT count(*) FROM profile p JOIN indicator i ON i.slug = p.slug WHERE i.code = '%s'", code).p);
        for (size_t i = 0; i < 4; i++)
                n += test_number(w->db, str_fmt(w->a, "SELECT count(*) FROM %s WHERE indicator_code = '%s'", tables[i], code).p);
        return n + tiles;
}

/* Who sees an indicator may change while few of its figures do. */
static void what_becomes_for_members_goes_and_comes_back(void **state) {
        static const struct str members[] = { S_INIT("SHV06") };
        struct world w = world_begin(state);
        int64_t id;
        assert_int_equal(benchmark_pages_write(w.db, w.a), OK);
        world_deliver(&w);
        world_release(&w, 20254);
        int64_t open = shown_of(&w, "SHV06");
        assert_true(open > 5 * 40);
        world_figure(&w, "SHV10", w.all.v[3].code, 20253, 50, 100);
        world_put(&w);
        assert_int_equal(world_release_with(&w, 20254, 1, members, 1, &id), OK);
        assert_int_equal(shown_of(&w, "SHV06"), 0);
        world_figure(&w, "SHV10", w.all.v[3].code, 20253, 51, 100);
        world_put(&w);
        world_release(&w, 20254);
        assert_int_equal(shown_of(&w, "SHV06"), open);
        world_end(&w);
}

int main(void) {
        const struct CMUnitTest tests[] = { TEST_BOTH(what_is_asked_is_there_at_once_and_whole), TEST_BOTH(a_run_that_fails_leaves_what_was_there),
                TEST_BOTH(a_program_that_is_killed_makes_it_after_all), TEST_BOTH(of_two_runs_one_wins),
                TEST_BOTH(what_is_approved_meanwhile_stands_in_the_next), TEST_BOTH(loading_meanwhile_makes_it_begin_again),
                TEST_BOTH(who_asks_anew_gets_what_was_asked_last), TEST_BOTH(what_becomes_for_members_goes_and_comes_back) };
        return cmocka_run_group_tests_name("benchmark making", tests, NULL, NULL);
}
