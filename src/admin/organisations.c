/* organisations.c - the list of organisations; adding, changing and closing one; and what visitors see of it. */
#include "internal.h"
#include "json.h"
#include "organisations.tmpl.h"
#include "utf8.h"
#include "views.h"

const struct field organisations_fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 100 },
        { .name = "na", .type = FIELD_TEXT, .max = 600 },               /* where the page before ended: sort key and id */
        { .name = "na-id", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX },
        NOTE_FIELD, { 0 },
};

static struct str next_address(struct req *rq, const struct organisation_line *last) {
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_str(&b, S("/beheer/organisaties?na="));
        html_urlpart(&b, last->sort_key);
        buf_fmt(&b, "&na-id=%lld", (long long) last->id);
        return str_dup(rq->arena, buf_view(&b));
}

enum err organisations_get(struct req *rq, struct resp *rs) {
        struct organisations_view v = { .query = req_text(rq, "q") };
        struct str low = organisation_sort_key(rq->arena, v.query);
        enum err e = v.query.n ? organisations_named(rq->db, rq->arena, low, str_fmt(rq->arena, "%.*s\xEF\xBF\xBF", STR(low)),
                                                     4 * ADMIN_PAGE, &v.rows)
                               : organisations_from(rq->db, rq->arena, req_text(rq, "na"), req_integer(rq, "na-id", 0), ADMIN_PAGE + 1,
                                                    &v.rows);
        if (e != OK)
                return e;
        if (!v.query.n && v.rows.n > ADMIN_PAGE) {
                v.rows.n = ADMIN_PAGE;
                v.next = next_address(rq, &v.rows.v[ADMIN_PAGE - 1]);
        }
        struct page p = admin_page(rq, rs, S("Organisaties"));
        page_crumb(&p, p.title, rq->path);
        organisations_page(&p, &v);
        return page_done(&p);
}

/* The form. */

const struct field organisation_fields[] = {
        { .name = "naam", .type = FIELD_TEXT, .max = 200, .required = true, .missing = "Vul de naam van de organisatie in" },
        { .name = "soort", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies wat voor organisatie het is" },
        { .name = "website", .type = FIELD_TEXT, .max = 300 },
        { .name = "gemeenten", .type = FIELD_MULTILINE, .max = 6000 },
        { 0 },
};

static enum err draw_form(struct req *rq, struct resp *rs, const struct organisation *o, const struct organisation_form *f) {
        struct page p = admin_page(rq, rs, f->is_new ? S("Organisatie toevoegen")
                                                     : str_fmt(rq->arena, "Gegevens van %.*s", STR(o->name)));
        if (!f->is_new)
                page_crumb(&p, o->name, organisation_path(rq->arena, o->slug, ""));
        page_crumb(&p, f->is_new ? p.title : S("Gegevens"), rq->path);
        organisation_form_page(&p, f);
        return page_done(&p);
}

static struct organisation_form typed(struct req *rq, struct str back, bool is_new) {
        return (struct organisation_form) { rq->path, back, req_text(rq, "naam"), req_text(rq, "soort"), req_text(rq, "website"),
                                            req_text(rq, "gemeenten"), is_new };
}

static struct str website(struct req *rq) {
        struct str w = req_text(rq, "website");
        if (w.n && !str_starts(w, S("https://")) && !str_starts(w, S("http://")))
                w = str_fmt(rq->arena, "https://%.*s", STR(w));
        if (w.n && (!str_eq(url_checked(w).bytes, w) || str_index(w, '.') == w.n || str_index(w, '@') < w.n))
                req_error(rq, "website", S("Vul een webadres in, bijvoorbeeld https://www.almere.nl"));
        return w.n ? w : (struct str) { 0 };
}

/* What was typed, checked. Mistakes are in rq->errors. */
static enum err read_form(struct req *rq, struct organisation_new *ret) {
        struct place_codes places;
        const struct organisation_kind *kind = organisation_kind(req_text(rq, "soort"));
        *ret = (struct organisation_new) { .name = req_text(rq, "naam"), .kind = req_text(rq, "soort"), .website = website(rq) };
        if (!kind && req_error_of(rq, "soort").n == 0)
                req_error(rq, "soort", S("Kies wat voor organisatie het is"));
        enum err e = places_read(rq, "gemeenten", req_text(rq, "gemeenten"), &places);
        ret->places = places.v;
        ret->places_n = places.n;
        size_t most = kind && !kind->many ? 1 : ORGANISATION_PLACES_MAX;
        if (e == OK && kind && places.n > most && req_error_of(rq, "gemeenten").n == 0)
                req_error(rq, "gemeenten", str_fmt(rq->arena, most == 1 ? "Een gemeente werkt voor één gemeente. Haal er %zu weg."
                                                                        : "Vul hooguit 60 gemeenten in. Haal er %zu weg.", places.n - most));
        struct str slug = utf8_slug(rq->arena, ret->name);
        if (ret->name.n && (slug.n == 0 || str_eq(slug, S("nieuw"))))
                req_error(rq, "naam", S("Vul de hele naam van de organisatie in"));
        return e;
}

enum err organisation_new_get(struct req *rq, struct resp *rs) {
        return draw_form(rq, rs, NULL, &(struct organisation_form) { .action = rq->path, .back = S("/beheer/organisaties"),
                                                                     .is_new = true });
}

/* For the trail: what an organisation was or became. */
static struct str as_json(struct arena *a, struct str name, struct str kind, struct str web, const struct str *places, size_t n) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        /* audit.h refuses an "@" as a sign of an address */
        if (str_index(name, '@') == name.n)
                json_str(&j, "name", name);
        json_str(&j, "kind", kind);
        json_str(&j, "website", web);
        json_array(&j, "municipalities");
        for (size_t i = 0; i < n; i++)
                json_str(&j, NULL, places[i]);
        json_end_array(&j);
        json_end_object(&j);
        return str_dup(a, buf_view(&b));
}

