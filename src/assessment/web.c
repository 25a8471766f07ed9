/* web.c - the routes of this room, and what its handlers share. */
#include "assessment.h"
#include "editing_form.h"
#include "views.h"

static const struct page_note notes[] = {
        { "gemaakt", S_INIT("De aanpak is opgeslagen. Schrijf nu de tekst, deel voor deel.") },
        { "opgeslagen", S_INIT("De gegevens zijn opgeslagen.") },
        { "stap", S_INIT("De stap is gezet.") },
        { "aangeboden", S_INIT("De tekst is aangeboden. De secretaris leest mee.") },
        { "teruggestuurd", S_INIT("De opmerkingen zijn verstuurd. De indiener is aan zet.") },
        { "erbij", S_INIT("De beoordelaar zit in de commissie.") },
        { "eruit", S_INIT("De beoordelaar zit niet meer in de commissie.") },
        { "besloten", S_INIT("Het besluit is vastgelegd en staat op de openbare pagina.") },
        { "verklaard", S_INIT("Uw verklaring is vastgelegd.") },
        { "geoordeeld", S_INIT("Uw oordeel is vastgelegd. Anderen zien het pas als iedereen geoordeeld heeft.") },
        { "kant", S_INIT("De kant van deze beoordelaar is vastgelegd.") },
        { "al-gedaan", S_INIT("Iemand anders was u voor. Hieronder staat hoe het nu is.") },
        { .code = NULL },
};

struct str assess_note(const struct req *rq) {
        return page_note(rq, notes);
}

enum err path_case(struct req *rq, struct assessment *ret) {
        int64_t id = 0;
        return str_to_i64(rq->param[0], &id) && id > 0 ? case_load(rq, id, ret) : ERR_NOT_FOUND;
}

enum err assess_take(struct req *rq, struct assessment *c) {
        unsigned lacks = 0;
        struct move m = { .t = transition_find(req_text(rq, "stap")), .note = req_text(rq, "motivatie") };
        enum err e = case_actors(rq, c, &m.actors);
        if (e == OK && !m.t)
                req_error(rq, "stap", S("Kies een stap"));
        if (e != OK || !m.t)
                return e == OK ? ERR_INVALID : e;
        if (is_decision(m.t))
                return ERR_DENIED;
        e = case_move(rq, c, &m, &lacks);
        if (e == ERR_INVALID && lacks & NEED_NOTE)
                req_error(rq, "motivatie", S("Schrijf waarom u deze stap zet"));
        else if (e == ERR_INVALID)
                req_error(rq, "stap", str_fmt(rq->arena, "Deze stap kan nog niet. Nodig is: %.*s", STR(needs_text(rq->arena, lacks))));
        return e;
}

static const char *why_field(struct arena *a, size_t score) {
        return str_fmt(a, "%.*s-waarom", STR(score_kinds[score].code)).p;
}

void judgement_read(const struct req *rq, struct judgement *ret) {
        for (size_t i = 0; i < SCORE_KINDS; i++) {
                ret->level[i] = req_text(rq, score_kinds[i].code.p);
                ret->why[i] = req_text(rq, why_field(rq->arena, i));
        }
}

void judgement_check(struct req *rq, const struct judgement *j) {
        for (size_t i = 0; i < SCORE_KINDS; i++) {
                const char *level = score_kinds[i].code.p, *why = why_field(rq->arena, i);
                if (!level_of(i, j->level[i]) && req_error_of(rq, level).n == 0)
                        req_error(rq, level, str_fmt(rq->arena, "Kies een oordeel bij %.*s", STR(score_kinds[i].label)));
                if (j->why[i].n == 0 && req_error_of(rq, why).n == 0)
                        req_error(rq, why, str_fmt(rq->arena, "Schrijf waarom bij %.*s", STR(score_kinds[i].label)));
        }
}

const struct field case_note_fields[] = { NOTE_FIELD, { 0 } };
const struct field case_step_fields[] = {
        { .name = "stap", .type = FIELD_CODE, .max = 30 },
        { .name = "motivatie", .type = FIELD_MULTILINE, .max = LONG_TEXT_MAX },
        { 0 },
};

