/* views.h - what this room's pages show. */
#ifndef PROGRAMME_VIEWS_H
#define PROGRAMME_VIEWS_H
#include "facet.h"
#include "knowledge.h"
#include "network.h"
#include "page.h"
#include "people.h"
#include "search.h"

struct home_view {
        int64_t items, municipalities, indicators;
};

struct municipality_view {
        struct municipality m;
        bool ended;
        struct opt_i64 inhabitants, households;
        int64_t year;                           /* of the numbers above */
        struct municipality_change_list before, after;
        struct municipality_neighbours_row_list neighbours;
        struct knowledge_uses uses;
        struct organisation_at_list organisations;
        struct knowledge_cards ideas;           /* for a municipality of which we know no use */
        void *recorded;                         /* for benchlearning_place_draw */
};

struct hit_view {
        const struct search_hit *hit;
        struct url href;
        struct str kind;                        /* "Kennis", "Gemeente", "Cijfer" */
        struct snippet snippet;
        bool chosen;                            /* by editors, for this question */
};
struct kind_choice {
        struct str label, href;
        size_t n;
        bool chosen;
};
#define SEARCH_LISTS 4
struct search_view {
        struct str query;
        struct search_result result;
        struct { struct hit_view *v; size_t n, cap; } hits;
        struct { struct kind_choice *v; size_t n, cap; } kinds;
        struct facet facets[SEARCH_LISTS];
        bool any_facet;                         /* one has values */
        struct { struct search_kept { const char *field; struct str code; } *v; size_t n, cap; } kept;  /* chosen, for the form */
        struct str suggestion_href, completions_href;
        struct str previous, next;              /* addresses, "" for none */
        int64_t page, pages;
};

struct completion_view {
        struct str text, kind, href;            /* kind "" for words */
};
struct completions {
        struct completion_view *v;
        size_t n, cap;
};
struct completions_view {
        struct str query;
        struct completions words, titles;
        struct str better, better_href;         /* another spelling, or "" */
};

#endif
