/* web_assess.c - judging: the declaration of interests, the dossier, the vote. */
#include "assess.tmpl.h"
#include "views.h"

static struct page panel_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn beoordelingen"), S("/beoordelen"));
        return p;
}

static struct str at(struct req *rq, const struct assessment *c) {
        return str_fmt(rq->arena, "/beoordelen/%lld", (long long) c->id);
}

enum err panels_get(struct req *rq, struct resp *rs) {
        struct panels_of_row_list rows;
        enum err e = panels_of(rq->db, rq->arena, rq->viewer.person_id, &rows);
        if (e != OK)
                return e;
        struct page p = panel_page(rq, rs, S("Mijn beoordelingen"));
        panels_page(&p, &rows);
        return page_done(&p);
}

/* The case in the path, when the visitor sits in its committee and is no party. To others it is not there. */
static enum err member_case(struct req *rq, struct assessment *c, struct panel *p, const struct panel_row **me) {
        bool party = false;
        enum err e = path_case(rq, c);
        if (e == OK)
                e = panel_load(rq, c, p);
        if (e == OK)
                e = case_is_party(rq, c, rq->viewer.person_id, &party);
        *me = e == OK ? panel_find(p, rq->viewer.person_id) : NULL;
        return e == OK && (!*me || party) ? ERR_NOT_FOUND : e;
}

static enum err draw(struct req *rq, struct resp *rs, const struct assessment *c, const struct panel_row *me) {
        struct assess_view v = { .me = me };
        enum case_state s = case_state_of(c);
        enum err e = case_view_fill(rq, c, &v.v);
        v.is_judged = s == STATE_ASSESS || s == STATE_OBJECTION;
        if (e != OK)
                return e;
        struct page p = panel_page(rq, rs, c->title);
        page_crumb(&p, p.title, at(rq, c));
        assess_page(&p, &v);
        return page_done(&p);
}

enum err panel_get(struct req *rq, struct resp *rs) {
        const struct panel_row *me = NULL;
        struct assessment c;
        struct panel p;
        enum err e = member_case(rq, &c, &p, &me);
        return e == OK ? draw(rq, rs, &c, me) : e;
}

static enum err answer(struct req *rq, struct resp *rs, const struct assessment *c, const struct panel_row *me, enum err e, const char *done) {
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, c, me));
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, c), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, c), done) : e;
}

enum err interest_post(struct req *rq, struct resp *rs) {
        const struct panel_row *me = NULL;
        struct assessment c;
        struct panel p;
        bool some = str_eq(req_text(rq, "belang"), S("wel"));
        enum err e = member_case(rq, &c, &p, &me);
        if (e != OK)
                return e;
        if (!some && !str_eq(req_text(rq, "belang"), S("geen")) && req_error_of(rq, "belang").n == 0)
                req_error(rq, "belang", S("Kies of u een belang hebt"));
        if (rq->errors.n == 0)
                e = panel_declare(rq, &c, some, req_text(rq, "welk"));
        if (e == ERR_INVALID)
                req_error(rq, "welk", S("Schrijf welk belang u hebt"));
        return answer(rq, rs, &c, me, e, "verklaard");
}

enum err vote_post(struct req *rq, struct resp *rs) {
        const struct panel_row *me = NULL;
        struct assessment c;
        struct panel p;
        struct judgement j;
        enum err e = member_case(rq, &c, &p, &me);
        if (e != OK)
                return e;
        judgement_read(rq, &j);
        judgement_check(rq, &j);
        if (rq->errors.n == 0)
                e = panel_vote(rq, &c, &j);
        return answer(rq, rs, &c, me, e, "geoordeeld");
}

const struct field interest_fields[] = {
        { .name = "belang", .type = FIELD_CODE, .max = 10, .required = true, .missing = "Kies of u een belang hebt" },
        { .name = "welk", .type = FIELD_MULTILINE, .max = 1000, .personal = true }, { 0 },
};
const struct field vote_fields[] = {
        { .name = "bewijskracht", .type = FIELD_CODE, .max = 30 }, { .name = "bewijskracht-waarom", .type = FIELD_MULTILINE, .max = 4000 },
        { .name = "effect", .type = FIELD_CODE, .max = 30 }, { .name = "effect-waarom", .type = FIELD_MULTILINE, .max = 4000 },
        { .name = "kosten", .type = FIELD_CODE, .max = 30 }, { .name = "kosten-waarom", .type = FIELD_MULTILINE, .max = 4000 },
        { 0 },
};
