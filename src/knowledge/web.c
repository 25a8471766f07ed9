/* web.c - /kennis and /kennis/{slug}. */
#include "item.tmpl.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "list.tmpl.h"
#include "page.h"
#include "views.h"

static const struct field list_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 40 }, { .name = "fase", .type = FIELD_CODE, .max = 40 },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40 }, { .name = "thema", .type = FIELD_CODE, .max = 40 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 10000 }, { 0 },
};

static enum err list_get(struct req *rq, struct resp *rs) {
        struct list_view v;
        enum err e = list_fill(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Kennis"), SECTION_KNOWLEDGE);
        page_crumb(&p, S("Kennis"), S("/kennis"));
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

static bool has_lines(const struct item_view *v, enum item_lines kind) {
        return v->item.details >> kind & 1;
}

/* What only some items have. */
static enum err details_load(struct req *rq, struct item_view *v) {
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        int64_t id = v->item.id;
        enum err e = OK;
        if (has_lines(v, LINES_ELEMENT))
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

static enum err item_load(struct req *rq, struct item_view *v) {
        struct card_row_list related;
        struct db *db = rq->db;
        struct arena *a = rq->arena;
        enum err e = item_sections(db, a, v->item.id, &v->sections);
        if (e == OK)
                e = item_terms(db, a, v->item.id, &v->terms);
        if (e == OK)
                e = item_scores(db, a, v->item.id, &v->scores);
        if (e == OK)
                e = item_indicators(db, a, v->item.id, &v->indicators);
        if (e == OK)
                e = item_adoptions(db, a, v->item.id, &v->adoptions);
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
        for (const struct item_part *const *part = site->item_parts; e == OK && part && *part; part++) {
                struct item_part_view *view = vec_push(rq->arena, &v->parts);
                view->part = *part;
                e = (*part)->load(rq, &v->shown, &view->loaded);
        }
        return e;
}

/* An address that an item had before leads on to the one it has. */
static enum err leads_on(struct req *rq, struct resp *rs) {
        struct former_of_row former;
        bool found;
        enum err e = former_of(rq->db, rq->arena, rq->param[0], &former, &found);
        if (e != OK || !found)
                return e != OK ? e : ERR_NOT_FOUND;
        e = resp_redirect(rs, str_fmt(rq->arena, "/kennis/%.*s", STR(former.slug)));
        rs->status = 301;
        return e;
}

static enum err item_get(struct req *rq, struct resp *rs) {
        struct item_view v = { 0 };
        bool found;
        enum err e = item_by_slug(rq->db, rq->arena, rq->param[0], &v.item, &found);
        if (e == OK && !found)
                return leads_on(rq, rs);
        bool is_withdrawn = e == OK && str_eq(v.item.state, S("withdrawn"));
        if (e == OK && !is_withdrawn)
                e = item_load(rq, &v);
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
        item_page(&p, &v);
        return page_done(&p);
}

const struct route knowledge_routes[] = {
        { GET, "/kennis", ACCESS_PUBLIC, list_get, list_fields },
        { GET, "/kennis/{slug}", ACCESS_PUBLIC, item_get, NULL },
        { 0 },
};
