/* web.c - /mijn-lijsten, /lijst and /bewaren. */
#include "csv.h"
#include "internal.h"
#include "lists.tmpl.h"

static struct page mine(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn lijsten"), S("/mijn-lijsten"));
        return p;
}

static enum err overview_get(struct req *rq, struct resp *rs) {
        struct lists_of_row_list lists;
        enum err e = lists_of(rq->db, rq->arena, rq->viewer.person_id, &lists);
        if (e != OK)
                return e;
        struct page p = mine(rq, rs, S("Mijn lijsten"));
        lists_page(&p, &lists);
        return page_done(&p);
}

static struct str path_of(struct req *rq, int64_t id, const char *after) {
        return str_fmt(rq->arena, "/mijn-lijsten/%lld%s", (long long) id, after);
}

static enum err overview_post(struct req *rq, struct resp *rs) {
        struct str name = req_text(rq, "naam");
        int64_t id = 0;
        enum err e = rq->errors.n ? OK : list_make(rq, name, &id);
        if (e == ERR_LIMIT)
                req_error(rq, "naam", S("U hebt al 50 lijsten. Gooi eerst een lijst weg"));
        if (rq->errors.n)
                return page_refused(rs, overview_get(rq, rs));
        return e == OK ? resp_redirect(rs, path_of(rq, id, "")) : e;
}

/* The list in the address, when it is the visitor's. */
static enum err own_list(struct req *rq, struct list_view *v) {
        int64_t id;
        *v = (struct list_view) { .is_owner = true, .shared_at = S(""), .done = S("") };
        return str_to_i64(rq->param[0], &id) ? list_get(rq->db, rq->arena, id, rq->viewer.person_id, &v->head) : ERR_NOT_FOUND;
}

static enum err show_list(struct req *rq, struct resp *rs, struct list_view *v) {
        const struct site *site = rq->app;
        enum err e = list_entries(rq->db, rq->arena, v->head.id, &v->entries);
        if (e != OK)
                return e;
        struct page p = v->is_owner ? mine(rq, rs, v->head.name) : page_new(rq, rs, v->head.name, SECTION_KNOWLEDGE);
        p.unlisted = !v->is_owner;
        if (v->is_owner)
                page_crumb(&p, v->head.name, path_of(rq, v->head.id, ""));
        if (v->head.share.n)
                v->shared_at = str_fmt(rq->arena, "%.*s/lijst?t=%.*s", STR(site->origin), STR(v->head.share));
        list_page_of(&p, v);
        return page_done(&p);
}

static enum err list_get_page(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = own_list(rq, &v);
        return e == OK ? show_list(rq, rs, &v) : e;
}

