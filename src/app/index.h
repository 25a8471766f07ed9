/* index.h - which documents of which rooms can be found. */
#ifndef APP_INDEX_H
#define APP_INDEX_H
#include "analyse.h"
#include "db.h"

/* Makes the search index anew from what is loaded, inside the caller's transaction. */
_must_use_ enum err index_rebuild(struct db *db, struct arena *a, const struct analyser *an);

#endif
