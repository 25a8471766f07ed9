/* commands.h - the subcommands. Each returns the exit status and prints its own one clear sentence on failure. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H
#include "analyse.h"
#include "db.h"
#include "options.h"

int command_serve(struct options *o, struct arena *a);
int command_migrate(struct options *o, struct arena *a);
int command_import(struct options *o, struct arena *a);
int command_check(struct options *o, struct arena *a);
int command_search(struct options *o, struct arena *a);
int command_feedback(struct options *o, struct arena *a);
int command_version(struct options *o, struct arena *a);

/* Opens the store for writing (making the data folder if needed), migrates it and, with an analyser, loads what is new (or
 * everything, when FORCE). Prints why it could not. The store is closed again: server and writer open their own. */
_must_use_ enum err store_prepare(struct options *o, struct arena *a, const struct analyser *an, bool force);
/* The analyser over the word lists, with a sentence on failure. */
_must_use_ enum err store_analyser(struct options *o, struct arena *a, struct analyser **ret);
/* Opens for reading or writing, with a sentence on failure. */
_must_use_ enum err store_open(struct options *o, enum db_mode mode, struct db **ret);

#endif
