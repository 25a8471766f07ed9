/* page.h - the least that compiled templates need, for the tests of the template compiler. */
#ifndef PAGE_H
#define PAGE_H
#include "html.h"

struct page {
        struct buf *out;
        struct str csrf;
        struct arena *arena;
};
void page_form_begin(struct page *p);

#endif