static struct str new_json(struct arena *a, const struct organisation_new *o) {
        return as_json(a, o->name, o->kind, o->website, o->places, o->places_n);
}

static struct str old_json(struct arena *a, const struct organisation *o, const struct organisation_places_row_list *l) {
        struct place_codes codes = { 0 };
        for (size_t i = 0; i < l->n; i++)
                *vec_push(a, &codes) = l->v[i].municipality;
        return as_json(a, o->name, o->kind, o->website, codes.v, codes.n);
}

static enum err trail(struct req *rq, const char *action, int64_t id, struct str before, struct str after) {
        return people_trail(rq, action, "organisation", id, opt_i64(id), before, after);
}

enum err organisation_new_post(struct req *rq, struct resp *rs) {
        struct organisation_new o;
        struct organisation made;
        int64_t id = 0;
        bool found = false;
        enum err e = read_form(rq, &o);
        if (e == OK && rq->errors.n == 0) {
                e = organisation_make(rq->db, rq->arena, &o, rq->now_ms, &id);
                if (e == ERR_CONFLICT)
                        req_error(rq, "naam", S("Er is al een organisatie met deze naam. Zoek haar op, of kies een andere naam."));
        }
        struct organisation_form f = typed(rq, S("/beheer/organisaties"), true);
        if (rq->errors.n)
                return page_refused(rs, draw_form(rq, rs, NULL, &f));
        if (e == OK)
                e = trail(rq, "organisation.add", id, S(""), new_json(rq->arena, &o));
        if (e == OK)
                e = organisation_by_id(rq->db, rq->arena, id, &made, &found);
        return e == OK ? page_noted(rq, rs, organisation_path(rq->arena, made.slug, ""), "toegevoegd") : e;
}

static enum err load(struct req *rq, struct organisation_view *v) {
        enum err e = admin_organisation(rq, &v->o);
        return e == OK ? organisation_places(rq->db, rq->arena, v->o.id, &v->places) : e;
}

enum err organisation_edit_get(struct req *rq, struct resp *rs) {
        struct organisation_view v = { 0 };
        _cleanup_(buf_done) struct buf names = { 0 };
        enum err e = load(rq, &v);
        if (e != OK)
                return e;
        for (size_t i = 0; i < v.places.n; i++)
                buf_fmt(&names, "%s%.*s", i ? "\n" : "", STR(v.places.v[i].name));
        return draw_form(rq, rs, &v.o, &(struct organisation_form) {
                rq->path, organisation_path(rq->arena, v.o.slug, ""), v.o.name, v.o.kind, v.o.website,
                str_dup(rq->arena, buf_view(&names)), false });
}

