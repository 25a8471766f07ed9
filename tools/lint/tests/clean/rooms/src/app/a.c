#include "knowledge.h"
#include "db.h"
#include "inside.h"
int x = printf("a");
