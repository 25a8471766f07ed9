/* pages.c - what the pages of one municipality and period share. */
#include <math.h>
#include "amount.h"
#include "number.h"
#include "overview_visit.tmpl.h"
#include "views.h"

static const struct page_note notes[] = {
        { "bewaard", S_INIT("Uw cijfers zijn bewaard als concept.") },
        { "ingelezen", S_INIT("Het bestand is ingelezen in uw concept. Kijk de cijfers na.") },
        { "geteld", S_INIT("De tellingen staan in uw concept. Kijk de cijfers na. Periodes die al zijn aangeleverd, bleven zoals ze waren.") },
        { "geleverd", S_INIT("De cijfers zijn aangeleverd. Een collega krijgt een e-mail om ze goed te keuren.") },
        { "goedgekeurd", S_INIT("De cijfers zijn goedgekeurd. Ze komen op de site bij de volgende uitgave.") },
        { "terug", S_INIT("De cijfers gaan terug. Uw collega krijgt een e-mail met uw opmerking.") },
        { "vervallen", S_INIT("Het concept is weg.") },
        { "uitleg", S_INIT("Uw uitleg is bewaard.") },
        { "ingetrokken", S_INIT("De sleutel is ingetrokken en werkt niet meer.") },
        { "gevraagd", S_INIT("De gemeente krijgt een e-mail met uw vraag.") },
        { "uitgave-gevraagd", S_INIT("Uw vraag is opgeslagen. Hieronder ziet u hoe ver de uitgave is. Dat duurt hoogstens enkele minuten.") },
        { "deelnemer", S_INIT("De deelname is bewaard.") },
        { .code = NULL },
};

struct str delivery_noted(const struct req *rq) {
        return page_note(rq, notes);
}

enum err visit_noted(struct req *rq, struct resp *rs, const struct visit *v, const char *rest, const char *code) {
        return page_noted(rq, rs, visit_path(rq, v, rest), code);
}

size_t part_size(const struct asked *q, int part) {
        size_t n = 0;
        for (size_t i = 0; i < q->figures.n; i++)
                n += q->figures.v[i].part == part;
        return n;
}

bool part_asks(const struct asked *q, int part) {
        bool any = false;
        for (size_t k = 0; k < q->choices.n; k++)
                any |= q->choices.v[k].part == part;
        return any;
}

size_t part_count(const struct asked *q) {
        size_t n = 0;
        for (int i = 0; asked_parts[i].code.n; i++)
                n += part_size(q, i) > 0;
        return n;
}

size_t part_number(const struct asked *q, int part) {
        size_t n = 0;
        for (int i = 0; i <= part; i++)
                n += part_size(q, i) > 0;
        return n;
}

struct str part_after(const struct asked *q, int part) {
        for (int i = part + 1; asked_parts[i].code.n; i++)
                if (part_size(q, i))
                        return asked_parts[i].code;
        return S("");
}

bool part_begun(const struct visit *v, int part) {
        return v->open && v->filled.is_saved[part];
}

bool finding_stops(const struct check_finding *f) {
        return f->weight == CHECK_HARD || (f->weight == CHECK_REASON && !f->is_explained);
}

size_t part_stops(const struct visit_view *v, int part) {
        size_t n = 0;
        for (size_t i = 0; i < v->found.n; i++) {
                const struct check_finding *f = &v->found.v[i];
                bool here = f->place == PLACE_CHOICE ? v->v->asked.choices.v[f->figure].part == part : f->place != PLACE_WHOLE && v->v->asked.figures.v[f->figure].part == part;
                n += here && finding_stops(f);
        }
        return n;
}

bool figure_is_asked(const struct visit_view *v, size_t i) {
        bool any = false;
        for (size_t k = 0; k < v->found.n; k++)
                any |= v->found.v[k].weight != CHECK_HARD && v->found.v[k].figure == i;
        return any;
}

