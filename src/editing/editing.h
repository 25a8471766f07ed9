/* editing.h - how editors write: drafts, a second pair of eyes, history, and links that stopped working. */
#ifndef EDITING_EDITING_H
#define EDITING_EDITING_H
#include "http.h"
#include "jobs.h"
#include "people_kept.h"
#include "people_retention.h"

extern const struct route editing_routes[], history_routes[];
extern const struct kept editing_kept[];
extern const struct retention_rule editing_retention[];

/* The job of the night that asks every address that published texts link to. job_context.app is the site. */
#define LINKS_JOB "links"
enum err links_run(struct job_context *c);
#define EDITING_LINKS_JOB { .name = LINKS_JOB, .run = links_run, .daily = true, .hour = 2 }

#endif