#define MINE "/mijn-aanpakken/{id}"
const struct route assessment_routes[] = {
        { GET, "/zo-werkt-beoordelen", ACCESS_PUBLIC, assessment_explain_get, NULL },
        { GET, "/beoordelingen", ACCESS_PUBLIC, decided_list_get, decided_list_fields },
        { GET, "/beoordelingen/{slug}", ACCESS_PUBLIC, decided_get, NULL },
        { GET, "/mijn-aanpakken", ACCESS_SIGNED_IN, my_cases_get, case_note_fields },
        { GET, "/mijn-aanpakken/nieuw", ACCESS_SIGNED_IN, submission_new_get, NULL },
        { POST, "/mijn-aanpakken/nieuw", ACCESS_SIGNED_IN, submission_new_post, submission_fields },
        { GET, MINE, ACCESS_SIGNED_IN, my_case_get, case_note_fields },
        { GET, MINE "/gegevens", ACCESS_SIGNED_IN, submission_edit_get, NULL },
        { POST, MINE "/gegevens", ACCESS_SIGNED_IN, submission_edit_post, submission_fields },
        { GET, MINE "/tekst/{deel}", ACCESS_SIGNED_IN, text_part_get, item_form_fields },
        { POST, MINE "/tekst/{deel}", ACCESS_SIGNED_IN, text_part_post, item_form_fields },
        { POST, MINE "/tekst/{deel}/concept", ACCESS_SIGNED_IN, text_part_autosave, item_form_fields },
        { POST, MINE "/stap", ACCESS_SIGNED_IN, my_step_post, case_step_fields },
        { POST, MINE "/aanbieden", ACCESS_SIGNED_IN, my_offer_post, offer_fields },
        { GET, "/beoordelen", ACCESS_RIGHT, panels_get, case_note_fields, RIGHT_ASSESS },
        { GET, "/beoordelen/{id}", ACCESS_RIGHT, panel_get, case_note_fields, RIGHT_ASSESS },
        { POST, "/beoordelen/{id}/belang", ACCESS_RIGHT, interest_post, interest_fields, RIGHT_ASSESS },
        { POST, "/beoordelen/{id}/oordeel", ACCESS_RIGHT, vote_post, vote_fields, RIGHT_ASSESS },
        { 0 },
};

#define LEAD "/beheer/beoordelingen/{id}"
const struct route assessment_lead_routes[] = {
        { GET, "/beheer/beoordelingen", ACCESS_RIGHT, cases_work_get, case_note_fields, RIGHT_COMMITTEE },
        { GET, "/beheer/beoordelingen/beoordelaars", ACCESS_RIGHT, assessors_get, case_note_fields, RIGHT_COMMITTEE },
        { POST, "/beheer/beoordelingen/beoordelaars", ACCESS_RIGHT, assessors_post, assessor_fields, RIGHT_COMMITTEE },
        { GET, LEAD, ACCESS_RIGHT, lead_case_get, case_note_fields, RIGHT_COMMITTEE },
        { POST, LEAD "/stap", ACCESS_RIGHT, lead_step_post, case_step_fields, RIGHT_COMMITTEE },
        { POST, LEAD "/opmerking", ACCESS_RIGHT, lead_remark_post, case_remark_fields, RIGHT_COMMITTEE },
        { POST, LEAD "/commissie", ACCESS_RIGHT, member_add_post, panel_member_fields, RIGHT_COMMITTEE },
        { POST, LEAD "/commissie/eruit", ACCESS_RIGHT, member_remove_post, panel_member_fields, RIGHT_COMMITTEE },
        { GET, LEAD "/besluit", ACCESS_RIGHT, decide_get, NULL, RIGHT_COMMITTEE },
        { POST, LEAD "/besluit", ACCESS_RIGHT, decide_post, decide_fields, RIGHT_COMMITTEE },
        { 0 },
};
