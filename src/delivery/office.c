/* office.c - the programme: who delivered, asking for a correction, who takes part. */
#include "office.tmpl.h"
#include "views.h"

#define QUARTERS_SHOWN 4

struct page office_frame(struct req *rq, struct resp *rs, struct str title, const char *path) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        page_crumb(&p, title, str_of(path));
        return p;
}

/* What one participant did in one period; REGIONS has who has figures, from before this room too. */
static struct office_cell cell_of(struct req *rq, const struct participant_list *l, struct str region, int64_t period, const struct deliveries_in_row_list *rows,
                                  const struct map *regions) {
        struct office_cell c = { .code = period_code(rq->arena, period), .stage = S("") };
        bool has = map_get(regions, region) != NULL;
        for (size_t i = 0; i < rows->n; i++)
                has |= str_eq(rows->v[i].region, region) && str_eq(rows->v[i].state, S("approved"));
        for (size_t i = 0; i < rows->n; i++) {
                if (!str_eq(rows->v[i].region, region))
                        continue;
                if (stage_of(rows->v[i].state, has).n)
                        c.stage = stage_of(rows->v[i].state, has);
                else if (str_eq(rows->v[i].state, S("approved")) && rows->v[i].asked.n)
                        c.stage = S("correctie gevraagd");
        }
        c.state = benchmark_state_of(rq->arena, l, region, period, has, delivery_today(rq));
        return c;
}

static enum err fill_column(struct req *rq, struct office_view *v, const struct participant_list *l, size_t column) {
        struct deliveries_in_row_list rows;
        struct delivered_list figures;
        struct map regions = { 0 };
        int64_t period = v->periods.v[column];
        enum err e = deliveries_in(rq->db, rq->arena, period, &rows);
        if (e == OK)
                e = benchmark_delivered_in(rq->db, rq->arena, is_fictitious(rq), period, &figures);
        for (size_t i = 0; e == OK && i < figures.n; i++)
                map_put(rq->arena, &regions, figures.v[i].region, v);
        for (size_t i = 0; e == OK && i < v->lines.n; i++)
                v->lines.v[i].cell[column] = cell_of(rq, l, v->lines.v[i].place.code, period, &rows, &regions);
        return e;
}

enum err office_load(struct req *rq, struct office_view *v) {
        struct participant_list l;
        int64_t now = period_of_day(delivery_today(rq));
        enum err e = benchmark_participants(rq->db, rq->arena, is_fictitious(rq), &l);
        for (int back = 1; back <= QUARTERS_SHOWN; back++)
                *vec_push(rq->arena, &v->periods) = period_add(now, -back);
        *vec_push(rq->arena, &v->periods) = period_year(now) - 1;
        for (size_t i = 0; e == OK && i < l.n; i++) {
                bool found = false;
                struct delivery_place place;
                if (i > 0 && str_eq(l.v[i].region, l.v[i - 1].region))
                        continue;
                e = delivery_place_coded(rq->db, rq->arena, l.v[i].region, &place, &found);
                if (found)
                        *vec_push(rq->arena, &v->lines) = (struct office_line) { place, arena_many(rq->arena, struct office_cell, v->periods.n) };
        }
        for (size_t i = 0; e == OK && i < v->periods.n; i++)
                e = fill_column(rq, v, &l, i);
        for (size_t i = 0; e == OK && i < v->lines.n; i++)
                v->count[v->lines.v[i].cell[0].state]++;
        return e;
}

static enum err draw_office(struct req *rq, struct resp *rs) {
        struct office_view v = { .note = delivery_noted(rq) };
        enum err e = office_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = office_frame(rq, rs, S("Aanleveringen"), "/beheer/aanleveringen");
        office_page(&p, &v);
        return page_done(&p);
}

