/* web_method.c - what is known per working method: its effect over everybody who started, where it did not help, and what it costs. */
#include <math.h>
#include "csv.h"
#include "fdr.h"
#include "number.h"
#include "study.h"
#include "study.tmpl.h"

static struct str interval_text(struct arena *a, double value, double lo, double hi, const struct indicator *i) {
        int d = (int) i->decimals;
        return str_fmt(a, "%.*s (%.*s tot %.*s)", STR(signed_change(a, value, d, i->unit)), STR(signed_change(a, lo, d + 1, S(""))), STR(signed_change(a, hi, d + 1, S(""))));
}

static void adopter(struct arena *a, struct method_effect *m, const struct method_use *use, const struct effect *e) {
        struct adopter *x = vec_push(a, &m->adopters);
        *x = (struct adopter) { .use = use, .e = *e, .verdict = S("niet te zeggen") };
        static const struct str why[] = { S_INIT("geen cijfers van ervoor"), S_INIT("te weinig kwartalen ervoor"), S_INIT("te vroeg"), S_INIT("te weinig gevallen"),
                                          S_INIT("te weinig vergelijkbare gemeenten") };
        m->estimated += e->status == EFFECT_ESTIMATED;
        x->value = e->status == EFFECT_ESTIMATED ? interval_text(a, e->value, e->lo, e->hi, &m->i) : why[e->status];
}

/* So many that began are so many tests: without a correction a method that does nothing would have helped somewhere. */
static void judge(struct arena *a, struct method_effect *m) {
        enum message_side side = better_side(m->i.polarity);
        double *p = arena_many(a, double, m->adopters.n + 1);
        for (size_t i = 0; i < m->adopters.n; i++)
                p[i] = m->adopters.v[i].e.p;
        stats_adjust(STATS_ADJUST_BH, p, m->adopters.n, p, arena_many(a, struct stats_keyed, m->adopters.n + 1), NULL);
        for (size_t i = 0; i < m->adopters.n; i++) {
                struct adopter *x = &m->adopters.v[i];
                bool sure = p[i] <= BETTER_FALSE_DISCOVERIES, good = (x->e.value > 0) == (side == SIDE_HIGHER);
                if (x->e.status != EFFECT_ESTIMATED)
                        continue;
                x->verdict = !sure ? S("kan toeval zijn") : side == SIDE_NONE ? S("meer dan toeval") : good ? S("gunstiger") : S("minder gunstig");
                m->sure += sure;
                m->better += sure && side != SIDE_NONE && good;
        }
}

/* What the average over all that began says, and in how many of them a difference is more than chance. */
static struct str pool_words(struct arena *a, const struct method_effect *m) {
        const struct effect_pool *p = &m->pool;
        enum message_side side = better_side(m->i.polarity);
        bool sure = p->lo > 0 || p->hi < 0, good = (p->mean > 0) == (side == SIDE_HIGHER);
        const char *so = !sure ? "Dat kan toeval zijn." : side == SIDE_NONE ? "Dat is meer dan toeval." : good ? "Dat is gunstiger, en meer dan toeval."
                                                                                                        : "Dat is minder gunstig, en meer dan toeval.";
        struct str head = str_fmt(a, "In %zu gemeenten samen was het verschil na het begin gemiddeld %.*s, vergeleken met gemeenten die niet begonnen. %s", p->k,
                                  STR(interval_text(a, p->mean, p->lo, p->hi, &m->i)), so);
        size_t unsure = m->estimated - m->sure;
        if (side == SIDE_NONE)
                return str_fmt(a, "%.*s In %zu is het meer dan toeval, in %zu kan het toeval zijn. Bij dit cijfer is hoger of lager niet vanzelf beter.", STR(head), m->sure, unsure);
        return str_fmt(a, "%.*s In %zu ging het aantoonbaar gunstiger, in %zu aantoonbaar minder gunstig, in %zu kan het toeval zijn.", STR(head), m->better,
                       m->sure - m->better, unsure);
}

