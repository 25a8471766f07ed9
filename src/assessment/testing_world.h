/* testing_world.h - for the tests of this room: a store with value lists, people and a case that went part of the way. */
#ifndef ASSESSMENT_TESTING_WORLD_H
#define ASSESSMENT_TESTING_WORLD_H
#include "people_testing.h"
#include "decide.h"

#define DAY (24 * HOUR)
#define PANEL_OF 3

struct world {
        struct house h;
        int64_t now;
        int64_t office, almere, borne;          /* organisations: the programme office and two others */
        int64_t submitter, colleague;           /* of Almere */
        int64_t lead, own_lead;                 /* programme managers; the second also has a role in Almere */
        int64_t editor;                         /* no right in assessments */
        int64_t judge[2 * PANEL_OF];            /* assessors: science, practice, experience, and the same again */
        int sends;                              /* requests so far, for idempotency keys */
};
struct world *world_open(void **state);
void world_close(struct world **w);

/* A request of PERSON, who showed two factors; 0 for nobody. */
struct req world_request(struct world *w, int64_t person);
/* The case as it stands. */
struct assessment world_case(struct world *w, int64_t id);

/* A case of the submitter with everything that handing in needs. */
int64_t world_make(struct world *w, const char *title);
/* PERSON takes a step with a note, on ID. */
enum err world_step(struct world *w, int64_t person, int64_t id, const char *transition);
/* A case up to the committee: three assessors who declared no interest. */
int64_t world_before_committee(struct world *w, const char *title);
enum err world_add(struct world *w, int64_t person, int64_t id, int64_t assessor);
enum err world_remove(struct world *w, int64_t id, int64_t assessor);
enum err world_declare(struct world *w, int64_t assessor, int64_t id, const char *interest);
enum err world_vote(struct world *w, int64_t assessor, int64_t id);
/* A decision of PERSON, CODE, with scores and reasons; a reservation has a condition in sixty days. */
enum err world_decide(struct world *w, int64_t person, int64_t id, const char *code);
/* The same case with all votes and this decision. */
int64_t world_decided(struct world *w, const char *title, const char *code);
/* A judgement in the middle of each scale. */
struct judgement world_judgement(void);
/* Letters about assessments to PERSON so far. */
int64_t world_letters(struct world *w, int64_t person);
int64_t world_number(struct world *w, const char *sql);

#endif