bool figure_must_be_explained(const struct visit_view *v, size_t i) {
        for (size_t k = 0; k < v->found.n; k++)
                if (v->found.v[k].weight == CHECK_REASON && v->found.v[k].figure == i)
                        return true;
        return false;
}

struct str part_path(struct req *rq, const struct visit *v, struct str code) {
        return str_fmt(rq->arena, "%.*s/deel/%.*s", STR(visit_path(rq, v, "")), STR(code));
}

struct str finding_path(struct req *rq, const struct visit *v, const struct check_finding *f) {
        int part = f->place == PLACE_CHOICE ? v->asked.choices.v[f->figure].part : v->asked.figures.v[f->figure].part;
        return str_fmt(rq->arena, "%.*s#%.*s", STR(part_path(rq, v, asked_parts[part].code)), STR(finding_field(rq->arena, v, f)));
}

struct str stage_of(struct str state, bool is_accepted) {
        if (str_eq(state, S("draft")))
                return is_accepted ? S("correctie in concept") : S("concept");
        if (str_eq(state, S("delivered")))
                return is_accepted ? S("correctie wacht op goedkeuring") : S("wacht op goedkeuring");
        return S("");
}

struct str visit_stage(const struct visit *v) {
        return v->open ? stage_of(v->open->state, v->is_accepted) : S("");
}

struct str event_label(struct str what) {
        static const struct { const char *what; struct str label; } labels[] = {
                { "begonnen", S_INIT("Begonnen met een concept") }, { "geleverd", S_INIT("Aangeleverd") }, { "teruggegeven", S_INIT("Teruggestuurd") },
                { "goedgekeurd", S_INIT("Goedgekeurd") }, { "gecorrigeerd", S_INIT("Begonnen met een correctie") },
                { "gevraagd", S_INIT("Het programma vroeg om een correctie") }, { "vervallen", S_INIT("Concept weggegooid") },
        };
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
                if (str_eq(what, str_of(labels[i].what)))
                        return labels[i].label;
        return what;
}

struct str amount_shown(struct arena *a, double v) {
        if (isnan(v))
                return S("");
        return floor(v) == v ? num_int(a, (int64_t) v) : num_dec(a, v, 2);
}

static double of_kind(struct amounts p, char kind) {
        return kind == 't' ? p.x : p.n;
}

struct str last_time(struct arena *a, const struct visit *v, size_t i, char kind) {
        return amount_shown(a, of_kind(v->last.now[i], kind));
}

/* "Teller: trajecten met een aanmelding"; of a figure with only one number what it counts. */
struct str field_label(struct arena *a, const struct asked_figure *f, char kind) {
        struct str what = kind == 't' ? f->numerator : f->denominator;
        if (str_eq(f->indicator, S(STAND)))
                return S("Aantal");
        if (f->denominator.n == 0)
                return str_fmt(a, "Aantal: %.*s", STR(what));
        return str_fmt(a, "%s: %.*s", kind == 't' ? "Teller" : "Noemer", STR(what));
}

struct str field_value(const struct req *rq, const struct part_view *v, size_t i, char kind) {
        if (rq->method == POST)
                return req_text(rq, str_fmt(rq->arena, "%c%zu", kind, v->v->asked.figures.v[i].at + 1).p);
        bool known = v->v->filled.is_saved[v->part] || figure_is_filled(&v->v->filled, i);
        return amount_text(rq->arena, of_kind((known ? &v->v->filled : &v->v->last)->now[i], kind));
}

/* SAVED, when the form was refused because a colleague was first and it says something else; "" otherwise. */
static struct str saved_by_other(const struct req *rq, struct str typed, struct str saved) {
        if (req_error_of(rq, "stand").n == 0 || str_eq(str_trim(typed), saved))
                return S("");
        return saved.n ? saved : S("niets");
}

