/* web_lead.c - leading assessments: the work there is, one case, its committee, and who judges at all. */
#include "lead.tmpl.h"
#include "views.h"

#define SHOWN 100

static struct page lead_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        page_crumb(&p, S("Beoordelingen"), S("/beheer/beoordelingen"));
        return p;
}

static struct str at(struct req *rq, const struct assessment *c) {
        return str_fmt(rq->arena, "/beheer/beoordelingen/%lld", (long long) c->id);
}

enum err cases_work_get(struct req *rq, struct resp *rs) {
        static const enum case_state order[] = { STATE_SUBMITTED, STATE_SCAN, STATE_DESCRIBE, STATE_ASSESS, STATE_OBJECTION, STATE_RESERVED,
                                                 STATE_EXPIRED, STATE_PUBLISHED, STATE_REJECTED };
        struct work_view v = { 0 };
        enum err e = OK;
        for (size_t i = 0; e == OK && i < sizeof order / sizeof *order; i++) {
                v.groups.v[i].state = &case_states[order[i]];
                e = cases_in(rq->db, rq->arena, case_states[order[i]].code, SHOWN, &v.groups.v[i].rows);
                v.groups.n++;
                v.any |= e == OK && v.groups.v[i].rows.n;
        }
        if (e != OK)
                return e;
        struct page p = lead_page(rq, rs, S("Beoordelingen"));
        cases_work_page(&p, &v);
        return page_done(&p);
}

static enum err draw_case(struct req *rq, struct resp *rs, const struct assessment *c) {
        struct case_view v;
        enum err e = case_view_fill(rq, c, &v);
        if (e == OK)
                e = case_view_panel(rq, &v);
        if (e != OK)
                return e;
        struct page p = lead_page(rq, rs, c->title);
        page_crumb(&p, p.title, at(rq, c));
        lead_case_page(&p, &v);
        return page_done(&p);
}

/* What was never handed in is nobody's but the submitter's. A party sees no committee of her own. */
enum err lead_case(struct req *rq, struct assessment *ret) {
        unsigned actors = 0;
        enum err e = path_case(rq, ret);
        if (e == OK && case_state_of(ret) == STATE_DRAFT)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = case_actors(rq, ret, &actors);
        return e == OK && !(actors & ACTOR_LEAD) ? ERR_DENIED : e;
}

enum err lead_case_get(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        return e == OK ? draw_case(rq, rs, &c) : e;
}

/* The answer to a form on the page of a case: E is what became of it. */
static enum err answer(struct req *rq, struct resp *rs, const struct assessment *c, enum err e, const char *done) {
        if (rq->errors.n)
                return page_refused(rs, draw_case(rq, rs, c));
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, c), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, c), done) : e;
}

enum err lead_step_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        if (e != OK)
                return e;
        return answer(rq, rs, &c, assess_take(rq, &c), "stap");
}

enum err lead_remark_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        if (e != OK)
                return e;
        if (rq->errors.n == 0)
                e = case_send_back(rq, &c, req_text(rq, "opmerking"));
        if (e == ERR_LIMIT)
                req_error(rq, "opmerking", S("Het aantal rondes is op. Leg de tekst voor aan de commissie"));
        return answer(rq, rs, &c, e, "teruggestuurd");
}

enum err member_add_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        if (e != OK)
                return e;
        if (rq->errors.n == 0)
                e = panel_add(rq, &c, req_integer(rq, "persoon", 0));
        if (e == ERR_INVALID)
                req_error(rq, "persoon", S("Deze beoordelaar kan niet in de commissie. Achter de naam staat waarom"));
        return answer(rq, rs, &c, e, "erbij");
}

enum err member_remove_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        if (e != OK)
                return e;
        return answer(rq, rs, &c, panel_remove(rq, &c, req_integer(rq, "persoon", 0)), "eruit");
}

/* Everybody with a role that gives RIGHT_ASSESS, each once. */
static enum err fill_assessors(struct req *rq, struct assessors_view *v) {
        enum err e = OK;
        for (const struct role *r = roles; e == OK && r->code.n; r++) {
                struct holders_row_list rows = { 0 };
                if (r->everywhere & RIGHT_ASSESS && !(r->everywhere & RIGHT_SYSTEM))
                        e = holders(rq->db, rq->arena, r->code, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        struct assessor_get_row a;
                        bool found = false;
                        if (i && rows.v[i].id == rows.v[i - 1].id)
                                continue;
                        e = assessor_get(rq->db, rq->arena, rows.v[i].id, &a, &found);
                        *vec_push(rq->arena, &v->people) = (struct candidate) { .person_id = rows.v[i].id, .name = rows.v[i].name,
                                                                               .side = found ? a.side : S(""), .obstacle = S("") };
                }
        }
        return e;
}

static enum err draw_assessors(struct req *rq, struct resp *rs) {
        struct assessors_view v = { 0 };
        enum err e = fill_assessors(rq, &v);
        if (e != OK)
                return e;
        struct page p = lead_page(rq, rs, S("Beoordelaars"));
        page_crumb(&p, p.title, rq->path);
        assessors_page(&p, &v);
        return page_done(&p);
}

enum err assessors_get(struct req *rq, struct resp *rs) {
        return draw_assessors(rq, rs);
}

enum err assessors_post(struct req *rq, struct resp *rs) {
        enum err e = rq->errors.n ? OK : assessor_give(rq, req_integer(rq, "persoon", 0), req_text(rq, "kant"));
        if (e == ERR_INVALID)
                req_error(rq, "kant", S("Deze persoon heeft de rol van beoordelaar niet meer"));
        if (rq->errors.n)
                return page_refused(rs, draw_assessors(rq, rs));
        return e == OK ? page_noted(rq, rs, rq->path, "kant") : e;
}

const struct field case_remark_fields[] = {
        { .name = "opmerking", .type = FIELD_MULTILINE, .max = LONG_TEXT_MAX, .required = true, .missing = "Schrijf wat de indiener moet aanpassen" }, { 0 },
};
const struct field panel_member_fields[] = {
        { .name = "persoon", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX, .required = true, .missing = "Kies een beoordelaar" }, { 0 },
};
const struct field assessor_fields[] = {
        { .name = "persoon", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX, .required = true, .missing = "Kies een beoordelaar" },
        { .name = "kant", .type = FIELD_CODE, .max = 20 }, { 0 },
};
