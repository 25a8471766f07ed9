/* commands.h - the subcommands. Each returns the exit status and prints its own one clear sentence on failure. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H
#include "analyse.h"
#include "db.h"
#include "options.h"
#include "writer.h"

int command_serve(struct options *o, struct arena *a);
int command_migrate(struct options *o, struct arena *a);
int command_import(struct options *o, struct arena *a);
int command_check(struct options *o, struct arena *a);
int command_search(struct options *o, struct arena *a);
int command_feedback(struct options *o, struct arena *a);
int command_backup(struct options *o, struct arena *a);
int command_user(struct options *o, struct arena *a);
int command_ddas(struct options *o, struct arena *a);
int command_version(struct options *o, struct arena *a);

/* Opens the store for writing (making the data folder if needed), migrates it and, with an analyser, loads what is new (or
 * everything, when FORCE). Prints why it could not. The store is closed again: server and writer open their own. */
_must_use_ enum err store_prepare(struct options *o, struct arena *a, const struct analyser *an, bool force);
/* The analyser over the word lists, with a sentence on failure. */
_must_use_ enum err store_analyser(struct options *o, struct arena *a, struct analyser **ret);
/* Opens for reading or writing, with a sentence on failure. */
_must_use_ enum err store_open(struct options *o, enum db_mode mode, struct db **ret);
/* Reads the secret of the installation, or makes it, and compares it with what the store remembers of it. With a
 * sentence on failure. */
struct keys;
struct mailer;
_must_use_ enum err store_keys(struct options *o, struct keys *ret);
/* Fictitious organisations and people, one for each role, with a link to sign in for each on standard output. */
_must_use_ enum err demo_people(struct writer *w, const struct keys *keys, struct str origin);
/* The mail server of the options, which may be none; with a sentence on failure. */
_must_use_ enum err mail_of(const struct options *o, struct mailer **ret);
/* `schouders check roles`: who may do what, on standard output. */
void check_roles(void);
/* What links begin with: --origin, or localhost with PORT. */
struct str origin_of(const struct options *o, struct arena *a, int port);

#endif
