/* The table of steps: every state, every step and every kind of person against a list that was written apart from it, first in the
 * table and then on a real case in both stores. */
#include "testing_world.h"
#include <stdio.h>
#include <string.h>

/* What the brief of this procedure allows: state, step, who (i: submitter, p: programme office, n: the night). All else is refused. */
static const char *const allowed[] = {
        "concept indienen i", "concept terugtrekken i", "ingediend quickscan p", "ingediend terugtrekken i", "quickscan voldoet p",
        "quickscan potentie p", "quickscan voldoet-niet p", "quickscan terugtrekken i", "beschrijven naar-commissie p",
        "beschrijven terugtrekken i", "in-beoordeling publiceren p", "in-beoordeling voorbehoud p", "in-beoordeling afwijzen p",
        "in-beoordeling terugtrekken i", "bezwaar publiceren p", "bezwaar voorbehoud p", "bezwaar afwijzen p", "gepubliceerd herbeoordelen i",
        "gepubliceerd herbeoordelen p", "gepubliceerd verlopen n", "gepubliceerd intrekken i", "gepubliceerd intrekken p",
        "onder-voorbehoud voldaan p", "onder-voorbehoud niet-voldaan p", "onder-voorbehoud bezwaar i", "onder-voorbehoud herbeoordelen i",
        "onder-voorbehoud herbeoordelen p", "onder-voorbehoud verlopen n", "onder-voorbehoud intrekken i", "onder-voorbehoud intrekken p",
        "afgewezen bezwaar i", "verlopen herbeoordelen i", "verlopen herbeoordelen p", "verlopen intrekken i", "verlopen intrekken p",
};
#define ALLOWED (sizeof allowed / sizeof *allowed)

static bool is_listed(const char *state, const char *step, char who) {
        char line[80];
        snprintf(line, sizeof line, "%s %s %c", state, step, who);
        for (size_t i = 0; i < ALLOWED; i++)
                if (!strcmp(allowed[i], line))
                        return true;
        return false;
}

static void the_table_allows_what_is_listed_and_nothing_else(void **state) {
        static const struct { unsigned actor; char letter; } who[] = { { ACTOR_SUBMITTER, 'i' }, { ACTOR_LEAD, 'p' }, { ACTOR_NIGHT, 'n' } };
        size_t n = 0;
        (void) state;
        for (const struct transition *t = transitions; t->code.n; t++)
                for (int s = 0; s < STATES_N; s++)
                        for (size_t k = 0; k < ACTORS_N; k++) {
                                bool listed = is_listed(case_states[s].code.p, t->code.p, who[k].letter);
                                if (transition_allowed(t, (enum case_state) s, who[k].actor) != listed)
                                        fail_msg("%s from %s by %c", t->code.p, case_states[s].code.p, who[k].letter);
                                n += listed;
                        }
        assert_int_equal(n, ALLOWED);
}

/* Everything in the table is told, and every state can be reached and left, but for the last one. */
static void the_table_is_whole(void **state) {
        unsigned reached = 1u << STATE_DRAFT, left = 0;
        (void) state;
        for (const struct transition *t = transitions; t->code.n; t++) {
                assert_ptr_equal(transition_find(t->code), t);
                assert_true(t->label.n && t->tells.n && t->from && t->actors && t->to < STATES_N);
                assert_false(t->from >> t->to & 1);
                reached |= 1u << t->to;
                left |= t->from;
        }
        assert_int_equal(reached, (1u << STATES_N) - 1);
        assert_int_equal(left, ((1u << STATES_N) - 1) & ~(1u << STATE_WITHDRAWN));
        for (int s = 0; s < STATES_N; s++) {
                assert_true(case_states[s].label.n && case_states[s].means.n && case_states[s].next.n);
                assert_int_equal(state_of(case_states[s].code), s);
        }
        assert_int_equal(state_of(S("anders")), STATES_N);
        for (size_t i = 0; i < SCORE_KINDS; i++)
                assert_null(score_level(&score_kinds[i], S("")));
}

/* A case for which every need holds at once, whatever its state: complete, handed over, voted on, decided, and its dates such
 * that it has ended and may be objected to. */
static int64_t ready_for_everything(struct world *w) {
        int64_t id = world_before_committee(w, "Alles");
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        test_script(w->h.db, "UPDATE assessment_case SET decided_on = '2020-01-01', valid_until = '2024-01-01', appeal_until = '2099-01-01', "
                    "condition = 'Meten.', condition_until = '2021-01-01'");
        return id;
}

/* What PERSON gets for STEP from STATE; the case is as before afterwards. */
static enum err attempt(struct world *w, int64_t person, int64_t id, enum case_state state, const struct transition *t) {
        struct req rq = world_request(w, person);
        struct move m = { .t = t, .note = S("Omdat."), .brought = NEEDS_OF_FORM };
        assert_int_equal(db_begin(w->h.db), OK);
        test_script(w->h.db, str_fmt(rq.arena, "UPDATE assessment_case SET state = '%s'", case_states[state].code.p).p);
        struct assessment c;
        assert_int_equal(case_load(&rq, id, &c), OK);
        if (person)
                assert_int_equal(case_actors(&rq, &c, &m.actors), OK);
        else
                m.actors = ACTOR_NIGHT;
        enum err e = case_move(&rq, &c, &m, NULL);
        if (e == OK) {
                assert_int_equal(case_state_of(&c), t->to);
                assert_int_equal(world_number(w, str_fmt(rq.arena, "SELECT count(*) FROM assessment_step WHERE transition = '%s' AND from_state = '%s'"
                                                         " AND to_state = '%s'", t->code.p, case_states[state].code.p, case_states[t->to].code.p).p) > 0, 1);
        }
        db_rollback(w->h.db);
        return e;
}

