/* audit.h - the trail: who changed rights, content state, deliveries or settings, when and how. Rows are only added, each
 * with a hash over itself and the row before, and the tables are closed to all other statements (ADR 0007).
 *
 * Rows hold ids, never names or e-mail addresses: erasing a person must not break the chain. A page shows names by id while
 * they exist.
 *
 * The hash has no key, so that anybody with a copy of the table can check it. It is BLAKE2b-256 in lower case hex over "schouders
 * audit 1", then the columns in the order of schema/0008_audit.sql from id to previous: a number as "i" and 8 bytes, a text
 * as "t", its length in 8 bytes, and its bytes, a missing value as "n"; numbers are little-endian. Who can write the tables behind
 * the program's back can make the whole chain anew: note the last hash elsewhere (`schouders check trail` prints it). */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H
#include "db.h"

/* PERSON needs a person; SYSTEM is a job or the start; COMMAND is the command line. */
enum audit_actor { AUDIT_PERSON, AUDIT_SYSTEM, AUDIT_COMMAND };

struct audit_entry {
        int64_t at_ms;                  /* since 1970, UTC */
        struct opt_i64 person;
        enum audit_actor actor;
        struct str action;              /* a code: "role.grant" */
        struct str subject_kind;        /* a code: "person" */
        struct str subject_id;          /* key or code of the subject */
        struct opt_i64 organisation;
        struct str before, after;       /* JSON, at most AUDIT_JSON_MAX bytes; p NULL when there is none */
        struct str request_id;          /* p NULL when there is none */
};
#define AUDIT_CODE_MAX 64               /* bytes of action and subject_kind: lower case letters, digits, ". _ -" */
#define AUDIT_TEXT_MAX 200              /* bytes of subject_id and request_id */
#define AUDIT_JSON_MAX 16384

/* Adds E to the trail, in the caller's write transaction, so that the change and its row stand or fall together. Call it
 * last: until the commit everybody else who adds a row waits (PostgreSQL: or runs again). Borrows E.
 * ERR_INVALID for an entry that breaks the rules above, a text with "@" among them. */
_must_use_ enum err audit_add(struct db *db, const struct audit_entry *e);

enum audit_fault {
        AUDIT_WHOLE,
        AUDIT_CHANGED,          /* a row is not what was hashed */
        AUDIT_GAP,              /* a row in the middle or at the start is gone */
        AUDIT_FORK,             /* a row does not follow the one before it */
        AUDIT_END,              /* the last rows are gone, or rows stand behind the last one */
};
struct audit_result {
        int64_t rows;           /* rows found whole, from the first on */
        enum audit_fault fault;
        int64_t broken_id;      /* the first row that is wrong or gone; 0 when whole */
        char hash[65];          /* of the last whole row; "" for an empty trail */
};
/* Walks the whole trail in bounded memory, in one snapshot (inside the caller's transaction, or one of its own). Finding
 * a fault is OK; errors are those of the store. A is for small things. */
_must_use_ enum err audit_verify(struct db *db, struct arena *a, struct audit_result *ret);
/* A fault as the end of a sentence about row %d: "was changed". */
const char *audit_fault_text(enum audit_fault fault);

/* What to look for. Zero, NULL and unset fields ask for everything. */
struct audit_filter {
        int64_t from_ms, to_ms;         /* from inclusive, to exclusive; to 0 for no end */
        struct opt_i64 person, organisation;
        struct str action;
        struct str subject_kind, subject_id;    /* an id needs a kind, else ERR_INVALID */
        int64_t before_id;              /* the last row of the page before; 0 for the first page */
        int64_t limit;                  /* 1 to AUDIT_PAGE_MAX, else ERR_INVALID */
};
#define AUDIT_PAGE_MAX 1000

struct audit_item {
        int64_t id;
        struct audit_entry e;
};
struct audit_items { struct audit_item *v; size_t n, cap; };
/* The rows that FILTER asks for, newest first (by time, then by id), at most limit; all in A. ERR_NOT_FOUND when
 * before_id is no row. */
_must_use_ enum err audit_search(struct db *db, struct arena *a, const struct audit_filter *filter, struct audit_items *ret);

/* How long the trail is, and the hash of its last row ("" for none), as the store notes them: not checked. */
struct audit_end {
        int64_t rows;
        struct str hash;
};
_must_use_ enum err audit_end(struct db *db, struct arena *a, struct audit_end *ret);

extern const struct db_stmt *const audit_statements[];

#endif
