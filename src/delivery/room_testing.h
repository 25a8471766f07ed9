/* room_testing.h - for the tests of this room: a municipality that takes part, who works there, and requests of them. */
#ifndef DELIVERY_ROOM_TESTING_H
#define DELIVERY_ROOM_TESTING_H
#include "page_testing.h"
#include "people_testing.h"

/* 22 November 2026: the third quarter is over, and a bit late. */
#define TODAY ((int64_t) 1795305600000)
#define PATH "/aanleveren/{organisatie}/{gemeente}/{periode}"

struct town {
        struct house h;
        int64_t almere, jo, kim, mo;            /* two who deliver, and a policy adviser */
        struct str period;                      /* in addresses: the third quarter of 2026 unless a test says otherwise */
        struct str once;
        int sent;
};
void town(struct town *t, void **state);
/* Usable with _cleanup_. */
void town_close(struct town *t);

/* One request of WHO, as the server does it: the right first. */
struct reply ask(struct town *t, int64_t who, enum method method, const char *pattern, struct str last, struct str fields, struct str body,
        struct str bearer);
int64_t count(struct town *t, const char *sql);

#endif
