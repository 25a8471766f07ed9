/* view.c - gathers what the pages show of one case. */
#include "follow.h"
#include "markdown.h"
#include "utf8.h"
#include "views.h"

enum err person_name(struct req *rq, int64_t id, struct str *ret) {
        struct person p;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, id, &p, &found);
        *ret = e == OK && found ? p.name : S("iemand zonder account");
        return e;
}

struct str labels_text(struct arena *a, const struct str *labels, size_t n, unsigned bits) {
        struct str out = S("");
        for (size_t i = 0; i < n; i++)
                if (bits >> i & 1)
                        out = str_fmt(a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(labels[i]));
        return out;
}

struct str needs_text(struct arena *a, unsigned needs) {
        return labels_text(a, need_labels, NEEDS_N, needs);
}

const struct score_level *level_of(size_t score, struct str code) {
        return score_level(&score_kinds[score], code);
}

struct str sides_text(struct arena *a, const struct voters_of_row_list *voters, int64_t round) {
        struct str out = S("");
        for (size_t i = 0; i < voters->n; i++)
                if (voters->v[i].round == round)
                        out = str_fmt(a, "%.*s%s%d uit %.*s", STR(out), out.n ? ", " : "", (int) voters->v[i].n,
                                      STR(utf8_fold(a, side_label(voters->v[i].side))));
        return out;
}

static void show_line(struct arena *a, const struct item_line *line, struct shown_lines *ret) {
        struct shown_line *l = vec_push(a, &ret->rows);
        *l = (struct shown_line) { S(""), S("") };
        for (size_t k = 0; k < LINE_PARTS; k++) {
                struct str part = line->v[k];
                if (part.n && (str_starts(part, S("https://")) || str_starts(part, S("http://"))))
                        l->address = part;
                else if (part.n)
                        l->text = str_fmt(a, "%.*s%s%.*s", STR(l->text), l->text.n ? " · " : "", STR(part));
        }
}

void text_show(struct arena *a, struct str text, struct shown_text *ret) {
        static const struct { enum item_lines kind; struct str heading; } kinds[] = {
                { LINES_ELEMENT, S_INIT("Werkzame elementen") }, { LINES_STUDY, S_INIT("Onderzoek") }, { LINES_EXPERIENCE, S_INIT("Ervaringen uit de praktijk") },
                { LINES_USE, S_INIT("Waar het gebruikt wordt") }, { LINES_MATERIAL, S_INIT("Materiaal") },
                { LINES_RECOGNITION, S_INIT("Oordeel van andere instituten") }, { LINES_SOURCE, S_INIT("Bronnen met adres") },
        };
        struct text_error error;
        struct item_text t;
        *ret = (struct shown_text) { .is_there = false };
        if (text.n == 0 || item_text_read_draft(a, text, &error, &t) != OK)
                return;
        *ret = (struct shown_text) { .is_there = true, .title = t.title, .summary = t.summary, .owner = t.owner };
        for (size_t i = 0; i < t.front.n_sections; i++) {
                struct safe_html html;
                if (t.front.sections[i].body.n && markdown_render(a, t.front.sections[i].body, &html) == OK)
                        *vec_push(a, &ret->sections) = (struct shown_section) { t.front.sections[i].heading, html };
        }
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
                if (t.lines[kinds[i].kind].n == 0)
                        continue;
                struct shown_lines *l = vec_push(a, &ret->lines);
                l->heading = kinds[i].heading;
                for (size_t k = 0; k < t.lines[kinds[i].kind].n; k++)
                        show_line(a, &t.lines[kinds[i].kind].v[k], l);
        }
}

/* What the visitor may do now, and what keeps her from it. */
static enum err fill_steps(struct req *rq, struct case_view *v) {
        unsigned facts = 0;
        enum case_state s = case_state_of(&v->c);
        enum err e = case_facts(rq, &v->c, &facts);
        for (const struct transition *t = transitions; e == OK && t->code.n; t++) {
                if (!transition_allowed(t, s, v->actors))
                        continue;
                unsigned lacks = t->needs & ~facts & ~NEEDS_OF_FORM;
                if (is_decision(t)) {
                        v->decision_lacks = v->may_decide ? v->decision_lacks : needs_text(rq->arena, lacks);
                        v->may_decide = true;
                        continue;
                }
                *vec_push(rq->arena, &v->steps) = (struct assess_choice) { t, needs_text(rq->arena, lacks) };
                if (!lacks && !v->steps.any_ready)
                        v->steps.first = v->steps.n - 1;
                v->steps.any_ready |= !lacks;
                v->steps.goes_on |= !lacks && t->to != STATE_WITHDRAWN;
                v->steps.any_lacks |= lacks != 0;
                v->steps.any_note |= !lacks && t->needs & NEED_NOTE;
        }
        return e;
}

