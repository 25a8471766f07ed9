#include <sqlite3.h>
#include "db.h"
int x = sqlite3_step(y);
void *p = malloc(1);
int z = puts("a");
