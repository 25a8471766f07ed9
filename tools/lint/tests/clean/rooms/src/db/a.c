#include <sqlite3.h>
#include <libpq-fe.h>
int x = sqlite3_step(y) + PQexec(z);
