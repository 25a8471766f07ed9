/* kept.c - what this room keeps of people, and how long. */
#include "editing.h"
#include "internal.h"
#include "people_keep.h"

#define OLD_AT_ONCE 100         /* drafts in one transaction */

static enum err show_drafts(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct drafts_kept_of_row_list l;
        enum err e = drafts_kept_of(db, k->arena, kept_person_id(who), &l);
        for (size_t i = 0; e == OK && i < l.n; i++) {
                kept_begin(k);
                kept_text(k, "titel", S("Titel"), draft_title(l.v[i].title));
                kept_text(k, "stand", S("Stand"), draft_state_label(l.v[i].state));
                kept_time(k, "begonnen", S("Begonnen"), l.v[i].created_ms);
                kept_time(k, "bewaard", S("Laatst bewaard"), l.v[i].updated_ms);
        }
        return e;
}

static enum err erase_drafts(struct db *db, struct arena *a, const struct kept_person_row *who) {
        struct draft_ids_of_row_list l;
        enum err e = remarks_forget(db, kept_person_id(who));
        if (e == OK)
                e = draft_ids_of(db, a, kept_person_id(who), &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                e = draft_let_go(db, a, l.v[i].id);
        return e;
}

const struct kept editing_kept[] = {
        { "draft", "owner_id remarked_by", "concepten", S_INIT("Teksten die u schrijft en die nog niet gepubliceerd zijn"),
          S_INIT("Om verder te kunnen schrijven, en om te weten van wie de tekst en de opmerkingen zijn."),
          S_INIT("Uw concepten verdwijnen. Opmerkingen die u bij teksten van anderen schreef, blijven zonder uw naam."), show_drafts, erase_drafts },
        { .table = NULL },
};

static enum err delete_old(struct req *rq, int64_t *next) {
        struct drafts_old_row_list l;
        enum err e = drafts_old(rq->db, rq->arena, rq->now_ms - KEEP_DRAFT_DAYS * RETENTION_DAY_MS, OLD_AT_ONCE, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                e = draft_let_go(rq->db, rq->arena, l.v[i].id);
        *next = e == OK && l.n == OLD_AT_ONCE;
        return e;
}

const struct retention_rule editing_retention[] = {
        { S_INIT("Concept van een tekst dat niemand meer wijzigt"), S_INIT(KEEP_TEXT(KEEP_DRAFT_DAYS) " dagen"), S_INIT("verder kunnen schrijven"),
          delete_old },
        { .what = { 0 } },
};
