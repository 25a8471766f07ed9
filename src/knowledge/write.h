/* write.h - writes out the published version of an item for the pages. */
#ifndef KNOWLEDGE_WRITE_H
#define KNOWLEDGE_WRITE_H
#include "refers.h"

/* An item as its text says it is, with what it is known by. */
struct written {
        const struct item_text *text;   /* checked by item_refers() */
        struct str slug;
        int64_t version;                /* its number in item_version */
};
/* Writes W as item *ID, in place of what was written before; 0 makes the item and sets *ID. Leaves out what needs other items:
 * item_write_steps() and the relations. ERR_INVALID with *ERROR when a section is too long or nested too deep. A is scratch. */
_must_use_ enum err item_write(struct db *db, struct arena *a, const struct known *known, const struct written *w, int64_t *id,
                               struct text_error *error);
/* The steps of a toolkit: pairs of slug and what to do; the slugs are in KNOWN with their ids. */
_must_use_ enum err item_write_steps(struct db *db, const struct known *known, const struct item_text *t, int64_t id);

/* What search engines are told of the published version, in A: the members of a JSON object that hold no address. "" when it is too long. */
struct str item_data_write(struct arena *a, const struct item_text *t, const struct known_terms *terms, int64_t version);

/* Forgets what was written out of an item; the row itself stays. */
_must_use_ enum err item_clear(struct db *db, int64_t id);

/* Is SLUG the address of a page of this room, as /kennis/vergelijken? */
bool item_slug_is_taken(struct str slug);
/* Does a municipality "use" a thing of this kind? */
bool item_is_approach(struct str kind);
/* What items are sorted by, in A. */
struct str item_sort_key(struct arena *a, struct str title);
/* Bits of item.details beside those of enum item_lines. */
enum { DETAIL_SCORES = 32, DETAIL_INDICATORS = 33 };

/* Digest of a text, as item_version.digest keeps it. In A. */
struct str item_digest(struct arena *a, struct str text);

#endif
