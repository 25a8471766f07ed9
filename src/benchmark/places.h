/* places.h - the municipalities on the page of an indicator, written out at load. Packed into one value for each
 * comparison: reading 342 rows of ten columns took two fifths of the time of the page. Private to the room. */
#ifndef BENCHMARK_PLACES_H
#define BENCHMARK_PLACES_H
#include "benchmark.h"
#include "benchmark_dictionary.h"
#include "benchmark_release.h"
#include "benchmark_web.h"

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
/* Those of one cell that release SINCE prepares; none when too few are compared. ALL are the municipalities of today. */
_must_use_ enum err places_put(struct db *db, struct arena *a, const struct page_municipalities_row_list *all, const struct dictionary_entry *d,
        const struct cell *cell, int64_t since);

/* block.c: what the page of a municipality shows of an indicator. */
struct tile {
        int64_t position;
        struct str theme;
        struct benchmark_tile t;
        bool left_out;                  /* an example that this municipality is not in: not written */
};
struct tile_list { struct tile *v; size_t n, cap; };
/* Of all indicators, or of INDICATOR. */
_must_use_ enum err tiles_of(struct db *db, struct arena *a, struct str region, struct str indicator, struct tile_list *ret);
_must_use_ enum err tile_put(struct db *db, struct str region, const struct tile *t, int64_t since);
/* Those of one comparison, in order of name, in A. ERR_INTERNAL when they were not written or are damaged. */
_must_use_ enum err places_of(struct db *db, struct arena *a, struct str code, int64_t period, struct place_list *ret);
/* All municipalities of today without figures, for an indicator that is not compared. */
_must_use_ enum err places_unknown(struct db *db, struct arena *a, struct place_list *ret);

#endif
