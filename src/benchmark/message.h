/* message.h - what a figure says, as Dutch sentences made from the numbers. Pure: same numbers, same words.
 * No sentence ranks municipalities; "too little to say" is a sentence too. */
#ifndef BENCHMARK_MESSAGE_H
#define BENCHMARK_MESSAGE_H
#include "str.h"

/* MERGED: the figure is of parts that cannot be put together. */
enum message_status { MESSAGE_FIGURE, MESSAGE_TOO_FEW, MESSAGE_MERGED, MESSAGE_MISSING };
/* From figure.status of a figure without value. CONCEALED: refused means too small to show, not merged. */
enum message_status message_status_of(struct str status, bool concealed);
/* Which side is better for the people it is about. */
enum message_polarity { MESSAGE_NEUTRAL, MESSAGE_LOWER_BETTER, MESSAGE_HIGHER_BETTER };

/* A figure of one place against the country, in the unit that is shown. */
struct message {
        struct str place;               /* "Almere" */
        struct str unit;                /* number.h */
        int decimals;
        enum message_polarity polarity;
        enum message_status status;
        double value;
        double national;                /* NaN: not known */
        bool partial;                   /* national is not of the country, but of the municipalities with a figure */
        bool tested;                    /* there are counts, so the classes mean something */
        int class_exact, class_adjusted;        /* -2..2 as in comparison_unit */
        double p25, p75;                /* half of the municipalities lie between; NaN: not shown */
};

/* "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het verschil is groter dan ..." */
struct str message_place(struct arena *a, const struct message *m);
/* The same for a tile that shows the value itself: "Hoger dan in Nederland (8,8%). ..." */
struct str message_short(struct arena *a, const struct message *m);
/* Against the limits: "binnen", "boven", "ver onder" ...; "" when there is no test. */
struct str message_class(bool tested, int class_adjusted);
/* "Almere ligt boven de grens van 95%, maar niet boven die van 99,8%." */
struct str message_position(struct arena *a, struct str place, bool tested, int class_adjusted);
/* "73 van de 342 gemeenten vallen buiten de grenzen van 95%, en 3 daarvan ook buiten die van 99,8%." */
struct str message_outside(struct arena *a, int64_t units, int64_t outside95, int64_t outside998);
/* "Lager is gunstiger.", or "" when neither is. */
struct str message_polarity_text(enum message_polarity polarity);
enum message_polarity message_polarity_of(struct str polarity);
/* "hoger", "langer", "meer" or their opposite: how a value in UNIT is compared. */
struct str message_more(struct str unit, bool more);

/* Among peers: LOWER, EQUAL and HIGHER of them have a lower, the same, a higher value than the place; NONE have no
 * value. */
struct str message_peers(struct arena *a, int lower, int equal, int higher, int none);

/* All municipalities together. beyond: outside the adjusted 99.8% limits, -1 when there is no funnel. */
struct message_all {
        struct str unit;
        int decimals;
        int64_t units, beyond;
        bool partial;                   /* as above */
        double national, p25, p75;
};
struct str message_all(struct arena *a, const struct message_all *m);
/* Why the usual limits would not do: "Met alleen toeval zouden 303 van de 342 gemeenten ...". */
struct str message_overdispersion(struct arena *a, int64_t units, int64_t unadjusted, int64_t adjusted);

/* Two moments of one place. x, n: counts, NaN when unknown. */
struct message_moment {
        int64_t year;
        double value, x, n;
        bool provisional;
};
/* "In 2022 was dit 13,5%. De stijging is groter dan toeval verklaart."; "" when one of the values is missing. */
struct str message_change(struct arena *a, struct str unit, int decimals, const struct message_moment *before,
                          const struct message_moment *now);
/* A series of the country: "Tussen 2015 en 2024 daalde dit van 8,6% naar 8,1%." FEW: only two points. */
struct str message_series(struct arena *a, struct str unit, int decimals, const struct message_moment *m, size_t n);

#endif
