/* web_register.c - /benchleren/aanpakken for everybody, and what an organisation records about its municipalities. */
#include "internal.h"
#include "register.tmpl.h"

static const struct page_note notes[] = {
        { "vastgelegd", S_INIT("De aanpak staat in het register.") },
        { "gewijzigd", S_INIT("De wijziging staat in het register, met wat er veranderde.") },
        { .code = NULL },
};

static enum err register_get(struct req *rq, struct resp *rs) {
        struct register_view v;
        enum err e = methods_used(rq->db, rq->arena, &v.methods);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, S("Aanpakken in gebruik"));
        p.description = S("Welke gemeente gebruikt welke aanpak, vanaf wanneer.");
        page_crumb(&p, p.title, rq->path);
        register_page(&p, &v);
        return page_done(&p);
}

static enum err desk_get(struct req *rq, struct resp *rs) {
        struct desk d;
        struct desk_view v = { .desk = &d };
        enum err e = desk_find(rq, &d);
        for (size_t i = 0; e == OK && i < d.places.n; i++) {
                struct method_use_list *l = arena_new(rq->arena, struct method_use_list);
                e = uses_at(rq->db, rq->arena, d.places.v[i].code, l);
                struct use_rows rows = use_rows_of(rq->arena, l, quarter_now(rq->arena, rq->now_ms));
                for (size_t k = 0; e == OK && k < rows.n; k++)
                        *vec_push(rq->arena, &v.uses) = rows.v[k];
        }
        if (e == OK)
                e = meetings_at(rq->db, rq->arena, d.o.id, 100, &v.meetings);
        if (e != OK)
                return e;
        v.note = page_note(rq, notes);
        struct page p = learn_desk_page(rq, rs, &d, str_fmt(rq->arena, "Benchleren van %.*s", STR(d.o.name)));
        desk_view_page(&p, &v);
        return page_done(&p);
}

/* ---- the form ---- */

/* What stands in the register, for the form that changes it. */
static struct str stands(struct arena *a, const struct method_use *u) {
        return str_fmt(a, "%lld %lld %.*s %lld %.*s %.*s", (long long) u->starts, (long long) u->ends.v, STR(u->extent), (long long) u->cost.v, STR(u->contact), STR(u->adapted));
}

static enum err form_draw(struct req *rq, struct resp *rs, struct desk *d, const struct method_use *u) {
        struct use_form f = { .desk = d, .use = u, .now = quarter_now(rq->arena, rq->now_ms) };
        enum err e = method_items(rq->db, rq->arena, &f.items);
        if (e != OK)
                return e;
        bool again = rq->method == POST;
        f.mark = u ? learn_mark(rq->arena, stands(rq->arena, u)) : S("");
        f.item = u ? S("") : req_text(rq, "aanpak");    /* a change cannot move them */
        f.place = u ? S("") : req_text(rq, "gemeente");
        if (u && !again) {
                f.begin = quarter_code(rq->arena, (int) u->starts);
                f.end = u->ends.is_set ? quarter_code(rq->arena, (int) u->ends.v) : S("");
                f.extent = u->extent;
                f.adapted = u->adapted;
                f.cost = u->cost.is_set ? str_fmt(rq->arena, "%lld", (long long) u->cost.v) : S("");
                f.contact = u->contact;
        } else if (again) {
                f.begin = req_text(rq, "begin");
                f.end = req_text(rq, "einde");
                f.extent = req_text(rq, "omvang");
                f.adapted = req_text(rq, "anders");
                f.cost = req_text(rq, "kosten");
                f.contact = req_text(rq, "contact");
        }
        struct str title = u ? str_fmt(rq->arena, "%.*s in %.*s wijzigen", STR(u->title), STR(u->place)) : S("Aanpak vastleggen");
        struct page p = learn_desk_page(rq, rs, d, title);
        use_form_page(&p, &f);
        return page_done(&p);
}

/* What the form says, checked. */
static void form_read(struct req *rq, struct use_new *n) {
        struct str cost = req_text(rq, "kosten");
        n->starts = quarter_read(req_text(rq, "begin"));
        n->extent = req_text(rq, "omvang");
        n->adapted = req_text(rq, "anders");
        n->contact = req_text(rq, "contact");
        if (!n->starts && !req_error_of(rq, "begin").n)
                req_error(rq, "begin", S("Kies het kwartaal waarin het begon"));
        if (req_has(rq, "einde"))
                n->ends = opt_i64(quarter_read(req_text(rq, "einde")));
        if (n->ends.is_set && n->ends.v < n->starts)
                req_error(rq, "einde", S("Kies een einde dat niet voor het begin ligt"));
        if (!method_extent_label(n->extent).n)
                req_error(rq, "omvang", S("Kies voor wie de gemeente het gebruikt"));
        int64_t euro = 0;
        if (cost.n && (!str_to_i64(cost, &euro) || euro < 0 || euro > METHOD_COST_MAX))
                req_error(rq, "kosten", S("Vul een heel aantal euro’s in, zonder punten, of laat het leeg"));
        else if (cost.n)
                n->cost = opt_i64(euro);
        if (str_index(n->contact, '@') < n->contact.n)
                req_error(rq, "contact", S("Noem een functie of afdeling, geen e-mailadres"));
}

