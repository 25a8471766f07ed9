/* amount.h - numbers as people type them. */
#ifndef DELIVERY_AMOUNT_H
#define DELIVERY_AMOUNT_H
#include "str.h"

/* Reads "1.234", "1 234", "12,5", "12.5" and "1.234,56"; *RET is NaN for an empty text. False for anything else, as "12 fte" and "1.2.3".
 * A single point before exactly three digits separates thousands, as Dutch forms have it. */
_must_use_ bool amount_read(struct str text, double *ret);
/* The same for a program: a point before the decimals, nothing between thousands. */
_must_use_ bool amount_read_plain(struct str text, double *ret);
/* As amount_read() reads it back: no thousands, a comma; "" for NaN. */
struct str amount_text(struct arena *a, double v);

#endif
