/* number.h - numbers as Dutch readers expect them: "1.204", "41,2%", "€ 43.300". NaN gives "geen cijfer". */
#ifndef PAGE_NUMBER_H
#define PAGE_NUMBER_H
#include "str.h"

/* Thousands with a point. */
struct str num_int(struct arena *a, int64_t v);
/* V with DECIMALS (0..4) after a comma, rounded half away from zero, thousands with a point. */
struct str num_dec(struct arena *a, double v, int decimals);
/* V is a share of one: 0.088 with 1 decimal gives "8,8%". */
struct str num_share(struct arena *a, double v, int decimals);
/* V in the unit of an indicator: "procent" -> "8,8%", "euro" -> "€ 43.300", "dagen" -> "11 dagen",
 * "per 1.000 inwoners" -> "24,9 per 1.000 inwoners", "euro per inwoner" -> "€ 567 per inwoner". */
struct str num_unit(struct arena *a, double v, int decimals, struct str unit);
/* What a table says of the unit beside numbers of num_short: "per 1.000 inwoners", "per inwoner" of "euro per inwoner", "" for "procent". */
struct str num_unit_words(struct str unit);
/* The number with no more of its unit than a sign: "8,8%", "€ 567", "24,9". For axes, and tables that name the unit. */
struct str num_short(struct arena *a, double v, int decimals, struct str unit);

#endif
