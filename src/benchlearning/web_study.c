/* web_study.c - what is known of the programme's waves, and what it takes to see a difference. */
#include <math.h>
#include "number.h"
#include "study.h"
#include "study.tmpl.h"
#include "wedge.h"

static const struct page_note notes[] = { { "vastgelegd", S_INIT("De lichting is vastgelegd.") }, { .code = NULL } };

/* What this roll-out could find at best, with as many figures as there are: standard error of a stepped wedge over the quarters of the
 * waves. It knows of no differences that come and go within a municipality, which the measured margin holds too. */
static struct str power_words(struct arena *a, const struct waves_all_row_list *rows, const struct study *st) {
        const struct study_field *f = &st->r.field;
        if (f->municipalities < EFFECT_PEERS_LEAST || rows->n < 2 || !f->are_shares)
                return S("");
        double cases = f->cases / f->municipalities;
        int64_t first = rows->v[0].starts, last = rows->v[0].starts;
        for (size_t i = 0; i < rows->n; i++) {
                first = rows->v[i].starts < first ? rows->v[i].starts : first;
                last = rows->v[i].starts > last ? rows->v[i].starts : last;
        }
        size_t times = (size_t) (last - first) + EFFECT_WINDOW + 4;
        double *on = arena_many(a, double, rows->n * times), p = f->target / 100;
        for (size_t i = 0; i < rows->n; i++)
                for (size_t t = 0; t < times; t++)
                        on[i * times + t] = first - 4 + (int64_t) t >= rows->v[i].starts;
        struct stats_wedge w = { rows->n, times, on };
        double se = 100 * sqrt(stats_wedge_variance(&w, p * (1 - p) / cases, f->mean > 0 ? p * (1 - p) * f->spread : 0));
        if (isnan(se))
                return S("");
        return str_fmt(a, "In het gunstigste geval valt met %zu gemeenten in deze lichtingen, een jaar cijfers van voor het begin en gemiddeld %.*s gevallen per kwartaal een verschil van %.*s op, in vier van de vijf keer. De marge hierboven volgt uit de cijfers zelf en is meestal ruimer.",
                       rows->n, STR(num_int(a, (int64_t) round(cases))), STR(plain_change(a, EFFECT_POWER_Z * se, (int) st->i.decimals, st->i.unit)));
}

static enum err programme_load(struct req *rq, struct programme_view *v) {
        struct waves_all_row_list rows;
        struct study_of of;
        *v = (struct programme_view) { .chosen = req_text(rq, "cijfer"), .power = S(""), .now = quarter_now(rq->arena, rq->now_ms), .may_edit = viewer_may(rq, RIGHT_METHODS) };
        enum err e = waves_all(rq->db, rq->arena, &rows);
        if (e == OK)
                e = benchmark_dictionary(rq->db, rq->arena, &v->dictionary);
        if (e != OK)
                return e;
        const struct dictionary_entry *d = NULL;
        for (size_t i = 0; i < v->dictionary.n; i++)
                if (v->dictionary.v[i].delivery == DICTIONARY_BY_QUARTER && !str_eq(v->dictionary.v[i].polarity, S("none")) &&
                    (!d || str_eq(v->dictionary.v[i].slug, v->chosen)))
                        d = &v->dictionary.v[i];
        struct study_start *start = arena_many(rq->arena, struct study_start, rows.n + 1);
        for (size_t i = 0; i < rows.n; i++) {
                start[i] = (struct study_start) { rows.v[i].municipality, (int) rows.v[i].starts, (int) rows.v[i].wave };
                v->fictitious |= rows.v[i].is_demo != 0;
                if (i == 0 || rows.v[i].wave != rows.v[i - 1].wave)
                        *vec_push(rq->arena, &v->waves) = (struct wave_row) { .wave = (int) rows.v[i].wave, .starts = (int) rows.v[i].starts, .by_lot = rows.v[i].by_lot != 0 };
                v->waves.v[v->waves.n - 1].places++;
        }
        if (!d || rows.n == 0)
                return OK;
        v->chosen = d->slug;
        v->has_study = true;
        e = study_open(rq, d->code, start, rows.n, &of);
        if (e == OK)
                e = study_load(rq, &of, 0, S("alle"), S(""), &v->all);
        for (size_t w = 0; e == OK && w < v->waves.n; w++)
                e = study_load(rq, &of, v->waves.v[w].wave, str_fmt(rq->arena, "lichting%d", v->waves.v[w].wave), S(""), &v->waves.v[w].study);
        v->power = e == OK ? power_words(rq->arena, &rows, &v->all) : S("");
        return e;
}

