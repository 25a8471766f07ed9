/* internal.h - what the files of this room share. */
#ifndef FEEDBACK_INTERNAL_H
#define FEEDBACK_INTERNAL_H
#include "feedback.h"
#include "feedback.sql.h"
#include "page.h"

/* On the page of an item. */
struct helped_view {
        const struct item_shown *item;
        struct helped_on_item_row counts;
};
struct helped_form {
        struct helped_page_row item;
        struct str answer, reason;
};
/* What editors answer. */
struct reply_form {
        struct helped_page_row item;
        struct helped_on_item_row counts;
        struct feedback_about_page_row_list reasons;
        struct str reply;
};

#endif
