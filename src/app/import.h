/* import.h - loading the data and content that come with the program: all of it or nothing. */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H
#include "analyse.h"
#include "db.h"
#include "load.h"

/* Loads data/ and content/ below SHARE in one transaction, unless the store already holds exactly these files
 * (FORCE loads anyway). A mistake in a file stops the load with ERR_INVALID and stands in L (file, line, reason). */
_must_use_ enum err import_all(struct db *db, struct load *l, const struct analyser *an, bool force, bool *loaded);

#endif
