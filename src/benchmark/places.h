/* places.h - the municipalities on the page of an indicator, written out at load. Packed into one value for each
 * comparison: reading 342 rows of ten columns took two fifths of the time of the page. Private to the room. */
#ifndef BENCHMARK_PLACES_H
#define BENCHMARK_PLACES_H
#include "benchmark.h"

/* A municipality of today. Without a figure the numbers are NaN and 0, and the texts "". */
struct place {
        struct str code, name, slug;
        struct str value, cases, margin;        /* as written: "14,5%", "94.739", "14,3 – 14,7"; "" when there is none */
        struct str class;               /* message_class() */
        double figure, denominator, low95, high95;
        int class_exact, class_adjusted, fifth; /* as in comparison_unit */
        bool known;                     /* there is a figure */
        bool tested;                    /* there are counts to test */
        bool own, peer;                 /* of the visitor's choice; not stored */
        bool otherwise;                 /* registers otherwise than the municipality of the visitor's choice; not stored */
};
struct place_list {
        struct place *v;
        size_t n, known;
};

/* Writes the places of every comparison, from what benchmark_load stored; in the caller's transaction. */
_must_use_ enum err places_write(struct db *db, struct arena *a);
/* Those of one comparison anew; none when it is not there any more. */
_must_use_ enum err places_write_one(struct db *db, struct arena *a, struct str code, int64_t period);
/* block.c: what the pages of municipalities show of all indicators, or of one. */
_must_use_ enum err profiles_write(struct db *db, struct arena *a);
_must_use_ enum err profiles_write_one(struct db *db, struct arena *a, struct str indicator);
/* Those of one comparison, in order of name, in A. ERR_INTERNAL when they were not written or are damaged. */
_must_use_ enum err places_of(struct db *db, struct arena *a, struct str code, int64_t period, struct place_list *ret);
/* All municipalities of today without figures, for an indicator that is not compared. */
_must_use_ enum err places_unknown(struct db *db, struct arena *a, struct place_list *ret);

#endif
