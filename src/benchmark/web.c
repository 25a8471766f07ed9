/* web.c - /cijfers, /cijfers/{slug} and /cijfers/{slug}.csv. */
#include <math.h>
#include "benchmark_period.h"
#include "benchmark_web.h"
#include "export.h"
#include "figures_view.h"
#include "indicator.tmpl.h"
#include "network.h"
#include "number.h"
#include "overview.tmpl.h"

static const struct { struct str code, text; } groups[OVERVIEW_GROUPS] = {
        { S_INIT("schulden"), S_INIT("Hoeveel huishoudens en personen hebben problematische schulden, en hoe groot "
                                     "zijn die?") },
        { S_INIT("vroegsignalering"), S_INIT("Signalen van betalingsachterstanden, en wat daarna gebeurt.") },
        { S_INIT("hulp"), S_INIT("Van aanmelding tot afronding.") },
        { S_INIT("inkomen"), S_INIT("Achtergrond: waar komen schulden vaker voor?") },
        { S_INIT("gemeente"), S_INIT("") },
        { S_INIT(""), S_INIT("") },
};

static struct overview_group *group_of(struct overview_view *v, struct str theme) {
        for (size_t i = 0; i + 1 < OVERVIEW_GROUPS; i++)
                if (str_eq(groups[i].code, theme))
                        return &v->group[i];
        return &v->group[OVERVIEW_GROUPS - 1];
}

static struct overview_row overview_row_of(struct arena *a, const struct page_overview_row *r) {
        struct overview_row row = { .row = r };
        bool municipal = r->period.is_set;
        int64_t year = municipal ? r->period.v : r->nation_period.is_set ? r->nation_period.v : 0;
        bool same = municipal && r->nation_period.is_set && r->nation_period.v == r->period.v;
        double published = !municipal || same ? r->nation : (double) NAN;
        double nation = municipal ? nation_of(published, r->target, r->target_from) : published;
        if (year)
                row.period = period_text(a, r->period_kind, year);
        row.who = r->fictitious && isnan(published) ? S("Gemiddelde van de gemeenten met een cijfer") : S("Nederland");
        row.value = isnan(nation) ? S("") : num_unit(a, nation, (int) r->decimals, r->unit);
        row.definition = plain_words(a, r->definition);
        return row;
}

static enum err overview_get(struct req *rq, struct resp *rs) {
        struct page_overview_row_list rows;
        struct overview_view v = { 0 };
        enum err e = page_overview(rq->db, rq->arena, NETWORK_DIVISION, &rows);
        if (e != OK)
                return e;
        for (size_t i = 0; i < OVERVIEW_GROUPS; i++) {
                v.group[i].title = groups[i].code.n ? theme_title(groups[i].code) : S("Andere cijfers");
                v.group[i].text = groups[i].text;
        }
        for (size_t i = 0; i < rows.n; i++) {
                *vec_push(rq->arena, &group_of(&v, rows.v[i].theme)->rows) = overview_row_of(rq->arena, &rows.v[i]);
                v.demo |= rows.v[i].fictitious != 0;
        }
        v.indicators = rows.n;
        struct page p = page_new(rq, rs, S("Cijfers"), SECTION_FIGURES);
        p.description = S("Cijfers over schulden en schuldhulp per gemeente, eerlijk vergeleken.");
        page_crumb(&p, S("Cijfers"), S("/cijfers"));
        overview_page(&p, &v);
        return page_done(&p);
}

int64_t asked_period(struct req *rq, const char *field) {
        struct str text = req_text(rq, field);
        int64_t period;
        return text.n == 0 ? 0 : period_read(text, &period) ? period : -1;
}

static enum err indicator_get(struct req *rq, struct resp *rs) {
        struct indicator *i = arena_new(rq->arena, struct indicator);
        struct figures_view *v = arena_new(rq->arena, struct figures_view);
        struct str why = S("");
        bool found;
        enum err e = indicator_by_slug(rq->db, rq->arena, rq->param[0], i, &found);
        if (e != OK)
                return e;
        if (!found)
                return ERR_NOT_FOUND;
        e = figures_view_fill(rq, i, asked_period(rq, "jaar"), req_text(rq, "gemeente"), v, &why);
        if (e == ERR_NOT_FOUND && why.n) {
                page_error(rq, rs, 404, why);
                return OK;
        }
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, i->name, SECTION_FIGURES);
        p.description = v->definition;
        page_crumb(&p, S("Cijfers"), S("/cijfers"));
        page_crumb(&p, i->name, v->address);
        indicator_page(&p, v);
        return page_done(&p);
}

static enum err csv_get(struct req *rq, struct resp *rs) {
        struct indicator i;
        bool found, any = false;
        enum err e = indicator_by_slug(rq->db, rq->arena, rq->param[0], &i, &found);
        if (e != OK || !found)
                return e != OK ? e : ERR_NOT_FOUND;
        e = export_csv(rq, &i, asked_period(rq, "jaar"), &rs->body, &any);
        if (e == OK && !any)
                return ERR_NOT_FOUND;
        rs->content_type = "text/csv; charset=utf-8; header=present";
        rs->is_open_data = true;
        rs->filename = str_fmt(rq->arena, "%s%.*s.csv", i.fictitious ? "fictief-" : "", STR(i.slug));
        return e;
}

static const struct field choice[] = {
        { .name = "jaar", .type = FIELD_TEXT, .max = 8 },
        { .name = "gemeente", .type = FIELD_CODE, .max = 80 },
        { 0 },
};

static const struct field period_field[] = {
        { .name = "periode", .type = FIELD_TEXT, .max = 8 },
        { 0 },
};

const struct route benchmark_routes[] = {
        { GET, "/cijfers", ACCESS_PUBLIC, overview_get, NULL },
        { GET, "/cijfers/{slug}", ACCESS_PUBLIC, indicator_get, choice },
        { GET, "/cijfers/{slug}.csv", ACCESS_PUBLIC, csv_get, choice },
        { GET, "/api/v1/indicatoren", ACCESS_PUBLIC, api_indicators, NULL },
        { GET, "/api/v1/indicatoren/{code}", ACCESS_PUBLIC, api_indicator, NULL },
        { GET, "/api/v1/indicatoren/{code}/waarden", ACCESS_PUBLIC, api_values, period_field },
        { 0 },
};
