/* notable.h - what stands out in the figures of a municipality, for the feed and the mail. Only what survives correction for the
 * many tests of a release: noise stays quiet. Private. */
#ifndef COMPARING_NOTABLE_H
#define COMPARING_NOTABLE_H
#include "html.h"
#include "view.h"

struct notable {
        const struct dictionary_entry *entry;
        struct str path, words;
        bool again;             /* it did so in the period before, too */
};
struct notable_list { struct notable *v; size_t n, cap; };
/* Those of PLACE in release R (its last period), for the public. D lives as long as the result. */
_must_use_ enum err notable_of(struct db *db, struct arena *a, const struct dictionary *d, const struct benchmark_release_info *r,
        const struct municipality_current *place, struct notable_list *ret);

/* The mail: a part for each municipality of which something stands out. */
struct notable_part {
        const struct municipality_current *place;
        struct notable_list list;
};
struct notable_mail {
        struct str name, period;
        bool fictitious;
        struct { struct notable_part *v; size_t n, cap; } parts;
};

/* Municipalities of today, the dictionary and the newest release. */
struct notable_base {
        struct places places;
        struct dictionary dictionary;
        struct benchmark_release_list releases;
};
_must_use_ enum err notable_base_read(struct db *db, struct arena *a, struct notable_base *ret);

handler notable_feed_get, notable_follow_post;

#endif