static enum err shared_get(struct req *rq, struct resp *rs) {
        struct list_view v = { .shared_at = S(""), .done = S("") };
        bool found;
        enum err e = list_by_share(rq->db, rq->arena, req_text(rq, "t"), &v.head, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        rs->cache = CACHE_NONE;
        return e == OK ? show_list(rq, rs, &v) : e;
}

static enum err rename_post(struct req *rq, struct resp *rs) {
        struct list_view v;
        struct list_named_row same;
        struct str name = req_text(rq, "naam");
        bool found = false;
        enum err e = own_list(rq, &v);
        if (e == OK && rq->errors.n == 0)
                e = list_named(rq->db, rq->arena, rq->viewer.person_id, name, &same, &found);
        if (e == OK && found && same.id != v.head.id)
                req_error(rq, "naam", S("U hebt al een lijst met deze naam"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, list_get_page(rq, rs));
        if (e == OK)
                e = list_rename(rq->db, v.head.id, name);
        return e == OK ? resp_redirect(rs, path_of(rq, v.head.id, "")) : e;
}

static enum err share_post(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = own_list(rq, &v);
        if (e == OK)
                e = list_share(rq, v.head.id, str_eq(req_text(rq, "delen"), S("ja")));
        return e == OK ? resp_redirect(rs, path_of(rq, v.head.id, "#delen")) : e;
}

static enum err delete_post(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = own_list(rq, &v);
        if (e == OK)
                e = list_clear(rq->db, v.head.id);
        if (e == OK)
                e = list_delete(rq->db, v.head.id);
        return e == OK ? resp_redirect(rs, S("/mijn-lijsten")) : e;
}

static enum err change_entry(struct req *rq, const struct list_view *v, size_t at) {
        struct str what = req_text(rq, "doe");
        if (str_eq(what, S("weg")))
                return entry_delete(rq->db, v->head.id, v->entries.v[at].id);
        if (str_eq(what, S("omhoog")))
                return list_move(rq, v->head.id, &v->entries, at, at ? at - 1 : 0);
        if (str_eq(what, S("omlaag")))
                return list_move(rq, v->head.id, &v->entries, at, at + 1 < v->entries.n ? at + 1 : at);
        return entry_set(rq->db, v->head.id, v->entries.v[at].id, v->entries.v[at].position, req_text(rq, "notitie"));
}

static enum err entry_post(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = own_list(rq, &v);
        if (e == OK && rq->errors.n)
                return page_refused(rs, list_get_page(rq, rs));
        if (e == OK)
                e = list_entries(rq->db, rq->arena, v.head.id, &v.entries);
        if (e != OK)
                return e;
        size_t at = 0;
        while (at < v.entries.n && !str_eq(v.entries.v[at].slug, req_text(rq, "tekst")))
                at++;
        if (at < v.entries.n)           /* somebody may have taken it away in another window */
                e = change_entry(rq, &v, at);
        return e == OK ? resp_redirect(rs, path_of(rq, v.head.id, "")) : e;
}

static void cell(struct buf *b, struct str s, char end) {
        csv_field(b, s);
        buf_char(b, end);
}

static enum err csv_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct list_view v;
        enum err e = own_list(rq, &v);
        if (e == OK)
                e = list_entries(rq->db, rq->arena, v.head.id, &v.entries);
        if (e != OK)
                return e;
        rs->content_type = "text/csv; charset=utf-8; header=present";
        rs->filename = S("lijst.csv");
        rs->cache = CACHE_NONE;
        buf_str(&rs->body, S("titel,soort,fase,samenvatting,notitie,adres\n"));
        for (size_t i = 0; i < v.entries.n; i++) {
                const struct list_entries_row *r = &v.entries.v[i];
                cell(&rs->body, r->title, ',');
                cell(&rs->body, r->kind_label, ',');
                cell(&rs->body, r->phase_labels, ',');
                cell(&rs->body, r->summary, ',');
                cell(&rs->body, r->note, ',');
                cell(&rs->body, str_fmt(rq->arena, "%.*s/kennis/%.*s", STR(site->origin), STR(r->slug)), '\n');
        }
        return rs->body.full ? ERR_LIMIT : OK;
}

/* Keeping an item: which list? */
static enum err asked_item(struct req *rq, struct keep_view *v) {
        bool found;
        enum err e = listed_item(rq->db, rq->arena, req_text(rq, "tekst"), &v->item, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        return e == OK ? lists_of(rq->db, rq->arena, rq->viewer.person_id, &v->lists) : e;
}

static enum err keep_get(struct req *rq, struct resp *rs) {
        struct keep_view v;
        enum err e = asked_item(rq, &v);
        if (e != OK)
                return e;
        struct page p = mine(rq, rs, S("Bewaren in een lijst"));
        keep_page(&p, &v);
        return page_done(&p);
}

static enum err keep_post(struct req *rq, struct resp *rs) {
        struct keep_view v;
        struct list_head head;
        struct str name = req_text(rq, "naam");
        int64_t id = req_integer(rq, "lijst", 0);
        enum err e = asked_item(rq, &v);
        if (e == OK && id == 0 && name.n == 0 && rq->errors.n == 0)
                req_error(rq, "naam", S("Kies een lijst, of geef een nieuwe lijst een naam"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, keep_get(rq, rs));
        if (e == OK)
                e = name.n ? list_make(rq, name, &id) : list_get(rq->db, rq->arena, id, rq->viewer.person_id, &head);
        if (e == OK)
                e = list_keep(rq, id, v.item.id);
        if (e == ERR_LIMIT) {
                req_error(rq, "naam", S("Deze lijst is vol, of u hebt al 50 lijsten. Haal eerst iets weg"));
                return page_refused(rs, keep_get(rq, rs));
        }
        return e == OK ? resp_redirect(rs, path_of(rq, id, "")) : e;
}

#define NAME_FIELD .name = "naam", .type = FIELD_TEXT, .max = LIST_NAME_MAX
static const struct field name_fields[] = { { NAME_FIELD, .required = true, .missing = "Geef de lijst een naam" }, { 0 } };
static const struct field share_fields[] = { { .name = "delen", .type = FIELD_CODE, .max = 5 }, { 0 } };
static const struct field token_fields[] = { { .name = "t", .type = FIELD_TOKEN, .max = 40, .required = true }, { 0 } };
static const struct field entry_fields[] = {
        { .name = "tekst", .type = FIELD_CODE, .max = 200, .required = true }, { .name = "doe", .type = FIELD_CODE, .max = 10 },
        { .name = "notitie", .type = FIELD_TEXT, .max = LIST_NOTE_MAX }, { 0 },
};
static const struct field keep_fields[] = {
        { .name = "tekst", .type = FIELD_CODE, .max = 200, .required = true }, { .name = "lijst", .type = FIELD_INTEGER, .max = INT64_MAX },
        { NAME_FIELD }, { 0 },
};
static const struct field item_fields[] = { { .name = "tekst", .type = FIELD_CODE, .max = 200, .required = true }, { 0 } };

const struct route reading_routes[] = {
        { GET, "/mijn-lijsten", ACCESS_SIGNED_IN, overview_get, NULL },
        { POST, "/mijn-lijsten", ACCESS_SIGNED_IN, overview_post, name_fields },
        { GET, "/mijn-lijsten/{id}", ACCESS_SIGNED_IN, list_get_page, NULL },
        { GET, "/mijn-lijsten/{id}/lijst.csv", ACCESS_SIGNED_IN, csv_get, NULL },
        { POST, "/mijn-lijsten/{id}/naam", ACCESS_SIGNED_IN, rename_post, name_fields },
        { POST, "/mijn-lijsten/{id}/delen", ACCESS_SIGNED_IN, share_post, share_fields },
        { POST, "/mijn-lijsten/{id}/weg", ACCESS_SIGNED_IN, delete_post, NULL },
        { POST, "/mijn-lijsten/{id}/tekst", ACCESS_SIGNED_IN, entry_post, entry_fields },
        { GET, "/lijst", ACCESS_PUBLIC, shared_get, token_fields },
        { GET, "/bewaren", ACCESS_SIGNED_IN, keep_get, item_fields },
        { POST, "/bewaren", ACCESS_SIGNED_IN, keep_post, keep_fields },
        { 0 },
};