static void pool(struct arena *a, struct method_effect *m) {
        double *value = arena_many(a, double, m->adopters.n + 1), *se = arena_many(a, double, m->adopters.n + 1);
        size_t k = 0;
        for (size_t i = 0; i < m->adopters.n; i++)
                if (m->adopters.v[i].e.status == EFFECT_ESTIMATED) {
                        value[k] = m->adopters.v[i].e.value;
                        se[k++] = m->adopters.v[i].e.se;
                }
        m->pool = effect_pool(a, value, se, k);
        if (k < 2) {
                m->message = str_fmt(a, "Te weinig gegevens: van %zu van de %zu gemeenten is te zeggen wat er veranderde. Voor een gemiddelde zijn er twee nodig.", k, m->adopters.n);
                return;
        }
        m->message = pool_words(a, m);
}

static void forest(struct arena *a, struct method_view *v, struct method_effect *m) {
        struct chart_row *row = arena_many(a, struct chart_row, m->adopters.n + 2);
        size_t n = 0;
        int d = (int) m->i.decimals;
        for (size_t i = 0; i < m->adopters.n; i++) {
                const struct adopter *x = &m->adopters.v[i];
                if (x->e.status == EFFECT_ESTIMATED)
                        row[n++] = (struct chart_row) { x->use->place, x->value, signed_change(a, x->e.value, d + 1, S("")), x->e.value, x->e.lo, x->e.hi, (double) NAN, false };
        }
        m->has_chart = n > 1;
        if (m->has_chart)
                row[n++] = (struct chart_row) { S("Samen"), interval_text(a, m->pool.mean, m->pool.lo, m->pool.hi, &m->i), signed_change(a, m->pool.mean, d + 1, S("")), m->pool.mean,
                                                m->pool.lo, m->pool.hi, (double) NAN, true };
        m->forest = (struct chart_interval) { .row = row, .rows = n, .target = 0, .target_label = S("geen verschil"), .own_label = S("alle samen"), .other_label = S("gemeente die begon") };
        m->frame = (struct chart) {
                .id = str_fmt(a, "samen%.*s", STR(m->i.slug)), .title = str_fmt(a, "%.*s: verschil na het begin", STR(m->i.name)), .message = m->message, .unit = S(""), .decimals = d + 1, .level = 3,
                .fictitious = m->i.fictitious || v->fictitious, .csv = str_fmt(a, "/benchleren/aanpakken/%.*s.csv", STR(v->item.slug)),
                .how = S("Elke rij is een gemeente die begon. Rechts van de streep steeg het cijfer meer dan in vergelijkbare gemeenten, links minder.\n"
                         "De onderste rij neemt ze samen. Gemeenten met veel gevallen tellen zwaarder, en wij houden er rekening mee dat de aanpak niet overal hetzelfde doet.\n"
                         "Aantoonbaar betekent: meer dan toeval, ook na correctie voor het aantal gemeenten dat begon. Een enkele marge naast de streep is dat nog niet."),
                .source = S("Begin: register van aanpakken."),
        };
}

static enum err method_effect(struct req *rq, struct method_view *v, const struct method_use_list *uses, const struct aim *aim) {
        struct study_start *start = arena_many(rq->arena, struct study_start, uses->n + 1);
        struct method_effect *m = vec_push(rq->arena, &v->effects);
        const struct effect *effect = NULL;
        struct study_of of;
        *m = (struct method_effect) { 0 };
        for (size_t i = 0; i < uses->n; i++)
                start[i] = (struct study_start) { uses->v[i].municipality, (int) uses->v[i].starts, 1 };
        enum err e = study_open(rq, aim->code, start, uses->n, &of);
        if (e == OK)
                e = effects_load(rq, uses, aim->code, &effect);
        if (e != OK)
                return e;
        m->i = of.i;
        for (size_t i = 0; i < uses->n; i++)
                adopter(rq->arena, m, &uses->v[i], &effect[i]);
        v->judged |= better_side(m->i.polarity) != SIDE_NONE;
        judge(rq->arena, m);
        pool(rq->arena, m);
        forest(rq->arena, v, m);
        return study_load(rq, &of, 0, str_fmt(rq->arena, "tijd%.*s", STR(aim->slug)), m->frame.csv, &m->study);
}

