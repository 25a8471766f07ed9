/* page_testing.h - for the tests of rooms: one request, from the fields a browser sends to the page that comes back, without a server. */
#ifndef PAGE_PAGE_TESTING_H
#define PAGE_PAGE_TESTING_H
#include "testing.h"
#include "page.h"

struct door {
        const struct route *const *tables;              /* of routes; ends with NULL */
        enum err (*permit)(struct req *rq);             /* may who asks call the route? NULL: all may */
};
struct reply {
        enum err e;             /* of fields that cannot be read, permit() or the handler */
        struct resp rs;         /* without its body */
        struct str html;
};

/* Asks the route with this METHOD and PATTERN, which must be there. RQ has what the test decides: arena, db, app, now_ms, viewer, param,
 * idempotency; with path "" the pattern is the path. What the route prepares comes first. A POST has its texts screened, and a
 * transaction that is kept when it gives OK. */
struct reply reply_of(const struct door *d, const struct req *rq, enum method method, const char *pattern, const char *fields);
/* The same for the route that ADDRESS, with its query, leads to; FORM: what is posted, NULL to get. */
struct reply reply_at(const struct door *d, const struct req *rq, const char *address, const char *form);
bool has(struct reply r, const char *text);
/* The same, or the opposite, as an assertion that prints TEXT. */
void shows(struct reply r, const char *text);
void lacks(struct reply r, const char *text);

#endif
