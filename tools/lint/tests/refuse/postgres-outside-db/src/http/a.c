#include <libpq-fe.h>
int x = PQexec(c, "");
