/* kept.c - what this room keeps of people, and for how long. */
#include "clock.h"
#include "meeting.h"
#include "people_keep.h"

static enum err show_uses(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct uses_of_person_row_list rows;
        enum err e = uses_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "aanpak", S("Aanpak"), rows.v[i].title);
                kept_text(k, "gemeente", S("Gemeente"), rows.v[i].place);
                kept_time(k, "vastgelegd", S("Vastgelegd"), rows.v[i].recorded_ms);
        }
        return e;
}

static enum err show_changes(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct use_changes_of_person_row_list rows;
        enum err e = use_changes_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "wijziging", S("Wijziging"), rows.v[i].what);
                kept_time(k, "gewijzigd", S("Gewijzigd"), rows.v[i].changed_ms);
        }
        return e;
}

static enum err show_meetings(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct meetings_of_person_row_list rows;
        enum err e = meetings_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "vraag", S("Vraag"), rows.v[i].question);
                kept_text(k, "dag", S("Dag"), rows.v[i].held_on);
                kept_time(k, "uitgenodigd", S("Uitgenodigd"), rows.v[i].created_ms);
        }
        return e;
}

static enum err show_answers(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct answers_of_person_row_list rows;
        enum err e = answers_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "antwoord", S("Antwoord"), str_eq(rows.v[i].answer, S("yes")) ? S("komt") : S("komt niet"));
                kept_text(k, "vraag", S("Vraag"), rows.v[i].question);
                if (rows.v[i].answered_ms.is_set)
                        kept_time(k, "geantwoord", S("Geantwoord"), rows.v[i].answered_ms.v);
        }
        return e;
}

static enum err show_actions(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct actions_of_person_row_list rows;
        enum err e = actions_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "afspraak", S("Afspraak"), rows.v[i].what);
                kept_time(k, "vastgelegd", S("Vastgelegd"), rows.v[i].created_ms);
        }
        return e;
}

#define STAYS S_INIT("Blijft staan, want het is van de organisatie. Uw nummer leidt dan naar niemand meer.")
const struct kept benchlearning_kept[] = {
        { "method_use", "recorded_by", "aanpakken_vastgelegd", S_INIT("Aanpakken die u vastlegde"), S_INIT("Om te weten wie van de organisatie dit deed."), STAYS, show_uses, NULL },
        { "method_change", "changed_by", "aanpakken_gewijzigd", S_INIT("Wat u in het register van aanpakken veranderde"), S_INIT("Om de geschiedenis te kunnen nagaan."), STAYS,
          show_changes, NULL },
        { "benchlearn_meeting", "created_by", "bijeenkomsten", S_INIT("Benchleerbijeenkomsten waarvoor u uitnodigde"), S_INIT("Om te weten wie uitnodigde."), STAYS, show_meetings, NULL },
        { "benchlearn_guest", "answered_by", "antwoorden_bijeenkomst", S_INIT("Uw antwoorden op uitnodigingen"), S_INIT("Om te weten wie antwoordde."), STAYS, show_answers, NULL },
        { "benchlearn_action", "created_by", "afspraken", S_INIT("Afspraken die u vastlegde"), S_INIT("Om te weten wie dit vastlegde."), STAYS, show_actions, NULL },
        { .table = NULL },
};
#undef STAYS

#define AT_ONCE 50

static enum err end_meetings(struct req *rq, int64_t *next) {
        struct meetings_old_row_list old;
        struct str before = clock_dutch_day(rq->arena, rq->now_ms - KEEP_MEETING_YEARS * 365 * RETENTION_DAY_MS);
        enum err e = meetings_old(rq->db, rq->arena, before, AT_ONCE, &old);
        for (size_t i = 0; e == OK && i < old.n; i++) {
                e = actions_delete(rq->db, old.v[i].id);
                if (e == OK)
                        e = guests_delete(rq->db, old.v[i].id);
                if (e == OK)
                        e = meeting_delete(rq->db, old.v[i].id);
        }
        *next = old.n == AT_ONCE ? *next + 1 : 0;
        return e;
}

const struct retention_rule benchlearning_retention[] = {
        { S_INIT("Welke aanpak een gemeente gebruikt, met wie het vastlegde"), S_INIT("zolang Schouders bestaat"), S_INIT("later zien of een aanpak hielp"), NULL },
        { S_INIT("Benchleerbijeenkomst met antwoorden, verslag en afspraken"), S_INIT(KEEP_TEXT(KEEP_MEETING_YEARS) " jaar na de bijeenkomst"), S_INIT("zien wat afspraken opleverden"),
          end_meetings },
        { .what = { 0 } },
};
