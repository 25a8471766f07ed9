/* test_street.h - for the tests of this room: an item, and people who write about it. */
#ifndef DIALOGUE_TEST_STREET_H
#define DIALOGUE_TEST_STREET_H
#include "page_testing.h"
#include "dialogue.h"

#define NOW ((int64_t) 1795305600000)
#define MINUTE ((int64_t) 60 * 1000)
#define DAY ((int64_t) 24 * 60 * MINUTE)
#define WHO "&naam=naam"

struct street {
        struct test_store *s;
        struct db *db;
        int64_t now_ms, jo, kim, mo, ed;        /* writers, a moderator, another moderator who edits too */
        uint64_t client;
        int sent;
};
extern struct site site;

struct street street(void **state);
/* One request of WHO (0: nobody) on the route PATTERN, whose first part is PARAM. */
struct reply ask(struct street *x, int64_t who, enum method method, const char *pattern, const char *param, const char *fields);
/* The same at ADDRESS, with its query; FORM NULL to get. */
struct reply visit(struct street *x, int64_t who, const char *address, const char *form);
/* The last post. */
int64_t newest(struct street *x);
const char *number(struct street *x, int64_t id);
/* WHO asks a question, or answers one; the post. */
int64_t asked(struct street *x, int64_t who, const char *title);
int64_t answered(struct street *x, int64_t who, int64_t question, const char *text);
int64_t stand(struct street *x, int64_t id);
bool is(struct street *x, int64_t id, const char *state);
/* A moderator acts on what stands on the page now. */
struct reply decide(struct street *x, int64_t moderator, int64_t id, const char *what);
/* The page of a question, at its own address. */
struct reply page_of_question(struct street *x, int64_t who, int64_t id);
int64_t mails(struct street *x, const char *kind);
/* Makes WHO somebody of whom three posts were let through, more than a week ago. */
void trusted(struct street *x, int64_t who);

#endif
