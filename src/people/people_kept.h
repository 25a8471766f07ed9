/* people_kept.h - what is kept about a person: where, why, and what becomes of it when the person goes. One table, that the
 * page "Alles wat wij over u bewaren", the download and people_erase() all walk through; a test compares it with the schema, so
 * that no table can be forgotten. A room that keeps something about people makes such a table of its own, and the program joins
 * them in site.kept (page.h). */
#ifndef PEOPLE_PEOPLE_KEPT_H
#define PEOPLE_PEOPLE_KEPT_H
#include "http.h"
#include "vec.h"

/* Whose data: the person as it stands in the store. */
struct kept_person_row;
/* The number that rows of other rooms point at. */
int64_t kept_person_id(const struct kept_person_row *who);

/* One value of one row: a text, or a time when MS is set. */
struct kept_value {
        const char *key;                /* name in the JSON of the download; stays the same */
        struct str label;               /* Dutch */
        struct str text;
        struct opt_ms { bool is_set; int64_t v; } ms;
};
struct kept_row { struct kept_value *v; size_t n, cap; };
struct kept_rows {
        struct arena *arena;
        VEC(struct kept_row) rows;
};
/* For the SHOW functions: begins a row, and adds to the last one. A value that is missing is left out. */
void kept_begin(struct kept_rows *k);
void kept_text(struct kept_rows *k, const char *key, struct str label, struct str text);
void kept_time(struct kept_rows *k, const char *key, struct str label, int64_t ms);

struct kept {
        const char *table;              /* in the store */
        const char *columns;            /* those that point at a person or hold an address, with a space between */
        const char *key;                /* name in the download: "rollen"; NULL without SHOW */
        struct str what, why;           /* Dutch: "Uw rollen", and a sentence */
        struct str after;               /* what becomes of it when the account is deleted: a sentence */
        /* Adds the rows of WHO; what nobody may read, a hash or a secret, is not shown but told of. NULL: nothing to show. */
        enum err (*show)(struct db *db, const struct kept_person_row *who, struct kept_rows *k);
        /* Deletes them. NULL: they stay, for the reason in AFTER. */
        enum err (*erase)(struct db *db, struct arena *a, const struct kept_person_row *who);
};
extern const struct kept people_kept[];         /* of people, mail and the trail; ends with a table NULL */

/* The rows of K about PERSON, in the arena of the request. ERR_NOT_FOUND without such a person. */
_must_use_ enum err people_show(struct req *rq, int64_t person_id, const struct kept *k, struct kept_rows *ret);

/* Deletes a person and every row about him, in all rooms, last table first; what stays holds a number that leads to nobody and
 * never comes back. Writes the trail. Inside a write transaction; rq->app is the site. ERR_NOT_FOUND; ERR_CONFLICT for the last
 * administrator. */
_must_use_ enum err people_erase(struct req *rq, int64_t person_id);
/* Would that be refused? */
_must_use_ enum err people_is_last_administrator(struct req *rq, int64_t person_id, bool *ret);

#endif
