/* web_mine.c - handing in an approach, and following it. */
#include "mine.tmpl.h"
#include "views.h"

static struct page mine_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn account"), S("/account"));
        page_crumb(&p, S("Mijn aanpakken"), S("/mijn-aanpakken"));
        return p;
}

static struct str at(struct req *rq, const struct assessment *c) {
        return str_fmt(rq->arena, "/mijn-aanpakken/%lld", (long long) c->id);
}

/* The case in the path, of the visitor. To others it is not there. */
static enum err own_case(struct req *rq, struct assessment *ret) {
        enum err e = path_case(rq, ret);
        return e == OK && ret->person_id != rq->viewer.person_id ? ERR_NOT_FOUND : e;
}

enum err my_cases_get(struct req *rq, struct resp *rs) {
        struct mine_view v;
        enum err e = cases_of_person(rq->db, rq->arena, rq->viewer.person_id, &v.rows);
        if (e != OK)
                return e;
        struct page p = mine_page(rq, rs, S("Mijn aanpakken"));
        my_cases_page(&p, &v);
        return page_done(&p);
}

static enum err draw_submission(struct req *rq, struct resp *rs, struct submission_view *v, const struct assessment *c) {
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &v->roles);
        if (e != OK)
                return e;
        struct page p = mine_page(rq, rs, v->is_new ? S("Laat een aanpak beoordelen") : S("Gegevens van de aanpak"));
        if (c)
                page_crumb(&p, c->title, at(rq, c));
        page_crumb(&p, p.title, rq->path);
        submission_page(&p, v);
        return page_done(&p);
}

static struct submission_view typed(struct req *rq, bool is_new) {
        struct submission_view v = { .is_new = is_new, .action = rq->path, .title = req_text(rq, "titel"), .explanation = req_text(rq, "toelichting"),
                                     .contact = req_text(rq, "contact"), .existing = req_text(rq, "bestaand"),
                                     .organisation_id = req_integer(rq, "organisatie", 0), .criteria = S(" ") };
        struct str *codes;
        size_t n = req_many(rq, "criteria", &codes);
        for (size_t i = 0; i < n; i++)
                v.criteria = str_fmt(rq->arena, "%.*s%.*s ", STR(v.criteria), STR(codes[i]));
        return v;
}

/* One acts for an organisation only where one has a role. */
static enum err check_organisation(struct req *rq, int64_t id) {
        struct role_held_list held;
        bool mine = id == 0;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++)
                mine |= held.v[i].granted_ms.is_set && held.v[i].organisation_id.is_set && held.v[i].organisation_id.v == id;
        if (e == OK && !mine)
                req_error(rq, "organisatie", S("Kies een organisatie waar u een rol hebt"));
        return e;
}

/* The item that a typed address or slug names, 0 for none. */
static enum err find_existing(struct req *rq, struct str typed_address, int64_t *ret) {
        struct str rest = typed_address, slug = typed_address, part;
        struct case_item_by_slug_row item;
        bool found = false;
        *ret = 0;
        if (typed_address.n == 0)
                return OK;
        while (str_split(&rest, '/', &part))
                slug = part.n ? part : slug;
        enum err e = case_item_by_slug(rq->db, rq->arena, slug, &item, &found);
        if (e == OK && (!found || !str_eq(item.kind, S("interventie")) || !str_eq(item.state, S("published"))))
                req_error(rq, "bestaand", S("Wij vinden geen aanpak met dit adres. Kopieer het adres van de pagina in de kennisbank"));
        else if (e == OK)
                *ret = item.id;
        return e;
}

static enum err to_submission(struct req *rq, const struct submission_view *v, struct submission *ret) {
        *ret = (struct submission) { v->title, str_trim(v->criteria), v->explanation, v->contact, v->organisation_id, 0 };
        enum err e = check_organisation(rq, v->organisation_id);
        return e == OK && v->is_new ? find_existing(rq, v->existing, &ret->item_id) : e;
}

enum err submission_new_get(struct req *rq, struct resp *rs) {
        struct submission_view v = { .is_new = true, .action = rq->path, .title = S(""), .explanation = S(""), .contact = S(""), .existing = S(""),
                                     .criteria = S("") };
        return draw_submission(rq, rs, &v, NULL);
}

