/* comparing.h - delivered figures compared: one indicator for one municipality in its field, over time and among peers; the profile of
 * a municipality; the releases themselves. All of it is read from releases (benchmark_release.h), none is computed here. */
#ifndef COMPARING_COMPARING_H
#define COMPARING_COMPARING_H
#include "http.h"

extern const struct route comparing_routes[];   /* /vergelijken */

#endif
