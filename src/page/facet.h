/* facet.h - the filters beside a list: what each further choice would leave (facet.tmpl). */
#ifndef PAGE_FACET_H
#define PAGE_FACET_H
#include "str.h"

/* One value of a facet: a link that chooses it, or, when it is chosen, takes it away. */
struct facet_value {
        struct str label;
        struct str href;
        int64_t items;
        bool chosen;
};
struct facet {
        struct str title;
        struct { struct facet_value *v; size_t n, cap; } values;
        const struct facet_value *chosen;       /* NULL for none */
};

static inline bool facets_chosen(const struct facet *f, size_t n) {
        bool any = false;
        for (size_t i = 0; i < n; i++)
                any |= f[i].chosen != NULL;
        return any;
}

#endif
