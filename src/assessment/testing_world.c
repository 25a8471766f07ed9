#include "testing_world.h"
#include "editing_draft.h"
#include "knowledge_testing_files.h"

#define TEXT "---\ntitel: %s\nsoort: interventie\nsamenvatting: Kort.\nfase: preventie\ndoelgroep: iedereen\nthema: vakmanschap\n" \
             "bewijskracht: nog niet beoordeeld\nbron: Titel | Uitgever | 2020 | https://example.org/x\nbijgewerkt: 2026-05-04\n---\n\n" \
             "## Kort gezegd\n\nA\n\n## Voor wie\n\nB\n\n## Zo werkt het\n\nC\n\n## Wat heb je nodig\n\nD\n\n## Wat weten we ervan\n\nE\n\n## Bronnen\n\n- F\n"

static int64_t office(struct world *w) {
        int64_t id = 0;
        struct organisation_new o = { .name = S("Programmabureau"), .kind = S("programmabureau") };
        assert_int_equal(organisation_make(w->h.db, &w->h.s->arena, &o, NOW, &id), OK);
        return id;
}

static void more_role(struct world *w, int64_t person, const char *role, int64_t at) {
        struct req rq = request(&w->h, NOW);
        assert_int_equal(TX(&w->h, role_give(&rq, person, role_find(str_of(role)), at)), OK);
}

static void appoint(struct world *w) {
        static const char *const names[2 * PANEL_OF] = { "wim", "pia", "eva", "wil", "pim", "els" };
        for (size_t i = 0; i < 2 * PANEL_OF; i++) {
                w->judge[i] = somebody_with(&w->h, names[i], "beoordelaar", w->office);
                struct req rq = world_request(w, w->lead);
                assert_int_equal(TX(&w->h, assessor_give(&rq, w->judge[i], assessor_sides[i % PANEL_OF].code)), OK);
        }
}

struct world *world_open(void **state) {
        struct world *w = arena_new(&test_store(state)->arena, struct world);
        house_open(&w->h, state);
        w->h.site.origin = S("https://schouders.example");
        w->now = NOW;
        content_lists(w->h.s, w->h.db, "fase preventie Preventie\nsoort interventie Aanpak\ndoelgroep iedereen Iedereen\nthema vakmanschap Vakmanschap\n");
        w->office = office(w);
        w->almere = organisation(&w->h, "Almere");
        w->borne = organisation(&w->h, "Borne");
        w->submitter = somebody_with(&w->h, "sam", "trainer", w->almere);
        w->colleague = somebody_with(&w->h, "col", "trainer", w->almere);
        w->lead = somebody_with(&w->h, "lee", "programmamanager", w->office);
        w->own_lead = somebody_with(&w->h, "own", "programmamanager", w->office);
        more_role(w, w->own_lead, "trainer", w->almere);
        w->editor = somebody_with(&w->h, "ed", "redacteur", w->office);
        appoint(w);
        return w;
}

void world_close(struct world **w) {
        house_close(&(*w)->h);
}

struct req world_request(struct world *w, int64_t person) {
        struct req rq = person ? request_of(&w->h, sign_in(&w->h, person, 2, w->now), w->now) : request(&w->h, w->now);
        rq.idempotency = str_fmt(&w->h.s->arena, "form-%d", ++w->sends);
        return rq;
}

struct assessment world_case(struct world *w, int64_t id) {
        struct req rq = request(&w->h, w->now);
        struct assessment c;
        assert_int_equal(case_load(&rq, id, &c), OK);
        return c;
}

static enum err write_text(struct req *rq, int64_t draft_id, const char *title) {
        struct draft d;
        enum err e = draft_get(rq->db, rq->arena, draft_id, &d);
        return e == OK ? draft_save(rq->db, rq->arena, &d, str_fmt(rq->arena, TEXT, title), rq->now_ms) : e;
}

