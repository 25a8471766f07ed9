/* search.h - one index over everything a visitor may read, the same on both stores (docs/adr/0003).
 * Ranking is BM25 over weighted fields; the weight of a term in a document depends on that document alone. The store keeps each
 * document with its terms; every process holds the lists in memory and follows the store at each question. */
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
        struct str facets;              /* "fase:nazorg thema:stress": list and code, by which a visitor may choose */
        int64_t uses;                   /* how often the thing itself is used: the order of suggested titles */
};

/* The kinds of document: what people call them, and where they live. */
struct search_place {
        struct str kind, one, many, path;       /* "kennis", "Kennis", "Kennis", "/kennis/" */
};
#define SEARCH_PLACES 5
extern const struct search_place search_places[SEARCH_PLACES];
/* NULL when there is no such kind. */
const struct search_place *search_place(struct str kind);
/* The path of a document, whose kind has a place. */
struct str search_address(struct arena *a, struct str kind, struct str ref);
/* The document at ADDRESS: a path, or a whole address ending in one. False when documents do not live there. */
bool search_address_read(struct str address, struct str *kind, struct str *ref);

/* Writing, in the caller's transaction. Readers in all processes see the change at their first question after the commit. */

/* Adds E, or replaces the document with its kind and ref. Writes nothing when it is there already, letter by letter. */
_must_use_ enum err search_update(struct db *db, struct arena *a, const struct analyser *an, const struct search_entry *e);
/* Takes a document away; OK when it is not there. */
_must_use_ enum err search_remove(struct db *db, struct arena *a, const struct analyser *an, struct str kind, struct str ref);

/* Many documents, for a load: ADD as search_update(), STORE removes all documents that were not added. A load that changes
 * anything lets running processes read the whole index again. After an error the transaction must be undone. */
struct search_builder;
_must_use_ enum err search_builder_new(struct db *db, struct arena *a, const struct analyser *an, struct search_builder **ret);
_must_use_ enum err search_builder_add(struct search_builder *b, const struct search_entry *entry);
_must_use_ enum err search_builder_store(struct search_builder *b);

/* Versions that were replaced are kept until each process has seen that; this deletes those of more than an hour before NOW_MS,
 * and misses (below) of more than SEARCH_MISS_DAYS. For the job of the night. */
_must_use_ enum err search_expire(struct db *db, struct arena *a, int64_t now_ms);

/* Asking. Usable from all threads. */
struct search;
/* Reads the index through DB. The analyser stays the caller's. */
_must_use_ enum err search_open(struct search **ret, struct db *db, const struct analyser *an);
void search_close(struct search *s);

struct search_hit {
        struct str kind, ref, title, label;
        struct str text;                /* summary and body */
        struct str terms;               /* of text, packed: marks.h */
        double score;
};
struct search_hits {
        struct search_hit *v;
        size_t n, cap;
};
/* The part of the hit's text that shows why it was found; about MAX characters. In A. */
struct snippet search_excerpt(struct arena *a, const struct search_hit *hit, const struct query *query, size_t max);

struct search_result {
        struct search_hits hits;
        size_t total;                   /* documents found, in all kinds or in the chosen one */
        bool partly;                    /* no document holds every word: these hold most of them */
        bool capped;                    /* a quotation was looked for in the best SEARCH_QUOTED documents with its words only */
        struct { struct search_kind { struct str kind; size_t n; } *v; size_t n, cap; } kinds;   /* before choosing one */
        struct { struct search_facet { struct str facet; size_t n; } *v; size_t n, cap; } facets;        /* of what was found */
        struct query query;             /* for marking words */
        struct str suggestion;          /* another spelling that does occur, or "" */
        bool respelled;                 /* a word that occurs nowhere was asked for in its nearest spelling */
};
#define SEARCH_LIMIT 10
#define SEARCH_QUOTED 200

/* Every member may be left out. */
struct search_choice {
        struct str kind;                /* one kind */
        struct str facets;              /* "fase:nazorg thema:stress": only documents with all of these */
        size_t skip;                    /* hits of the pages before */
};
/* The best documents for TEXT, at most SEARCH_LIMIT. DB is a connection that reads: a question inside a transaction that writes
 * could take over what is undone later. Takes bounded time for any TEXT. */
_must_use_ enum err search_ask_in(const struct search *s, struct db *db, struct arena *a, struct str text,
                                  const struct search_choice *choice, struct search_result *ret);
