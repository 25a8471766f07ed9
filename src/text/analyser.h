/* analyser.h - what analyse.c, query.c and synonyms.c share. Private to src/text. */
#ifndef TEXT_ANALYSER_H
#define TEXT_ANALYSER_H
#include <pthread.h>
#include "analyse.h"
#include "token.h"
#include "words.h"

/* A term found in a token. */
struct found {
        struct str text;
        size_t from, to;                /* bytes of the folded token */
        bool whole;                     /* the token itself */
        bool leaf;                      /* not split any further */
};
#define FOUND_MAX 48
struct found_list {
        struct found v[FOUND_MAX];
        size_t n;
};

/* The members of one group, each a row of terms. */
struct phrase {
        struct str *terms;
        size_t n;
        const struct phrase_set *set;
        const struct phrase *next;      /* another phrase with the same first term */
};
struct phrase_set {
        struct phrase *v;
        size_t n;
};

/* All groups, never changed once made. Freed by whoever uses them last. */
struct synonyms {
        struct arena mem;               /* the struct itself lives in it */
        struct map phrases;             /* first term -> struct phrase */
        size_t users;                   /* under the lock of the shelf; the shelf itself is one */
};
/* Where questions find the groups of now, while others may put new ones there. */
struct synonyms_shelf {
        pthread_mutex_t lock;           /* held for a few instructions */
        struct synonyms *now;
};

struct analyser {
        struct arena mem;
        struct words words;
        struct str shipped;             /* the groups that come with the program, one on each line */
        struct synonyms_shelf *shelf;
};

/* The terms of T, copied to A: the token itself first. Nothing for stop words and loose letters. */
void analyse_token(const struct analyser *an, struct sb_stemmer *stemmer, struct arena *a, const struct token *t,
                   struct found_list *ret);

/* Reads DIR/synoniemen.tsv into AN, whose words must be loaded. */
_must_use_ enum err synonyms_load(struct analyser *an, const char *dir);
void synonyms_close(struct analyser *an);
/* The groups of now; they stay until synonyms_release(). */
struct synonyms *synonyms_hold(const struct analyser *an);
void synonyms_release(const struct analyser *an, struct synonyms *s);

#endif
