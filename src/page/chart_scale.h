/* chart_scale.h - from values to places in a drawing, and round numbers along an axis. Private to the charts. */
#ifndef PAGE_CHART_SCALE_H
#define PAGE_CHART_SCALE_H
#include "str.h"

/* Values FROM..TO lie at START..END (END < START for an axis that points up). */
struct scale {
        double from, to, start, end;
        bool log;
};
/* Rounded to 0.1; values outside are placed outside; NaN gives NaN. */
double scale_at(const struct scale *s, double v);

#define TICKS_MAX 12
struct ticks {
        double v[TICKS_MAX];
        size_t n;
        int decimals;           /* needed to write them */
};
/* Round numbers (1, 2 or 5 times a power of ten) that cover LO..HI, about N of them. LO == HI is fine. */
struct ticks ticks_linear(double lo, double hi, int n);
/* Round numbers inside LO..HI (> 0) for a log axis, thinned until they fit. */
struct ticks ticks_log(double lo, double hi);

/* Moves labels at AT[0..n) apart until each is GAP from the next, keeping their order, within LO..HI. At most 8. */
void spread_labels(double *at, size_t n, double gap, double lo, double hi);

#endif
