/* chart_testing.h - drawing a chart in a test and comparing it with golden/NAME.html, byte by byte.
 * UPDATE_GOLDEN=1 rewrites those: look at them before committing. */
#ifndef PAGE_CHART_TESTING_H
#define PAGE_CHART_TESTING_H
#include "chart.h"

struct drawing {
        struct arena arena;
        struct buf out;
        struct site site;
        struct page page;
};
/* The page to draw on; it stays in D. */
struct page *drawing_begin(struct drawing *d);
/* Fails the test where the drawing differs from golden/NAME.html; frees what D holds. */
void drawing_compare(struct drawing *d, const char *name);
/* A frame with every text filled in. */
struct chart a_chart(bool fictitious);

#endif
