/* fault.h - what the tests with failures share: a table, writes that tell when they are durable, and the check after. */
#ifndef TESTS_FAULT_H
#define TESTS_FAULT_H
#include "db.h"
#include "vec.h"

struct ids { int64_t *v; size_t n, cap; };

/* Prints and ends the program when OK is not what we got. */
void must(enum err e, const char *what);
/* Runs SQL without values on a connection of its own. */
void run_sql(struct str url, const char *sql);
/* Two tables that must stay equal: a write puts the same id in both. */
void make_tables(struct str url);
_must_use_ enum err write_pair(struct db *db, int64_t id, struct str body);
/* Checks the store: every id of ACKED is there, both tables are equal, and a SQLite file is sound.
 * With STRICT nothing else may be there. Prints what is wrong and returns false. */
bool check_store(struct str url, const struct ids *acked, bool strict);

#endif
