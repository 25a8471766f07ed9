/* decide.h - the decision of a committee's case. */
#ifndef ASSESSMENT_DECIDE_H
#define ASSESSMENT_DECIDE_H
#include "panel.h"

struct decision {
        const struct transition *t;             /* publiceren, voorbehoud or afwijzen */
        struct judgement j;
        struct str why;
        struct str condition, condition_until;     /* with a reservation; else "" */
        struct str valid_until;                 /* ISO date; "" for TERM_VALID_YEARS from now. Not with a rejection */
};
/* Is T a decision of a committee: does it need votes? */
bool is_decision(const struct transition *t);
/* Takes the decision as lead: keeps it, moves the case, and writes the item. Errors of case_move(); also ERR_INVALID for dates that
 * are not to come, or too far off. */
_must_use_ enum err case_decide(struct req *rq, struct assessment *c, const struct decision *d, unsigned *lacks);

#endif
