/* helped.c - "Hielp deze pagina?", and what editors did with the reasons. The page of the item has no form with a token, so that
 * a browser may keep it: its buttons lead to a page that sends the answer. */
#include "clock.h"
#include "helped.tmpl.h"
#include "internal.h"
#include "people.h"

#define REASONS_SHOWN 100
#define REPLY_MAX 1000                  /* characters */

static const struct feedback_kind *answer_of(struct str code) {
        for (const struct feedback_kind *k = helped_answers; k->code.n; k++)
                if (str_eq(k->code, code))
                        return k;
        return NULL;
}

static enum err item_of(struct req *rq, struct helped_page_row *ret) {
        bool found = false;
        enum err e = helped_page(rq->db, rq->arena, rq->param[0], ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static struct page page_of(struct req *rq, struct resp *rs, const struct helped_page_row *item, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_KNOWLEDGE);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, item->title, str_fmt(rq->arena, "/kennis/%.*s", STR(item->slug)));
        page_crumb(&p, title, rq->path);
        return p;
}

static enum err draw(struct req *rq, struct resp *rs) {
        struct helped_form f = { .answer = req_text(rq, "antwoord"), .reason = req_text(rq, "reden") };
        enum err e = item_of(rq, &f.item);
        if (e != OK)
                return e == ERR_NOT_FOUND ? knowledge_leads_on(rq, rs) : e;
        struct page p = page_of(rq, rs, &f.item, S("Hielp deze pagina?"));
        helped_form_page(&p, &f);
        return page_done(&p);
}

static enum err helped_post(struct req *rq, struct resp *rs) {
        struct helped_page_row item;
        const struct feedback_kind *answer = answer_of(req_text(rq, "antwoord"));
        int64_t id = 0;
        enum err e = item_of(rq, &item);
        if (e != OK)
                return e == ERR_NOT_FOUND ? knowledge_leads_on(rq, rs) : e;
        if (!answer && req_error_of(rq, "antwoord").n == 0)
                req_error(rq, "antwoord", S("Kies een antwoord"));
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs));
        e = helped_add(rq->db, rq->now_ms, str_fmt(rq->arena, "/kennis/%.*s", STR(item.slug)), str_fmt(rq->arena, "hielp-%.*s", STR(answer->code)),
                       req_text(rq, "reden"), rq->idempotency, &id);
        if (e == OK)
                e = helped_count(rq->db, item.id, answer == helped_answers, answer == helped_answers + 1, answer == helped_answers + 2);
        return e == OK || e == ERR_CONFLICT ? resp_redirect(rs, str_fmt(rq->arena, "/kennis/%.*s/hielp/bedankt", STR(item.slug))) : e;
}

static enum err thanks_get(struct req *rq, struct resp *rs) {
        struct helped_page_row item;
        enum err e = item_of(rq, &item);
        if (e != OK)
                return e == ERR_NOT_FOUND ? knowledge_leads_on(rq, rs) : e;
        struct page p = page_of(rq, rs, &item, S("Dank u wel voor uw antwoord"));
        helped_thanks_page(&p, &item);
        return page_done(&p);
}

/* On the page of the item. */

static enum err part_load(struct req *rq, const struct item_shown *item, void **ret) {
        struct helped_view *v = arena_new(rq->arena, struct helped_view);
        v->item = item;
        *ret = v;
        return helped_on_item(rq->db, rq->arena, item->id, &v->counts);
}

static void part_draw(struct page *p, const void *loaded) {
        helped_part(p, loaded);
}

const struct item_extra helped_item_extra = { { 0 }, { 0 }, part_load, part_draw };

/* For editors. */

static enum err reply_draw(struct req *rq, struct resp *rs) {
        struct reply_form f = { 0 };
        enum err e = item_of(rq, &f.item);
        if (e == OK)
                e = helped_on_item(rq->db, rq->arena, f.item.id, &f.counts);
        if (e == OK)
                e = feedback_about_page(rq->db, rq->arena, str_fmt(rq->arena, "/kennis/%.*s", STR(f.item.slug)), REASONS_SHOWN, &f.reasons);
        if (e != OK)
                return e;
        f.reply = rq->method == POST ? req_text(rq, "tekst") : f.counts.reply;
        struct page p = page_new(rq, rs, S("Wat wij met reacties deden"), SECTION_ADMIN);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        page_crumb(&p, S("Reacties van bezoekers"), S("/beheer/reacties"));
        page_crumb(&p, f.item.title, rq->path);
        reply_page(&p, &f);
        return page_done(&p);
}

static enum err reply_post(struct req *rq, struct resp *rs) {
        struct helped_page_row item;
        struct str reply = req_text(rq, "tekst");
        enum err e = item_of(rq, &item);
        if (e == OK && rq->errors.n)
                return page_refused(rs, reply_draw(rq, rs));
        if (e == OK)
                e = reply.n ? reply_set(rq->db, item.id, reply, clock_dutch_day(rq->arena, rq->now_ms)) : reply_delete(rq->db, item.id);
        if (e == OK)
                e = people_trail(rq, "page.reply", "item", item.id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/kennis/%.*s#hielp", STR(item.slug))) : e;
}

static const struct field helped_fields[] = {
        { .name = "antwoord", .type = FIELD_CODE, .max = 20 }, { .name = "reden", .type = FIELD_MULTILINE, .max = HELPED_REASON_MAX }, { 0 },
};
static const struct field reply_fields[] = { { .name = "tekst", .type = FIELD_MULTILINE, .max = REPLY_MAX }, { 0 } };

const struct route helped_routes[] = {
        { GET, "/kennis/{slug}/hielp", ACCESS_PUBLIC, draw, helped_fields },
        { POST, "/kennis/{slug}/hielp", ACCESS_PUBLIC, helped_post, helped_fields },
        { GET, "/kennis/{slug}/hielp/bedankt", ACCESS_PUBLIC, thanks_get, NULL },
        { GET, "/beheer/reacties/{slug}", ACCESS_RIGHT, reply_draw, NULL, RIGHT_FEEDBACK },
        { POST, "/beheer/reacties/{slug}", ACCESS_RIGHT, reply_post, reply_fields, RIGHT_FEEDBACK },
        { 0 },
};
