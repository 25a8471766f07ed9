/* Committees, votes, decisions, objections, what the night does, and that nobody judges a case of their own. */
#include "testing_world.h"
#include <string.h>
#include "assessment.h"
#include "follow.h"
#include "jobs.h"
#include "people_keep.h"
#include "people_retention.h"
#include "writer.h"

static void a_case_goes_from_idea_to_publication(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Samen aan tafel", "publiceren");
        struct assessment c = world_case(w, id);
        assert_true(str_eq(c.state, S("gepubliceerd")) && c.item_id.is_set && !c.draft_id.is_set);
        assert_true(str_eq(c.decided_on, S("2026-09-21")) && str_eq(c.valid_until, S("2030-09-21")) && c.appeal_until.n == 0);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item WHERE slug = 'samen-aan-tafel' AND state = 'published' AND notice = ''"), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item_score WHERE institute = 'Commissie Schouders' AND dated = '2026' AND "
                                      "url = 'https://schouders.example/beoordelingen/samen-aan-tafel'"), SCORE_KINDS);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item_score WHERE score = 'evidence' AND judgement = 'Redelijk bewijs' "
                                      "AND reason = 'Een goede vergelijking.'"), 1);
        assert_int_equal(number_of(&w->h, "SELECT count(*) FROM item_version WHERE made_by = %lld", w->submitter), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM draft"), 0);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_step"), 5);
        assert_int_equal(world_number(w, "SELECT count(*) FROM audit WHERE action = 'assessment.step'"), 5);
        assert_int_equal(world_number(w, "SELECT count(*) FROM audit WHERE action = 'assessment.vote'"), PANEL_OF);
        /* To the submitter about quick scan, its outcome, the committee and the decision; to each assessor one. */
        assert_int_equal(world_letters(w, w->submitter), 4);
        assert_int_equal(world_letters(w, w->judge[0]), 1);
        assert_int_equal(world_letters(w, w->own_lead), 0);
}

/* A name in a role of the case, and whether that person can sit in its committee. */
static void nobody_judges_a_case_of_their_own(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_before_committee(w, "Eigen");
        struct req rq = request(&w->h, w->now);
        assert_int_equal(world_add(w, w->lead, id, w->editor), ERR_INVALID);            /* no assessor */
        assert_int_equal(world_add(w, w->lead, id, w->judge[0]), ERR_INVALID);          /* in it already */
        assert_int_equal(TX(&w->h, role_give(&rq, w->judge[3], role_find(S("trainer")), w->almere)), OK);
        assert_int_equal(world_add(w, w->lead, id, w->judge[3]), ERR_INVALID);          /* of the organisation */
        assert_int_equal(TX(&w->h, role_give(&rq, w->submitter, role_find(S("beoordelaar")), w->office)), OK);
        rq = world_request(w, w->lead);
        assert_int_equal(TX(&w->h, assessor_give(&rq, w->submitter, S("praktijk"))), OK);
        assert_int_equal(world_add(w, w->lead, id, w->submitter), ERR_INVALID);         /* who handed it in */
        assert_int_equal(world_add(w, w->own_lead, id, w->judge[4]), ERR_DENIED);       /* by a party */
        assert_int_equal(world_add(w, w->submitter, id, w->judge[4]), ERR_DENIED);
        assert_int_equal(world_add(w, w->lead, id, w->judge[4]), OK);
        /* Who joins the organisation later neither votes nor declares any more. */
        rq = request(&w->h, w->now);
        assert_int_equal(TX(&w->h, role_give(&rq, w->judge[1], role_find(S("trainer")), w->almere)), OK);
        assert_int_equal(world_vote(w, w->judge[1], id), ERR_DENIED);
        assert_int_equal(world_vote(w, w->judge[5], id), ERR_DENIED);                   /* in no committee */
}

static void who_wrote_the_text_does_not_judge_it_again(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Geschreven", "publiceren");
        struct assessment c = world_case(w, id);
        struct req rq = request(&w->h, w->now);
        bool party = true;
        assert_int_equal(case_is_party(&rq, &c, w->judge[4], &party), OK);
        assert_false(party);
        test_script(w->h.db, str_fmt(rq.arena, "UPDATE item_version SET made_by = %lld", (long long) w->judge[4]).p);
        assert_int_equal(case_is_party(&rq, &c, w->judge[4], &party), OK);
        assert_true(party);
        assert_int_equal(world_step(w, w->lead, id, "herbeoordelen"), OK);
        assert_int_equal(world_add(w, w->lead, id, w->judge[4]), ERR_INVALID);
}

