/* preview.c - the page that a text would be, drawn without publishing it. What is not known yet is left out. */
#include "clock.h"
#include "item.tmpl.h"
#include "knowledge_publish.h"
#include "markdown.h"
#include "page.h"
#include "utf8.h"
#include "views.h"

/* Lists of rows of the store have no spare room: they are made as long as the text needs. */
#define ROWS(to, count) ((to).v = arena_array(a, (count) + 1, sizeof *(to).v), (to).n = (count))

static enum err sections(struct arena *a, const struct item_text *t, struct item_view *v) {
        ROWS(v->sections, t->front.n_sections);
        for (size_t i = 0; i < t->front.n_sections; i++) {
                struct safe_html html = { S("") };
                struct str heading = t->front.sections[i].heading;
                if (markdown_render(a, t->front.sections[i].body, &html) != OK)
                        html.bytes = S("<p>Dit deel is te lang of te diep genest om te tonen.</p>");
                v->sections.v[i] = (struct item_sections_row) { .slug = utf8_slug(a, heading), .title = heading, .html = html.bytes };
        }
        return OK;
}

static struct str label_of(const struct every_term_row_list *terms, const char *list, struct str code) {
        for (size_t i = 0; i < terms->n; i++)
                if (str_eq(terms->v[i].list, str_of(list)) && str_eq(terms->v[i].code, code))
                        return terms->v[i].label;
        return S("");
}

static enum err terms(struct db *db, struct arena *a, const struct item_text *t, struct item_view *v) {
        struct every_term_row_list all;
        const struct { const char *name; const struct str_list *codes; } lists[] = {
                { "fase", &t->phases }, { "doelgroep", &t->targets }, { "thema", &t->themes },
        };
        enum err e = every_term(db, a, &all);
        ROWS(v->terms, t->phases.n + t->targets.n + t->themes.n);
        v->terms.n = 0;
        for (size_t l = 0; e == OK && l < 3; l++)
                for (size_t i = 0; i < lists[l].codes->n; i++) {
                        struct str code = lists[l].codes->v[i], label = label_of(&all, lists[l].name, code);
                        if (label.n)
                                v->terms.v[v->terms.n++] = (struct item_terms_row) { .list = str_of(lists[l].name), .code = code, .label = label };
                }
        v->item.kind = t->kind.n ? t->kind.v[0] : S("");
        v->item.kind_label = e == OK && t->kind.n ? label_of(&all, "soort", t->kind.v[0]) : S("");
        return e;
}

static void scores(struct arena *a, const struct item_text *t, struct item_view *v) {
        static const char *const names[SCORES_N] = { "evidence", "effect", "cost" };
        ROWS(v->scores, SCORES_N);
        v->scores.n = 0;
        for (size_t i = 0; i < SCORES_N; i++) {
                const struct str *x = t->scores[i].v;
                if (x[0].n)
                        v->scores.v[v->scores.n++] = (struct item_scores_row) { .score = str_of(names[i]), .judgement = x[0], .institute = x[1],
                                                                               .dated = x[2], .url = x[3], .reason = x[4] };
        }
}

static void evidence(struct arena *a, const struct item_text *t, struct item_view *v) {
        size_t n = t->lines[LINES_ELEMENT].n;
        ROWS(v->elements, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_ELEMENT].v[i].v;
                v->elements.v[i] = (struct item_elements_row) { .name = x[0], .why = x[1], .url = x[2] };
        }
        n = t->lines[LINES_STUDY].n;
        ROWS(v->studies, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_STUDY].v[i].v;
                struct opt_i64 units = { 0 };
                units.is_set = str_to_i64(x[5], &units.v);
                v->studies.v[i] = (struct item_studies_row) { .title = x[0], .authors = x[1], .dated = x[2], .url = x[3], .design = x[4],
                        .units = units, .outcome = x[6], .effect = x[7], .margin = x[8], .remark = x[9] };
        }
        n = t->lines[LINES_EXPERIENCE].n;
        ROWS(v->experiences, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_EXPERIENCE].v[i].v;
                v->experiences.v[i] = (struct item_experiences_row) { .who = x[0], .dated = x[1], .context = x[2], .needed = x[3], .result = x[4],
                                                                      .url = x[5] };
        }
}