int64_t world_make(struct world *w, const char *title) {
        struct req rq = world_request(w, w->submitter);
        struct submission s = { .title = str_of(title), .criteria = S("planmatig twee-plaatsen handleiding procesevaluatie eigenaar"),
                                .explanation = S("In Almere en Borne."), .contact = S("https://almere.example"), .organisation_id = w->almere };
        int64_t id = 0;
        assert_int_equal(TX(&w->h, case_make(&rq, &s, &id)), OK);
        assert_int_equal(TX(&w->h, write_text(&rq, world_case(w, id).draft_id.v, title)), OK);
        return id;
}

enum err world_step(struct world *w, int64_t person, int64_t id, const char *code) {
        struct req rq = world_request(w, person);
        struct assessment c = world_case(w, id);
        struct move m = { .t = transition_find(str_of(code)), .note = S("Omdat het zo is.") };
        assert_non_null(m.t);
        if (person)
                assert_int_equal(case_actors(&rq, &c, &m.actors), OK);
        else
                m.actors = ACTOR_NIGHT;
        return TX(&w->h, case_move(&rq, &c, &m, NULL));
}

enum err world_add(struct world *w, int64_t person, int64_t id, int64_t assessor) {
        struct req rq = world_request(w, person);
        struct assessment c = world_case(w, id);
        return TX(&w->h, panel_add(&rq, &c, assessor));
}

enum err world_remove(struct world *w, int64_t id, int64_t assessor) {
        struct req rq = world_request(w, w->lead);
        struct assessment c = world_case(w, id);
        return TX(&w->h, panel_remove(&rq, &c, assessor));
}

enum err world_declare(struct world *w, int64_t assessor, int64_t id, const char *interest) {
        struct req rq = world_request(w, assessor);
        struct assessment c = world_case(w, id);
        return TX(&w->h, panel_declare(&rq, &c, *interest, str_of(interest)));
}

struct judgement world_judgement(void) {
        return (struct judgement) { { S("redelijk"), S("klein"), S("middel") }, { S("Een goede vergelijking."), S("Kleine winst."), S("Een training.") } };
}

enum err world_vote(struct world *w, int64_t assessor, int64_t id) {
        struct req rq = world_request(w, assessor);
        struct assessment c = world_case(w, id);
        struct judgement j = world_judgement();
        return TX(&w->h, panel_vote(&rq, &c, &j));
}

int64_t world_before_committee(struct world *w, const char *title) {
        int64_t id = world_make(w, title);
        assert_int_equal(world_step(w, w->submitter, id, "indienen"), OK);
        assert_int_equal(world_step(w, w->lead, id, "quickscan"), OK);
        assert_int_equal(world_step(w, w->lead, id, "voldoet"), OK);
        struct req rq = world_request(w, w->submitter);
        struct assessment c = world_case(w, id);
        assert_int_equal(TX(&w->h, case_hand_in(&rq, &c, S("Klaar."))), OK);
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_add(w, w->lead, id, w->judge[i]), OK);
        assert_int_equal(world_step(w, w->lead, id, "naar-commissie"), OK);
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_declare(w, w->judge[i], id, ""), OK);
        return id;
}

enum err world_decide(struct world *w, int64_t person, int64_t id, const char *code) {
        struct req rq = world_request(w, person);
        struct assessment c = world_case(w, id);
        struct decision d = { .t = transition_find(str_of(code)), .j = world_judgement(), .why = S("De commissie is het eens."), .condition = S(""),
                              .condition_until = S(""), .valid_until = S("") };
        if (d.t->needs & NEED_CONDITION) {
                d.condition = S("Meet de uitkomst na een jaar.");
                d.condition_until = date_days(rq.arena, w->now, 60);
        }
        return TX(&w->h, case_decide(&rq, &c, &d, NULL));
}

int64_t world_decided(struct world *w, const char *title, const char *code) {
        int64_t id = world_before_committee(w, title);
        for (size_t i = 0; i < PANEL_OF; i++)
                assert_int_equal(world_vote(w, w->judge[i], id), OK);
        assert_int_equal(world_decide(w, w->lead, id, code), OK);
        return id;
}

int64_t world_letters(struct world *w, int64_t person) {
        return number_of(&w->h, "SELECT count(*) FROM mail_outbox WHERE kind = 'beoordeling' AND person_id = %lld", person);
}

int64_t world_number(struct world *w, const char *sql) {
        return test_number(w->h.db, sql);
}
