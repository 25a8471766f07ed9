#include "decide.h"
#include "clock.h"
#include "follow.h"

bool is_decision(const struct transition *t) {
        return t && t->needs & NEED_VOTES;
}

/* A date after today, and not after LAST. */
static bool is_to_come(struct req *rq, struct str date, struct str last) {
        return clock_is_date(date) && str_cmp(date, clock_dutch_day(rq->arena, rq->now_ms)) > 0 && str_cmp(date, last) <= 0;
}

static enum err keep(struct req *rq, const struct assessment *c, const struct decision *d, struct str valid_until) {
        struct decision_add_row row;
        struct str today = clock_dutch_day(rq->arena, rq->now_ms);
        bool found = false, reserved = d->t->to == STATE_RESERVED;
        enum err e = decision_add(rq->db, rq->arena, c->id, c->round, d->t->code, d->j.level[0], d->j.level[1], d->j.level[2], d->j.why[0],
                                  d->j.why[1], d->j.why[2], d->why, reserved ? d->condition : S(""), reserved ? d->condition_until : S(""),
                                  valid_until, today, rq->viewer.person_id, &row, &found);
        if (e == OK && !found)
                return ERR_CONFLICT;
        return e == OK ? case_set_decided(rq->db, c->id, today, valid_until,
                                          d->t->to == STATE_PUBLISHED ? S("") : date_days(rq->arena, rq->now_ms, TERM_APPEAL_DAYS),
                                          reserved ? d->condition : S(""), reserved ? d->condition_until : S("")) : e;
}

enum err case_decide(struct req *rq, struct assessment *c, const struct decision *d, unsigned *lacks) {
        struct str last = date_months(rq->arena, rq->now_ms, 12 * TERM_VALID_YEARS);
        struct str valid = d->t->to == STATE_REJECTED ? S("") : d->valid_until.n ? d->valid_until : last;
        struct move m = { .t = d->t, .note = d->why };
        bool reserved = d->t->to == STATE_RESERVED;
        enum err e = case_actors(rq, c, &m.actors);
        if (e != OK)
                return e;
        if (!is_decision(d->t))
                return ERR_DENIED;
        if ((valid.n && !is_to_come(rq, valid, last)) || (reserved && d->condition_until.n && !is_to_come(rq, d->condition_until, last)))
                return m.actors & ACTOR_LEAD ? ERR_INVALID : ERR_DENIED;
        m.brought = (judgement_is_whole(&d->j) ? NEED_SCORES : 0) | (d->condition.n && d->condition_until.n ? NEED_CONDITION : 0);
        struct assessment before = *c;
        e = case_move(rq, c, &m, lacks);
        if (e == OK)
                e = keep(rq, &before, d, valid);
        if (e == OK)
                e = case_load(rq, c->id, c);
        return e == OK && d->t->to != STATE_REJECTED ? follow_publish(rq, c, &d->j) : e;
}
