/* benchmark_dictionary.h - the dictionary of delivered indicators: what is asked, how, and which choices stand beside the figure. */
#ifndef BENCHMARK_BENCHMARK_DICTIONARY_H
#define BENCHMARK_BENCHMARK_DICTIONARY_H
#include "db.h"
#include "vec.h"

/* A question about registering that a deliverer answers: "Telt een adviesgesprek mee als geaccepteerde hulp?". */
struct dictionary_choice {
        struct str code, question;
        struct str *answer;             /* "ja", "nee", ... at least two */
        size_t answers;
};
enum dictionary_delivery { DICTIONARY_NOT_DELIVERED, DICTIONARY_BY_QUARTER, DICTIONARY_BY_YEAR };
enum dictionary_aggregation { DICTIONARY_NEVER, DICTIONARY_RATIO, DICTIONARY_SUM };
struct dictionary_entry {
        struct str code, slug, name, definition, numerator, denominator, unit, kind, polarity, theme;
        int64_t version, decimals;
        struct str owner, review_on;    /* "nog niet bekend"; an ISO date */
        enum dictionary_delivery delivery;
        enum dictionary_aggregation aggregation;
        double scale;                   /* value = scale * numerator / denominator */
        bool per_inhabitant;            /* the denominator is the number of inhabitants on 1 January: nobody delivers it */
        bool fictitious;                /* what the pages show of it now is a demonstration */
        struct dictionary_choice *choice;
        size_t choices;
};
struct dictionary { struct dictionary_entry *v; size_t n, cap; };

/* All indicators that municipalities deliver, in the order of the pages, in A. */
_must_use_ enum err benchmark_dictionary(struct db *db, struct arena *a, struct dictionary *ret);
/* One of them. */
_must_use_ enum err benchmark_dictionary_entry(struct db *db, struct arena *a, struct str code, struct dictionary_entry *ret, bool *found);
/* The entry of CODE, or NULL. */
const struct dictionary_entry *dictionary_find(const struct dictionary *d, struct str code);
/* The parts into which an indicator is broken down ("enkelvoudig", "meervoudig" …); *N is 0 when it is not. */
const struct str *dictionary_details(struct str code, size_t *n);

/* The answer to question CODE in "adviesgesprek=ja;crisis=nee"; p is NULL when it is not answered. */
struct str dictionary_answer(struct str choices, struct str code);
/* May the two be compared with a claim of significance? Not when they answered a question of ENTRY differently, or one of them did not
 * answer it. *WHICH is then that question, else NULL. */
bool dictionary_comparable(const struct dictionary_entry *entry, struct str choices, struct str other,
        const struct dictionary_choice **which);

#endif