enum err organisation_edit_post(struct req *rq, struct resp *rs) {
        struct organisation_view v = { 0 };
        struct organisation_new o;
        enum err e = load(rq, &v);
        if (e == OK)
                e = read_form(rq, &o);
        if (e != OK)
                return e;
        struct str back = organisation_path(rq->arena, v.o.slug, "");
        struct organisation_form f = typed(rq, back, false);
        if (rq->errors.n)
                return page_refused(rs, draw_form(rq, rs, &v.o, &f));
        e = organisation_edit(rq->db, rq->arena, v.o.id, &o);
        if (e == OK)
                e = trail(rq, "organisation.edit", v.o.id, old_json(rq->arena, &v.o, &v.places), new_json(rq->arena, &o));
        return e == OK ? page_noted(rq, rs, back, "opgeslagen") : e;
}

/* Closing. Who holds rights for the whole country by a role here would keep them: those roles go first. */

static enum err find_obstacle(struct req *rq, struct organisation_view *v) {
        struct members_row_list rows;
        enum err e = members(rq->db, rq->arena, v->o.id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct role *r = role_find(rows.v[i].role);
                if (r && r->everywhere && rows.v[i].granted_ms.is_set)
                        v->obstacle = str_fmt(rq->arena, "Iemand heeft hier de rol ‘%.*s’. Die rol geldt voor het hele land. Trek die "
                                                         "rol eerst in.", STR(r->name));
        }
        return e;
}

static enum err draw_close(struct req *rq, struct resp *rs, const struct organisation_view *v) {
        struct page p = admin_page(rq, rs, str_fmt(rq->arena, "%.*s sluiten?", STR(v->o.name)));
        page_crumb(&p, v->o.name, organisation_path(rq->arena, v->o.slug, ""));
        page_crumb(&p, S("Sluiten"), rq->path);
        organisation_close_page(&p, v);
        return page_done(&p);
}

enum err organisation_close_get(struct req *rq, struct resp *rs) {
        struct organisation_view v = { 0 };
        enum err e = load(rq, &v);
        if (e == OK)
                e = find_obstacle(rq, &v);
        return e == OK ? draw_close(rq, rs, &v) : e;
}

enum err organisation_close_post(struct req *rq, struct resp *rs) {
        struct organisation_view v = { 0 };
        enum err e = load(rq, &v);
        if (e == OK)
                e = find_obstacle(rq, &v);
        if (e == OK && v.obstacle.n)
                return page_refused(rs, draw_close(rq, rs, &v));
        if (e == OK && !v.o.closed_ms.is_set) {
                e = organisation_set_closed(rq->db, v.o.id, opt_i64(rq->now_ms));
                if (e == OK)
                        e = trail(rq, "organisation.close", v.o.id, S(""), S(""));
        }
        return e == OK ? page_noted(rq, rs, organisation_path(rq->arena, v.o.slug, ""), "gesloten") : e;
}

enum err organisation_open_post(struct req *rq, struct resp *rs) {
        struct organisation o;
        enum err e = admin_organisation(rq, &o);
        if (e == OK && o.closed_ms.is_set) {
                e = organisation_set_closed(rq->db, o.id, (struct opt_i64) { 0 });
                if (e == OK)
                        e = trail(rq, "organisation.open", o.id, S(""), S(""));
        }
        return e == OK ? page_noted(rq, rs, organisation_path(rq->arena, o.slug, ""), "geopend") : e;
}

enum err organisation_public_get(struct req *rq, struct resp *rs) {
        struct organisation_view v = { 0 };
        enum err e = load(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.o.name, SECTION_MUNICIPALITIES);
        p.description = str_fmt(rq->arena, "%.*s: voor welke gemeenten deze organisatie werkt.", STR(v.o.name));
        page_crumb(&p, S("Gemeenten"), S("/gemeenten"));
        page_crumb(&p, v.o.name, rq->path);
        organisation_public_page(&p, &v);
        return page_done(&p);
}
