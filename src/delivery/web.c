/* web.c - the routes of this room, its lists, and the steps from draft to what counts. */
#include "overview_visit.tmpl.h"
#include "periods.tmpl.h"
#include "views.h"

#define QUARTERS_SHOWN 8
#define YEARS_SHOWN 2

enum err houses_get(struct req *rq, struct resp *rs) {
        struct houses_view v = { 0 };
        struct role_held_list held;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++) {
                uint64_t rights = 0;
                bool known = !held.v[i].organisation_id.is_set || !held.v[i].granted_ms.is_set;
                for (size_t k = 0; k < v.houses.n; k++)
                        known |= str_eq(v.houses.v[k].slug, held.v[i].slug);
                if (known)
                        continue;
                e = viewer_rights_at(rq, held.v[i].organisation_id.v, &rights);
                if (rights & RIGHT_ACCEPT)
                        *vec_push(rq->arena, &v.houses) = (struct house_line) { held.v[i].slug, held.v[i].organisation };
        }
        if (e != OK)
                return e;
        if (v.houses.n == 1)
                return resp_redirect(rs, str_fmt(rq->arena, "/aanleveren/%.*s", STR(v.houses.v[0].slug)));
        struct page p = delivery_page(rq, rs, NULL, S("Cijfers aanleveren"));
        houses_page(&p, &v);
        return page_done(&p);
}

/* One line: a period that can be delivered, or will be. */
static void add_line(struct req *rq, struct place_periods *place, const struct participant_list *l, const struct deliveries_of_region_row_list *rows,
                     const struct delivered_list *accepted, int64_t period) {
        struct period_line *line = vec_push(rq->arena, &place->lines);
        bool has = false;
        *line = (struct period_line) { .period = period, .name = period_name(rq->arena, period), .code = period_code(rq->arena, period),
                                       .due = period_due(rq->arena, period), .stage = S("") };
        for (size_t i = 0; i < accepted->n; i++)
                has |= accepted->v[i].period == period;
        for (size_t i = 0; i < rows->n; i++) {
                const struct deliveries_of_region_row *r = &rows->v[i];
                if (r->period != period)
                        continue;
                has |= str_eq(r->state, S("approved"));
                line->is_asked |= str_eq(r->state, S("approved")) && r->asked.n;
                if (str_eq(r->state, S("approved")) || (!line->score.is_set && r->score.is_set))
                        line->score = r->score;
        }
        for (size_t i = 0; i < rows->n; i++)
                if (rows->v[i].period == period && stage_of(rows->v[i].state, has).n)
                        line->stage = stage_of(rows->v[i].state, has);
        line->state = benchmark_state_of(rq->arena, l, place->place.code, period, has, delivery_today(rq));
}

static enum err add_place(struct req *rq, struct periods_view *v, const struct participant_list *l, struct str code) {
        struct place_periods *place = vec_push(rq->arena, &v->places);
        struct deliveries_of_region_row_list rows;
        struct delivered_list accepted;
        bool found = false;
        int64_t now = period_of_day(delivery_today(rq));
        enum err e = delivery_place_coded(rq->db, rq->arena, code, &place->place, &found);
        if (e == OK && !found)
                v->places.n--;
        if (e != OK || !found)
                return e;
        e = deliveries_of_region(rq->db, rq->arena, code, &rows);
        if (e == OK)
                e = benchmark_delivered_of(rq->db, rq->arena, is_fictitious(rq), code, 0, &accepted);
        for (int back = 1; e == OK && back <= QUARTERS_SHOWN; back++) {
                int64_t quarter = period_add(now, -back);
                add_line(rq, place, l, &rows, &accepted, quarter);
                if (period_quarter(quarter) == 1 && back <= 4 * YEARS_SHOWN)
                        add_line(rq, place, l, &rows, &accepted, period_year(quarter) - 1);
        }
        return e;
}

enum err periods_get(struct req *rq, struct resp *rs) {
        struct periods_view v = { .note = delivery_noted(rq) };
        struct organisation_places_row_list places;
        struct participant_list l;
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &v.organisation, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = viewer_rights_at(rq, v.organisation.id, &v.rights);
        if (e == OK)
                e = organisation_places(rq->db, rq->arena, v.organisation.id, &places);
        if (e == OK)
                e = benchmark_participants(rq->db, rq->arena, is_fictitious(rq), &l);
        for (size_t i = 0; e == OK && i < places.n; i++)
                e = add_place(rq, &v, &l, places.v[i].municipality);
        if (e != OK)
                return e;
        struct page p = delivery_page(rq, rs, NULL, str_fmt(rq->arena, "Cijfers van %.*s", STR(v.organisation.name)));
        page_crumb(&p, v.organisation.name, rq->path);
        periods_page(&p, &v);
        return page_done(&p);
}

