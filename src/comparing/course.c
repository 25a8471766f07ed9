/* course.c - an indicator through the periods: the field, and the municipality's own course with its control chart. */
#include <math.h>
#include "number.h"
#include "view.h"

#define NONE ((double) NAN)

static void moments_of_years(struct arena *a, struct compare_view *v) {
        v->moment = arena_many(a, struct moment, v->cells.n + 1);
        for (size_t i = 0; i < v->cells.n; i++) {
                const struct cell *c = &v->cells.v[i];
                const struct result *r = v->own ? benchmark_result(c, v->own->code) : NULL;
                bool field = !isnan(c->decile[0]);
                v->moment[v->moments++] = (struct moment) { c->period, r && r->status == RESULT_EXACT ? r->value : NONE, c->target, NONE,
                        { field ? c->decile[0] : NONE, field ? c->quantile[2] : NONE, field ? c->quantile[3] : NONE,
                          field ? c->quantile[4] : NONE, field ? c->decile[8] : NONE }, c->delivered, c->participants, c->inhabitants };
        }
}

static void moments_of_quarters(struct arena *a, struct compare_view *v) {
        v->moment = arena_many(a, struct moment, v->set.moments + 1);
        for (size_t i = 0; i < v->set.moments; i++) {
                const struct series_moment *m = &v->set.moment[i];
                struct moment x = { m->period, v->course ? v->course->point[i].value : NONE, m->all, m->panel, { 0 }, m->delivered,
                        m->participants, m->inhabitants };
                for (size_t k = 0; k < 5; k++)
                        x.quantile[k] = m->quantile[k];
                v->moment[v->moments++] = x;
        }
}

enum err compare_course(struct req *rq, struct compare_view *v) {
        bool found = false;
        enum err e;
        if (v->years) {
                e = benchmark_cells(rq->db, rq->arena, 0, v->who, v->entry->code, v->detail, true, &v->cells);
                moments_of_years(rq->arena, v);
                return e;
        }
        e = benchmark_series(rq->db, rq->arena, 0, v->who, v->entry->code, v->detail, v->own ? v->own->code : S(SERIES_FIELD), &v->set,
                &found);
        if (e != OK || !found)
                return e;
        v->course = v->own ? series_of(&v->set, v->own->code) : NULL;
        moments_of_quarters(rq->arena, v);
        return OK;
}

/* Draws the field, and over it the own line. */
static void ribbon(struct arena *a, struct compare_view *v) {
        struct chart_band *band = arena_many(a, struct chart_band, v->moments);
        struct chart_moment *own = arena_many(a, struct chart_moment, v->moments);
        for (size_t i = 0; i < v->moments; i++) {
                const struct moment *m = &v->moment[i];
                struct str name = period_name(a, m->period);
                struct str text = isnan(m->quantile[1]) ? S("") : str_fmt(a, "de helft tussen %.*s, %lld gemeenten",
                        STR(compare_margin(a, v->entry, m->quantile[1], m->quantile[3])), (long long) m->delivered);
                band[i] = (struct chart_band) { compare_time(m->period), m->quantile[0], m->quantile[1], m->quantile[2], m->quantile[3],
                        m->quantile[4], name, text };
                own[i] = (struct chart_moment) { compare_time(m->period), m->own, false, name,
                        num_short(a, m->own, (int) v->entry->decimals, v->entry->unit) };
        }
        v->has_ribbon = v->moments > 1;
        v->ribbon = (struct chart_ribbon) { band, v->moments, own, v->own ? v->moments : 0, v->own ? v->own->name : S(""), v->entry->name,
                v->years ? 1 : 0.25 };
        v->ribbon_frame = compare_frame(a, v, "verloop", v->own ? str_fmt(a, "%.*s in het hele veld, door de tijd", STR(v->own->name))
                : S("Het hele veld, door de tijd"), compare_words_field(a, v));
        v->ribbon_frame.how = S("In de donkere band ligt de helft van de gemeenten, in de lichte 8 van de 10. Met minder dan dertig gemeenten "
                "is er geen band. Een onderbroken lijn betekent dat er over die periode geen cijfer is.\nHet veld groeit: er doen steeds "
                "meer gemeenten mee. De tabel laat daarom ook zien hoe het ging bij wie er vanaf het begin bij was.");
}

static enum chart_signal signal_of(const struct series_point *p) {
        if (p->signal == STATS_SIGNAL_ABOVE || p->signal == STATS_SIGNAL_BELOW)
                return CHART_OUTSIDE;
        return p->signal == STATS_SIGNAL_NONE && !p->alert ? CHART_USUAL : CHART_PATTERN;
}

static void control(struct arena *a, struct compare_view *v) {
        const struct series *s = v->course;
        struct chart_control_point *point = arena_many(a, struct chart_control_point, s->n + 1);
        size_t known = 0;
        for (size_t i = 0; i < s->n; i++) {
                const struct series_point *p = &s->point[i];
                enum chart_signal signal = signal_of(p);
                struct str value = num_short(a, p->value, (int) v->entry->decimals, v->entry->unit);
                struct str text = signal == CHART_OUTSIDE ? str_fmt(a, "%.*s, buiten de grenzen", STR(value))
                        : signal == CHART_PATTERN ? str_fmt(a, "%.*s, deel van een patroon", STR(value)) : value;
                known += isnan(p->value) ? 0 : 1;
                point[i] = (struct chart_control_point) { compare_time(p->period), p->value, s->mean, p->low, p->high, signal, false,
                        period_name(a, p->period), text };
        }
        v->has_control = known > 3;
        v->control = (struct chart_control) { point, s->n, NULL, 0, v->entry->name, 0.25, s->provisional };
        v->control_frame = compare_frame(a, v, "eigen", str_fmt(a, "Verandert er iets in %.*s zelf?", STR(v->own->name)),
                                         compare_words_course(a, s));
        v->control_frame.how = S("Een cijfer schommelt altijd. De stippellijnen zijn de grenzen van die gewone schommeling, uitgerekend uit de "
                "eigen cijfers en het aantal mensen per kwartaal. Een driehoek ligt erbuiten. Een vierkant hoort bij een patroon: "
                "bijvoorbeeld zeven kwartalen achter elkaar aan dezelfde kant van het gemiddelde, of een langzame verschuiving.\n"
                "Bij kleine aantallen tekenen wij geen grenzen: die zouden te vaak alarm slaan. Met minder dan twaalf kwartalen zijn de "
                "grenzen voorlopig.");
}

void compare_draw_course(struct arena *a, struct compare_view *v) {
        ribbon(a, v);
        if (v->course)
                control(a, v);
}
