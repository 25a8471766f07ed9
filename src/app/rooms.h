/* rooms.h - everything the rooms offer to the program, in one place. */
#ifndef APP_ROOMS_H
#define APP_ROOMS_H
#include "http.h"
#include "jobs.h"
#include "people_kept.h"
#include "people_retention.h"

/* Route tables, NULL-ended. */
extern const struct route *const rooms[];
/* What the rooms keep of people, and how long they keep what; NULL-ended, for site (page.h). */
extern const struct kept *const rooms_kept[];
extern const struct retention_rule *const rooms_retention[];
extern const struct item_extra *const rooms_item_extras[];   /* for site.item_extras, NULL-ended */
/* Kinds of background work, for which job_context.app is the site (page.h); ends with a kind without name. */
extern const struct job_kind job_kinds[];

#endif
