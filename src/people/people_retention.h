/* people_retention.h - how long what is kept: rules as data. The job of the night enforces them, /privacy prints them. A room that
 * keeps something for a time makes such a table, and the program joins them in site.retention (page.h). */
#ifndef PEOPLE_PEOPLE_RETENTION_H
#define PEOPLE_PEOPLE_RETENTION_H
#include "http.h"

struct job_context;

struct retention_rule {
        struct str what, how_long, why;         /* Dutch: parts of a sentence, without a full stop */
        /* Deletes what is due at rq->now_ms, a bounded number of rows. *NEXT is 0 at first; when more may be due it is set to
         * something above 0, and the rule is called again with it, in a transaction of its own. NULL: nothing to delete. */
        enum err (*enforce)(struct req *rq, int64_t *next);
};
extern const struct retention_rule people_retention[];  /* ends with an empty what */

/* A request without anybody, for a job that writes as a form would: the trail then names the system. JOB is a route with the name of
 * the job as its pattern. */
struct req people_job_request(const struct job_context *c, struct db *db, const struct route *job);

/* One pass over a bounded number of rows behind *NEXT, which it sets to where the next one goes on, or to 0 after the last. It may run
 * twice with the same *NEXT. */
typedef enum err people_job_pass(struct req *rq, int64_t *next, const void *arg);
/* Runs PASS from 0 on, each time in a transaction of its own, until it is done, fails, or the job should stop (ERR_BUSY). */
_must_use_ enum err people_job_passes(struct job_context *c, const struct route *job, people_job_pass *pass, const void *arg);

#define RETENTION_DAY_MS ((int64_t) 24 * 60 * 60 * 1000)

/* A kind of job (jobs.h) that enforces every rule of site.retention at night; job_context.app is the site. A rule that fails is
 * logged, the others go on, and the job runs again later. In the table of kinds: RETENTION_JOB, */
enum err people_retention_run(struct job_context *c);
#define RETENTION_JOB { .name = "retention", .run = people_retention_run, .daily = true, .hour = 3 }

#endif
