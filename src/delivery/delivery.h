/* delivery.h - municipalities deliver their figures: by form, file, a count in the browser or a program; they are checked, approved by a
 * second person, corrected later, and the programme makes releases of them (docs/adr/0015). */
#ifndef DELIVERY_DELIVERY_H
#define DELIVERY_DELIVERY_H
#include "http.h"
#include "people_kept.h"
#include "people_retention.h"

struct job_context;

extern const struct route delivery_routes[];            /* /aanleveren */
extern const struct route delivery_office_routes[];     /* /beheer/aanleveringen */
extern const struct route delivery_release_routes[];   /* /beheer/uitgaven */
extern const struct route delivery_api_routes[];        /* /api/v1/leveringen */
extern const struct kept delivery_kept[];
extern const struct retention_rule delivery_retention[];

/* Every morning: reminds who delivers of the last day, 14 and 3 days before it. */
enum err delivery_remind_run(struct job_context *c);
#define DELIVERY_REMIND_JOB { .name = "delivery-remind", .run = delivery_remind_run, .daily = true, .hour = 6 }

/* Makes the release that was asked for. */
enum err delivery_release_run(struct job_context *c);
#define RELEASE_KIND "delivery-release"
#define DELIVERY_RELEASE_JOB { .name = RELEASE_KIND, .run = delivery_release_run }

#endif
