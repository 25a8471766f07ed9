/* item.c - what an editor does with an item: change it, give it another address, withdraw it, put an older text back. */
#include "item_desk.tmpl.h"
#include "internal.h"
#include "knowledge_publish.h"
#include "utf8.h"
#include "views.h"

const struct field editing_rename_fields[] = {
        { .name = "adres", .type = FIELD_CODE, .max = 150, .required = true, .missing = "Vul een adres in, met kleine letters, cijfers en streepjes" }, { 0 },
};
const struct field editing_withdraw_fields[] = {
        { .name = "reden", .type = FIELD_MULTILINE, .max = 600, .required = true, .missing = "Schrijf waarom de tekst verdwijnt" }, { 0 },
};
const struct field editing_restore_fields[] = {
        { .name = "versie", .type = FIELD_INTEGER, .min = 1, .max = INT32_MAX, .required = true, .missing = "Kies een versie" }, { 0 },
};

static enum err load(struct req *rq, struct item_view_of_editor *v) {
        struct draft_of_item_row own;
        struct drafts_beside_row others = { 0 };
        bool found = false;
        struct versions_of_row_list versions = { 0 };
        enum err e = path_item(rq, &v->item);
        if (e == OK)
                e = draft_of_item(rq->db, rq->arena, v->item.id, rq->viewer.person_id, &own, &found);
        if (e == OK && found)
                v->own_draft = opt_i64(own.id);
        if (e == OK)
                e = drafts_beside(rq->db, rq->arena, v->item.id, rq->viewer.person_id, &others);
        v->others = others.n;
        if (e == OK)
                e = broken_of(rq->db, rq->arena, v->item.id, LINK_NIGHTS, &v->broken);
        if (e == OK)
                e = versions_of(rq->db, rq->arena, v->item.id, &versions);
        v->newer = versions;
        v->newer.n = 0;
        while (e == OK && v->newer.n < versions.n && versions.v[v->newer.n].number > v->item.version)
                v->newer.n++;
        return e;
}

static enum err show_item(struct req *rq, struct resp *rs) {
        struct item_view_of_editor v = { 0 };
        enum err e = load(rq, &v);
        if (e != OK)
                return e;
        struct page p = editing_page(rq, rs, v.item.title);
        page_crumb(&p, p.title, str_fmt(rq->arena, "/redactie/kennis/%.*s", STR(v.item.slug)));
        editing_item_desk_page(&p, &v);
        return page_done(&p);
}

enum err editing_item_get(struct req *rq, struct resp *rs) {
        return show_item(rq, rs);
}

/* The visitor's draft of ITEM: the one there is, or a new one. What its writer took back does not return. */
static enum err draft_for(struct req *rq, const struct edited_item *item, int64_t *id, bool *is_new) {
        return item->wiped ? ERR_CONFLICT : draft_open(rq, item->id, id, is_new);
}

enum err editing_item_edit_post(struct req *rq, struct resp *rs) {
        struct edited_item item;
        int64_t id = 0;
        bool is_new;
        enum err e = path_item(rq, &item);
        if (e == OK)
                e = draft_for(rq, &item, &id, &is_new);
        return e == OK ? page_noted(rq, rs, draft_path(rq->arena, id, ""), "begonnen") : e;
}

/* Through a draft and four eyes, like every change. */
enum err editing_item_restore_post(struct req *rq, struct resp *rs) {
        struct edited_item item;
        struct version_of_row version;
        struct draft d;
        int64_t id = 0, number = req_integer(rq, "versie", 0);
        bool is_new, found = false;
        enum err e = path_item(rq, &item);
        if (e == OK)
                e = version_of(rq->db, rq->arena, item.id, number, &version, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = draft_for(rq, &item, &id, &is_new);
        if (e == OK && !is_new) {
                req_error(rq, "versie", S("U hebt al een concept van deze tekst. Maak dat eerst af, of gooi het weg."));
                return page_refused(rs, show_item(rq, rs));
        }
        if (e == OK)
                e = draft_get(rq->db, rq->arena, id, &d);
        if (e == OK)
                e = draft_save(rq->db, rq->arena, &d, version.text, rq->now_ms);
        d.note = str_fmt(rq->arena, number > item.version ? "De tekst van versie %lld is overgenomen." : "De tekst van versie %lld is teruggezet.",
                         (long long) number);
        if (e == OK)
                e = draft_state(rq->db, &d, S(DRAFT_WRITING), rq->now_ms);
        return e == OK ? resp_redirect(rs, draft_path(rq->arena, id, "/nakijken")) : e;
}

enum err editing_item_rename_post(struct req *rq, struct resp *rs) {
        struct edited_item item;
        struct published_text_row now;
        struct text_error error;
        struct str address = req_text(rq, "adres");
        int64_t id = 0;
        enum err e = path_item(rq, &item);
        if (e == OK && !str_eq(item.state, S("published")))
                return ERR_CONFLICT;
        if (e == OK && rq->errors.n == 0 && !str_eq(address, utf8_slug(rq->arena, address)))
                req_error(rq, "adres", S("Gebruik kleine letters en cijfers, met losse streepjes ertussen"));
        if (e == OK && rq->errors.n == 0 && str_eq(address, item.slug))
                req_error(rq, "adres", S("Dit is het adres dat de tekst al heeft"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_item(rq, rs));
        if (e == OK)
                e = published_text(rq->db, rq->arena, item.id, &now);
        if (e == OK)
                e = knowledge_publish(rq->db, rq->arena, &(struct knowledge_publication) { .item_id = item.id, .slug = address, .text = now.text,
                                      .note = S("De tekst kreeg een nieuw adres."),
                                      .made_by = opt_i64(rq->viewer.person_id), .checked_by = now.checked_by, .now_ms = rq->now_ms },
                                      &error, &id);
        if (e == ERR_CONFLICT) {
                req_error(rq, "adres", S("Een andere tekst heeft of had dit adres. Kies een ander."));
                return page_refused(rs, show_item(rq, rs));
        }
        if (e == OK)
                e = editing_trail(rq, "item.rename", "item", item.id);
        if (e == OK)
                e = knowledge_index(rq, item.id);
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/redactie/kennis/%.*s", STR(address)), "verhuisd") : e;
}

enum err editing_item_withdraw_post(struct req *rq, struct resp *rs) {
        struct edited_item item;
        enum err e = path_item(rq, &item);
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_item(rq, rs));
        if (e == OK)
                e = knowledge_withdraw(rq->db, rq->arena, item.id, req_text(rq, "reden"), rq->now_ms);
        if (e == OK)
                e = editing_trail(rq, "item.withdraw", "item", item.id);
        if (e == OK)
                e = knowledge_index(rq, item.id);
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/redactie/kennis/%.*s", STR(item.slug)), "ingetrokken") : e;
}
