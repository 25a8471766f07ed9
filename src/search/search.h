/* search.h - one index over everything a visitor may read, the same on both stores (docs/adr/0003).
 * Ranking is BM25 over weighted fields; the part of a term that does not depend on the question is computed when the
 * index is built, so a question reads one row per term. */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H
#include "analyse.h"
#include "db.h"
#include "snippet.h"

/* A document as the rooms hand it over. KIND and REF name it: "kennis" and "vroeg-eropaf". */
struct search_entry {
        struct str kind, ref;
        struct str title, label, summary, body;
        struct str also;                /* words that find it but are not shown: other names */
};

/* Building, in the caller's transaction: NEW empties the index, ADD stores a document, which may be forgotten then, and
 * STORE the terms of all. The terms are kept in A meanwhile. After an error the transaction must be undone. */
struct search_builder;
_must_use_ enum err search_builder_new(struct db *db, struct arena *a, const struct analyser *an, struct search_builder **ret);
_must_use_ enum err search_builder_add(struct search_builder *b, const struct search_entry *entry);
_must_use_ enum err search_builder_store(struct search_builder *b);

/* Asking. Read only after opening, usable from all threads. */
struct search;
/* Reads the vocabulary for "bedoelde u" through DB. The analyser stays the caller's. */
_must_use_ enum err search_open(struct search **ret, struct db *db, const struct analyser *an);
void search_close(struct search *s);

struct search_hit {
        struct str kind, ref, title, label;
        struct str text;                /* summary and body */
        struct str terms;               /* of text, packed: marks.h */
        double score;
};
/* The part of the hit's text that shows why it was found; about MAX characters. In A. */
struct snippet search_excerpt(struct arena *a, const struct search_hit *hit, const struct query *query, size_t max);

struct search_result {
        struct { struct search_hit *v; size_t n, cap; } hits;
        size_t total;                   /* documents found, in all kinds or in the chosen one */
        bool partly;                    /* no document holds every word: these hold most of them */
        struct { struct search_kind { struct str kind; size_t n; } *v; size_t n, cap; } kinds;   /* before choosing one */
        struct query query;             /* for marking words */
        struct str suggestion;          /* another spelling that does occur, or "" */
};
#define SEARCH_LIMIT 10

/* The best documents for TEXT, SKIP first ones left out, at most SEARCH_LIMIT; KIND "" for all. */
_must_use_ enum err search_ask(const struct search *s, struct db *db, struct arena *a, struct str text, struct str kind,
                               size_t skip, struct search_result *ret);

#endif
