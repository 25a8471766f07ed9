/* web_effect.c - one use of a working method: its history, and what happened to the figures after it began. */
#include <math.h>
#include "chart.h"
#include "csv.h"
#include "effect.tmpl.h"
#include "effect_page.h"

static const struct page_note notes[] = {
        { "vastgelegd", S_INIT("De aanpak staat in het register.") },
        { "gewijzigd", S_INIT("De wijziging staat in het register, met wat er veranderde.") },
        { .code = NULL },
};

static enum err use_find(struct req *rq, struct use_view *v, struct aim_list *aims) {
        int64_t id = 0;
        bool found = false;
        if (!str_to_i64(rq->param[0], &id))
                return ERR_NOT_FOUND;
        enum err e = use_get(rq->db, rq->arena, id, &v->use, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        return e == OK ? item_aims_at(rq->db, rq->arena, v->use.item_id, aims) : e;
}

static enum err use_load(struct req *rq, struct use_view *v) {
        struct aim_list aims = { 0 };
        struct method_use_list *all = arena_new(rq->arena, struct method_use_list);
        enum err e = use_find(rq, v, &aims);
        if (e == OK)
                e = use_changes(rq->db, rq->arena, v->use.id, &v->changes);
        if (e == OK)
                e = uses_of_item(rq->db, rq->arena, v->use.item_id, all);
        for (size_t i = 0; e == OK && i < aims.n; i++)
                e = change_view_load(rq, &v->use, all, aims.v[i].code, vec_push(rq->arena, &v->effects));
        return e;
}

static enum err use_page_get(struct req *rq, struct resp *rs) {
        struct use_view v = { 0 };
        enum err e = use_load(rq, &v);
        if (e != OK)
                return e;
        v.when = use_when(rq->arena, &v.use, quarter_now(rq->arena, rq->now_ms));
        v.note = page_note(rq, notes);
        struct page p = learn_page(rq, rs, str_fmt(rq->arena, "%.*s in %.*s", STR(v.use.title), STR(v.use.place)));
        page_crumb(&p, S("Aanpakken in gebruik"), S("/benchleren/aanpakken"));
        page_crumb(&p, p.title, rq->path);
        use_page(&p, &v);
        return page_done(&p);
}

static void csv_series(struct arena *a, struct buf *b, const struct indicator *i, struct str code, struct str name, const char *side, const struct effect_series *s) {
        for (size_t k = 0; k < s->n; k++) {
                const struct effect_point *p = &s->point[k];
                csv_field(b, i->code);
                buf_char(b, ',');
                csv_field(b, code);
                buf_char(b, ',');
                csv_field(b, name);
                buf_fmt(b, ",%s,%.*s,%d", side, STR(quarter_code(a, p->quarter)), p->length);
                csv_number(b, p->value);
                csv_number(b, p->numerator);
                csv_number(b, p->denominator);
                buf_str(b, i->fictitious ? S(",ja\r\n") : S(",nee\r\n"));
        }
}

static enum err csv_figures(struct req *rq, struct buf *b, const struct method_use *u, struct str code) {
        struct figures_source source;
        struct figures f;
        enum err e = figures_source(rq, code, &source);
        if (e == OK)
                e = figures_of(rq, &source, u->municipality, &f);
        if (e != OK)
                return e;
        csv_series(rq->arena, b, &f.i, u->municipality, u->place, "gebruikt", &f.own);
        for (size_t k = 0; k < f.n; k++)
                csv_series(rq->arena, b, &f.i, f.near[k].code, f.near[k].name, "vergelijkbaar", &f.near[k].series);
        return OK;
}

static enum err use_csv_get(struct req *rq, struct resp *rs) {
        struct use_view v = { 0 };
        struct aim_list aims = { 0 };
        enum err e = use_find(rq, &v, &aims);
        if (e != OK)
                return e;
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = str_fmt(rq->arena, "benchleren-gebruik-%lld.csv", (long long) v.use.id);
        buf_str(&rs->body, S("indicator,code,gemeente,kant,kwartaal,kwartalen,waarde,teller,noemer,fictief\r\n"));
        for (size_t i = 0; e == OK && i < aims.n; i++)
                e = csv_figures(rq, &rs->body, &v.use, aims.v[i].code);
        return e == OK && rs->body.full ? ERR_LIMIT : e;
}

static const struct field note_fields[] = { NOTE_FIELD, { 0 } };

const struct route benchlearning_effect_routes[] = {
        { GET, "/benchleren/gebruik/{nummer}", ACCESS_PUBLIC, use_page_get, note_fields },
        { GET, "/benchleren/gebruik/{nummer}.csv", ACCESS_PUBLIC, use_csv_get, NULL },
        { 0 },
};