static void an_interest_keeps_the_dossier_closed(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_make(w, "Belang");
        struct panel p;
        assert_int_equal(world_step(w, w->submitter, id, "indienen"), OK);
        assert_int_equal(world_step(w, w->lead, id, "quickscan"), OK);
        assert_int_equal(world_step(w, w->lead, id, "potentie"), OK);
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_add(w, w->lead, id, w->judge[i]), OK);
        struct req rq = world_request(w, w->submitter);
        struct assessment c = world_case(w, id);
        assert_int_equal(TX(&w->h, case_hand_in(&rq, &c, S("Klaar."))), OK);
        assert_int_equal(world_step(w, w->lead, id, "naar-commissie"), OK);
        /* No vote before the declaration, none with an interest, and no second declaration. */
        assert_int_equal(world_vote(w, w->judge[2], id), ERR_DENIED);
        assert_int_equal(world_declare(w, w->judge[2], id, "Mijn zus werkt er."), OK);
        assert_int_equal(world_vote(w, w->judge[2], id), ERR_DENIED);
        assert_int_equal(world_declare(w, w->judge[2], id, ""), ERR_CONFLICT);
        for (size_t i = 0; i < 2; i++) {
                assert_int_equal(world_declare(w, w->judge[i], id, ""), OK);
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        }
        assert_int_equal(world_decide(w, w->lead, id, "publiceren"), ERR_INVALID);
        /* Somebody of the same side takes the place. Who left with an interest does not come back, and who voted does not go. */
        assert_int_equal(world_remove(w, id, w->judge[2]), OK);
        assert_int_equal(world_add(w, w->lead, id, w->judge[2]), ERR_INVALID);
        assert_int_equal(world_remove(w, id, w->judge[0]), ERR_CONFLICT);
        assert_int_equal(world_add(w, w->lead, id, w->judge[5]), OK);
        assert_int_equal(world_letters(w, w->judge[5]), 1);
        assert_int_equal(world_declare(w, w->judge[5], id, ""), OK);
        assert_int_equal(panel_load(&rq, &c, &p), OK);
        assert_true(p.is_enough && !p.is_done && p.voted == 2);
        assert_int_equal(world_vote(w, w->judge[5], id), OK);
        assert_int_equal(world_decide(w, w->lead, id, "publiceren"), OK);
}

static void votes_and_decisions_are_given_once(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_before_committee(w, "Eens");
        struct assessment seen = world_case(w, id);
        struct judgement j = world_judgement(), half = j;
        struct req rq = world_request(w, w->judge[0]);
        half.why[1] = S("");
        assert_int_equal(TX(&w->h, panel_vote(&rq, &seen, &half)), ERR_INVALID);
        half = j;
        half.level[2] = S("duur");
        assert_int_equal(TX(&w->h, panel_vote(&rq, &seen, &half)), ERR_INVALID);
        assert_int_equal(TX(&w->h, panel_vote(&rq, &seen, &j)), OK);
        assert_int_equal(TX(&w->h, panel_vote(&rq, &seen, &j)), ERR_CONFLICT);
        assert_int_equal(world_decide(w, w->lead, id, "afwijzen"), ERR_INVALID);
        for (size_t i = 1; i < PANEL_OF; i++)
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        assert_int_equal(world_decide(w, w->own_lead, id, "afwijzen"), ERR_DENIED);
        assert_int_equal(world_decide(w, w->judge[0], id, "afwijzen"), ERR_DENIED);
        assert_int_equal(world_decide(w, w->submitter, id, "publiceren"), ERR_DENIED);
        seen = world_case(w, id);
        assert_int_equal(world_decide(w, w->lead, id, "afwijzen"), OK);
        /* Another who led saw the case before that. */
        rq = world_request(w, w->lead);
        struct decision d = { .t = transition_find(S("publiceren")), .j = j, .why = S("Toch."), .condition = S(""), .condition_until = S(""), .valid_until = S("") };
        assert_int_equal(TX(&w->h, case_decide(&rq, &seen, &d, NULL)), ERR_CONFLICT);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_decision WHERE outcome = 'afwijzen'"), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item"), 0);
        assert_int_equal(world_vote(w, w->judge[0], id), ERR_CONFLICT);
}

