/* comparing.h - delivered figures compared: one indicator for one municipality in its field, over time and among peers; the profile of
 * a municipality; the releases themselves. All of it is read from releases (benchmark_release.h), none is computed here. */
#ifndef COMPARING_COMPARING_H
#define COMPARING_COMPARING_H
#include "http.h"
#include "people_kept.h"

struct job_context;

extern const struct route comparing_routes[];   /* /vergelijken */
extern const struct kept comparing_kept[];

/* A kind of job that mails what stands out in the newest release of before this month, to who asked for it and was not told. So nobody gets
 * more than one such mail a month. job_context.app is the site. */
_must_use_ enum err figures_mail_run(struct job_context *c);
#define FIGURES_MAIL_JOB { .name = "figures-mail", .run = figures_mail_run, .daily = true, .hour = 6 }

#endif
