/* rooms.h - everything the rooms offer to the program, in one place. */
#ifndef APP_ROOMS_H
#define APP_ROOMS_H
#include "http.h"
#include "jobs.h"

/* Route tables, NULL-ended. */
extern const struct route *const rooms[];
/* Kinds of background work, for which job_context.app is the site (page.h); ends with a kind without name. */
extern const struct job_kind job_kinds[];

#endif
