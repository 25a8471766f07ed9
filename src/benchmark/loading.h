/* loading.h - what the files that fill this room share. Private to the room. */
#ifndef BENCHMARK_LOADING_H
#define BENCHMARK_LOADING_H
#include "benchmark.h"
#include "network.h"

struct indicator_text {                 /* one file of content/indicatoren */
        struct str file;
        struct str code, slug, name, definition, numerator, denominator, unit, kind, polarity, phase, theme, scope,
                period_kind,
                   source, source_url, licence, note, note_html;
        struct str owner, review_on;
        struct str delivery;            /* "quarter", "year", or "none": not delivered by municipalities */
        struct str aggregation;         /* "ratio", "sum" or "none" */
        int64_t position, decimals, version;
        double scale;
        struct { struct choice_text { struct str code, question, answers; } *v; size_t n, cap; } choices;
};

struct figure {
        const struct indicator_text *indicator;
        int64_t period;
        struct str region, detail;
        double value, numerator, denominator;   /* NaN when missing */
        enum network_status status;
        int64_t boundary_year;
        struct str source;
};

struct trait {                          /* a characteristic of the area */
        struct str code, name, unit, source;
        int64_t decimals, period, position;
        double weight;
        bool log;
        double *value, *z;              /* one per place, NaN when missing */
};
struct place {                          /* a municipality of today */
        struct str code;
        double inhabitants;             /* on 1 January of NETWORK_DIVISION */
};
struct near_place {
        size_t place, other;
        int rank;
        double distance;
};

struct compared {
        const struct indicator_text *indicator;
        int64_t period;
        struct benchmark_comparison result;
        struct benchmark_unit *units;
};

struct loading {
        struct db *db;
        struct load *l;
        struct arena *a;                /* the load's */
        struct network graph;
        struct map indicators;          /* struct indicator_text * by code */
        struct { struct indicator_text **v; size_t n, cap; } texts;
        struct { struct figure *v; size_t n, cap; } figures;
        struct { struct compared *v; size_t n, cap; } comparisons;
        struct { struct place *v; size_t n, cap; } places;       /* in order of code */
        struct { struct trait *v; size_t n, cap; } traits;
        struct { struct near_place *v; size_t n, cap; } peers;
};

/* indicator_file.c: reads all of content/indicatoren. */
_must_use_ enum err loading_indicators(struct loading *x);
/* figure_file.c: reads and checks the two files with figures. */
_must_use_ enum err loading_figures(struct loading *x);
/* recode.c: adds to older figures what they are in today's division. */
void loading_recode(struct loading *x);
/* dictionary.c: the version that each indicator has, with its choices; older versions stay. */
_must_use_ enum err loading_dictionary(struct loading *x);
/* peers.c: places, traits and peers. */
_must_use_ enum err loading_peers(struct loading *x);

#endif
