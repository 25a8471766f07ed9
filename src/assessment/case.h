/* case.h - one assessment: who may do what in it, and the steps it takes. All changes run in a write transaction (a POST, or the
 * job of the night), and write history and trail. */
#ifndef ASSESSMENT_CASE_H
#define ASSESSMENT_CASE_H
#include "assessment.sql.h"
#include "page.h"
#include "people.h"
#include "states.h"

/* ERR_NOT_FOUND without such a case. */
_must_use_ enum err case_load(struct req *rq, int64_t id, struct assessment *ret);
enum case_state case_state_of(const struct assessment *c);

/* Is PERSON a party: who handed it in, wrote its text, or has a role at the organisation that it comes from? Parties do not
 * judge, lead or decide. */
_must_use_ enum err case_is_party(struct req *rq, const struct assessment *c, int64_t person_id, bool *ret);
/* What the visitor is in this case: bits of enum actor. A party with RIGHT_COMMITTEE is no lead here. */
_must_use_ enum err case_actors(struct req *rq, const struct assessment *c, unsigned *ret);
/* Which of the needs hold: bits of enum need. NEED_NOTE, NEED_SCORES and NEED_CONDITION are of the form, and not looked at. */
_must_use_ enum err case_facts(struct req *rq, const struct assessment *c, unsigned *ret);
/* Needs that a form brings along. */
#define NEEDS_OF_FORM (unsigned) (NEED_NOTE | NEED_SCORES | NEED_CONDITION)

/* Takes step T, as one of ACTORS, with NOTE: the state, the round, the history, the trail, the letters and what follows from it
 * (the text is put down for the committee, an item is withdrawn or gets its notice). BROUGHT are the needs that the form brought.
 * C is up to date afterwards. ERR_DENIED when none of ACTORS takes this step; ERR_CONFLICT when the case is not in a state for it
 * (any more); ERR_INVALID when something that is needed does not hold: *LACKS has it, when LACKS is given. */
struct move {
        const struct transition *t;
        unsigned actors, brought;
        struct str note;
};
_must_use_ enum err case_move(struct req *rq, struct assessment *c, const struct move *m, unsigned *lacks);

/* The submitter offers the text with an answer; the secretary sends it back with remarks. ERR_CONFLICT when it is not their turn,
 * ERR_LIMIT after TERM_ROUNDS times, ERR_DENIED when the visitor is not the one. */
_must_use_ enum err case_hand_in(struct req *rq, struct assessment *c, struct str answer);
_must_use_ enum err case_send_back(struct req *rq, struct assessment *c, struct str remark);

/* What somebody hands in. */
struct submission {
        struct str title, criteria, explanation, contact;
        int64_t organisation_id;                /* 0: on one's own */
        int64_t item_id;                        /* of an approach that the knowledge base has already, 0 for a new one */
};
/* Makes a case of the visitor, with the draft of its text. ERR_CONFLICT when the item is in another case. */
_must_use_ enum err case_make(struct req *rq, const struct submission *s, int64_t *ret);
/* Changes it while nothing was handed in, or while it is described. ERR_DENIED, ERR_CONFLICT. */
_must_use_ enum err case_change(struct req *rq, struct assessment *c, const struct submission *s);
/* May the submitter write now? */
bool case_is_open(const struct assessment *c);

/* The text: of the draft while it is written, of the round once a committee has it; "" without. */
_must_use_ enum err case_text(struct req *rq, const struct assessment *c, struct str *ret);

/* Adds a row to the trail about this case. */
_must_use_ enum err case_trail(struct req *rq, const struct assessment *c, const char *action, struct str after);

/* The ISO date DAYS after the day of MS in the Netherlands, or MONTHS (then at most the 28th). In A. */
struct str date_days(struct arena *a, int64_t ms, int days);
struct str date_months(struct arena *a, int64_t ms, int months);

#endif
