/* hiding.h - counts of people, and which figures show them: what disclosure control reasons about. Private to hide.c and hide_count.c. */
#ifndef BENCHMARK_HIDING_H
#define BENCHMARK_HIDING_H
#include "releasing.h"
#include "sdc.h"

/* What an attacker may know of a hidden count is at least this wide. */
#define HIDING_WIDTH STATS_SDC_FEW
/* No count is shown by more figures than this. */
#define HIDING_SHOWN_MAX 10

/* A figure over the periods of a year: its quarters, and the year itself last. NULL where there is no cell. */
struct hiding_figure {
        const struct dictionary_entry *entry;
        struct str detail;
        struct releasing_cell *column[5];
};
enum hiding_part { HIDING_NUMERATOR, HIDING_REST, HIDING_CASES };

/* One count of one municipality in one period, and the figures that show it there: whoever sees one of them knows the count. */
struct hiding_spot {
        double count;
        unsigned char n, column;
        struct { unsigned char member; unsigned short at; } by[HIDING_SHOWN_MAX];
};
/* A count over all municipalities and the periods of a year. */
struct hiding_table {
        struct { struct { const struct hiding_figure *figure; enum hiding_part part; } v[HIDING_SHOWN_MAX]; size_t n; } shown;
        struct str name;                /* "" for a count of one figure only */
        struct hiding_spot *spot;       /* of region r in column q: spot[5 r + q] */
        bool by_quarter;
};
struct hiding {
        struct arena *a;
        struct { struct hiding_figure *v; size_t n, cap; } figures;
        struct { struct hiding_table *v; size_t n, cap; } tables;
        struct { struct str *v; size_t n, cap; } regions;
        bool more;                      /* something was hidden or withheld since this was cleared */
};

/* Counts of persons can tell about a person; FTE, money for the service and thresholds cannot. */
bool hiding_about_people(const struct dictionary_entry *d);
/* That part of a result; NaN where the figure has none. */
double hiding_count(const struct result *r, enum hiding_part part);
/* Do these two indicators show a count in common, or are they parts of one whole? */
bool hiding_are_linked(struct str code, struct str other);

/* What a figure is about, so that hiding the figure hides it: numerator and rest, or the cases of a mean. */
bool hiding_is_own(const struct hiding_figure *f, enum hiding_part part);

/* Figure I of those that show a spot. */
struct hiding_place { struct releasing_cell *cell; size_t at; bool own; };
struct hiding_place hiding_place_of(const struct hiding_table *t, const struct hiding_spot *s, size_t i);
/* Nobody can read it anywhere. */
bool hiding_is_hidden(const struct hiding_table *t, const struct hiding_spot *s);
/* It is public already. */
bool hiding_is_fixed(const struct hiding_table *t, const struct hiding_spot *s);
/* It is hidden, and must not follow from a table either. */
bool hiding_is_must(const struct hiding_table *t, const struct hiding_spot *s);
/* In all figures that show it. */
void hiding_hide(struct hiding *h, const struct hiding_table *t, const struct hiding_spot *s, bool must);
/* No figures of all together in column Q. */
void hiding_withhold(struct hiding *h, const struct hiding_table *t, int q);

/* All tables of counts over CELLS, which are of one year. */
void hiding_tables(struct hiding *h, struct releasing_cells *cells);
/* The table of the numerators of figure F; NULL when nothing of it is about people. */
const struct hiding_table *hiding_numerators(const struct hiding *h, const struct hiding_figure *f);

/* hide_table.c: hides what must go so that T tells nothing; sets h->more when it did something. */
void hiding_protect(struct hiding *h, struct hiding_table *t);
/* Of two counts of which one holds the other, the difference is a count as well, also where no figure is about it. */
void hiding_protect_differences(struct hiding *h);
/* The numerators of these figures are parts of one whole, and no cell of them may follow from the others. */
void hiding_protect_parts(struct hiding *h, const struct hiding_figure *const *part, size_t parts);

#endif
