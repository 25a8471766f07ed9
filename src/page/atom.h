/* atom.h - the frame of a feed (RFC 4287) of this site.
 *
 *   struct xml x = atom_begin(rq, rs, &(struct atom_feed) { .title = ..., .path = ..., .page = ..., .updated = ... });
 *   for (...) atom_entry(rq, &x, &(struct atom_entry) { ... });
 *   return atom_end(rs, &x);
 *
 * Moments are texts such as "2026-11-22T12:00:00Z". */
#ifndef PAGE_ATOM_H
#define PAGE_ATOM_H
#include "http.h"
#include "xml.h"

struct atom_feed {
        struct str title;
        struct str path, page;          /* of the feed itself, which is its id too; of the page it belongs to */
        struct str updated;
};
struct atom_entry {
        struct str title, id;           /* the id stays the same when the entry changes */
        struct str path, updated, summary;
};

struct str atom_time(struct arena *a, int64_t ms);
struct xml atom_begin(struct req *rq, struct resp *rs, const struct atom_feed *f);
void atom_entry(struct req *rq, struct xml *x, const struct atom_entry *e);
/* ERR_LIMIT when the feed is larger than an answer may be. */
_must_use_ enum err atom_end(struct resp *rs, struct xml *x);

#endif
