#include "knowledge.h"
int x = puts("a");
