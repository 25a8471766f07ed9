/* letters.h - mail about an assessment. All of it is needed to take part in one, so nobody can sign off from it; it goes to the
 * submitter, the assessors and who leads assessments. */
#ifndef ASSESSMENT_LETTERS_H
#define ASSESSMENT_LETTERS_H
#include "case.h"

/* About a step that was just taken: to everybody it names (transition.told). C is as it stands after the step. */
_must_use_ enum err letter_moved(struct req *rq, const struct assessment *c, const struct transition *t);
/* It is the submitter's turn again: the secretary made remarks. Or the secretary's: the text was offered. */
_must_use_ enum err letter_turn(struct req *rq, const struct assessment *c);
/* To an assessor: a dossier is there. */
_must_use_ enum err letter_panel(struct req *rq, const struct assessment *c, int64_t person_id);
/* To who leads: a member has an interest, or everybody judged. */
_must_use_ enum err letter_interest(struct req *rq, const struct assessment *c);
_must_use_ enum err letter_all_voted(struct req *rq, const struct assessment *c);
/* Reminders of the night. */
_must_use_ enum err letter_late(struct req *rq, int64_t case_id, struct str title, int64_t person_id);
_must_use_ enum err letter_ends(struct req *rq, const struct assessment *c, int months);

#endif