static void dates_of_a_decision_lie_ahead_and_not_too_far(void **state) {
        static const struct { const char *valid, *condition_until; enum err want; } cases[] = {
                { "2026-09-21", "2027-01-01", ERR_INVALID }, { "2030-09-22", "2027-01-01", ERR_INVALID }, { "2027-02-30", "2027-01-01", ERR_INVALID },
                { "", "2026-09-21", ERR_INVALID }, { "", "", ERR_INVALID }, { "2028-01-01", "2027-01-01", OK },
        };
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_before_committee(w, "Data");
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct req rq = world_request(w, w->lead);
                struct assessment c = world_case(w, id);
                struct decision d = { .t = transition_find(S("voorbehoud")), .j = world_judgement(), .why = S("Goed."), .condition = S("Meet het."),
                                      .condition_until = str_of(cases[i].condition_until), .valid_until = str_of(cases[i].valid) };
                assert_int_equal(TX(&w->h, case_decide(&rq, &c, &d, NULL)), cases[i].want);
        }
        struct assessment c = world_case(w, id);
        assert_true(str_eq(c.valid_until, S("2028-01-01")) && str_eq(c.condition_until, S("2027-01-01")) && str_eq(c.appeal_until, S("2026-11-02")));
        assert_int_equal(world_number(w, "SELECT count(*) FROM item WHERE notice LIKE 'Dit oordeel is onder voorbehoud.%1 januari 2027: Meet het.'"), 1);
        assert_int_equal(world_step(w, w->lead, id, "voldaan"), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item WHERE notice = ''"), 1);
}

static void others_judge_an_objection(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Bezwaar", "afwijzen");
        assert_int_equal(world_step(w, w->colleague, id, "bezwaar"), ERR_DENIED);
        w->now += TERM_APPEAL_DAYS * DAY;
        assert_int_equal(world_step(w, w->submitter, id, "bezwaar"), OK);
        assert_int_equal(world_case(w, id).round, 2);
        assert_int_equal(world_decide(w, w->lead, id, "publiceren"), ERR_INVALID);      /* nobody judged this round */
        assert_int_equal(world_add(w, w->lead, id, w->judge[0]), ERR_INVALID);          /* judged what is objected to */
        for (size_t i = PANEL_OF; i < 2 * PANEL_OF; i++) {
                assert_int_equal(world_add(w, w->lead, id, w->judge[i]), OK);
                assert_int_equal(world_declare(w, w->judge[i], id, ""), OK);
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        }
        assert_int_equal(world_decide(w, w->lead, id, "afwijzen"), OK);
        assert_int_equal(world_step(w, w->submitter, id, "bezwaar"), ERR_INVALID);      /* once */
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_decision"), 2);
        /* A term that is over. */
        int64_t late = world_decided(w, "Te laat", "afwijzen");
        w->now += (TERM_APPEAL_DAYS + 1) * DAY;
        assert_int_equal(world_step(w, w->submitter, late, "bezwaar"), ERR_INVALID);
}

static void the_text_goes_back_and_forth_a_few_times(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_make(w, "Heen en weer");
        assert_int_equal(world_step(w, w->submitter, id, "indienen"), OK);
        assert_int_equal(world_step(w, w->lead, id, "quickscan"), OK);
        assert_int_equal(world_step(w, w->lead, id, "voldoet"), OK);
        for (int i = 0; i <= TERM_ROUNDS; i++) {
                struct req rq = world_request(w, w->submitter), lead = world_request(w, w->lead);
                struct assessment c = world_case(w, id);
                assert_true(case_is_open(&c));
                assert_int_equal(TX(&w->h, case_send_back(&lead, &c, S("Nog niet."))), i == TERM_ROUNDS ? ERR_LIMIT : ERR_CONFLICT);
                assert_int_equal(TX(&w->h, case_hand_in(&lead, &c, S("Klaar."))), ERR_DENIED);
                assert_int_equal(TX(&w->h, case_hand_in(&rq, &c, S(""))), ERR_INVALID);
                assert_int_equal(TX(&w->h, case_hand_in(&rq, &c, S("Klaar."))), OK);
                assert_int_equal(TX(&w->h, case_hand_in(&rq, &c, S("Klaar."))), ERR_CONFLICT);
                assert_false(case_is_open(&c));
                assert_int_equal(TX(&w->h, case_send_back(&rq, &c, S("Nog niet."))), ERR_DENIED);
                assert_int_equal(TX(&w->h, case_send_back(&lead, &c, S("Nog niet."))), i < TERM_ROUNDS ? OK : ERR_LIMIT);
        }
}

