/* internal.h - what the files of src/search share. */
#ifndef SEARCH_INTERNAL_H
#define SEARCH_INTERNAL_H
#include <pthread.h>
#include "live.h"
#include "search.h"

#define MISSES_MAX 512

/* Behind a const pointer for those who ask; all that changes is under a lock. */
struct search {
        struct arena mem;               /* the struct itself */
        const struct analyser *an;
        pthread_rwlock_t lock;          /* of live: held for reading while a question is ranked */
        pthread_mutex_t reading;        /* one thread at a time reads changes from the store */
        pthread_mutex_t suggesting;
        struct live *live;
        pthread_mutex_t missing;        /* of what follows */
        struct arena misses_mem;
        struct map misses_at;
        VEC(struct miss *) misses;
};

/* Brings the memory of S up to what DB shows. */
_must_use_ enum err search_follow(const struct search *s, struct db *db);
/* The memory, locked for reading until search_release(). */
struct live *search_hold(const struct search *s);
void search_release(const struct search *s);

struct ranked {
        uint32_t doc;                   /* in live->docs */
        int64_t id;
        float score;
        uint8_t kind, facets_n;         /* places in kinds and facets of the ranking */
        const uint16_t *facets;
};
struct tally {
        struct str name;                /* set when n is not 0 */
        size_t n;
};
/* Borrows nothing from the index, which may change once it is released. */
struct ranking {
        struct ranked *v;               /* the best, in order */
        size_t n;
        size_t total;                   /* all that qualify, kept in v or not */
        bool partly;
        struct tally *kinds;            /* before a kind is chosen */
        struct tally *facets;
        size_t kinds_n, facets_n;
};
/* The best MOST documents for Q. KIND and FACETS as in struct search_choice. */
struct ranking rank_documents(const struct live *x, struct arena *a, const struct query *q, struct str kind, struct str facets,
                              size_t most);

/* Has QUERY a quotation? Then documents with its words must still be looked into. */
bool quotes_any(const struct query *query);
/* Leaves the documents in R that hold every quotation, and none that is excluded; of those, the ones of KIND. Counts anew. */
_must_use_ enum err quotes_keep(const struct search *s, struct db *db, const struct query *query, struct str kind, struct ranking *r);

/* Each of V once, in order of the alphabet, with spaces. */
struct str words_joined(struct arena *a, struct str *v, size_t n);
/* The terms of QUERY that are asked for, each once, in order of the alphabet, with spaces. */
struct str query_key(struct arena *a, const struct query *query);

#endif
