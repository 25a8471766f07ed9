/* benchmark_web.h - the routes of this room, for the program that puts the rooms together. */
#ifndef BENCHMARK_BENCHMARK_WEB_H
#define BENCHMARK_BENCHMARK_WEB_H
#include "http.h"

extern const struct route benchmark_routes[];   /* /cijfers and /api/v1/indicatoren */

#endif
