#include "knowledge.h"
#include "people.h"
void *p = malloc(1);
int x = printf("a");