static enum err fill_names(struct req *rq, struct case_view *v) {
        struct organisation o;
        struct case_item_row item;
        bool found = false;
        v->organisation = v->item_slug = S("");
        enum err e = person_name(rq, v->c.person_id, &v->submitter);
        if (e == OK && v->c.organisation_id.is_set)
                e = organisation_by_id(rq->db, rq->arena, v->c.organisation_id.v, &o, &found);
        if (e == OK && found)
                v->organisation = o.name;
        if (e == OK && v->c.item_id.is_set) {
                e = case_item(rq->db, rq->arena, v->c.item_id.v, &item, &found);
                if (e == OK && found && str_eq(item.state, S("published")))
                        v->item_slug = item.slug;
        }
        return e;
}

static enum err fill_text(struct req *rq, struct case_view *v) {
        struct text_error why = { 0 };
        struct str text;
        bool whole = false;
        enum err e = case_text(rq, &v->c, &text);
        if (e == OK)
                e = text_is_whole(rq, &v->c, &whole, &why);
        v->text_wrong = whole ? S("") : why.reason.n ? why.reason : S("er is nog geen tekst");
        if (e == OK)
                text_show(rq->arena, text, &v->text);
        return e;
}

enum err case_view_fill(struct req *rq, const struct assessment *c, struct case_view *v) {
        *v = (struct case_view) { .c = *c, .state = &case_states[case_state_of(c)], .decision_lacks = S("") };
        struct remarks_count_row n = { 0 };
        enum err e = case_actors(rq, c, &v->actors);
        if (e == OK)
                e = fill_steps(rq, v);
        if (e == OK)
                e = fill_names(rq, v);
        if (e == OK)
                e = fill_text(rq, v);
        if (e == OK)
                e = steps_of(rq->db, rq->arena, c->id, &v->history);
        if (e == OK)
                e = remarks_of(rq->db, rq->arena, c->id, c->round, &v->remarks);
        if (e == OK)
                e = remarks_count(rq->db, rq->arena, c->id, c->round, &n);
        v->sent_back = (size_t) n.n;
        if (e == OK)
                e = decisions_of(rq->db, rq->arena, c->id, &v->decisions);
        if (e == OK)
                e = objections_of(rq->db, rq->arena, c->id, &v->objections);
        if (e == OK)
                e = voters_of(rq->db, rq->arena, c->id, &v->voters);
        return e == OK ? panel_load(rq, c, &v->panel) : e;
}

enum err case_view_panel(struct req *rq, struct case_view *v) {
        struct assessors_row_list all;
        enum err e = assessors(rq->db, rq->arena, &all);
        for (size_t i = 0; e == OK && i < v->panel.rows.n; i++) {
                struct panel_line *l = vec_push(rq->arena, &v->members);
                l->row = &v->panel.rows.v[i];
                e = person_name(rq, l->row->person_id, &l->name);
        }
        for (size_t i = 0; e == OK && i < all.n; i++) {
                enum panel_obstacle o = PANEL_FREE;
                struct candidate *k = vec_push(rq->arena, &v->candidates);
                *k = (struct candidate) { .person_id = all.v[i].person_id, .side = all.v[i].side };
                e = person_name(rq, k->person_id, &k->name);
                if (e == OK)
                        e = panel_obstacle(rq, &v->c, &v->panel, k->person_id, &o);
                k->obstacle = panel_obstacle_text(o);
        }
        return e;
}

const struct decisions_of_row *decision_of(const struct case_view *v, int64_t round) {
        for (size_t i = 0; i < v->decisions.n; i++)
                if (v->decisions.v[i].round == round)
                        return &v->decisions.v[i];
        return NULL;
}