static void materials(struct arena *a, const struct item_text *t, struct item_view *v) {
        size_t n = t->lines[LINES_MATERIAL].n;
        ROWS(v->materials, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_MATERIAL].v[i].v;
                v->materials.v[i] = (struct item_materials_row) { .title = x[0], .publisher = x[1], .dated = x[2], .url = x[3] };
        }
        n = t->lines[LINES_RECOGNITION].n;
        ROWS(v->recognitions, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_RECOGNITION].v[i].v;
                v->recognitions.v[i] = (struct item_recognitions_row) { .institute = x[0], .level = x[1], .dated = x[2], .url = x[3] };
        }
        n = t->lines[LINES_EDITION].n;
        ROWS(v->editions, n);
        for (size_t i = 0; i < n; i++) {
                const struct str *x = t->lines[LINES_EDITION].v[i].v;
                v->editions.v[i] = (struct item_editions_row) { .label = x[0], .dated = x[1], .url = x[2], .changed = x[3] };
        }
}

static enum err steps(struct db *db, struct arena *a, const struct item_text *t, struct item_view *v) {
        enum err e = OK;
        ROWS(v->steps, t->lines[LINES_STEP].n);
        v->steps.n = 0;
        for (size_t i = 0; e == OK && i < t->lines[LINES_STEP].n; i++) {
                const struct str *x = t->lines[LINES_STEP].v[i].v;
                struct item_by_slug_row item;
                bool found;
                e = item_by_slug(db, a, x[0], &item, &found);
                if (e == OK && found)
                        v->steps.v[v->steps.n++] = (struct item_steps_row) { .slug = item.slug, .title = item.title, .summary = item.summary,
                                .kind_label = item.kind_label, .state = item.state, .how = x[1] };
        }
        return e;
}

static enum err uses(struct db *db, struct arena *a, const struct item_text *t, struct item_view *v) {
        struct known_municipalities_row_list places = { 0 };
        enum err e = t->lines[LINES_USE].n ? known_municipalities(db, a, &places) : OK;
        ROWS(v->adoptions, t->lines[LINES_USE].n);
        v->adoptions.n = 0;
        for (size_t i = 0; e == OK && i < t->lines[LINES_USE].n; i++) {
                const struct str *x = t->lines[LINES_USE].v[i].v;
                for (size_t k = 0; k < places.n; k++)
                        if (str_eq(places.v[k].name, x[0]))
                                v->adoptions.v[v->adoptions.n++] = (struct item_adoptions_row) { .slug = utf8_slug(a, x[0]), .name = x[0],
                                        .since = x[1], .note = x[2], .source_url = x[3], .fictitious = x[4].n > 0 };
        }
        return e;
}

enum err knowledge_preview(struct req *rq, struct resp *rs, struct str text, struct str back) {
        struct arena *a = rq->arena;
        struct item_text t;
        struct text_error error;
        struct item_view v = { .preview_of = back };
        enum err e = item_text_read_draft(a, text, &error, &t);
        if (e != OK)
                return e;
        v.item.slug = S("voorbeeld");
        v.item.title = t.title.n ? t.title : S("Nog zonder titel");
        v.item.summary = t.summary;
        v.item.owner = t.owner;
        v.item.licence = t.licence;
        v.item.contact = t.contact;
        v.item.since = t.since;
        v.item.warning = t.warning;
        v.item.updated_on = clock_dutch_day(a, rq->now_ms);
        v.item.note = S("");
        e = sections(a, &t, &v);
        if (e == OK)
                e = terms(rq->db, a, &t, &v);
        scores(a, &t, &v);
        evidence(a, &t, &v);
        materials(a, &t, &v);
        if (e == OK)
                e = steps(rq->db, a, &t, &v);
        if (e == OK)
                e = uses(rq->db, a, &t, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.item.title, SECTION_KNOWLEDGE);
        page_crumb(&p, S("Redactie"), S("/redactie"));
        page_crumb(&p, S("Voorbeeld"), rq->path);
        item_page(&p, &v);
        return page_done(&p);
}
