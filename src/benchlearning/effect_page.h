/* effect_page.h - what the pages about effects show. Private to the room. */
#ifndef BENCHLEARNING_EFFECT_PAGE_H
#define BENCHLEARNING_EFFECT_PAGE_H
#include "figures.h"

struct use_view {
        struct method_use use;
        struct str when, note;
        struct use_changes_row_list changes;
        struct { struct change_view *v; size_t n, cap; } effects;
};

#endif
