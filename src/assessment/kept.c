/* kept.c - what assessments keep of people (people_kept.h), and how long. */
#include "assessment.h"
#include "assessment.sql.h"
#include "editing_draft.h"
#include "people.h"
#include "people_keep.h"
#include "states.h"

#define STAYS S_INIT("Blijft: een besluit moet later na te gaan zijn. Er staat dan nog een nummer bij dat naar niemand meer leidt.")
#define AT_ONCE 50

static struct str tells(struct str code) {
        const struct transition *t = transition_find(code);
        return t ? t->tells : code;
}

static enum err show_cases(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct assessment_list rows;
        enum err e = cases_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "titel", S("Titel"), rows.v[i].title);
                kept_text(k, "staat", S("Staat"), rows.v[i].state);
                kept_text(k, "toelichting", S("Toelichting"), rows.v[i].explanation);
                kept_text(k, "contact", S("Contact"), rows.v[i].contact);
                kept_time(k, "begonnen", S("Begonnen"), rows.v[i].created_ms);
        }
        return e;
}

static enum err delete_concept(struct db *db, struct arena *a, int64_t id) {
        struct assessment c;
        bool found = false;
        enum err e = case_get(db, a, id, &c, &found);
        if (e == OK)
                e = case_delete(db, id);
        if (e == OK && found && c.draft_id.is_set)
                e = draft_drop(db, c.draft_id.v);
        return e == ERR_NOT_FOUND ? OK : e;
}

/* What was never handed in goes; the rest stays, without the address. */
static enum err erase_cases(struct db *db, struct arena *a, const struct kept_person_row *who) {
        struct concepts_of_row_list rows;
        enum err e = concepts_of(db, a, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = delete_concept(db, a, rows.v[i].id);
        return e == OK ? case_forget_contact(db, kept_person_id(who)) : e;
}

static enum err show_steps(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_steps_row_list rows;
        enum err e = kept_steps(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "stap", S("Stap"), tells(rows.v[i].transition));
                kept_text(k, "motivatie", S("Motivatie"), rows.v[i].note);
                kept_time(k, "op", S("Op"), rows.v[i].at_ms);
        }
        return e;
}

static enum err show_remarks(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_remarks_row_list rows;
        enum err e = kept_remarks(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "tekst", S("Tekst"), rows.v[i].text);
                kept_time(k, "op", S("Op"), rows.v[i].at_ms);
        }
        return e;
}

static enum err show_assessor(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct assessor_get_row row;
        bool found = false;
        enum err e = assessor_get(db, k->arena, kept_person_id(who), &row, &found);
        if (e != OK || !found)
                return e;
        kept_begin(k);
        kept_text(k, "kant", S("Kant"), side_label(row.side));
        kept_time(k, "sinds", S("Sinds"), row.given_ms);
        return OK;
}

static enum err erase_assessor(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        return assessor_delete(db, kept_person_id(who));
}

static enum err show_members(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_members_row_list rows;
        enum err e = kept_members(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "kant", S("Kant"), side_label(rows.v[i].side));
                kept_text(k, "belang", S("Belang dat u noemde"), rows.v[i].interest_is);
                kept_time(k, "gevraagd", S("Gevraagd"), rows.v[i].asked_ms);
        }
        return e;
}

static enum err erase_members(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        return members_forget(db, kept_person_id(who));
}

static enum err show_votes(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_votes_row_list rows;
        enum err e = kept_votes(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct kept_votes_row *r = &rows.v[i];
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), r->title);
                kept_text(k, "bewijskracht", S("Bewijskracht"), str_fmt(k->arena, "%.*s: %.*s", STR(r->evidence), STR(r->evidence_why)));
                kept_text(k, "effect", S("Effect"), str_fmt(k->arena, "%.*s: %.*s", STR(r->effect), STR(r->effect_why)));
                kept_text(k, "kosten", S("Kosten en moeite"), str_fmt(k->arena, "%.*s: %.*s", STR(r->cost), STR(r->cost_why)));
                kept_time(k, "op", S("Op"), r->at_ms);
        }
        return e;
}

