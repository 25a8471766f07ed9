/* shop.h - the data that the golden templates show. */
#ifndef TEST_SHOP_H
#define TEST_SHOP_H
#include "html.h"
#include "str.h"

struct item {
        struct str slug, title, summary;
        struct safe_html body;
        struct url link;
        const char *note;
        int stock;
        int64_t id;
        double x, y;
};

struct shop {
        struct str title;
        const struct item *item;
        size_t n;
};

static inline struct str num_int(struct arena *a, size_t n) {
        return str_fmt(a, "%zu", n);
}

#endif
