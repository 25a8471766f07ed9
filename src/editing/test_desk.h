/* test_desk.h - for the tests of this room: a small knowledge base, two editors and a reader, and requests as the server makes them. */
#ifndef EDITING_TEST_DESK_H
#define EDITING_TEST_DESK_H
#include "people_testing.h"
#include "test_world.h"

struct test_routes;
struct desk {
        struct house h;
        struct world w;
        struct arena *a;
        struct test_routes *routes;
        int64_t ann, bob, reader, now_ms;       /* ann and bob are editors */
        int forms;                              /* drawn so far */
};
struct answer {
        enum err e;                             /* ERR_DENIED also when the route may not be called */
        int status;
        struct str html, location;
};

/* The knowledge base holds what files say after test_load(&d->w): nothing yet. */
struct desk *desk_open(void **state);
void desk_done(struct desk **d);
/* PERSON 0: nobody. PATH with its query. */
struct answer get(struct desk *d, int64_t person, const char *path);
struct answer post(struct desk *d, int64_t person, const char *path, const char *form);
/* The same from a form with this token, as a browser that saves by itself sends more than once. */
struct answer post_from(struct desk *d, int64_t person, const char *path, const char *form, const char *token);
bool has(struct answer r, const char *text);
/* PATH with ID at its "#". */
const char *at(struct desk *d, const char *path, int64_t id);
int64_t count(struct desk *d, const char *sql);
/* A complete text with TITLE and MORE lines, published by ann after bob checked it; the item's id. */
int64_t published(struct desk *d, const char *title, const char *more);
struct str whole_text(struct desk *d, const char *title, const char *more);
/* The id of the newest draft. */
int64_t newest_draft(struct desk *d);

#endif
