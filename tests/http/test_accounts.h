/* test_accounts.h - for test_server: three people with a session each, an organisation, and a route for every kind of
 * access and of slow work. */
#ifndef TESTS_HTTP_TEST_ACCOUNTS_H
#define TESTS_HTTP_TEST_ACCOUNTS_H
#include "server.h"

extern const struct route account_routes[];
extern const struct accounts test_accounts;
/* While the file of this name exists, slow work does not end; NULL for no waiting. */
extern const char *gate;
/* In the writer's transaction, at start. */
_must_use_ enum err accounts_make(struct db *db);

#endif
