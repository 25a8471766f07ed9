/* web_decide.c - the decision of a committee. */
#include "decide.tmpl.h"
#include "views.h"

static struct str at(struct req *rq, const struct assessment *c) {
        return str_fmt(rq->arena, "/beheer/beoordelingen/%lld", (long long) c->id);
}

static enum err draw(struct req *rq, struct resp *rs, const struct assessment *c) {
        struct case_view v;
        struct decide_view d = { .v = &v, .last_day = date_months(rq->arena, rq->now_ms, 12 * TERM_VALID_YEARS) };
        enum err e = case_view_fill(rq, c, &v);
        if (e == OK)
                e = case_view_panel(rq, &v);
        if (e == OK && (!v.may_decide || v.decision_lacks.n))
                return resp_redirect(rs, at(rq, c));
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Neem het besluit"), SECTION_ADMIN);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        page_crumb(&p, S("Beoordelingen"), S("/beheer/beoordelingen"));
        page_crumb(&p, c->title, at(rq, c));
        page_crumb(&p, p.title, rq->path);
        decide_page(&p, &d);
        return page_done(&p);
}

enum err decide_get(struct req *rq, struct resp *rs) {
        struct assessment c;
        enum err e = lead_case(rq, &c);
        return e == OK ? draw(rq, rs, &c) : e;
}

/* What the form should bring and does not, all at once. */
static void check_form(struct req *rq, const struct decision *d) {
        judgement_check(rq, &d->j);
        if (!is_decision(d->t) && req_error_of(rq, "uitkomst").n == 0)
                req_error(rq, "uitkomst", S("Kies een besluit"));
        if (!d->t || !(d->t->needs & NEED_CONDITION))
                return;
        if (d->condition.n == 0)
                req_error(rq, "voorwaarde", S("Schrijf de voorwaarde op"));
        if (d->condition_until.n == 0)
                req_error(rq, "voorwaarde-datum", S("Vul in voor welke datum aan de voorwaarde voldaan moet zijn"));
}

static void tell_lacks(struct req *rq, unsigned lacks) {
        if (lacks & ~NEEDS_OF_FORM)
                req_error(rq, "uitkomst", str_fmt(rq->arena, "Dit besluit kan nog niet. Nodig is: %.*s", STR(needs_text(rq->arena, lacks & ~NEEDS_OF_FORM))));
        if (rq->errors.n == 0)
                req_error(rq, "geldig-tot", S("Kies een datum na vandaag, en hoogstens vier jaar vooruit. Dat geldt ook voor de voorwaarde"));
}

enum err decide_post(struct req *rq, struct resp *rs) {
        struct assessment c;
        struct decision d = { .t = transition_find(req_text(rq, "uitkomst")), .why = req_text(rq, "motivatie"), .condition = req_text(rq, "voorwaarde"),
                              .condition_until = req_text(rq, "voorwaarde-datum"), .valid_until = req_text(rq, "geldig-tot") };
        unsigned lacks = 0;
        judgement_read(rq, &d.j);
        enum err e = lead_case(rq, &c);
        struct assessment before = c;
        if (e != OK)
                return e;
        check_form(rq, &d);
        if (rq->errors.n == 0)
                e = case_decide(rq, &c, &d, &lacks);
        if (e == ERR_INVALID)
                tell_lacks(rq, lacks);
        if (rq->errors.n)
                return page_refused(rs, draw(rq, rs, &before));
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, &before), "al-gedaan");
        return e == OK ? page_noted(rq, rs, at(rq, &c), "besloten") : e;
}

/* A reason becomes part of a line of the item, which has at most 600 bytes. */
#define REASON_MAX 600
const struct field decide_fields[] = {
        { .name = "uitkomst", .type = FIELD_CODE, .max = 30, .required = true, .missing = "Kies een besluit" },
        { .name = "bewijskracht", .type = FIELD_CODE, .max = 30 }, { .name = "bewijskracht-waarom", .type = FIELD_TEXT, .max = REASON_MAX },
        { .name = "effect", .type = FIELD_CODE, .max = 30 }, { .name = "effect-waarom", .type = FIELD_TEXT, .max = REASON_MAX },
        { .name = "kosten", .type = FIELD_CODE, .max = 30 }, { .name = "kosten-waarom", .type = FIELD_TEXT, .max = REASON_MAX },
        { .name = "motivatie", .type = FIELD_MULTILINE, .max = LONG_TEXT_MAX, .required = true, .missing = "Schrijf de motivatie van het besluit" },
        { .name = "voorwaarde", .type = FIELD_TEXT, .max = REASON_MAX }, { .name = "voorwaarde-datum", .type = FIELD_TEXT, .max = 10 },
        { .name = "geldig-tot", .type = FIELD_TEXT, .max = 10 },
        { 0 },
};
