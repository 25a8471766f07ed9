/* nation.h - a made-up nation of which the truth is known: the real municipalities with their real sizes, ten years of quarters, levels
 * that really differ or really do not, outliers that were planted, a working method that helps and one that does nothing, both rolled
 * out in waves. For tests/benchmark/truth. The same seed gives the same nation. */
#ifndef NATION_H
#define NATION_H
#include "benchmark_delivered.h"
#include "benchmark_dictionary.h"
#include "network.h"

#define NATION_LAST 20263
#define NATION_QUARTERS 40
/* Who starts with the working methods when: 15, 85, 95, 95 and 52 municipalities, a year apart. */
#define NATION_WAVES 5
#define NATION_FIRST_START 20
/* Quarters before its start from which a municipality of the nation to look at counts as taking part: it delivered those before it as well. */
#define NATION_BEFORE 8
/* In every nation, however small: takes part before the others are drawn, so that the store is not filled with the demonstration. */
#define NATION_ALWAYS "GM0014"

/* What is true of an indicator. */
enum nation_truth {
        NATION_DIFFER,          /* municipalities really differ */
        NATION_EQUAL,           /* they do not: every difference is chance */
        NATION_OUTLIERS,        /* as EQUAL, but for those that were planted */
        NATION_WORKS,           /* they differ, and the method that is rolled out helps more with each quarter */
        NATION_NOTHING,         /* they differ, and a method is rolled out that does nothing */
};
/* A share of CASES per 1,000 inhabitants and quarter around BASE; a rate when cases is 0: BASE per 1,000 inhabitants of that year; a mean
 * over the cases when BASE is above 1. */
struct nation_spec {
        const char *code;
        enum nation_truth truth;
        double cases, base, sd, season, trend;  /* season: half its height; trend: in ten years */
        bool checked;                           /* truth looks at it: in the short nation too */
};
extern const struct nation_spec nation_specs[];
extern const size_t nation_specs_n;
const struct nation_spec *nation_spec(struct str code);

#define NATION_YEARS 12
struct nation_place {
        struct str code, name, slug;
        double inhabitants;             /* today */
        double in[NATION_YEARS];        /* on 1 January of the years up to that of the last quarter, the last one at the end; NaN: unknown */
        int wave;
};
struct nation {
        struct arena *a;
        uint64_t seed;
        int quarters;           /* the last so many */
        bool demo;              /* to look at: with the differences that the room of learning says a method was used for (benchmark_demo.h) */
        struct nation_place *place;
        size_t n;
        struct dictionary dictionary;
};

/* Draws a nation of at most MOST municipalities of the store, with its last QUARTERS quarters. network_load and benchmark_load ran. */
_must_use_ enum err nation_draw(struct db *db, struct arena *a, uint64_t seed, size_t most, int quarters, struct nation *ret);

/* The place of CODE, or NULL. */
struct nation_place *nation_place(const struct nation *x, struct str code);
int64_t nation_period(const struct nation *x, int quarter);
/* The quarter (0 ..) in which this municipality began, of those that are drawn; it may lie before the first. */
int nation_start(const struct nation *x, const struct nation_place *p);
/* Does it answer the questions of the indicator with CODE in the other way? */
bool nation_registers_otherwise(const struct nation *x, const struct nation_place *p, struct str code);
/* The true chance (or level) of SPEC in quarter Q. */
double nation_level(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, int q);
/* The same without the working method. */
double nation_level_without(const struct nation *x, const struct nation_spec *s, const struct nation_place *p, int q);
/* The quarter from which it takes part. */
int64_t nation_since(const struct nation *x, const struct nation_place *p);
/* How far an outlier, or who is weak in the nation to look at, was moved; 0 for all others. */
double nation_moved(const struct nation *x, const struct nation_spec *s, const struct nation_place *p);
/* A figure that was never delivered. */
bool nation_is_gap(const struct nation *x, const struct nation_place *p, int q);

/* What is delivered: of all indicators, or (CHECKED) of those alone that truth looks at. */
void nation_deliver(struct nation *x, bool checked, struct delivered_list *ret);

/* Random numbers that depend on the seed and on nothing else. */
uint64_t nation_mix(uint64_t z);
double nation_uniform(uint64_t *state);
double nation_normal(uint64_t *state);
double nation_binomial(uint64_t *state, double n, double p);
double nation_poisson(uint64_t *state, double mean);

#endif