struct str field_saved(const struct req *rq, const struct part_view *v, size_t i, char kind) {
        return saved_by_other(rq, field_value(rq, v, i, kind), amount_text(rq->arena, of_kind(v->v->filled.now[i], kind)));
}

struct str choice_saved(const struct req *rq, const struct part_view *v, size_t k) {
        return saved_by_other(rq, choice_value(rq, v, k), v->v->filled.answer[k]);
}

struct str words_saved(const struct req *rq, const struct visit *v, size_t i) {
        return saved_by_other(rq, words_value(rq, v, i), v->filled.words[i]);
}

struct str choice_value(const struct req *rq, const struct part_view *v, size_t k) {
        if (rq->method == POST)
                return req_text(rq, str_fmt(rq->arena, "k%zu", k + 1).p);
        struct str now = v->v->filled.answer[k];
        return now.n ? now : v->v->last.answer[k];
}

struct str words_value(const struct req *rq, const struct visit *v, size_t i) {
        return rq->method == POST ? req_text(rq, str_fmt(rq->arena, "w%zu", i + 1).p) : v->filled.words[i];
}

static enum err load_history(struct req *rq, const struct visit *v, struct visit_view *ret) {
        struct delivery_history_row_list rows;
        enum err e = delivery_history(rq->db, rq->arena, v->place.code, v->period, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct event_line *l = vec_push(rq->arena, &ret->history);
                struct person who;
                bool found = false;
                *l = (struct event_line) { rows.v[i], S("een programma met een sleutel") };
                if (!rows.v[i].person_id.is_set)
                        continue;
                e = person_get(rq->db, rq->arena, rows.v[i].person_id.v, &who, &found);
                l->who = e == OK && found ? who.name : S("een oud-deelnemer");
        }
        return e;
}

enum err view_load(struct req *rq, struct visit *v, struct visit_view *ret) {
        *ret = (struct visit_view) { .v = v, .note = delivery_noted(rq) };
        enum err e = visit_check(rq, v, &ret->c, &ret->found);
        if (e == OK)
                e = viewer_rights_at(rq, v->organisation.id, &ret->rights);
        if (e == OK)
                e = load_history(rq, v, ret);
        ret->stops = findings_that_stop(&ret->found);
        for (size_t i = 0; i < ret->found.n; i++)
                ret->asks += ret->found.v[i].weight != CHECK_HARD;
        ret->is_mine = v->open && v->open->delivered_by.is_set && v->open->delivered_by.v == rq->viewer.person_id;
        ret->may_edit = ret->rights & RIGHT_DELIVER && v->is_open && v->takes_part;
        return e;
}

struct str visit_name(struct arena *a, const struct visit *v) {
        return str_fmt(a, "%.*s, %.*s", STR(v->place.name), STR(period_name(a, v->period)));
}

struct page delivery_page(struct req *rq, struct resp *rs, const struct visit *v, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_FIGURES);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Aanleveren"), S("/aanleveren"));
        if (v) {
                page_crumb(&p, v->organisation.name, str_fmt(rq->arena, "/aanleveren/%.*s", STR(v->organisation.slug)));
                page_crumb(&p, visit_name(rq->arena, v), visit_path(rq, v, ""));
        }
        return p;
}

enum err visit_draw(struct req *rq, struct resp *rs, struct visit *v) {
        struct visit_view view;
        enum err e = view_load(rq, v, &view);
        if (e != OK)
                return e;
        struct page p = delivery_page(rq, rs, v, visit_name(rq->arena, v));
        visit_page(&p, &view);
        return page_done(&p);
}

bool stand_is_current(struct req *rq, const struct visit *v) {
        int64_t now = v->open ? v->open->stand : 0;
        if (req_integer(rq, "stand", 0) == now)
                return true;
        req_error(rq, "stand", S("Een collega heeft dit intussen veranderd. Kijk hieronder na hoe het nu staat, en doe het dan opnieuw."));
        return false;
}
