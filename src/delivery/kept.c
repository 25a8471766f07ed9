/* kept.c - what this room keeps of people, and for how long. */
#include "benchmark_period.h"
#include "internal.h"

static enum err show_events(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct delivery_events_of_row_list rows;
        enum err e = delivery_events_of(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "wat", S("Wat u deed"), rows.v[i].what);
                kept_text(k, "periode", S("Periode"), period_name(k->arena, rows.v[i].period));
                kept_text(k, "gemeente", S("Gemeente"), rows.v[i].region);
                kept_text(k, "opmerking", S("Opmerking"), rows.v[i].remark);
                kept_time(k, "moment", S("Moment"), rows.v[i].at_ms);
        }
        return e;
}

static enum err show_keys(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct delivery_keys_made_by_row_list rows;
        enum err e = delivery_keys_made_by(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "naam", S("Naam van de sleutel"), rows.v[i].name);
                kept_time(k, "gemaakt", S("Gemaakt"), rows.v[i].created_ms);
        }
        return e;
}

#define STAYS S_INIT("Blijft staan als nummer, dat dan niemand meer aanwijst.")
const struct kept delivery_kept[] = {
        { "delivery", "delivered_by approved_by", NULL, S_INIT("Aanleveringen die u deed of goedkeurde"), S_INIT("Om te zien dat een tweede persoon meekeek."),
          STAYS, NULL, NULL },
        { "delivery_event", "person_id", "aanleveringen", S_INIT("Wat u deed bij het aanleveren van cijfers"), S_INIT("Om te kunnen verantwoorden waar een cijfer vandaan komt."),
          STAYS, show_events, NULL },
        { "delivery_key", "created_by", "sleutels", S_INIT("Sleutels die u voor een organisatie maakte"), S_INIT("Om te weten wie een programma toegang gaf."),
          STAYS, show_keys, NULL },
        { .table = NULL },
};

/* The newest period is quarters apart: a reminder of half a year ago is for nothing. */
static enum err end_reminders(struct req *rq, int64_t *next) {
        (void) next;
        return delivery_reminders_forget(rq->db, rq->now_ms - 180 * RETENTION_DAY_MS);
}

const struct retention_rule delivery_retention[] = {
        { S_INIT("Aangeleverde cijfers en hun geschiedenis"), S_INIT("zolang de benchmark bestaat. Er staan geen gegevens van personen in"),
          S_INIT("kunnen nagaan waar een cijfer vandaan komt"), NULL },
        { S_INIT("Verstuurde herinneringen voor het aanleveren"), S_INIT("180 dagen"), S_INIT("niemand twee keer herinneren"), end_reminders },
        { .what = { 0 } },
};
