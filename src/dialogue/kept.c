/* kept.c - what this room keeps of people, and for how long. */
#include "internal.h"

static struct str kind_of(struct str kind) {
        return str_eq(kind, S("vraag")) ? S("vraag") : str_eq(kind, S("antwoord")) ? S("antwoord") : S("praktijkervaring");
}

static enum err show_posts(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct post_list rows;
        enum err e = posts_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct post *p = &rows.v[i];
                kept_begin(k);
                kept_text(k, "soort", S("Soort"), kind_of(p->kind));
                kept_text(k, "titel", S("Titel"), p->title);
                kept_text(k, "tekst", S("Tekst"), p->body);
                kept_text(k, "nodig", S("Wat u nodig had"), p->needed);
                kept_text(k, "resultaat", S("Wat het opleverde"), p->result);
                kept_text(k, "stand", S("Stand"), p->state);
                kept_time(k, "geschreven", S("Geschreven"), p->created_ms);
        }
        return e;
}

static enum err show_reports(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct reports_of_person_row_list rows;
        enum err e = reports_of_person(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "over", S("Over"), rows.v[i].title.n ? rows.v[i].title : kind_of(rows.v[i].kind));
                kept_text(k, "reden", S("Reden"), dialogue_label(dialogue_reasons, rows.v[i].reason));
                kept_text(k, "toelichting", S("Toelichting"), rows.v[i].remark);
                kept_time(k, "gemeld", S("Gemeld"), rows.v[i].reported_ms);
        }
        return e;
}

static enum err erase_reports(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        return reports_delete_of(db, kept_person_id(who));
}

const struct kept dialogue_kept[] = {
        { "post", "person_id", "bijdragen", S_INIT("Uw vragen, antwoorden en praktijkervaringen"), S_INIT("Om collega's te laten lezen wat u vroeg en vertelde."),
          S_INIT("Blijven staan, zonder uw naam: er komt ‘Een oud-deelnemer’ te staan. Wilt u dat niet? Trek dan eerst alles in op de pagina Mijn bijdragen."),
          show_posts, NULL },
        { "post_report", "person_id", "meldingen", S_INIT("Wat u meldde over bijdragen van anderen"), S_INIT("Om een moderator te laten kijken."),
          S_INIT("Wordt gewist."), show_reports, erase_reports },
        { .table = NULL },
};

static enum err end_reports(struct req *rq, int64_t *next) {
        (void) next;
        return reports_delete_before(rq->db, rq->now_ms - KEEP_POST_DAYS * RETENTION_DAY_MS);
}

static enum err end_removed(struct req *rq, int64_t *next) {
        (void) next;
        return posts_wipe_removed(rq->db, rq->now_ms - KEEP_POST_DAYS * RETENTION_DAY_MS);
}

const struct retention_rule dialogue_retention[] = {
        { S_INIT("Vraag, antwoord of praktijkervaring"), S_INIT("tot u hem intrekt. De tekst is dan meteen weg"), S_INIT("mensen in het vak van elkaar laten leren"), NULL },
        { S_INIT("Tekst van een bijdrage die een moderator verwijderde"), S_INIT(KEEP_TEXT(KEEP_POST_DAYS) " dagen"), S_INIT("u de tijd geven om bezwaar te maken"),
          end_removed },
        { S_INIT("Melding over een bijdrage"), S_INIT("tot een moderator besluit, hoogstens " KEEP_TEXT(KEEP_POST_DAYS) " dagen"),
          S_INIT("ingrijpen als iets niet op de site hoort"), end_reports },
        { .what = { 0 } },
};
