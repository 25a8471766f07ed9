/* rivals.h - from a real difference to peers that are really better: what the page shows. Private to the room. */
#ifndef BENCHLEARNING_RIVALS_H
#define BENCHLEARNING_RIVALS_H
#include "figures.h"

/* A peer on one figure. */
struct rival {
        struct str code, name, slug;
        double distance;                /* NaN for one that was chosen and is not among the nearest */
        const struct better_unit *unit; /* NULL without a figure */
        double low, high;
        struct better_verdict verdict;
        bool in_group;
        const struct dictionary_choice *which;  /* what they answered differently, or NULL */
        struct str value, margin, chance, explanation;
};
/* Something a better peer does and this municipality does not. */
struct otherwise {
        const struct method_use *use;
        struct str when;
        bool aims;                      /* at this figure, by what the knowledge base says */
};
struct rivals_view {
        struct learn_place place;
        struct indicator i;
        struct units all;
        struct str period;
        const struct better_unit *own;
        double own_low, own_high;
        int proven;                     /* -1, 0, 1: below or above all municipalities, after many tests */
        bool is_worse;                  /* proven, and on the wrong side */
        struct better_field field;
        struct { struct rival *v; size_t n, cap; } rivals;
        size_t better, other_choices, without;
        struct { struct otherwise *v; size_t n, cap; } methods;
        struct learn_place_list places;
        bool own_group;                 /* chosen by the visitor */
        struct str query;               /* "?groep=…&groep=…" of the address, "" for the nearest */
        struct str difference_message, better_message, refusal;
        struct str desk;                /* slug of an organisation for which the visitor may invite, "" for none */
        struct chart frame;
        struct chart_interval interval;
        bool has_chart;
};
/* GROUP: slugs of the municipalities to compare with, N of them; none for the nearest. ERR_NOT_FOUND for an unknown municipality or figure, or one
 * that was never compared. */
_must_use_ enum err rivals_load(struct req *rq, struct str place, struct str indicator, const struct str *group, size_t n, struct rivals_view *v);

struct difference_row {
        const struct compared_all_row *row;
        struct str period, value, nation;
};
struct place_view {
        struct learn_place place;
        struct { struct difference_row *v; size_t n, cap; } weak, strong;
        size_t tested;
};

struct pair_row {
        const struct learn_place *a, *b;
        double distance;
        bool balanced;
        struct { const struct compared_all_row **v; size_t n, cap; } a_learns, b_learns;
        struct str why;
};
struct pairs_view {
        struct learn_place_list places;
        const struct learn_place *place;        /* chosen, or NULL for all */
        struct { struct pair_row *v; size_t n, cap; } pairs;
        size_t found, balanced;                 /* in all */
        bool fictitious;
};
struct learn_home {
        struct learn_place_list places;
        struct { struct learn_desk { struct str slug, name; } *v; size_t n, cap; } desks;
};

#endif
