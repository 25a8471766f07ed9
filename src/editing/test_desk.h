/* test_desk.h - for the tests of this room: a small knowledge base, two editors and a reader, and requests as the server makes them. */
#ifndef EDITING_TEST_DESK_H
#define EDITING_TEST_DESK_H
#include "knowledge.h"
#include "page_testing.h"
#include "people_testing.h"

#define NOW_MS ((int64_t) 1795305600000)        /* 22 November 2026 */

struct desk {
        struct house h;                 /* store, connection, site */
        struct arena *a;
        int64_t ann, bob, reader, now_ms;       /* ann and bob are editors */
        int forms;                              /* drawn so far */
};
/* The knowledge base has value lists and no items. */
struct desk *desk_open(void **state);
void desk_done(struct desk **d);
/* PERSON 0: nobody. PATH with its query. */
struct reply get(struct desk *d, int64_t person, const char *path);
struct reply post(struct desk *d, int64_t person, const char *path, const char *form);
/* The same from a form with this token, as a browser that saves by itself sends more than once. */
struct reply post_from(struct desk *d, int64_t person, const char *path, const char *form, const char *token);
/* PATH with ID at its "#". */
const char *at(struct desk *d, const char *path, int64_t id);
int64_t count(struct desk *d, const char *sql);
/* A complete text with TITLE and MORE lines, published by ann after bob checked it; the item's id. */
int64_t published(struct desk *d, const char *title, const char *more);
struct str whole_text(struct desk *d, const char *title, const char *more);
/* The id of the newest draft. */
int64_t newest_draft(struct desk *d);

#endif
