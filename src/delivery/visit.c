/* visit.c - finding a municipality and a period, and all that was delivered for them. */
#include "internal.h"
#include <math.h>
#include "benchmark_dictionary.h"
#include "clock.h"

bool is_fictitious(const struct req *rq) {
        return ((const struct site *) rq->app)->is_demo;
}

struct str delivery_today(struct req *rq) {
        return clock_dutch_day(rq->arena, rq->now_ms);
}

struct filled filled_new(struct arena *a, const struct asked *q) {
        struct filled f = { arena_many(a, struct amounts, q->figures.n), arena_many(a, struct str, q->figures.n), arena_many(a, struct str, q->choices.n),
                            arena_many(a, bool, PARTS_MAX) };
        for (size_t i = 0; i < q->figures.n; i++)
                f.now[i] = (struct amounts) { (double) NAN, (double) NAN };
        return f;
}

bool figure_is_filled(const struct filled *f, size_t i) {
        return !isnan(f->now[i].x) || !isnan(f->now[i].n);
}

static enum err filled_load(struct req *rq, const struct asked *q, int64_t delivery_id, struct filled *f) {
        struct delivery_figure_list figures;
        struct delivery_choices_row_list choices;
        enum err e = delivery_figures(rq->db, rq->arena, delivery_id, &figures);
        if (e == OK)
                e = delivery_choices(rq->db, rq->arena, delivery_id, &choices);
        for (size_t i = 0; e == OK && i < figures.n; i++) {
                const struct delivery_figure *d = &figures.v[i];
                size_t at = asked_find(q, d->indicator, d->detail);
                if (at == q->figures.n)
                        continue;       /* no longer asked */
                f->now[at] = (struct amounts) { d->numerator, d->denominator };
                f->words[at] = d->explanation;
                f->is_saved[q->figures.v[at].part] = true;
        }
        for (size_t k = 0; e == OK && k < q->choices.n; k++)
                for (size_t i = 0; i < choices.n; i++)
                        if (str_eq(q->choices.v[k].key, choices.v[i].question))
                                f->answer[k] = choices.v[i].answer;
        return e;
}

static void pick(struct visit *v) {
        v->open = v->accepted = NULL;
        for (size_t i = 0; i < v->rows.n; i++) {
                const struct delivery *d = &v->rows.v[i];
                if (!v->open && (str_eq(d->state, S("draft")) || str_eq(d->state, S("delivered"))))
                        v->open = d;
                if (!v->accepted && str_eq(d->state, S("approved")))
                        v->accepted = d;
        }
}

void filled_take(const struct asked *q, const struct delivered *list, size_t n, int64_t period, struct filled *f) {
        for (size_t i = 0; i < n; i++) {
                size_t at = asked_find(q, list[i].indicator, list[i].detail);
                if (list[i].period != period)
                        continue;
                for (size_t k = 0; k < q->choices.n; k++)
                        if (f->answer[k].n == 0 && asked_belongs(&q->choices.v[k], list[i].indicator))
                                f->answer[k] = dictionary_answer(list[i].choices, q->choices.v[k].code);
                if (at == q->figures.n)
                        continue;
                f->now[at] = (struct amounts) { list[i].numerator, q->figures.v[at].denominator.n ? list[i].denominator : (double) NAN };
                f->words[at] = list[i].explanation;
        }
}

static enum err accepted_load(struct req *rq, const struct visit *v, int64_t period, struct filled *f, struct delivered_list *list) {
        enum err e = benchmark_delivered_of(rq->db, rq->arena, is_fictitious(rq), v->place.code, period, list);
        if (e == OK)
                filled_take(&v->asked, list->v, list->n, period, f);
        return e;
}

/* What was accepted in the period before; of what was accepted without a delivery of this room, the figures. */
static enum err load_last(struct req *rq, struct visit *v) {
        struct delivery_list rows;
        struct delivered_list list;
        v->last_period = period_add(v->period, -1);
        enum err e = delivery_of(rq->db, rq->arena, v->place.code, v->last_period, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                if (str_eq(rows.v[i].state, S("approved")))
                        return filled_load(rq, &v->asked, rows.v[i].id, &v->last);
        return e == OK ? accepted_load(rq, v, v->last_period, &v->last, &list) : e;
}

static enum err load_state(struct req *rq, struct visit *v) {
        struct participant_list l;
        struct str today = delivery_today(rq), due = period_due(rq->arena, v->period);
        enum err e = benchmark_participants(rq->db, rq->arena, is_fictitious(rq), &l);
        if (e != OK)
                return e;
        int64_t now = period_is_quarter(v->period) ? period_of_day(today) : period_year(period_of_day(today)), steps = period_steps(v->period, now);
        v->takes_part = benchmark_takes_part(&l, v->place.code, v->period);
        v->state = benchmark_state_of(rq->arena, &l, v->place.code, v->period, v->is_accepted, today);
        v->is_open = steps >= 1 && steps <= PERIODS_BACK;
        v->days_late = (int) ((clock_dutch_midnight(today, 0) - clock_dutch_midnight(due, 0)) / RETENTION_DAY_MS);
        return OK;
}

enum err visit_load(struct req *rq, struct visit *v) {
        enum err e = asked_load(rq->db, rq->arena, v->period, &v->asked);
        if (e == OK)
                e = delivery_of(rq->db, rq->arena, v->place.code, v->period, &v->rows);
        if (e != OK)
                return e;
        pick(v);
        v->filled = filled_new(rq->arena, &v->asked);
        v->last = filled_new(rq->arena, &v->asked);
        const struct delivery *shown = v->open ? v->open : v->accepted;
        struct delivered_list list = { 0 };
        e = shown ? filled_load(rq, &v->asked, shown->id, &v->filled) : accepted_load(rq, v, v->period, &v->filled, &list);
        v->is_accepted = v->accepted || list.n > 0;
        if (e == OK)
                e = load_last(rq, v);
        return e == OK ? load_state(rq, v) : e;
}

/* The organisation works for this municipality: else it is as if it were not there. */
enum err visit_find(struct req *rq, struct visit *v) {
        struct organisation_places_row_list places;
        bool found = false, works = false;
        *v = (struct visit) { 0 };
        if (!period_read(rq->param[2], &v->period) || !period_is_valid(v->period))
                return ERR_NOT_FOUND;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], &v->organisation, &found);
        if (e == OK && found)
                e = delivery_place(rq->db, rq->arena, rq->param[1], &v->place, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = organisation_places(rq->db, rq->arena, v->organisation.id, &places);
        for (size_t i = 0; e == OK && i < places.n; i++)
                works |= str_eq(places.v[i].municipality, v->place.code);
        if (e == OK && !works)
                return ERR_NOT_FOUND;
        return e == OK ? visit_load(rq, v) : e;
}

struct str visit_path(struct req *rq, const struct visit *v, const char *rest) {
        return str_fmt(rq->arena, "/aanleveren/%.*s/%.*s/%.*s%s", STR(v->organisation.slug), STR(v->place.slug), STR(period_code(rq->arena, v->period)), rest);
}
