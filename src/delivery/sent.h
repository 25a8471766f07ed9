/* sent.h - the JSON that a program delivers, read into rows as a file has them. */
#ifndef DELIVERY_SENT_H
#define DELIVERY_SENT_H
#include "internal.h"

#define SENT_FIGURES_MAX 500

struct sent {
        struct str region, period, reason;      /* "" when not sent, or no text */
        struct table table;                     /* places are paths in the JSON: "cijfers/3/teller" */
};
/* False when BODY is no JSON object in UTF-8, or has a name twice; else what it holds, with each wrong value in W. */
bool sent_read(struct arena *a, struct str body, struct sent *ret, struct wrongs *w);

#endif