enum err visit_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        return e == OK ? visit_draw(rq, rs, &v) : e;
}

/* The steps. Each begins with what the visitor saw: somebody else may have been first. */
typedef enum err step(struct req *rq, struct visit *v);

static enum err take(struct req *rq, struct resp *rs, step *does, const char *code) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        if (e == OK)
                (void) stand_is_current(rq, &v);
        if (e == OK && rq->errors.n)
                return page_refused(rs, visit_draw(rq, rs, &v));
        if (e == OK)
                e = does(rq, &v);
        return e == OK ? visit_noted(rq, rs, &v, "", code) : e;
}

static enum err send_back(struct req *rq, struct visit *v) {
        return visit_return(rq, v, req_text(rq, "opmerking"));
}

enum err approve_post(struct req *rq, struct resp *rs) {
        return take(rq, rs, visit_approve, "goedgekeurd");
}

enum err return_post(struct req *rq, struct resp *rs) {
        return take(rq, rs, send_back, "terug");
}

enum err drop_post(struct req *rq, struct resp *rs) {
        return take(rq, rs, visit_drop, "vervallen");
}

static enum err draw_correct(struct req *rq, struct resp *rs, const struct visit *v) {
        struct page p = delivery_page(rq, rs, v, str_fmt(rq->arena, "Corrigeer %.*s", STR(visit_name(rq->arena, v))));
        page_crumb(&p, S("Corrigeer"), rq->path);
        correct_page(&p, v);
        return page_done(&p);
}

enum err correct_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        if (e == OK && (v.open || !v.is_accepted))
                return resp_redirect(rs, visit_path(rq, &v, ""));
        return e == OK ? draw_correct(rq, rs, &v) : e;
}

enum err correct_post(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        if (e != OK)
                return e;
        if (rq->errors.n)
                return page_refused(rs, draw_correct(rq, rs, &v));
        if (v.is_accepted && !v.open)
                e = visit_begin(rq, &v, "formulier", req_text(rq, "reden"));
        return e == OK ? resp_redirect(rs, visit_path(rq, &v, "")) : e;
}

#define FIGURE(n) { .name = "t" #n, .type = FIELD_TEXT, .max = 40, .personal = true }, { .name = "n" #n, .type = FIELD_TEXT, .max = 40, .personal = true }
#define FIGURES(d) FIGURE(d##0), FIGURE(d##1), FIGURE(d##2), FIGURE(d##3), FIGURE(d##4), FIGURE(d##5), FIGURE(d##6), FIGURE(d##7), FIGURE(d##8), FIGURE(d##9)
#define CHOICE(n) { .name = "k" #n, .type = FIELD_TEXT, .max = 60 }
#define CHOICES(d) CHOICE(d##0), CHOICE(d##1), CHOICE(d##2), CHOICE(d##3), CHOICE(d##4), CHOICE(d##5), CHOICE(d##6), CHOICE(d##7), CHOICE(d##8), CHOICE(d##9)
#define STAND_FIELD { .name = "stand", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX }
#define VERSION_FIELD { .name = "versie", .type = FIELD_CODE, .max = 16 }
#define AFTER_FIELD { .name = "daarna", .type = FIELD_CODE, .max = 10 }
static const struct field part_fields[] = {
        STAND_FIELD, VERSION_FIELD, AFTER_FIELD,
        FIGURE(1), FIGURE(2), FIGURE(3), FIGURE(4), FIGURE(5), FIGURE(6), FIGURE(7), FIGURE(8), FIGURE(9), FIGURES(1), FIGURES(2), FIGURES(3),
        CHOICE(1), CHOICE(2), CHOICE(3), CHOICE(4), CHOICE(5), CHOICE(6), CHOICE(7), CHOICE(8), CHOICE(9), CHOICE(10), CHOICE(11), CHOICE(12),
        CHOICE(13), CHOICE(14), CHOICE(15), CHOICE(16), CHOICE(17), CHOICE(18), CHOICE(19), CHOICES(2), CHOICES(3), { 0 },
};
#define WORDS(n) { .name = "w" #n, .type = FIELD_TEXT, .max = WORDS_MAX }
#define TEN_WORDS(d) WORDS(d##0), WORDS(d##1), WORDS(d##2), WORDS(d##3), WORDS(d##4), WORDS(d##5), WORDS(d##6), WORDS(d##7), WORDS(d##8), WORDS(d##9)
static const struct field verify_fields[] = {
        STAND_FIELD, VERSION_FIELD, AFTER_FIELD, NOTE_FIELD, WORDS(1), WORDS(2), WORDS(3), WORDS(4), WORDS(5), WORDS(6), WORDS(7), WORDS(8), WORDS(9),
        TEN_WORDS(1), TEN_WORDS(2), TEN_WORDS(3), TEN_WORDS(4), TEN_WORDS(5), TEN_WORDS(6), TEN_WORDS(7), TEN_WORDS(8), TEN_WORDS(9), { 0 },
};
static const struct field note_field[] = { NOTE_FIELD, { 0 } };
static const struct field stand_field[] = { STAND_FIELD, { .name = "opmerking", .type = FIELD_TEXT, .max = REASON_MAX }, { 0 } };
static const struct field return_fields[] = {
        STAND_FIELD, { .name = "opmerking", .type = FIELD_TEXT, .max = REASON_MAX, .required = true, .missing = "Schrijf wat er anders moet" }, { 0 },
};
static const struct field reason_field[] = {
        { .name = "reden", .type = FIELD_TEXT, .max = REASON_MAX, .required = true, .missing = "Schrijf waarom u de cijfers corrigeert" }, { 0 },
};
static const struct field file_fields[] = {
        { .name = "bestand", .type = FIELD_FILE, .max = 1 << 20, .required = true, .missing = "Kies een bestand" }, { 0 },
};
static const struct field ddas_fields[] = {
        { .name = "aggregates", .type = FIELD_MULTILINE, .max = 60000, .required = true, .missing = "Plak de tellingen", .personal = true }, { 0 },
};
static const struct field key_fields[] = {
        { .name = "naam", .type = FIELD_TEXT, .max = 50, .required = true, .missing = "Vul een naam in" }, { 0 },
};