static enum err new_get(struct req *rq, struct resp *rs) {
        struct desk d;
        enum err e = desk_find(rq, &d);
        return e == OK ? form_draw(rq, rs, &d, NULL) : e;
}

static enum err new_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct use_new n = { .once = rq->idempotency };
        struct method_item_row item;
        bool found = false;
        int64_t id = 0;
        enum err e = desk_find(rq, &d);
        if (e == OK)
                e = method_item(rq->db, rq->arena, req_text(rq, "aanpak"), &item, &found);
        if (e != OK)
                return e;
        const struct learn_place *place = d.places.n == 1 ? &d.places.v[0] : desk_place(&d, req_text(rq, "gemeente"));
        if (!found && !req_error_of(rq, "aanpak").n)
                req_error(rq, "aanpak", S("Kies een aanpak uit de lijst"));
        if (!place && !req_error_of(rq, "gemeente").n)
                req_error(rq, "gemeente", S("Kies de gemeente die het gebruikt"));
        form_read(rq, &n);
        if (rq->errors.n)
                return page_refused(rs, form_draw(rq, rs, &d, NULL));
        n.item_id = item.id;
        n.municipality = place->code;
        n.organisation_id = opt_i64(d.o.id);
        n.is_demo = d.o.is_demo;
        e = use_record(rq, &n, &id);
        if (e == ERR_CONFLICT) {
                req_error(rq, "begin", S("Deze aanpak staat al in het register met dit begin"));
                return page_refused(rs, form_draw(rq, rs, &d, NULL));
        }
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/benchleren/gebruik/%lld", (long long) id), "vastgelegd") : e;
}

/* A use of this desk. */
static enum err own_use(struct req *rq, struct desk *d, struct method_use *u) {
        int64_t id = 0;
        bool found = false, own = false;
        enum err e = desk_find(rq, d);
        if (e != OK || !str_to_i64(rq->param[1], &id))
                return e != OK ? e : ERR_NOT_FOUND;
        e = use_get(rq->db, rq->arena, id, u, &found);
        for (size_t i = 0; e == OK && found && i < d->places.n; i++)
                own |= str_eq(d->places.v[i].code, u->municipality);
        return e == OK && !own ? ERR_NOT_FOUND : e;
}

static enum err edit_get(struct req *rq, struct resp *rs) {
        struct desk d;
        struct method_use u;
        enum err e = own_use(rq, &d, &u);
        return e == OK ? form_draw(rq, rs, &d, &u) : e;
}

static void said(struct arena *a, struct str *text, const char *what, struct str from, struct str to) {
        if (str_eq(from, to))
                return;
        *text = str_fmt(a, "%.*s%s%s: van ‘%.*s’ naar ‘%.*s’.", STR(*text), text->n ? " " : "", what, STR(from), STR(to));
}

static struct str euro(struct arena *a, struct opt_i64 v) {
        return v.is_set ? str_fmt(a, "€ %lld", (long long) v.v) : S("niet gezegd");
}

static struct str until(struct arena *a, struct opt_i64 v) {
        return v.is_set ? quarter_text(a, (int) v.v) : S("nog in gebruik");
}

/* What is different, as everybody may read it. */
static struct str difference(struct arena *a, const struct method_use *u, const struct use_new *n) {
        struct str t = S("");
        said(a, &t, "Begin", quarter_text(a, (int) u->starts), quarter_text(a, (int) n->starts));
        said(a, &t, "Einde", until(a, u->ends), until(a, n->ends));
        said(a, &t, "Omvang", method_extent_label(u->extent), method_extent_label(n->extent));
        said(a, &t, "Wat anders gaat", u->adapted, n->adapted);
        said(a, &t, "Kosten per jaar", euro(a, u->cost), euro(a, n->cost));
        said(a, &t, "Contact", u->contact, n->contact);
        return t;
}

