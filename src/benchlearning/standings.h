/* standings.h - where every municipality stands on every figure of help that has a better side, by the newest comparison. Private to the room. */
#ifndef BENCHLEARNING_STANDINGS_H
#define BENCHLEARNING_STANDINGS_H
#include "figures.h"

/* How one figure was compared. */
struct standing_figure {
        int64_t period;
        double target;                  /* all municipalities together, in the unit shown */
        bool tested;                    /* false: never compared, or there are no counts to test with */
};
/* One municipality on one figure. */
struct standing {
        double value;
        int proven;                     /* +1 above, -1 below all, 0 not proven */
        bool known;                     /* false without a value that may be shown */
};
struct standings {
        struct learn_place_list places;
        struct compared_all_row_list figures;
        const struct standing_figure *figure;   /* as `figures` */
        const struct standing *at;      /* a row for each place, a column for each figure */
};
_must_use_ enum err standings_load(struct req *rq, struct standings *ret);
/* size_t * to the place in PLACES of each code. */
struct map places_by_code(struct arena *a, const struct learn_place_list *places);
const struct standing *standing(const struct standings *s, size_t place, size_t figure);

#endif