static enum err programme_draw(struct req *rq, struct resp *rs, struct programme_view *v) {
        v->note = page_note(rq, notes);
        struct page p = learn_page(rq, rs, S("Wat veranderde er na de start in het programma?"));
        page_crumb(&p, S("Programma"), S("/benchleren/programma"));
        programme_study_page(&p, v);
        return page_done(&p);
}

static enum err programme_get(struct req *rq, struct resp *rs) {
        struct programme_view *v = arena_new(rq->arena, struct programme_view);
        enum err e = programme_load(rq, v);
        return e == OK ? programme_draw(rq, rs, v) : e;
}

static enum err programme_csv_get(struct req *rq, struct resp *rs) {
        struct programme_view *v = arena_new(rq->arena, struct programme_view);
        enum err e = programme_load(rq, v);
        if (e != OK)
                return e;
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = S("benchleren-programma.csv");
        buf_str(&rs->body, S(STUDY_CSV_HEADER));
        if (v->has_study)
                study_csv(&rs->body, v->all.i.code, "alle lichtingen", &v->all);
        for (size_t w = 0; w < v->waves.n && v->has_study; w++)
                study_csv(&rs->body, v->all.i.code, str_fmt(rq->arena, "lichting %d", v->waves.v[w].wave).p, &v->waves.v[w].study);
        return rs->body.full ? ERR_LIMIT : OK;
}

static enum err wave_draw(struct req *rq, struct resp *rs) {
        struct programme_view v = { .now = quarter_now(rq->arena, rq->now_ms), .wave = req_text(rq, "lichting"), .starts = req_text(rq, "begin"), .names = req_text(rq, "gemeenten"),
                                    .by_lot = req_has(rq, "loting") };
        struct page p = learn_page(rq, rs, S("Lichting vastleggen"));
        rs->cache = CACHE_NONE;
        page_crumb(&p, S("Programma"), S("/benchleren/programma"));
        page_crumb(&p, p.title, rq->path);
        wave_form_page(&p, &v);
        return page_done(&p);
}

/* The codes of the municipalities that are named, a line each; a mistake names the line. */
static enum err wave_places(struct req *rq, struct learn_place_list *all, const struct learn_place **found, size_t *n) {
        struct str rest = req_text(rq, "gemeenten"), line;
        enum err e = places_all(rq->db, rq->arena, all);
        *n = 0;
        while (e == OK && str_split(&rest, '\n', &line)) {
                const struct learn_place *p = NULL;
                for (size_t i = 0; i < all->n; i++)
                        if (str_eq(all->v[i].name, line) || str_eq(all->v[i].code, line) || str_eq(all->v[i].slug, line))
                                p = &all->v[i];
                if (p && *n < all->n)
                        found[(*n)++] = p;
                else if (line.n && !req_error_of(rq, "gemeenten").n)
                        req_error(rq, "gemeenten", str_fmt(rq->arena, "Wij kennen ‘%.*s’ niet. Schrijf de naam zoals op de lijst van gemeenten", STR(line)));
        }
        return e;
}