enum err submission_new_post(struct req *rq, struct resp *rs) {
        struct submission_view v = typed(rq, true);
        struct submission s;
        int64_t id = 0;
        enum err e = to_submission(rq, &v, &s);
        if (e == OK && rq->errors.n == 0)
                e = case_make(rq, &s, &id);
        if (e == ERR_CONFLICT && s.item_id)
                req_error(rq, "bestaand", S("Voor deze aanpak loopt al een beoordeling"));
        else if (e == ERR_CONFLICT)
                return page_noted(rq, rs, S("/mijn-aanpakken"), "al-gedaan");
        if (rq->errors.n)
                return page_refused(rs, draw_submission(rq, rs, &v, NULL));
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/mijn-aanpakken/%lld", (long long) id), "gemaakt") : e;
}

enum err submission_edit_get(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = own_case(rq, &c);
        if (e != OK)
                return e;
        if (!case_is_open(&c))
                return resp_redirect(rs, at(rq, &c));
        struct submission_view v = { .action = rq->path, .title = c.title, .explanation = c.explanation, .contact = c.contact, .existing = S(""),
                                     .criteria = str_fmt(rq->arena, " %.*s ", STR(c.criteria)),
                                     .organisation_id = c.organisation_id.is_set ? c.organisation_id.v : 0 };
        return draw_submission(rq, rs, &v, &c);
}

enum err submission_edit_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        struct submission_view v = typed(rq, false);
        struct submission s;
        enum err e = own_case(rq, &c);
        if (e == OK)
                e = to_submission(rq, &v, &s);
        if (e == OK && rq->errors.n)
                return page_refused(rs, draw_submission(rq, rs, &v, &c));
        if (e == OK)
                e = case_change(rq, &c, &s);
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, &c), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, &c), "opgeslagen") : e;
}

static enum err draw_case(struct req *rq, struct resp *rs, const struct assessment *c) {
        struct case_view v;
        enum err e = case_view_fill(rq, c, &v);
        if (e != OK)
                return e;
        struct page p = mine_page(rq, rs, c->title);
        page_crumb(&p, p.title, at(rq, c));
        my_case_page(&p, &v);
        return page_done(&p);
}

enum err my_case_get(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = own_case(rq, &c);
        return e == OK ? draw_case(rq, rs, &c) : e;
}

enum err my_step_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = own_case(rq, &c);
        if (e == OK)
                e = assess_take(rq, &c);
        if (rq->errors.n)
                return page_refused(rs, draw_case(rq, rs, &c));
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, &c), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, &c), "stap") : e;
}

enum err my_offer_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = own_case(rq, &c);
        if (e == OK && rq->errors.n == 0)
                e = case_hand_in(rq, &c, req_text(rq, "antwoord"));
        if (e == ERR_INVALID)
                req_error(rq, "antwoord", S("De tekst is nog niet compleet. Hieronder staat wat er ontbreekt"));
        if (rq->errors.n)
                return page_refused(rs, draw_case(rq, rs, &c));
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, &c), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, &c), "aangeboden") : e;
}

const struct field submission_fields[] = {
        { .name = "titel", .type = FIELD_TEXT, .max = 150, .required = true, .missing = "Vul de naam van de aanpak in" },
        { .name = "organisatie", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX },
        { .name = "criteria", .type = FIELD_CODE, .max = 30, .many = true },
        { .name = "toelichting", .type = FIELD_MULTILINE, .max = LONG_TEXT_MAX, .required = true,
          .missing = "Schrijf waar de aanpak wordt uitgevoerd en wat er onderzocht is" },
        { .name = "contact", .type = FIELD_TEXT, .max = 200, .required = true, .personal = true,
          .missing = "Vul in waar lezers terechtkunnen met vragen" },
        { .name = "bestaand", .type = FIELD_TEXT, .max = 300 },
        { 0 },
};
const struct field offer_fields[] = {
        { .name = "antwoord", .type = FIELD_MULTILINE, .max = LONG_TEXT_MAX, .required = true,
          .missing = "Schrijf wat u hebt aangepast" },
        { 0 },
};
