/* web.c - home, search and the page of one municipality: where the rooms below come together. */
#include "benchmark.h"
#include "buf.h"
#include "home.tmpl.h"
#include "municipality.tmpl.h"
#include "page.h"
#include "programme.h"
#include "programme.sql.h"
#include "search.tmpl.h"
#include "vec.h"
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

/* Search. The kinds of document, their labels and where they live. */

static const struct { struct str kind, one, many, path; } kinds[] = {
        { S_INIT("kennis"), S_INIT("Kennis"), S_INIT("Kennis"), S_INIT("/kennis/") },
        { S_INIT("cijfer"), S_INIT("Cijfer"), S_INIT("Cijfers"), S_INIT("/cijfers/") },
        { S_INIT("vraag"), S_INIT("Vraag uit de praktijk"), S_INIT("Vragen uit de praktijk"), S_INIT("/vragen/") },
        { S_INIT("gemeente"), S_INIT("Gemeente"), S_INIT("Gemeenten"), S_INIT("/gemeenten/") },
};
#define KINDS_N (sizeof kinds / sizeof *kinds)

static size_t kind_at(struct str kind) {
        size_t i = 0;
        while (i + 1 < KINDS_N && !str_eq(kinds[i].kind, kind))
                i++;
        return i;
}

static struct str search_address(struct arena *a, struct str q, struct str kind, int64_t page) {
        _cleanup_(buf_done) struct buf b = { 0 };
        html_lit(&b, "/zoeken?q=");
        html_urlpart(&b, q);
        if (kind.n)
                buf_fmt(&b, "&soort=%.*s", STR(kind));
        if (page > 1)
                buf_fmt(&b, "&pagina=%d", (int) page);
        return str_dup(a, buf_view(&b));
}

static void fill_hits(struct req *rq, struct search_view *v) {
        for (size_t i = 0; i < v->result.hits.n; i++) {
                const struct search_hit *h = &v->result.hits.v[i];
                size_t k = kind_at(h->kind);
                *vec_push(rq->arena, &v->hits) = (struct hit_view) {
                        .hit = h, .kind = kinds[k].one,
                        .href = url_path(str_fmt(rq->arena, "%.*s%.*s", STR(kinds[k].path), STR(h->ref))),
                        .snippet = search_excerpt(rq->arena, h, &v->result.query, 240),
                };
        }
}

static void fill_kinds(struct req *rq, struct str chosen, struct search_view *v) {
        size_t all = 0;
        for (size_t i = 0; i < v->result.kinds.n; i++)
                all += v->result.kinds.v[i].n;
        if (v->result.kinds.n < 2)
                return;
        *vec_push(rq->arena, &v->kinds) = (struct kind_choice) {
                S("Alles"), search_address(rq->arena, v->query, S(""), 1), all, chosen.n == 0 };
        for (size_t k = 0; k < KINDS_N; k++)
                for (size_t i = 0; i < v->result.kinds.n; i++)
                        if (str_eq(v->result.kinds.v[i].kind, kinds[k].kind))
                                *vec_push(rq->arena, &v->kinds) = (struct kind_choice) {
                                        kinds[k].many, search_address(rq->arena, v->query, kinds[k].kind, 1),
                                        v->result.kinds.v[i].n, str_eq(chosen, kinds[k].kind) };
}

static const struct field search_fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 200 }, { .name = "soort", .type = FIELD_CODE, .max = 20 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 50 }, { 0 },
};

static enum err search_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct search_view v = { .query = req_text(rq, "q"), .page = req_integer(rq, "pagina", 1) };
        struct str kind = req_text(rq, "soort");
        if (kind.n && !str_eq(kinds[kind_at(kind)].kind, kind))
                return ERR_NOT_FOUND;
        if (v.query.n) {
                enum err e = search_ask(site->search, rq->db, rq->arena, v.query, kind, (size_t) (v.page - 1) * SEARCH_LIMIT,
                                        &v.result);
                if (e != OK)
                        return e;
                fill_hits(rq, &v);
                fill_kinds(rq, kind, &v);
        }
        v.pages = ((int64_t) v.result.total + SEARCH_LIMIT - 1) / SEARCH_LIMIT;
        if (v.page > 1 && v.page > v.pages)
                return ERR_NOT_FOUND;
        v.previous = v.page > 1 ? search_address(rq->arena, v.query, kind, v.page - 1) : S("");
        v.next = v.page < v.pages && v.page < 50 ? search_address(rq->arena, v.query, kind, v.page + 1) : S("");
        v.suggestion_href = search_address(rq->arena, v.result.suggestion, S(""), 1);
        struct page p = page_new(rq, rs, v.query.n ? str_fmt(rq->arena, "Zoeken naar ‘%.*s’", STR(v.query)) : S("Zoeken"),
                                 SECTION_NONE);
        page_crumb(&p, S("Zoeken"), S("/zoeken"));
        search_page(&p, &v);
        return page_done(&p);
}

const struct route programme_routes[] = {
        { GET, "/", ACCESS_PUBLIC, home_get, NULL },
        { GET, "/gemeenten/{slug}", ACCESS_PUBLIC, municipality_get, NULL },
        { GET, "/zoeken", ACCESS_PUBLIC, search_get, search_fields },
        { 0 },
};