static void every_step_from_every_state_by_everybody(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = ready_for_everything(w);
        const struct { int64_t person; char letter; } people[] = {
                { w->submitter, 'i' }, { w->lead, 'p' }, { 0, 'n' },
                /* A lead who belongs to the organisation is no lead here; a colleague, an editor and an assessor are nobody. */
                { w->own_lead, '-' }, { w->colleague, '-' }, { w->editor, '-' }, { w->judge[0], '-' },
        };
        size_t taken = 0;
        for (size_t k = 0; k < sizeof people / sizeof *people; k++)
                for (int s = 0; s < STATES_N; s++)
                        for (const struct transition *t = transitions; t->code.n; t++) {
                                bool listed = is_listed(case_states[s].code.p, t->code.p, people[k].letter);
                                enum err e = attempt(w, people[k].person, id, (enum case_state) s, t);
                                if (listed ? e != OK : e != ERR_DENIED && e != ERR_CONFLICT)
                                        fail_msg("%s from %s by %c: %s", t->code.p, case_states[s].code.p, people[k].letter, err_name(e));
                                taken += e == OK;
                        }
        assert_int_equal(taken, ALLOWED);
}

/* Each need, one at a time not met: the step is refused and says which. */
static void every_need_counts(void **state) {
        static const struct { enum need need; const char *state, *step, *sql; } cases[] = {
                { NEED_CRITERIA, "concept", "indienen", "UPDATE assessment_case SET criteria = 'planmatig twee-plaatsen handleiding eigenaar'" },
                { NEED_TEXT, "concept", "indienen", "UPDATE draft SET text = 'x'" },
                { NEED_HANDED, "beschrijven", "naar-commissie", "UPDATE assessment_case SET turn = 'submitter'" },
                { NEED_PANEL, "beschrijven", "naar-commissie", "UPDATE assessment_member SET side = 'praktijk'" },
                { NEED_VOTES, "in-beoordeling", "publiceren", "DELETE FROM assessment_vote WHERE person_id IN (SELECT person_id FROM assessment_member WHERE side = 'ervaring')" },
                { NEED_VOTES, "bezwaar", "afwijzen", "UPDATE assessment_member SET interest = 'some' WHERE side = 'ervaring'" },
                { NEED_TERM, "afgewezen", "bezwaar", "UPDATE assessment_case SET appeal_until = '2026-09-20'" },
                { NEED_TERM, "afgewezen", "bezwaar", "UPDATE assessment_case SET appeal_until = ''" },
                { NEED_FIRST, "afgewezen", "bezwaar", "INSERT INTO assessment_objection SELECT id, 1, 1, 'x', 1 FROM assessment_case" },
                { NEED_ENDED, "gepubliceerd", "verlopen", "UPDATE assessment_case SET valid_until = '2026-09-21'" },
                { NEED_LATE, "onder-voorbehoud", "niet-voldaan", "UPDATE assessment_case SET condition_until = '2026-09-21'" },
        };
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = ready_for_everything(w);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct req rq = world_request(w, w->lead);
                struct assessment c;
                unsigned lacks = 0;
                struct move m = { .t = transition_find(str_of(cases[i].step)), .brought = NEEDS_OF_FORM, .note = S("Omdat.") };
                m.actors = m.t->actors;
                assert_int_equal(db_begin(w->h.db), OK);
                test_script(w->h.db, str_fmt(rq.arena, "UPDATE assessment_case SET state = '%s'", cases[i].state).p);
                test_script(w->h.db, cases[i].sql);
                assert_int_equal(case_load(&rq, id, &c), OK);
                assert_int_equal(case_move(&rq, &c, &m, &lacks), ERR_INVALID);
                assert_int_equal(lacks, cases[i].need);
                db_rollback(w->h.db);
        }
}

static void a_motivation_is_needed_where_the_table_says(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_make(w, "Kort");
        assert_int_equal(world_step(w, w->submitter, id, "indienen"), OK);
        assert_int_equal(world_step(w, w->lead, id, "quickscan"), OK);
        struct req rq = world_request(w, w->lead);
        struct assessment c = world_case(w, id);
        unsigned lacks = 0;
        struct move m = { .t = transition_find(S("voldoet-niet")), .actors = ACTOR_LEAD, .note = S("") };
        assert_int_equal(TX(&w->h, case_move(&rq, &c, &m, &lacks)), ERR_INVALID);
        assert_int_equal(lacks, NEED_NOTE);
        assert_true(str_eq(world_case(w, id).state, S("quickscan")));
}

/* Two at once: both saw the same state, one is first. */
static void the_second_of_two_at_once_is_told(void **state) {
        _cleanup_(world_close) struct world *w = world_open(state);
        int64_t id = world_make(w, "Samen");
        assert_int_equal(world_step(w, w->submitter, id, "indienen"), OK);
        struct assessment seen = world_case(w, id);
        assert_int_equal(world_step(w, w->lead, id, "quickscan"), OK);
        struct req rq = world_request(w, w->submitter);
        struct move m = { .t = transition_find(S("terugtrekken")), .actors = ACTOR_SUBMITTER, .note = S("") };
        assert_int_equal(TX(&w->h, case_move(&rq, &seen, &m, NULL)), ERR_CONFLICT);
        assert_true(str_eq(world_case(w, id).state, S("quickscan")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_table_allows_what_is_listed_and_nothing_else), cmocka_unit_test(the_table_is_whole),
                TEST_BOTH(every_step_from_every_state_by_everybody), TEST_BOTH(every_need_counts),
                TEST_BOTH(a_motivation_is_needed_where_the_table_says), TEST_BOTH(the_second_of_two_at_once_is_told),
        };
        return cmocka_run_group_tests_name("assessment-states", tests, NULL, NULL);
}
