/* narrowing.h - what a visitor asks for and chose beside it, as it stands in the address of the results. */
#ifndef PROGRAMME_NARROWING_H
#define PROGRAMME_NARROWING_H
#include "views.h"

struct narrowing {
        struct str q, kind;
        struct str code[SEARCH_LISTS];          /* "" for none */
};

/* Each list of which knowledge carries codes: its name, the field, and the heading above its filter. */
extern const struct search_list { const char *list, *field; struct str title; } search_lists[SEARCH_LISTS];

/* The results of N, at PAGE. */
struct str narrowing_address(struct arena *a, const struct narrowing *n, int64_t page);
/* The feed of the knowledge among them. */
struct str narrowing_feed(struct arena *a, const struct narrowing *n);
/* For search_choice.facets: "fase:nazorg thema:stress". */
struct str narrowing_facets(struct arena *a, const struct narrowing *n);
bool narrowing_any(const struct narrowing *n);
/* Per list the counts of what was found, each with the address that chooses it. ERR_NOT_FOUND when a chosen code is not in its list. */
_must_use_ enum err narrowing_fill(struct req *rq, const struct narrowing *n, struct search_view *v);

#endif
