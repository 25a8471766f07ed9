/* views.h - what /gemeenten shows; filled by web.c, drawn by list.tmpl. */
#ifndef NETWORK_VIEWS_H
#define NETWORK_VIEWS_H
#include "network.h"

struct place {
        struct str name, slug;
        struct opt_i64 inhabitants;
};
struct places { struct place *v; size_t n, cap; };

struct province_view {
        struct str name;
        struct places places;
};

/* A municipality that is no more, and where it went. */
struct former_view {
        struct str name, slug, changed_on;
        struct places into;
};

struct list_view {
        struct str query;
        int64_t year;
        struct { struct province_view *v; size_t n, cap; } provinces;   /* without a question */
        struct places found;                                            /* with a question */
        struct { struct former_view *v; size_t n, cap; } former;
        size_t total;
};

#endif
