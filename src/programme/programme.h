/* programme.h - the room on top: the home page, search over everything, the page of one municipality, and what this site is. */
#ifndef PROGRAMME_PROGRAMME_H
#define PROGRAMME_PROGRAMME_H
#include "http.h"
#include "people_keep.h"
#include "people_retention.h"

extern const struct route programme_routes[];   /* home, municipality */
extern const struct route search_routes[];      /* zoeken and its suggestions */
extern const struct route site_routes[];        /* over, privacy, toegankelijkheid, licenties, openapi.json */
extern const struct route open_data_routes[];   /* open-data and its catalogue */
extern const struct route sitemap_routes[];     /* robots.txt, sitemap.xml and its parts */

/* How long questions without an answer are kept; its rule also forgets replaced versions of documents in the index. */
extern const struct retention_rule programme_retention[];

/* A kind of job (jobs.h) that writes the questions without an answer to the store; job_context.app is the site. */
enum err programme_misses_run(struct job_context *c);
#define PROGRAMME_MISSES_JOB { .name = "search-misses", .run = programme_misses_run, .every_ms = 5 * 60 * 1000 }

#endif
