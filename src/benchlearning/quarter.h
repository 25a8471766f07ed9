/* quarter.h - quarters as numbers that can be counted with: 4 x year + quarter - 1. A year of figures is four of them. */
#ifndef BENCHLEARNING_QUARTER_H
#define BENCHLEARNING_QUARTER_H
#include "str.h"

#define QUARTER_FIRST (2000 * 4)
#define QUARTER_LAST (2099 * 4 + 3)

/* The first quarter of a period of figures, 2025 or 20253, with how many it covers (4 or 1). */
int quarter_of_period(int64_t period, int *length);
/* "2025-Q3" to its number, 0 for anything else. */
int quarter_read(struct str text);
/* "2025-Q3", as forms and addresses write it. */
struct str quarter_code(struct arena *a, int quarter);
/* "3e kwartaal 2025" */
struct str quarter_text(struct arena *a, int quarter);
/* "3e kwartaal 2025" for one, "2025" for a whole year, else "1e kwartaal 2024 tot en met 3e kwartaal 2025". */
struct str quarter_span(struct arena *a, int first, int last);
/* The quarter that it is in the Netherlands. */
int quarter_now(struct arena *a, int64_t now_ms);

#endif
