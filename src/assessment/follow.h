/* follow.h - what a step brings about outside its case: the text that a committee judges, the item in the knowledge base with its
 * scores and its notice, and the search index. */
#ifndef ASSESSMENT_FOLLOW_H
#define ASSESSMENT_FOLLOW_H
#include "case.h"
#include "knowledge_publish.h"

/* After a step from FROM with NOTE; C is as it stands after the step. */
_must_use_ enum err follow_step(struct req *rq, struct assessment *c, const struct transition *t, enum case_state from, struct str note);

/* Makes the draft of a new case, or of a reassessment: of the item's text when there is an item. */
_must_use_ enum err text_begin(struct req *rq, struct assessment *c);
/* Could the text of C be published now? WHY, when it is given, gets the mistake. */
_must_use_ enum err text_is_whole(struct req *rq, const struct assessment *c, bool *ret, struct text_error *why);


struct judgement;
/* Publishes the text of C with this judgement as its three scores, as COMMITTEE_NAME with the address of the public page. */
_must_use_ enum err follow_publish(struct req *rq, struct assessment *c, const struct judgement *j);
#define COMMITTEE_NAME "Commissie Schouders"

#endif
