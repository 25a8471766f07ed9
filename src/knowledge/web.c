/* web.c - /kennis and /kennis/{slug}. */
#include <string.h>
#include "item.tmpl.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "list.tmpl.h"
#include "page.h"
#include "views.h"
#include "write.h"

static const struct field list_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 40 }, { .name = "fase", .type = FIELD_CODE, .max = 40 },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40 }, { .name = "thema", .type = FIELD_CODE, .max = 40 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 10000 },
        { .name = "aanpak", .type = FIELD_CODE, .max = 200, .many = true }, { 0 },
};

static enum err list_get(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = list_fill(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Kennis"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        p.feed = feed_path(rq);
        list_page(&p, &v);
        return page_done(&p);
}

const struct item_scores_row *item_score(const struct item_view *v, const char *score) {
        for (size_t i = 0; i < v->scores.n; i++)
                if (str_eq(v->scores.v[i].score, str_of(score)))
                        return &v->scores.v[i];
        return NULL;
}

bool item_is_sources(const struct item_view *v, size_t i) {
        return str_eq(v->sections.v[i].slug, S("bronnen"));
}

struct str item_labels(struct arena *a, const struct item_view *v, const char *list) {
        struct str out = S("");
        for (size_t i = 0; i < v->terms.n; i++)
                if (str_eq(v->terms.v[i].list, str_of(list)))
                        out = str_fmt(a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(v->terms.v[i].label));
        return out;
}

bool item_has_rivals(const struct item_view *v) {
        for (size_t i = 0; i < v->related.n; i++)
                if (v->related.v[i].is_approach)
                        return true;
        return false;
}

bool item_is_judged(const struct item_view *v) {
        return !str_eq(v->item.kind, S("toolkit")) && !str_eq(v->item.kind, S("verhaal"));
}

struct str item_aims_title(const struct item_view *v) {
        return v->is_approach ? S("Wat zien wij in onze eigen cijfers?") : S("Op welke cijfers richt dit zich?");
}

static bool has_lines(const struct item_view *v, int kind) {
        return v->item.details >> kind & 1;
}

/* What only some items have. */
static enum err details_load(struct req *rq, struct item_view *v) {
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        int64_t id = v->item.id;
        enum err e = OK;
        if (has_lines(v, DETAIL_SCORES))
                e = item_scores(db, a, id, &v->scores);
        if (e == OK && has_lines(v, DETAIL_INDICATORS))
                e = item_indicators(db, a, id, &v->indicators);
        if (e == OK && has_lines(v, LINES_USE))
                e = item_adoptions(db, a, id, &v->adoptions);
        if (e == OK && has_lines(v, LINES_ELEMENT))
                e = item_elements(db, a, id, &v->elements);
        if (e == OK && has_lines(v, LINES_STUDY))
                e = item_studies(db, a, id, &v->studies);
        if (e == OK && has_lines(v, LINES_EXPERIENCE))
                e = item_experiences(db, a, id, &v->experiences);
        if (e == OK && has_lines(v, LINES_MATERIAL))
                e = item_materials(db, a, id, &v->materials);
        if (e == OK && has_lines(v, LINES_RECOGNITION))
                e = item_recognitions(db, a, id, &v->recognitions);
        if (e == OK && has_lines(v, LINES_EDITION))
                e = item_editions(db, a, id, &v->editions);
        if (e == OK && has_lines(v, LINES_STEP))
                e = item_steps(db, a, id, &v->steps);
        return e;
}

enum err item_fill(struct req *rq, struct item_view *v) {
        struct card_row_list related;
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        enum err e = item_sections(db, a, v->item.id, &v->sections);
        v->is_approach = item_is_approach(v->item.kind);
        if (e == OK)
                e = item_terms(db, a, v->item.id, &v->terms);
        if (e == OK)
                e = details_load(rq, v);
        if (e == OK)
                e = related_cards(db, a, v->item.id, &related);
        if (e == OK)
                knowledge_cards_of(a, &related, &v->related);
        return e;
}

static enum err parts_load(struct req *rq, struct item_view *v) {
        const struct site *site = rq->app;
        enum err e = OK;
        v->shown = (struct item_shown) { v->item.id, v->item.slug, v->item.title };
        for (const struct item_extra *const *part = site->item_extras; e == OK && part && *part; part++) {
                struct item_extra_view *view = vec_push(rq->arena, &v->parts);
                view->part = *part;
                e = (*part)->load(rq, &v->shown, &view->loaded);
        }
        return e;
}

enum err knowledge_today(struct db *db, struct arena *a, struct str *slug) {
        struct former_of_row former;
        bool found;
        enum err e = former_of(db, a, *slug, &former, &found);
        if (e == OK && found)
                *slug = former.slug;
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err knowledge_leads_on(struct req *rq, struct resp *rs) {
        struct str slug = rq->param[0];
        enum err e = knowledge_today(rq->db, rq->arena, &slug);
        if (e != OK)
                return e;
        struct str rest = str_sub(rq->path, strlen("/kennis/") + rq->param[0].n, rq->path.n);
        e = resp_moved(rs, str_fmt(rq->arena, "/kennis/%.*s%.*s%s%.*s", STR(slug), STR(rest), rq->query.n ? "?" : "", STR(rq->query)));
        if (rq->method == POST)
                rs->status = 307;       /* the browser sends the form again, to the address of today */
        return e;
}

static enum err item_get(struct req *rq, struct resp *rs) {
        struct item_view v = { 0 };
        bool found;
        enum err e = item_by_slug(rq->db, rq->arena, rq->param[0], &v.item, &found);
        if (e == OK && !found)
                return knowledge_leads_on(rq, rs);
        bool is_withdrawn = e == OK && str_eq(v.item.state, S("withdrawn"));
        if (e == OK && !is_withdrawn)
                e = item_fill(rq, &v);
        if (e == OK && !is_withdrawn)
                e = parts_load(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.item.title, SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
        page_crumb(&p, v.item.title, rq->path);
        if (is_withdrawn) {
                rs->status = 410;
                item_withdrawn_page(&p, &v);
                return page_done(&p);
        }
        p.description = v.item.summary;
        p.canonical = page_address(rq, rq->path);
        p.data = item_data(rq, &v);
        item_page(&p, &v);
        return page_done(&p);
}

static const struct field glossary_fields[] = { { .name = "letter", .type = FIELD_CODE, .max = 1 }, { 0 } };

const struct route knowledge_routes[] = {
        { GET, "/kennis", ACCESS_PUBLIC, list_get, list_fields },
        { GET, "/kennis/vergelijken", ACCESS_PUBLIC, compare_get, compare_fields },
        { GET, "/kennis/feed.atom", ACCESS_PUBLIC, feed_get, feed_fields },
        { GET, "/kennis/{slug}", ACCESS_PUBLIC, item_get, NULL },
        { GET, "/kennis/{slug}/afdrukken", ACCESS_PUBLIC, item_print_get, NULL },
        { GET, "/kennis/{slug}/toolkit.zip", ACCESS_PUBLIC, toolkit_zip_get, NULL },
        { GET, "/begrippen", ACCESS_PUBLIC, glossary_get, glossary_fields },
        { GET, "/begrippen/{slug}", ACCESS_PUBLIC, glossary_term_get, NULL },
        { 0 },
};
