/* methods.h - methods that need many made-up sets, not one nation: charts over time, effects, few units. For tests/benchmark/truth. */
#ifndef METHODS_H
#define METHODS_H
#include <stdbool.h>
#include "nation.h"

/* ROUNDS sets for each method. */
void methods_try(struct arena *a, uint64_t seed, int rounds);
/* Prints all that was counted; false when something is out of bounds. */
bool methods_print(void);
#endif