#define VISIT "/aanleveren/{organisatie}/{gemeente}/{periode}"
#define OWN(what) .right = RIGHT_##what, .organisation = 1
const struct route delivery_routes[] = {
        { GET, "/aanleveren", ACCESS_SIGNED_IN, houses_get, NULL },
        { GET, "/aanleveren/ddas", ACCESS_SIGNED_IN, ddas_lead_get, NULL },
        { GET, "/aanleveren/{organisatie}", ACCESS_RIGHT, periods_get, note_field, OWN(ACCEPT) },
        { GET, "/aanleveren/{organisatie}/ddas", ACCESS_RIGHT, ddas_get, NULL, OWN(DELIVER), .wasm = true },
        { POST, "/aanleveren/{organisatie}/ddas", ACCESS_RIGHT, ddas_post, ddas_fields, OWN(DELIVER) },
        { GET, "/aanleveren/{organisatie}/sleutels", ACCESS_RIGHT, keys_get, note_field, OWN(ORGANISATION_EDIT) },
        { POST, "/aanleveren/{organisatie}/sleutels", ACCESS_RIGHT, keys_post, key_fields, OWN(ORGANISATION_EDIT) },
        { POST, "/aanleveren/{organisatie}/sleutels/{id}/intrekken", ACCESS_RIGHT, key_withdraw_post, NULL, OWN(ORGANISATION_EDIT) },
        { GET, VISIT, ACCESS_RIGHT, visit_get, note_field, OWN(ACCEPT) },
        { GET, VISIT "/deel/{deel}", ACCESS_RIGHT, part_get, NULL, OWN(DELIVER) },
        { POST, VISIT "/deel/{deel}", ACCESS_RIGHT, part_post, part_fields, OWN(DELIVER) },
        { GET, VISIT "/controle", ACCESS_RIGHT, verify_get, note_field, OWN(ACCEPT) },
        { POST, VISIT "/controle", ACCESS_RIGHT, verify_post, verify_fields, OWN(DELIVER) },
        { GET, VISIT "/bestand", ACCESS_RIGHT, sendfile_get, NULL, OWN(DELIVER) },
        { POST, VISIT "/bestand", ACCESS_RIGHT, sendfile_post, file_fields, OWN(DELIVER), sendfile_prepare, LANE_FILE },
        { GET, VISIT "/sjabloon.xlsx", ACCESS_RIGHT, template_xlsx_get, NULL, OWN(DELIVER) },
        { GET, VISIT "/sjabloon.csv", ACCESS_RIGHT, template_csv_get, NULL, OWN(DELIVER) },
        { POST, VISIT "/goedkeuren", ACCESS_RIGHT, approve_post, stand_field, OWN(ACCEPT) },
        { POST, VISIT "/terug", ACCESS_RIGHT, return_post, return_fields, OWN(ACCEPT) },
        { GET, VISIT "/correctie", ACCESS_RIGHT, correct_get, NULL, OWN(DELIVER) },
        { POST, VISIT "/correctie", ACCESS_RIGHT, correct_post, reason_field, OWN(DELIVER) },
        { POST, VISIT "/vervallen", ACCESS_RIGHT, drop_post, stand_field, OWN(DELIVER) },
        { 0 },
};