/* The same with SKIP, and KIND "" for all. */
_must_use_ enum err search_ask(const struct search *s, struct db *db, struct arena *a, struct str text, struct str kind,
                               size_t skip, struct search_result *ret);

/* While somebody types. */
struct search_completion {
        struct str text;                /* what to ask, or the title of the document */
        struct str kind, ref;           /* of a document; "" for words */
};
struct search_completions {
        struct search_completion *v;    /* words first, the most used in front; then titles */
        size_t n, cap;
        struct str better;              /* another spelling, when nothing begins like this; else "" */
};
#define SEARCH_COMPLETIONS 5            /* of words, and of titles */
/* What TEXT may become: its last word completed, and the titles that begin with TEXT. Nothing for one letter. In A. */
_must_use_ enum err search_complete(const struct search *s, struct db *db, struct arena *a, struct str text,
                                    struct search_completions *ret);

/* Best bets: what editors put first for a question. The order of its words, their forms and stop words make no difference. */
#define SEARCH_BETS 5
/* In a write transaction. PLACE orders the bets of one question. ERR_INVALID when WORDS holds no word that counts, ERR_NOT_FOUND
 * when there is no such document. */
_must_use_ enum err search_bet_put(struct db *db, struct arena *a, const struct analyser *an, struct str words, struct str kind,
                                   struct str ref, int64_t place);
_must_use_ enum err search_bet_remove(struct db *db, struct arena *a, int64_t id);
struct search_bet_list;                 /* search.sql.h: id, words, kind, ref, place */
_must_use_ enum err search_bets_list(struct db *db, struct arena *a, int64_t limit, int64_t skip, struct search_bet_list *ret);
/* The documents that editors chose for QUERY, at most SEARCH_BETS; those that are gone are left out. */
_must_use_ enum err search_best_bets(struct db *db, struct arena *a, const struct query *query, struct search_hits *ret);

/* Questions without an answer, for editors: the words in order of the alphabet and how often, the last day; nothing about who
 * asked. Kept are only words without personal data that were asked for twice or more within the memory of one process. */
#define SEARCH_MISS_DAYS 180
#define SEARCH_MISS_LEAST 2
struct search_misses {
        struct miss { struct str words; int64_t n; } *v;
        size_t n, cap;
};
/* Notes TEXT, of which QUERY was made, in memory; any thread, never waits for the store. What is in memory is lost when the process
 * is killed, and stays there while a job of another process takes its own. */
void search_miss_note(const struct search *s, struct str text, const struct query *query);
/* Takes what was noted often enough out of memory; a job does so every few minutes and then STOREs it, in a write transaction. */
void search_misses_take(const struct search *s, struct arena *a, struct search_misses *ret);
_must_use_ enum err search_misses_store(struct db *db, const struct search_misses *misses, int64_t now_ms);
struct search_miss_list;                /* search.sql.h: words, n, last_day */
_must_use_ enum err search_misses_list(struct db *db, struct arena *a, int64_t limit, int64_t skip, struct search_miss_list *ret);
_must_use_ enum err search_miss_remove(struct db *db, struct str words);

/* Groups of words that mean the same (analyse.h). Each process takes a change into use at its first question after the commit. */
#define SEARCH_GROUPS 500
#define SEARCH_GROUP_WORDS 20
/* In a write transaction, a group of words as somebody TYPED them. ERR_INVALID for fewer than two members that count, or more than
 * SEARCH_GROUP_WORDS; ERR_CONFLICT when it is there, shipped ones too; ERR_LIMIT past SEARCH_GROUPS. */
_must_use_ enum err search_group_add(struct db *db, struct arena *a, const struct analyser *an, struct str typed, int64_t *id);
/* The same for switching off the shipped group WORDS. ERR_NOT_FOUND when there is none, ERR_CONFLICT when it is off. */
_must_use_ enum err search_group_off(struct db *db, struct arena *a, const struct analyser *an, struct str words, int64_t *id);
/* Takes away what either of them put there. ERR_NOT_FOUND. */
_must_use_ enum err search_group_remove(struct db *db, struct arena *a, int64_t id);
struct search_group_list;               /* search.sql.h: id, words, shipped (1: switched off) */
_must_use_ enum err search_groups_list(struct db *db, struct arena *a, struct search_group_list *ret);

extern const struct db_stmt *const search_statements[];

#endif
