/* views.h - what this room's pages show. */
#ifndef READING_VIEWS_H
#define READING_VIEWS_H
#include "reading.h"
#include "reading.sql.h"

struct list_view {
        struct list_head head;
        struct list_entries_row_list entries;
        bool is_owner;
        struct str shared_at;           /* whole address for others; "" when not shared */
        struct str done;                /* what was just done: a sentence, or "" */
};
struct keep_view {
        struct listed_item_row item;
        struct lists_of_row_list lists;
};
/* One thing that somebody follows. */
struct followed {
        struct str kind, ref, what, label, path;        /* "Thema", "Vakmanschap", "/kennis?thema=vakmanschap"; path "" when it is gone */
};
struct follow_view {
        struct { struct followed *v; size_t n, cap; } follows;
        struct followed asked;          /* to follow now; kind "" for none */
        bool by_mail;
        struct str done;
};
/* The mail: per thing that is followed, what changed. */
struct digest_part {
        struct followed of;
        struct changed_row_list changes;
};
struct digest {
        struct str name;
        struct { struct digest_part *v; size_t n, cap; } parts;
};

#endif
