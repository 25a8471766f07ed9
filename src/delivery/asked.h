/* asked.h - what a municipality is asked in a period: figures of the dictionary, and how it counts. */
#ifndef DELIVERY_ASKED_H
#define DELIVERY_ASKED_H
#include "db.h"
#include "vec.h"

/* Counts that are asked to check the others, and never published. */
#define STAND "STAND"

/* How figures of a breakdown hang together. */
enum asked_sum {
        SUM_NONE,
        SUM_AT_MOST,            /* the numerators are parts of the denominator; there may be parts that are not asked */
        SUM_FIRST_TWO,          /* those of the first two details add up to it; others may overlap with them */
};
struct asked_figure {
        struct str indicator, detail;   /* detail "" for none */
        struct str name;                /* "Soort oplossing: schuldbemiddeling" */
        struct str numerator, denominator;      /* what to count; denominator "" when it is not asked */
        struct str unit;
        bool is_share;                  /* the numerator is part of the denominator */
        bool is_whole;                  /* the numerator counts people or things; a denominator always does */
        bool is_rating;                 /* 1 to 10 */
        enum asked_sum sum;
        int part;                       /* place in asked_parts */
        size_t at;                      /* place within its part, from 0 */
};
#define ANSWERS_MAX 8
struct asked_choice {
        struct str indicators;          /* codes with a space around each: " VS05a VS05b " */
        struct str code, question;      /* code in the dictionary: indicators may use one code for questions of their own */
        struct str key;                 /* what tells it from others: "VS05a-adviesgesprek" */
        int part;                       /* of its first indicator */
        struct str answer[ANSWERS_MAX];
        size_t answers;
};
struct asked {
        struct { struct asked_figure *v; size_t n, cap; } figures;
        struct { struct asked_choice *v; size_t n, cap; } choices;
        struct str version;             /* of the list: figures are numbered by their place in a form */
};
/* The parts of the form, in order. Ends with an empty code. */
struct asked_part { struct str code, title, intro; };
extern const struct asked_part asked_parts[];
#define PARTS_MAX 6

/* What is asked in PERIOD (a quarter or a year), in A. */
_must_use_ enum err asked_load(struct db *db, struct arena *a, int64_t period, struct asked *ret);
/* The place of a figure, or figures.n. Codes in any case. */
size_t asked_find(const struct asked *q, struct str indicator, struct str detail);
/* The question of an indicator by its code in the dictionary, or NULL. */
const struct asked_choice *asked_choice(const struct asked *q, struct str indicator, struct str code);
/* Does this choice belong to the indicator? */
bool asked_belongs(const struct asked_choice *c, struct str indicator);

#endif
