/* harness.h - for the tests of this room: a store with two organisations and their people, and requests as the server makes
 * them: who asks comes from a session, and may call what the route says. */
#ifndef ADMIN_HARNESS_H
#define ADMIN_HARNESS_H
#include "page_testing.h"
#include "internal.h"
#include "keys.h"
#include "people.h"

#define NOW ((int64_t) 1790000000000)           /* 21 September 2026 */

struct desk {
        struct test_store *s;
        struct db *db;                          /* DB_WRITE */
        struct keys keys;
        struct site site;
        struct installation installation;
        int64_t now, a, b, bureau;              /* organisations: Gemeente Almere, Gemeente Borne, the programme office */
        int64_t admin, programme, manager_a, manager_b, member_a, advisor_a;
        int sends;                              /* forms sent so far, for idempotency keys */
};

/* Opens and fills the store. Close with desk_done. */
struct desk *desk_open(struct test_store *s);
void desk_done(struct desk **d);

/* A person called NAME with address NAME@demo.invalid; ROLE "" for none. */
int64_t desk_person(struct desk *d, const char *name, const char *role, int64_t organisation);
/* The id of ROLE of PERSON at ORGANISATION in person_role. */
int64_t desk_role(struct desk *d, int64_t person, const char *role, int64_t organisation);
/* Somebody asks for a role; the id of the request. */
int64_t desk_ask(struct desk *d, int64_t person, const char *role, int64_t organisation);

/* One request by PERSON (0: nobody) after LEVEL factors. PATH is the whole path with query; FORM is NULL for a GET. */
struct reply desk_ask_as(struct desk *d, int64_t person, int level, const char *path, const char *form);
/* By somebody who showed two factors. */
struct reply desk_get(struct desk *d, int64_t person, const char *path);
struct reply desk_post(struct desk *d, int64_t person, const char *path, const char *form);

/* Rows of the trail with this action. */
int64_t desk_trail(struct desk *d, const char *action);
int64_t desk_number(struct desk *d, const char *sql);

#endif