static void costs(struct method_view *v) {
        for (size_t i = 0; i < v->uses.n; i++) {
                struct opt_i64 c = v->uses.v[i].use->cost;
                if (!c.is_set)
                        continue;
                v->cost_low = v->costs && v->cost_low < c.v ? v->cost_low : c.v;
                v->cost_high = v->costs && v->cost_high > c.v ? v->cost_high : c.v;
                v->costs++;
        }
}

static enum err method_load(struct req *rq, struct method_view *v) {
        struct method_use_list *uses = arena_new(rq->arena, struct method_use_list);
        struct aim_list aims;
        bool found = false;
        *v = (struct method_view) { 0 };
        enum err e = method_item(rq->db, rq->arena, rq->param[0], &v->item, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = uses_of_item(rq->db, rq->arena, v->item.id, uses);
        if (e == OK)
                e = method_scores(rq->db, rq->arena, v->item.id, &v->scores);
        if (e == OK)
                e = item_aims_at(rq->db, rq->arena, v->item.id, &aims);
        if (e != OK)
                return e;
        v->uses = use_rows_of(rq->arena, uses, quarter_now(rq->arena, rq->now_ms));
        for (size_t i = 0; i < uses->n; i++)
                v->fictitious |= uses->v[i].is_demo != 0;
        costs(v);
        for (size_t i = 0; e == OK && uses->n && i < aims.n; i++)
                e = method_effect(rq, v, uses, &aims.v[i]);
        return e;
}

static enum err method_get(struct req *rq, struct resp *rs) {
        struct method_view v;
        enum err e = method_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, str_fmt(rq->arena, "%.*s: hielp het?", STR(v.item.title)));
        page_crumb(&p, S("Aanpakken in gebruik"), S("/benchleren/aanpakken"));
        page_crumb(&p, v.item.title, rq->path);
        method_page(&p, &v);
        return page_done(&p);
}

static enum err method_csv_get(struct req *rq, struct resp *rs) {
        struct method_view v;
        enum err e = method_load(rq, &v);
        if (e != OK)
                return e;
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = str_fmt(rq->arena, "benchleren-%.*s.csv", STR(v.item.slug));
        buf_str(&rs->body, S(STUDY_CSV_HEADER));
        for (size_t i = 0; i < v.effects.n; i++) {
                const struct method_effect *m = &v.effects.v[i];
                for (size_t k = 0; k < m->adopters.n; k++) {
                        const struct adopter *x = &m->adopters.v[k];
                        csv_field(&rs->body, m->i.code);
                        buf_str(&rs->body, S(",gemeente,"));
                        csv_field(&rs->body, x->use->place);
                        buf_str(&rs->body, S(",,1"));
                        csv_number(&rs->body, x->e.value);
                        csv_number(&rs->body, x->e.lo);
                        csv_number(&rs->body, x->e.hi);
                        csv_number(&rs->body, (double) NAN);
                        buf_str(&rs->body, m->i.fictitious || v.fictitious ? S(",ja\r\n") : S(",nee\r\n"));
                }
                study_csv(&rs->body, m->i.code, "samen", &m->study);
        }
        return rs->body.full ? ERR_LIMIT : OK;
}

const struct route benchlearning_method_routes[] = {
        { GET, "/benchleren/aanpakken/{aanpak}", ACCESS_PUBLIC, method_get, NULL },
        { GET, "/benchleren/aanpakken/{aanpak}.csv", ACCESS_PUBLIC, method_csv_get, NULL },
        { 0 },
};
