/* ranking.h - the searches that are compared, each as a function from a question to documents, best first. */
#ifndef TESTS_SEARCH_RANKING_H
#define TESTS_SEARCH_RANKING_H
#include "analyse.h"
#include "collection.h"

#define RANKING_MAX 100

struct ranking {
        uint32_t doc[RANKING_MAX];      /* places among the documents */
        double score[RANKING_MAX];
        size_t n;
};

/* The rankings of all questions of C, in their order, in A. */

/* Ours, through search.h, in the empty database URL. */
_must_use_ enum err rank_ours(struct arena *a, const struct collection *c, const struct analyser *an, struct str url, struct ranking **ret);

/* BM25 (k1 1.2, b 0.75) over words in lower case, fields as one text, any word of the question. */
struct ranking *rank_plain(struct arena *a, const struct collection *c);

/* PostgreSQL: full text search in its configuration "dutch", the fields weighted A (title) to D (text). WAY is one of the usual
 * ways to ask and to rank; NAME tells which. */
#define TSEARCH_WAYS 24
struct tsearch;
_must_use_ enum err tsearch_open(struct arena *a, const struct collection *c, struct str url, struct tsearch **ret);
void tsearch_close(struct tsearch *p);
_must_use_ enum err rank_tsearch(struct tsearch *p, struct arena *a, unsigned way, const char **name, struct ranking **ret);

#endif