static enum err show_decisions(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_decisions_row_list rows;
        enum err e = kept_decisions(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "besluit", S("Besluit"), tells(rows.v[i].outcome));
                kept_text(k, "motivatie", S("Motivatie"), rows.v[i].why);
                kept_text(k, "op", S("Op"), rows.v[i].decided_on);
        }
        return e;
}

static enum err show_objections(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct kept_objections_row_list rows;
        enum err e = kept_objections(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "bezwaar", S("Bezwaar"), rows.v[i].text);
                kept_time(k, "op", S("Op"), rows.v[i].at_ms);
        }
        return e;
}

const struct kept assessment_kept[] = {
        { "assessment_case", "person_id contact", "aanpakken", S_INIT("Aanpakken die u liet beoordelen"),
          S_INIT("Om met u over de beoordeling te spreken, en om te weten wie daarom vroeg."),
          S_INIT("Wat u nooit indiende, wissen wij. De rest blijft, zonder het contact dat u opgaf: een besluit moet later na te gaan zijn."), show_cases, erase_cases },
        { "assessment_step", "person_id", "stappen", S_INIT("Stappen die u zette in een beoordeling"), S_INIT("Om te kunnen verantwoorden hoe een besluit tot stand kwam."),
          STAYS, show_steps, NULL },
        { "assessment_remark", "person_id", "opmerkingen", S_INIT("Opmerkingen bij een tekst die beoordeeld wordt"),
          S_INIT("Om de beschrijving samen beter te maken."), STAYS, show_remarks, NULL },
        { "assessor", "person_id", "beoordelaar", S_INIT("Van welke kant u beoordeelt"), S_INIT("Om commissies samen te stellen."), S_INIT("Wordt gewist."),
          show_assessor, erase_assessor },
        { "assessor", "given_by", NULL, S_INIT("Dat u iemand beoordelaar maakte"), S_INIT("Om te kunnen verantwoorden wie dat deed."), STAYS, NULL, NULL },
        { "assessment_member", "person_id", "commissies", S_INIT("Commissies waar u in zat, en het belang dat u noemde"),
          S_INIT("Om te zorgen dat niemand over een eigen zaak oordeelt."), S_INIT("Het belang dat u noemde, wissen wij. Dat er iemand was, blijft."), show_members,
          erase_members },
        { "assessment_vote", "person_id", "oordelen", S_INIT("Oordelen die u gaf"), S_INIT("Om een besluit op te bouwen en te verantwoorden."), STAYS, show_votes, NULL },
        { "assessment_decision", "decided_by", "besluiten", S_INIT("Besluiten die u nam"), S_INIT("Om te kunnen verantwoorden wie besloot."), STAYS, show_decisions, NULL },
        { "assessment_objection", "person_id", "bezwaren", S_INIT("Bezwaren die u maakte"), S_INIT("Om opnieuw te kunnen oordelen."), STAYS, show_objections, NULL },
        { .table = NULL },
};

static enum err end_concepts(struct req *rq, int64_t *next) {
        struct concepts_before_row_list rows;
        enum err e = concepts_before(rq->db, rq->arena, rq->now_ms - KEEP_CASE_DRAFT_DAYS * RETENTION_DAY_MS, AT_ONCE, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = delete_concept(rq->db, rq->arena, rows.v[i].id);
        *next = e == OK && rows.n == AT_ONCE;
        return e;
}

static enum err end_interests(struct req *rq, int64_t *next) {
        (void) next;
        return interests_forget(rq->db, rq->now_ms - KEEP_INTEREST_DAYS * RETENTION_DAY_MS);
}

const struct retention_rule assessment_retention[] = {
        { S_INIT("Aanpak die nooit is ingediend"), S_INIT(KEEP_TEXT(KEEP_CASE_DRAFT_DAYS) " dagen na het begin"), S_INIT("de aanpak laten beoordelen"), end_concepts },
        { S_INIT("Belang dat een beoordelaar noemde"), S_INIT(KEEP_TEXT(KEEP_INTEREST_DAYS) " dagen"), S_INIT("zorgen dat niemand over een eigen zaak oordeelt"),
          end_interests },
        { S_INIT("Beoordeling van een aanpak, met oordelen en besluit"), S_INIT("zolang deze site bestaat"), S_INIT("verantwoorden hoe een besluit tot stand kwam"), NULL },
        { .what = { 0 } },
};