static enum err participant_post(struct req *rq, struct resp *rs) {
        struct delivery_place place;
        struct participant who = { 0 };
        bool found = false;
        enum err e = delivery_place_coded(rq->db, rq->arena, req_text(rq, "gemeente"), &place, &found);
        if (e == OK && rq->errors.n == 0 && !found)
                req_error(rq, "gemeente", S("Vul de code van een gemeente in: GM met vier cijfers"));
        if (e == OK && rq->errors.n == 0 && (!period_read(req_text(rq, "vanaf"), &who.since) || !period_is_quarter(who.since)))
                req_error(rq, "vanaf", S("Vul een kwartaal in, zoals 2026-Q1"));
        if (e == OK && req_text(rq, "tot").n && (!period_read(req_text(rq, "tot"), &who.until) || !period_is_quarter(who.until) || who.until <= who.since))
                req_error(rq, "tot", S("Vul een later kwartaal in, of laat het leeg"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, draw_office(rq, rs));
        who.region = found ? place.code : S("");
        if (e == OK)
                e = benchmark_put_participant(rq->db, is_fictitious(rq), who);
        if (e == OK)
                e = people_trail(rq, "delivery.participant", "municipality", place.id, (struct opt_i64) { 0 }, S(""),
                                 str_fmt(rq->arena, "{\"region\":\"%.*s\",\"since\":%lld,\"until\":%lld}", STR(place.code), (long long) who.since, (long long) who.until));
        return e == OK ? page_noted(rq, rs, S("/beheer/aanleveringen"), "deelnemer") : e;
}

static enum err find(struct req *rq, struct visit *v) {
        bool found = false;
        *v = (struct visit) { 0 };
        if (!period_read(rq->param[1], &v->period))
                return ERR_NOT_FOUND;
        enum err e = delivery_place(rq->db, rq->arena, rq->param[0], &v->place, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = visit_load(rq, v);
        if (e == OK && v->accepted)
                e = organisation_by_id(rq->db, rq->arena, v->accepted->organisation_id, &v->organisation, &found);
        return e;
}

static enum err draw_ask(struct req *rq, struct resp *rs, struct visit *v) {
        struct ask_view view = { .v = v };
        struct page p = office_frame(rq, rs, str_fmt(rq->arena, "%.*s, %.*s", STR(v->place.name), STR(period_name(rq->arena, v->period))), rq->path.p);
        ask_page(&p, &view);
        return page_done(&p);
}

static enum err ask_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = find(rq, &v);
        return e == OK ? draw_ask(rq, rs, &v) : e;
}

static enum err ask_post(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = find(rq, &v);
        if (e != OK || !v.accepted)
                return e != OK ? e : ERR_CONFLICT;
        if (rq->errors.n)
                return page_refused(rs, draw_ask(rq, rs, &v));
        e = delivery_set_asked(rq->db, v.accepted->id, req_text(rq, "reden"));
        if (e == OK)
                e = visit_event(rq, v.accepted->id, "gevraagd", req_text(rq, "reden"));
        if (e == OK)
                e = letters_asked(rq, &v, req_text(rq, "reden"));
        return e == OK ? page_noted(rq, rs, S("/beheer/aanleveringen"), "gevraagd") : e;
}

static enum err office_get(struct req *rq, struct resp *rs) {
        return draw_office(rq, rs);
}

static const struct field note_field[] = { NOTE_FIELD, { 0 } };
static const struct field participant_fields[] = {
        { .name = "gemeente", .type = FIELD_TEXT, .max = 20, .required = true, .missing = "Vul de code van een gemeente in" },
        { .name = "vanaf", .type = FIELD_TEXT, .max = 10, .required = true, .missing = "Vul een kwartaal in, zoals 2026-Q1" },
        { .name = "tot", .type = FIELD_TEXT, .max = 10 }, NOTE_FIELD, { 0 },
};
static const struct field ask_fields[] = {
        { .name = "reden", .type = FIELD_TEXT, .max = REASON_MAX, .required = true, .missing = "Schrijf wat er niet klopt" }, { 0 },
};
const struct route delivery_office_routes[] = {
        { GET, "/beheer/aanleveringen", ACCESS_RIGHT, office_get, note_field, .right = RIGHT_RELEASE },
        { POST, "/beheer/aanleveringen", ACCESS_RIGHT, participant_post, participant_fields, .right = RIGHT_RELEASE },
        { GET, "/beheer/aanleveringen/{gemeente}/{periode}", ACCESS_RIGHT, ask_get, NULL, .right = RIGHT_RELEASE },
        { POST, "/beheer/aanleveringen/{gemeente}/{periode}", ACCESS_RIGHT, ask_post, ask_fields, .right = RIGHT_RELEASE },
        { 0 },
};
