/* assessment.h - the assessment of approaches: somebody hands in a method, a committee from science, practice and experience
 * judges it, and the decision with its reasons is public. The steps are data: states.h. */
#ifndef ASSESSMENT_ASSESSMENT_H
#define ASSESSMENT_ASSESSMENT_H
#include "http.h"
#include "people_kept.h"
#include "people_retention.h"

struct job_context;

/* /zo-werkt-beoordelen, /beoordelingen, /mijn-aanpakken, /beoordelen and /beheer/beoordelingen. */
extern const struct route assessment_routes[];
extern const struct route assessment_lead_routes[];
extern const struct kept assessment_kept[];
extern const struct retention_rule assessment_retention[];

/* A kind of job (jobs.h) that every night reminds owners and assessors, and ends what is no longer valid. In the table of
 * kinds: ASSESSMENT_JOB, */
enum err assessment_night(struct job_context *c);
#define ASSESSMENT_JOB { .name = "assessment", .run = assessment_night, .daily = true, .hour = 4 }

#endif
