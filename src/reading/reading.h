/* reading.h - items that people keep in lists of their own, and what they follow. */
#ifndef READING_READING_H
#define READING_READING_H
#include "http.h"
#include "people_kept.h"

struct job_context;

extern const struct route reading_routes[];       /* /mijn-lijsten, /lijst, /bewaren */
extern const struct route follow_routes[];      /* /volgen */
extern const struct kept reading_kept[];

#define LISTS_MAX 50                    /* a person */
#define LIST_ITEMS_MAX 200
#define LIST_NAME_MAX 80                /* letters */
#define LIST_NOTE_MAX 500
#define FOLLOWS_MAX 100                 /* a person */

/* A kind of job that mails followers what changed, to each at most once in FOLLOW_MAIL_DAYS. job_context.app is the site. */
#define FOLLOW_MAIL_DAYS 7
_must_use_ enum err follow_mail_run(struct job_context *c);
#define FOLLOW_MAIL_JOB { .name = "follow-mail", .run = follow_mail_run, .daily = true, .hour = 5 }

extern const struct db_stmt *const reading_statements[];

#endif