static enum err edit_post(struct req *rq, struct resp *rs) {
        struct desk d;
        struct method_use u;
        struct use_new n = { 0 };
        struct use_at_start_row other;
        bool taken = false;
        enum err e = own_use(rq, &d, &u);
        if (e != OK)
                return e;
        form_read(rq, &n);
        if (!rq->errors.n)
                (void) learn_is_current(rq, "begin", stands(rq->arena, &u), str_fmt(rq->arena, "Een collega wijzigde dit intussen. Slaat u nu op, dan verandert dit. %.*s",
                                        STR(difference(rq->arena, &u, &n))));
        if (!rq->errors.n)
                e = use_at_start(rq->db, rq->arena, u.municipality, u.item_id, n.starts, u.id, &other, &taken);
        if (e == OK && taken)
                req_error(rq, "begin", S("Deze aanpak staat al in het register met dit begin"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, form_draw(rq, rs, &d, &u));
        struct str what = e == OK ? difference(rq->arena, &u, &n) : S("");
        if (e == OK && what.n)
                e = use_change(rq->db, u.id, n.starts, n.ends, n.extent, n.adapted, n.cost, n.contact);
        if (e == OK && what.n)
                e = use_change_add(rq->db, u.id, rq->now_ms, rq->viewer.person_id, what);
        if (e == OK && what.n)
                e = people_trail(rq, "method.change", "method_use", u.id, opt_i64(d.o.id), S(""), S(""));
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/benchleren/gebruik/%lld", (long long) u.id), "gewijzigd") : e;
}

/* ---- on other pages ---- */

static enum err item_load(struct req *rq, const struct item_shown *item, void **ret) {
        struct item_uses *v = arena_new(rq->arena, struct item_uses);
        struct method_use_list *l = arena_new(rq->arena, struct method_use_list);
        enum err e = uses_of_item(rq->db, rq->arena, item->id, l);
        v->item = item;
        v->uses = use_rows_of(rq->arena, l, quarter_now(rq->arena, rq->now_ms));
        *ret = v;
        return e;
}

static void item_draw(struct page *p, const void *loaded) {
        item_uses_part(p, loaded);
}

const struct item_extra benchlearning_item_extra = { S_INIT("gebruikt-in"), S_INIT("Gebruikt in"), item_load, item_draw };

enum err benchlearning_place(struct req *rq, struct str code, struct str name, struct str slug, void **ret) {
        struct place_uses *v = arena_new(rq->arena, struct place_uses);
        struct method_use_list *l = arena_new(rq->arena, struct method_use_list);
        enum err e = uses_at(rq->db, rq->arena, code, l);
        *v = (struct place_uses) { name, slug, use_rows_of(rq->arena, l, quarter_now(rq->arena, rq->now_ms)) };
        *ret = v;
        return e;
}

void benchlearning_place_draw(struct page *p, const void *loaded) {
        place_uses_part(p, loaded);
}

#define USE_FIELDS \
        { .name = "was", .type = FIELD_CODE, .max = 16 }, \
        { .name = "begin", .type = FIELD_TEXT, .max = 8, .required = true, .missing = "Kies het kwartaal waarin het begon" }, \
        { .name = "einde", .type = FIELD_TEXT, .max = 8 }, \
        { .name = "omvang", .type = FIELD_CODE, .max = 20 }, \
        { .name = "anders", .type = FIELD_MULTILINE, .max = METHOD_ADAPTED_MAX }, \
        { .name = "kosten", .type = FIELD_TEXT, .max = 12 }, \
        { .name = "contact", .type = FIELD_TEXT, .max = METHOD_CONTACT_MAX, .required = true, .missing = "Noem een functie of afdeling bij wie collega's terechtkunnen" }
static const struct field start_fields[] = { { .name = "aanpak", .type = FIELD_CODE, .max = 200 }, { .name = "gemeente", .type = FIELD_CODE, .max = 100 }, { 0 } };
static const struct field new_fields[] = {
        { .name = "aanpak", .type = FIELD_CODE, .max = 200, .required = true, .missing = "Kies een aanpak uit de lijst" },
        { .name = "gemeente", .type = FIELD_CODE, .max = 100 }, USE_FIELDS, { 0 } };
static const struct field edit_fields[] = { USE_FIELDS, { 0 } };
static const struct field note_fields[] = { NOTE_FIELD, { 0 } };
#undef USE_FIELDS

const struct route benchlearning_register_routes[] = {
        { GET, "/benchleren/aanpakken", ACCESS_PUBLIC, register_get, NULL },
        { GET, "/benchleren/organisaties/{organisatie}", ACCESS_RIGHT, desk_get, note_fields, RIGHT_METHODS, 1 },
        { GET, "/benchleren/organisaties/{organisatie}/aanpakken/nieuw", ACCESS_RIGHT, new_get, start_fields, RIGHT_METHODS, 1 },
        { POST, "/benchleren/organisaties/{organisatie}/aanpakken/nieuw", ACCESS_RIGHT, new_post, new_fields, RIGHT_METHODS, 1 },
        { GET, "/benchleren/organisaties/{organisatie}/aanpakken/{nummer}", ACCESS_RIGHT, edit_get, NULL, RIGHT_METHODS, 1 },
        { POST, "/benchleren/organisaties/{organisatie}/aanpakken/{nummer}", ACCESS_RIGHT, edit_post, edit_fields, RIGHT_METHODS, 1 },
        { 0 },
};
