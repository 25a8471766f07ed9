/* night.c - what time does to an assessment: reminders, and the end of what is no longer valid. */
#include "assessment.h"
#include "case.h"
#include "clock.h"
#include "jobs.h"
#include "letters.h"
#include "people_retention.h"

/* Rows in one transaction: others wait for it. */
#define AT_ONCE 25

/* Takes the step "verlopen" for one case, or reminds its submitter. */
static enum err end_or_remind(struct req *rq, struct assessment *c) {
        unsigned lacks = 0;
        struct move m = { .t = transition_find(S("verlopen")), .actors = ACTOR_NIGHT, .note = S("") };
        if (str_cmp(c->valid_until, clock_dutch_day(rq->arena, rq->now_ms)) < 0)
                return case_move(rq, c, &m, &lacks);
        int months = str_cmp(c->valid_until, date_months(rq->arena, rq->now_ms, TERM_REMIND_LAST)) <= 0 ? TERM_REMIND_LAST : TERM_REMIND_FIRST;
        if (c->reminded && c->reminded <= months)
                return OK;
        enum err e = case_set_reminded(rq->db, c->id, months);
        return e == OK ? letter_ends(rq, c, months) : e;
}

/* Cases in STATE that are past their end, or near it and not reminded yet; *MORE when there may be others. */
static enum err look_at(struct req *rq, struct str state, bool *more) {
        struct assessment_list rows;
        enum err e = cases_ending(rq->db, rq->arena, state, clock_dutch_day(rq->arena, rq->now_ms), date_months(rq->arena, rq->now_ms, TERM_REMIND_LAST),
                                  date_months(rq->arena, rq->now_ms, TERM_REMIND_FIRST), AT_ONCE, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = end_or_remind(rq, &rows.v[i]);
        *more |= rows.n == AT_ONCE;
        return e;
}

static enum err remind_assessors(struct req *rq, bool *more) {
        struct members_late_row_list rows;
        enum err e = members_late(rq->db, rq->arena, rq->now_ms - TERM_LATE_DAYS * RETENTION_DAY_MS, AT_ONCE, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct members_late_row *m = &rows.v[i];
                e = member_set_reminded(rq->db, m->case_id, m->round, m->person_id, rq->now_ms);
                if (e == OK)
                        e = letter_late(rq, m->case_id, m->title, m->person_id);
        }
        *more |= rows.n == AT_ONCE;
        return e;
}

static enum err some(struct req *rq, int64_t *next, const void *arg) {
        bool more = false;
        (void) arg;
        enum err e = look_at(rq, case_states[STATE_PUBLISHED].code, &more);
        if (e == OK)
                e = look_at(rq, case_states[STATE_RESERVED].code, &more);
        if (e == OK)
                e = remind_assessors(rq, &more);
        *next = more;
        return e;
}

enum err assessment_night(struct job_context *c) {
        static const struct route job = { .method = POST, .pattern = "assessment" };
        enum err e = people_job_passes(c, &job, some, NULL);
        if (e != OK)
                c->why = S("the assessments of the night stopped");
        return e;
}
