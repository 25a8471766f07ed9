/* draft.c - from draft to what counts, and back when it is corrected. */
#include <math.h>
#include "internal.h"

static struct opt_i64 who(const struct req *rq) {
        return rq->viewer.person_id ? opt_i64(rq->viewer.person_id) : (struct opt_i64) { 0 };
}

enum err visit_event(struct req *rq, int64_t delivery_id, const char *what, struct str remark) {
        return delivery_event_add(rq->db, delivery_id, rq->now_ms, who(rq), str_of(what), remark);
}

static enum err note(struct req *rq, const struct visit *v, int64_t id, const char *what, struct str remark) {
        enum err e = visit_event(rq, id, what, remark);
        if (e != OK)
                return e;
        return people_trail(rq, str_fmt(rq->arena, "delivery.%s", what).p, "delivery", id, opt_i64(v->organisation.id), S(""),
                            str_fmt(rq->arena, "{\"region\":\"%.*s\",\"period\":%lld}", STR(v->place.code), (long long) v->period));
}

/* Reads again what was changed, so that V tells how it is now. */
static enum err again(struct req *rq, struct visit *v) {
        struct visit fresh = { .organisation = v->organisation, .place = v->place, .period = v->period };
        enum err e = visit_load(rq, &fresh);
        *v = fresh;
        return e;
}

enum err visit_begin(struct req *rq, struct visit *v, const char *way, struct str reason) {
        if (v->open && str_eq(v->open->state, S("draft")))
                return OK;
        if (v->open || !v->is_open || !v->takes_part)
                return ERR_CONFLICT;
        int64_t id, revision = v->rows.n ? v->rows.v[0].revision + 1 : 1;
        enum err e = delivery_add(rq->db, v->place.code, v->period, v->organisation.id, revision, str_of(way), reason, rq->now_ms, &id);
        if (e == OK)
                e = note(rq, v, id, v->is_accepted ? "gecorrigeerd" : "begonnen", reason);
        for (size_t i = 0; e == OK && v->is_accepted && i < v->asked.figures.n; i++)
                if (figure_is_filled(&v->filled, i))
                        e = delivery_figure_put(rq->db, id, v->asked.figures.v[i].indicator, v->asked.figures.v[i].detail, v->filled.now[i].x, v->filled.now[i].n,
                                                v->filled.words[i]);
        /* how a municipality counts seldom changes: the answers of last time hold until others are given */
        const struct str *answer = v->is_accepted ? v->filled.answer : v->last.answer;
        for (size_t k = 0; e == OK && k < v->asked.choices.n; k++)
                if (answer[k].n)
                        e = delivery_choice_put(rq->db, id, v->asked.choices.v[k].key, answer[k]);
        return e == OK ? again(rq, v) : e;
}

enum err visit_save(struct req *rq, struct visit *v, const struct filled *f, int part, const char *way) {
        const struct asked *q = &v->asked;
        int64_t id = v->open->id;
        enum err e = OK;
        for (size_t i = 0; e == OK && i < q->figures.n; i++) {
                bool wanted = part < 0 ? f->is_saved[q->figures.v[i].part] : q->figures.v[i].part == part;
                if (wanted)
                        e = delivery_figure_put(rq->db, id, q->figures.v[i].indicator, q->figures.v[i].detail, f->now[i].x, f->now[i].n,
                                                f->words[i].p ? f->words[i] : S(""));
        }
        for (size_t k = 0; e == OK && k < q->choices.n; k++)
                if (f->answer[k].n)
                        e = delivery_choice_put(rq->db, id, q->choices.v[k].key, f->answer[k]);
        if (e == OK)
                e = delivery_touch(rq->db, id, str_of(way));
        return e == OK ? again(rq, v) : e;
}

static int corrections(const struct visit *v) {
        int n = 0;
        for (size_t i = 0; i < v->rows.n; i++)
                n += str_eq(v->rows.v[i].state, S("approved")) || str_eq(v->rows.v[i].state, S("replaced"));
        return n;
}

/* A correction counts as late as the first delivery was: its own day says nothing about how timely it was. */
static int days_late(const struct visit *v) {
        const struct delivery *first = v->rows.n ? &v->rows.v[v->rows.n - 1] : NULL;
        if (!first || !first->delivered_ms.is_set)
                return v->days_late;
        return v->days_late - (int) ((v->open->started_ms - first->delivered_ms.v) / RETENTION_DAY_MS);
}

