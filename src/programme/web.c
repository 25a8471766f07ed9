/* web.c - home and the page of one municipality: where the rooms below come together. */
#include "benchlearning.h"
#include "benchmark.h"
#include "home.tmpl.h"
#include "municipality.tmpl.h"
#include "page.h"
#include "programme.h"
#include "programme.sql.h"
#include "views.h"

static enum err home_get(struct req *rq, struct resp *rs) {
        struct home_counts_row counts;
        enum err e = home_counts(rq->db, rq->arena, &counts);
        if (e != OK)
                return e;
        struct home_view v = { .items = counts.items, .municipalities = counts.municipalities, .indicators = counts.indicators };
        struct page p = page_new(rq, rs, S("Wat werkt voor mensen met schulden?"), SECTION_NONE);
        p.description = S("Vergelijk gemeenten op echte cijfers over schulden en lees welke aanpak werkt.");
        p.wide = true;
        home_page(&p, &v);
        return page_done(&p);
}

/* One municipality. */

static enum err municipality_load(struct req *rq, struct municipality_view *v) {
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        struct year_of_row year = { 0 };
        bool found;
        enum err e = municipality_by_slug(db, a, rq->param[0], &v->m, &found);
        if (e != OK || !found)
                return e != OK ? e : ERR_NOT_FOUND;
        v->ended = v->m.ends_on.n > 0;
        e = year_of(db, a, v->m.id, &year, &found);
        if (e == OK && found) {
                v->year = year.year;
                v->inhabitants = year.inhabitants;
                v->households = year.households;
        }
        if (e == OK)
                e = municipality_predecessors(db, a, v->m.id, &v->before);
        if (e == OK)
                e = municipality_successors(db, a, v->m.id, &v->after);
        if (e == OK)
                e = municipality_neighbours(db, a, v->m.id, &v->neighbours);
        if (e == OK)
                e = knowledge_in_municipality(db, a, v->m.code, &v->uses);
        if (e == OK)
                e = organisations_at(db, a, v->m.code, &v->organisations);
        if (e == OK && v->uses.n == 0)
                e = knowledge_most_used(db, a, 3, &v->ideas);
        if (e == OK && !v->ended)
                e = benchlearning_place(rq, v->m.code, v->m.name, v->m.slug, &v->recorded);
        return e;
}

static enum err municipality_get(struct req *rq, struct resp *rs) {
        struct municipality_view v = { 0 };
        struct benchmark_block figures = { 0 };
        enum err e = municipality_load(rq, &v);
        if (e == OK && !v.ended)
                e = benchmark_block_load(rq->db, rq->arena, v.m.code, v.m.name, v.m.slug, &figures);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.m.name, SECTION_MUNICIPALITIES);
        p.description = str_fmt(rq->arena, "Cijfers over schulden en aanpakken in %.*s.", STR(v.m.name));
        page_crumb(&p, S("Gemeenten"), S("/gemeenten"));
        page_crumb(&p, v.m.name, rq->path);
        municipality_page(&p, &v, &figures);
        return page_done(&p);
}

const struct route programme_routes[] = {
        { GET, "/", ACCESS_PUBLIC, home_get, NULL },
        { GET, "/gemeenten/{slug}", ACCESS_PUBLIC, municipality_get, NULL },
        { 0 },
};
