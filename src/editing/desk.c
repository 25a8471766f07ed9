/* desk.c - the work list, and a new text. */
#include "desk.tmpl.h"
#include "clock.h"
#include "internal.h"
#include "people_retention.h"
#include "views.h"

static struct str day_after(struct req *rq, int days) {
        return clock_dutch_day(rq->arena, rq->now_ms + days * RETENTION_DAY_MS);
}

enum err editing_desk_get(struct req *rq, struct resp *rs) {
        struct desk_view v = { .today = today_of(rq) };
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        enum err e = drafts_of(db, a, rq->viewer.person_id, S(DRAFT_ARTICLE), &v.own);
        if (e == OK)
                e = drafts_asked(db, a, &v.asked);
        if (e == OK)
                e = items_to_review(db, a, day_after(rq, REVIEW_DAYS), LIST_MOST, &v.review);
        if (e == OK)
                e = items_with_newer(db, a, LIST_MOST, &v.newer);
        if (e == OK)
                e = broken_items(db, a, LINK_NIGHTS, LIST_MOST, &v.broken);
        if (e == OK)
                e = links_counted(db, a, &v.links);
        if (e != OK)
                return e;
        size_t n = 0;
        for (size_t i = 0; i < v.asked.n; i++)          /* nobody checks what is one's own */
                if (v.asked.v[i].owner_id != rq->viewer.person_id)
                        v.asked.v[n++] = v.asked.v[i];
        v.asked.n = n;
        struct page p = page_new(rq, rs, S("Redactie"), SECTION_ADMIN);
        page_crumb(&p, S("Redactie"), S("/redactie"));
        editing_desk_page(&p, &v);
        return page_done(&p);
}

const struct field editing_new_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies wat voor tekst u gaat schrijven" }, { 0 },
};

static enum err show_new(struct req *rq, struct resp *rs) {
        struct kinds_to_write_row_list kinds;
        enum err e = kinds_to_write(rq->db, rq->arena, &kinds);
        if (e != OK)
                return e;
        struct page p = editing_page(rq, rs, S("Nieuwe tekst"));
        page_crumb(&p, p.title, rq->path);
        editing_new_page(&p, &kinds);
        return page_done(&p);
}

enum err editing_new_get(struct req *rq, struct resp *rs) {
        return show_new(rq, rs);
}

enum err editing_new_post(struct req *rq, struct resp *rs) {
        struct kinds_to_write_row_list kinds;
        struct str kind = req_text(rq, "soort");
        int64_t id = 0;
        bool known = false;
        enum err e = kinds_to_write(rq->db, rq->arena, &kinds);
        for (size_t i = 0; e == OK && i < kinds.n; i++)
                known |= str_eq(kinds.v[i].code, kind);
        if (e == OK && !known && rq->errors.n == 0)
                req_error(rq, "soort", S("Kies wat voor tekst u gaat schrijven"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_new(rq, rs));
        if (e == OK)
                e = draft_make(rq->db, rq->arena, &(struct draft_new) { .purpose = DRAFT_ARTICLE, .kind = kind, .owner_id = rq->viewer.person_id,
                               .now_ms = rq->now_ms, .idempotency = rq->idempotency }, &id);
        return e == OK ? resp_redirect(rs, draft_path(rq->arena, id, "/deel/kenmerken")) : e;
}