static enum err wave_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct learn_place_list all;
        const struct learn_place **found = arena_many(rq->arena, const struct learn_place *, 1000);
        int64_t wave = 0;
        size_t n = 0;
        int starts = quarter_read(req_text(rq, "begin"));
        enum err e = wave_places(rq, &all, found, &n);
        if (!str_to_i64(req_text(rq, "lichting"), &wave) || wave < 1 || wave > 99)
                req_error(rq, "lichting", S("Vul een nummer in van 1 tot en met 99"));
        if (!starts)
                req_error(rq, "begin", S("Kies het kwartaal waarin de lichting begint"));
        if (n == 0 && !req_error_of(rq, "gemeenten").n)
                req_error(rq, "gemeenten", S("Noem ten minste een gemeente, een op elke regel"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, wave_draw(rq, rs));
        if (e == OK)
                e = wave_clear(rq->db, wave);
        for (size_t i = 0; e == OK && i < n; i++)
                e = wave_put(rq->db, found[i]->code, wave, starts, req_has(rq, "loting"), site->is_demo);
        if (e == OK)
                e = people_trail(rq, "programme.wave", "programme_wave", wave, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? page_noted(rq, rs, S("/benchleren/programma"), "vastgelegd") : e;
}

/* ---- what it takes ---- */

static bool read_number(struct str t, double *ret) {
        char b[32];
        size_t n = 0;
        for (size_t i = 0; i < t.n && n + 1 < sizeof b; i++)
                b[n++] = t.p[i] == ',' ? '.' : t.p[i];
        b[n] = 0;
        return str_to_f64((struct str) { b, n }, ret) && *ret > 0 && *ret < 1e6;
}

static void need_rows(struct req *rq, struct need_view *v, const struct effect_plan *plan, double d) {
        static const int together[] = { 1, 2, 3, 5, 10, 15 };
        int start = quarter_now(rq->arena, rq->now_ms) + 1;
        for (size_t i = 0; i < sizeof together / sizeof *together; i++) {
                int q = effect_quarters(plan, d, together[i]);
                *vec_push(rq->arena, &v->rows) = (struct need_row) {
                        together[i] == 1 ? S("Deze gemeente alleen") : str_fmt(rq->arena, "Samen met %d andere%s", together[i] - 1, together[i] == 2 ? "" : "n"),
                        q ? str_fmt(rq->arena, "%d", q) : S("niet binnen tien jaar"), q ? quarter_text(rq->arena, start + EFFECT_LAG + q - 1) : S("") };
        }
        v->message = plan_words(rq->arena, plan, d, start, &v->i);
}

static enum err need_load(struct req *rq, struct need_view *v) {
        double d = 0;
        bool place = false, figure = false;
        struct effect_plan plan;
        *v = (struct need_view) { .place = req_text(rq, "gemeente"), .figure = req_text(rq, "cijfer"), .difference = req_text(rq, "verschil") };
        enum err e = places_all(rq->db, rq->arena, &v->places);
        if (e == OK)
                e = compared_all(rq->db, rq->arena, &v->figures);
        if (e == OK && v->place.n)
                e = place_by_slug(rq->db, rq->arena, v->place, &v->at, &place);
        if (e == OK && v->figure.n)
                e = indicator_by_slug(rq->db, rq->arena, v->figure, &v->i, &figure);
        v->is_asked = place && figure && v->difference.n;
        if (e != OK || !v->is_asked)
                return e;
        if (!read_number(v->difference, &d)) {
                v->why = S("Vul als verschil een getal boven nul in, zoals 5 of 2,5.");
                return OK;
        }
        e = plan_load(rq, v->i.code, v->at.code, &plan, &v->is_known);
        if (e != OK)
                return e;
        v->d = plain_change(rq->arena, d, (int) v->i.decimals, v->i.unit);
        if (v->is_known)
                need_rows(rq, v, &plan, d);
        else
                v->why = str_fmt(rq->arena, "Te weinig gegevens: er zijn twee jaar cijfers nodig van %.*s, met aantallen, en van ten minste %d vergelijkbare gemeenten.", STR(v->at.name),
                                 EFFECT_PEERS_LEAST);
        return OK;
}

static enum err need_get(struct req *rq, struct resp *rs) {
        struct need_view v;
        enum err e = need_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = learn_page(rq, rs, S("Wat is er nodig om een verschil te zien?"));
        page_crumb(&p, S("Wat is er nodig?"), rq->path);
        need_page(&p, &v);
        return page_done(&p);
}

static const struct field figure_field[] = { { .name = "cijfer", .type = FIELD_CODE, .max = 100 }, NOTE_FIELD, { 0 } };
static const struct field need_fields[] = { { .name = "gemeente", .type = FIELD_CODE, .max = 100 }, { .name = "cijfer", .type = FIELD_CODE, .max = 100 },
        { .name = "verschil", .type = FIELD_TEXT, .max = 20 }, { 0 } };
static const struct field wave_fields[] = { { .name = "lichting", .type = FIELD_TEXT, .max = 3 }, { .name = "begin", .type = FIELD_TEXT, .max = 8 },
        { .name = "loting", .type = FIELD_CODE, .max = 2 }, { .name = "gemeenten", .type = FIELD_MULTILINE, .max = 20000 }, { 0 } };

const struct route benchlearning_study_routes[] = {
        { GET, "/benchleren/programma", ACCESS_PUBLIC, programme_get, figure_field },
        { GET, "/benchleren/programma.csv", ACCESS_PUBLIC, programme_csv_get, figure_field },
        { GET, "/benchleren/programma/lichting", ACCESS_RIGHT, wave_draw, wave_fields, RIGHT_METHODS },
        { POST, "/benchleren/programma/lichting", ACCESS_RIGHT, wave_post, wave_fields, RIGHT_METHODS },
        { GET, "/benchleren/wat-is-er-nodig", ACCESS_PUBLIC, need_get, need_fields },
        { 0 },
};
