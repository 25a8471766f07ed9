/* refers.h - what the text of an item may refer to: codes of the value lists, municipalities, indicators and other items. */
#ifndef KNOWLEDGE_REFERS_H
#define KNOWLEDGE_REFERS_H
#include "knowledge_text.h"
#include "itemset.h"
#include "terms.h"

/* A code of a value list, and which items have it. */
struct known_term {
        struct str list, code, label;
        int64_t position;
        struct itemset items;
};

/* Read once for a load or a publication. */
struct known {
        struct { struct known_term **v; size_t n, cap; } order;
        struct map terms;               /* "fase/preventie" -> struct known_term; "cijfer/PS01" as well */
        struct map municipalities;      /* name -> code (struct str *) */
        struct map items;               /* slug -> id (int64_t *); a load puts in what its files will make, with id 0 */
        struct term_names glossary;          /* become links in texts */
};

/* Fills municipalities from the store; terms and items are the caller's. In A. */
_must_use_ enum err known_municipalities_read(struct known *k, struct db *db, struct arena *a);
/* Adds a code. False when it is there already. */
bool known_add(struct known *k, struct arena *a, const struct known_term *t);
/* The term, or NULL. SCRATCH is for the key. */
struct known_term *known_term(const struct known *k, struct arena *scratch, const char *list, struct str code);

/* Does everything that T refers to exist? ERR_INVALID with the first that does not in *ERROR. */
_must_use_ enum err item_refers(struct arena *a, const struct known *k, const struct item_text *t, struct text_error *error);

/* The terms of T, in the order of the page: phases, kind, groups, themes, indicators. T was checked by item_refers. The list is in A. */
struct known_terms { struct known_term **v; size_t n, cap; };
struct known_terms item_terms_of(struct arena *a, struct arena *scratch, const struct known *k, const struct item_text *t);

#endif
