/* web_public.c - what everybody may read: how it goes, and what was decided. */
#include "explain.tmpl.h"
#include "public.tmpl.h"
#include "views.h"

#define ON_A_PAGE 50

enum err assessment_explain_get(struct req *rq, struct resp *rs) {
        struct page p = page_new(rq, rs, S("Zo werkt beoordelen"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Beoordelingen"), S("/beoordelingen"));
        page_crumb(&p, p.title, rq->path);
        p.description = S("Hoe een aanpak wordt ingediend, beoordeeld en gepubliceerd: stap voor stap, met wie wat doet.");
        assessment_explain_page(&p);
        return page_done(&p);
}

enum err decided_list_get(struct req *rq, struct resp *rs) {
        struct list_view v = { .next = S("") };
        struct str before = req_text(rq, "voor");
        enum err e = cases_decided(rq->db, rq->arena, before.n ? before : S("9999-12-31"), req_integer(rq, "na", INT64_MAX), ON_A_PAGE + 1, &v.rows);
        if (e != OK)
                return e;
        if (v.rows.n > ON_A_PAGE) {
                v.rows.n = ON_A_PAGE;
                const struct assessment *last = &v.rows.v[ON_A_PAGE - 1];
                v.next = str_fmt(rq->arena, "/beoordelingen?voor=%.*s&na=%lld", STR(last->decided_on), (long long) last->id);
        }
        struct page p = page_new(rq, rs, S("Beoordelingen"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, p.title, rq->path);
        p.description = S("Besluiten van de Commissie Schouders over aanpakken, met de redenen.");
        decided_list_page(&p, &v);
        return page_done(&p);
}

enum err decided_get(struct req *rq, struct resp *rs) {
        struct assessment c;
        struct case_view v;
        bool found = false;
        enum err e = case_by_slug(rq->db, rq->arena, rq->param[0], &c, &found);
        if (e == OK && (!found || c.decided_on.n == 0))
                return ERR_NOT_FOUND;
        if (e == OK)
                e = case_view_fill(rq, &c, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, c.title, SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, S("Beoordelingen"), S("/beoordelingen"));
        page_crumb(&p, p.title, rq->path);
        decided_page(&p, &v);
        return page_done(&p);
}

const struct field decided_list_fields[] = {
        { .name = "voor", .type = FIELD_CODE, .max = 10 }, { .name = "na", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }, { 0 },
};
