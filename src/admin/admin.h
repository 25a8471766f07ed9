/* admin.h - "Beheer": organisations with their members, people, the trail, mail and jobs, and how safe this installation is; and
 * the page that visitors see of an organisation. What somebody sees here follows from the rights of people.h. */
#ifndef ADMIN_ADMIN_H
#define ADMIN_ADMIN_H
#include "http.h"

struct job_context;

extern const struct route admin_routes[];       /* all of /beheer */
extern const struct route organisation_routes[];        /* /organisaties/{slug} */

/* A kind of job (jobs.h) that walks the whole trail every night, and when somebody asks for it: it fails, and ends up among
 * the dead jobs, when the trail is broken. In the table of kinds: ADMIN_TRAIL_JOB, */
#define ADMIN_TRAIL "trail-verify"
enum err admin_verify_trail(struct job_context *c);
#define ADMIN_TRAIL_JOB { .name = ADMIN_TRAIL, .run = admin_verify_trail, .daily = true, .hour = 3 }

/* The file in the data folder whose time is that of the last copy of the store: `schouders backup` touches it. */
#define SAFETY_BACKUP_FILE "laatste-reservekopie"

#endif