enum err visit_deliver(struct req *rq, struct visit *v) {
        struct check c;
        struct check_findings found;
        if (!v->open || !str_eq(v->open->state, S("draft")))
                return ERR_CONFLICT;
        enum err e = visit_check(rq, v, &c, &found);
        if (e != OK)
                return e;
        if (findings_that_stop(&found))
                return ERR_INVALID;
        struct check_score s = check_score(&c, &found, days_late(v), corrections(v));
        e = delivery_set_delivered(rq->db, v->open->id, rq->now_ms, who(rq), s.total, s.completeness, s.timeliness, s.revisions, s.explained);
        if (e == OK)
                e = note(rq, v, v->open->id, "geleverd", S(""));
        if (e == OK)
                e = letters_delivered(rq, v);
        return e == OK ? again(rq, v) : e;
}

enum err visit_return(struct req *rq, struct visit *v, struct str remark) {
        if (!v->open || !str_eq(v->open->state, S("delivered")))
                return ERR_CONFLICT;
        enum err e = delivery_set_state(rq->db, v->open->id, S("draft"), remark);
        if (e == OK)
                e = note(rq, v, v->open->id, "teruggegeven", remark);
        return e == OK ? letters_returned(rq, v, remark) : e;
}

enum err visit_drop(struct req *rq, struct visit *v) {
        if (!v->open || !str_eq(v->open->state, S("draft")))
                return ERR_CONFLICT;
        enum err e = delivery_set_state(rq->db, v->open->id, S("dropped"), S(""));
        return e == OK ? note(rq, v, v->open->id, "vervallen", S("")) : e;
}

/* "adviesgesprek=ja;crisis=nee": the answers that belong to one indicator. */
static struct str choices_of(struct arena *a, const struct visit *v, struct str indicator) {
        struct str s = S("");
        for (size_t k = 0; k < v->asked.choices.n; k++)
                if (v->filled.answer[k].n && asked_belongs(&v->asked.choices.v[k], indicator))
                        s = str_fmt(a, "%.*s%s%.*s=%.*s", STR(s), s.n ? ";" : "", STR(v->asked.choices.v[k].code), STR(v->filled.answer[k]));
        return s;
}

/* Puts what is filled in among what counts, and takes back what was accepted before and is empty now. */
static enum err accept(struct req *rq, const struct visit *v) {
        const struct asked *q = &v->asked;
        VEC(struct delivered) put = { 0 }, back = { 0 };
        for (size_t i = 0; i < q->figures.n; i++) {
                const struct asked_figure *f = &q->figures.v[i];
                struct delivered d = { .indicator = f->indicator, .region = v->place.code, .detail = f->detail, .period = v->period,
                                       .numerator = v->filled.now[i].x, .denominator = v->filled.now[i].n, .value = (double) NAN,
                                       .choices = choices_of(rq->arena, v, f->indicator), .explanation = v->filled.words[i].p ? v->filled.words[i] : S("") };
                if (str_eq(f->indicator, S(STAND)))
                        continue;
                if (str_eq(f->unit, S("euro")) && f->denominator.n == 0)
                        d.value = d.numerator;
                *(figure_is_filled(&v->filled, i) ? vec_push(rq->arena, &put) : vec_push(rq->arena, &back)) = d;
        }
        enum err e = benchmark_put_delivered(rq->db, rq->arena, is_fictitious(rq), put.v, put.n, rq->now_ms);
        if (e == OK && v->is_accepted)
                e = benchmark_take_back(rq->db, rq->arena, is_fictitious(rq), back.v, back.n, rq->now_ms);
        return e;
}

enum err visit_approve(struct req *rq, struct visit *v) {
        if (!v->open || !str_eq(v->open->state, S("delivered")))
                return ERR_CONFLICT;
        if (v->open->delivered_by.is_set && v->open->delivered_by.v == rq->viewer.person_id)
                return ERR_DENIED;      /* four eyes */
        enum err e = accept(rq, v);
        if (e == OK)
                e = delivery_set_approved(rq->db, v->open->id, rq->now_ms, rq->viewer.person_id);
        if (e == OK)
                e = delivery_replace_older(rq->db, v->place.code, v->period, v->open->id);
        if (e == OK)
                e = note(rq, v, v->open->id, "goedgekeurd", S(""));
        return e == OK ? letters_approved(rq, v) : e;
}
