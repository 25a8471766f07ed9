/* engine.h - the nation through releases. For tests/benchmark/truth. */
#ifndef ENGINE_TRUTH_H
#define ENGINE_TRUTH_H
#include "nation.h"
#include "score.h"

/* Delivers and releases the nation, marked as fictitious; CHECKED: only the indicators that truth looks at. Inside a transaction. */
_must_use_ enum err engine_release(struct db *db, struct nation *x, bool checked, int64_t at);
/* Counts what the newest release says of it; may be called for several nations. *RIGHT becomes false when an effect is wrong. */
_must_use_ enum err engine_look(struct db *db, const struct nation *x, bool *right);
/* Prints all that was counted; false when something is out of bounds. */
bool engine_print(void);
#endif
