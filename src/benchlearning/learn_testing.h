/* learn_testing.h - for the tests of this room: twenty municipalities with figures on a store, and requests of people. */
#ifndef BENCHLEARNING_LEARN_TESTING_H
#define BENCHLEARNING_LEARN_TESTING_H
#include "page_testing.h"
#include <math.h>
#include <string.h>
#include "benchlearning.h"
#include "benchmark_release.h"
#include "people.h"
#include "schema.h"

#define NOW ((int64_t) 1795305600000)           /* 22 November 2026 */
#define PLACES 20
#define QUARTERS 11

struct town {
        struct test_store *s;
        struct db *db;
        int64_t ada, bea, a, b;         /* people, and their organisations */
        int sent;
};

/* Share of municipality PLACE in quarter Q of the series: the first at 60 %, the others at 30 to 49. */
double numerator_of(int place, int q, int drop);
/* Migrated, with a release in which the first municipality fell by DROP cases of 400 in the first quarter of 2025. */
struct town town_with(void **state, int drop);
struct town town(void **state);
/* What twenty municipalities deliver over eleven quarters from the first of 2024; lower is better. DROP: of the first, in cases of 400, from the
 * first quarter of 2025 on. The last registers otherwise. */
void deliver(struct town *x, int drop);
/* Do pages keep what they compute? They do unless told otherwise. */
void learn_memo(bool on);
void leave(struct town *x);
int64_t organisation(struct town *x, const char *name, const char *place);
int64_t adviser(struct town *x, const char *name, int64_t at);
/* One request of WHO (0: nobody); PARAMS are the parts of the path, with spaces between. */
struct reply ask(struct town *x, int64_t who, enum method method, const char *pattern, const char *params, const char *fields);

#define DESK "/benchleren/organisaties/{organisatie}"
#define NEW_USE DESK "/aanpakken/nieuw"
#define MEETINGS DESK "/bijeenkomsten"
#define USE "aanpak=eropaf&begin=2025-1&omvang=deel&contact=co%C3%B6rdinator&csrf=t"

#endif