/* One night of the job, at W->now. */
struct night_app {
        struct site site;               /* first: what jobs find */
        int64_t now;
};
static int64_t night_clock(void *app) {
        return ((struct night_app *) app)->now;
}
static bool ran;
static enum err the_job(struct job_context *c) {
        ran = true;
        return assessment_night(c);
}

/* Letters wait in this test. */
static enum err no_mail(struct job_context *c) {
        (void) c;
        return OK;
}

/* What the job said when it failed. */
static void test_errors(struct world *w) {
        static const struct db_stmt why = { "SELECT last_error FROM job WHERE last_error <> ''", "test:why", 0 };
        struct db_rows rows _cleanup_(db_rows_done) = { 0 };
        bool more = false;
        assert_int_equal(db_query(w->h.db, &why, NULL, 0, &rows), OK);
        assert_int_equal(db_next(&rows, &more), OK);
        if (more)
                fail_msg("the night failed: %.*s", STR(db_str(&rows, 0)));
}

static void night(struct world *w) {
        static const struct job_kind kinds[] = { { .name = "assessment", .run = the_job, .every_ms = 1000 }, { .name = "mail-send", .run = no_mail }, { 0 } };
        static struct night_app app;
        struct jobs *j = NULL;
        bool worked = false;
        app = (struct night_app) { w->h.site, w->now };
        struct jobs_config c = { .database = w->h.s->url, .kinds = kinds, .now = night_clock, .app = &app };
        db_close(w->h.db);
        assert_int_equal(writer_start(&c.writer, w->h.s->url, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        ran = false;
        for (int i = 0; i < 50 && !ran; i++, app.now += 1000)
                assert_int_equal(jobs_step(j, &worked), OK);
        assert_true(ran);
        jobs_close(j);
        writer_stop(c.writer);
        w->h.db = test_open(w->h.s, DB_WRITE);
        test_errors(w);
}

static void the_night_reminds_twice_and_then_ends_it(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Vier jaar", "publiceren"), start = w->now, before = world_letters(w, w->submitter);
        static const struct { int days; int letters; const char *state; } nights[] = {
                { 3 * 365, 0, "gepubliceerd" }, { 4 * 365 + 1 - 185, 0, "gepubliceerd" }, { 4 * 365 + 1 - 180, 1, "gepubliceerd" },
                { 4 * 365 + 1 - 100, 1, "gepubliceerd" }, { 4 * 365 + 1 - 58, 2, "gepubliceerd" }, { 4 * 365 + 1, 2, "gepubliceerd" },
                { 4 * 365 + 2, 3, "verlopen" }, { 4 * 365 + 3, 3, "verlopen" },
        };
        for (size_t i = 0; i < sizeof nights / sizeof *nights; i++) {
                w->now = start + nights[i].days * DAY;
                night(w);
                assert_true(str_eq(world_case(w, id).state, str_of(nights[i].state)));
                assert_int_equal(world_letters(w, w->submitter) - before, nights[i].letters);
        }
        assert_int_equal(world_number(w, "SELECT count(*) FROM item WHERE state = 'published' AND notice LIKE 'Het oordeel over deze aanpak gold tot en met %'"), 1);
        /* And again from the beginning, with the text that is there. */
        assert_int_equal(world_step(w, w->submitter, id, "herbeoordelen"), OK);
        struct assessment c = world_case(w, id);
        assert_true(str_eq(c.state, S("beschrijven")) && c.round == 2 && c.draft_id.is_set && c.item_id.is_set);
        assert_int_equal(world_number(w, "SELECT count(*) FROM draft WHERE title = 'Vier jaar' AND base_version = 1"), 1);
}

static void who_is_late_is_reminded(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_before_committee(w, "Laat"), start = w->now;
        assert_int_equal(world_vote(w, w->judge[0], id), OK);
        static const struct { int days; int letters; } nights[] = { { TERM_LATE_DAYS - 1, 1 }, { TERM_LATE_DAYS + 1, 2 }, { TERM_LATE_DAYS + 2, 2 },
                { 2 * TERM_LATE_DAYS + 2, 3 } };
        for (size_t i = 0; i < sizeof nights / sizeof *nights; i++) {
                w->now = start + nights[i].days * DAY;
                night(w);
                assert_int_equal(world_letters(w, w->judge[0]), 1);
                assert_int_equal(world_letters(w, w->judge[1]), nights[i].letters);
        }
}

static void an_approach_that_is_withdrawn_leaves_the_knowledge_base(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Weg", "publiceren");
        assert_int_equal(world_step(w, w->lead, id, "intrekken"), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM item WHERE state = 'withdrawn' AND withdrawn_why LIKE '%ingetrokken%'"), 1);
}

static void what_was_never_handed_in_goes(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t kept = world_make(w, "Ingediend"), next = 0;
        assert_int_equal(world_step(w, w->submitter, kept, "indienen"), OK);
        world_make(w, "Concept");
        struct req rq = request(&w->h, w->now + KEEP_CASE_DRAFT_DAYS * DAY);
        assert_int_equal(TX(&w->h, assessment_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_case"), 2);
        rq.now_ms += DAY;
        assert_int_equal(TX(&w->h, assessment_retention[0].enforce(&rq, &next)), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_case"), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM draft"), 1);
}

static void an_interest_is_forgotten_after_a_year(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_before_committee(w, "Vergeten"), next = 0;
        test_script(w->h.db, "UPDATE assessment_member SET interest = '', declared_ms = NULL");
        assert_int_equal(world_declare(w, w->judge[0], id, "Mijn broer."), OK);
        struct req rq = request(&w->h, w->now + KEEP_INTEREST_DAYS * DAY + 1);
        assert_int_equal(TX(&w->h, assessment_retention[1].enforce(&rq, &next)), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_member WHERE interest_is <> ''"), 0);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_member WHERE interest = 'some'"), 1);
}

/* Who goes leaves decisions that stand, and no name, address or interest. */
static void who_goes_leaves_decisions_behind(void **state) {
        static const struct kept *const all[] = { people_kept, assessment_kept, NULL };
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_decided(w, "Blijft", "publiceren");
        world_make(w, "Concept");
        w->h.site.kept = all;
        struct req rq = request(&w->h, w->now);
        assert_int_equal(TX(&w->h, people_erase(&rq, w->submitter)), OK);
        assert_int_equal(TX(&w->h, people_erase(&rq, w->judge[0])), OK);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_case WHERE contact = '' AND title = 'Blijft'"), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_case"), 1);
        assert_int_equal(world_number(w, "SELECT count(*) FROM assessment_vote"), PANEL_OF);
        assert_int_equal(number_of(&w->h, "SELECT count(*) FROM assessor WHERE person_id = %lld", w->judge[0]), 0);
        /* The night comes although there is nobody to write to. */
        w->now += (4 * 365 + 2) * DAY;
        night(w);
        assert_true(str_eq(world_case(w, id).state, S("verlopen")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_case_goes_from_idea_to_publication), TEST_BOTH(nobody_judges_a_case_of_their_own),
                TEST_BOTH(who_wrote_the_text_does_not_judge_it_again), TEST_BOTH(an_interest_keeps_the_dossier_closed),
                TEST_BOTH(votes_and_decisions_are_given_once), TEST_BOTH(dates_of_a_decision_lie_ahead_and_not_too_far),
                TEST_BOTH(others_judge_an_objection), TEST_BOTH(the_text_goes_back_and_forth_a_few_times),
                TEST_BOTH(the_night_reminds_twice_and_then_ends_it), TEST_BOTH(who_is_late_is_reminded),
                TEST_BOTH(an_approach_that_is_withdrawn_leaves_the_knowledge_base), TEST_BOTH(what_was_never_handed_in_goes),
                TEST_BOTH(an_interest_is_forgotten_after_a_year), TEST_BOTH(who_goes_leaves_decisions_behind),
        };
        return cmocka_run_group_tests_name("assessment-panel", tests, NULL, NULL);
}
