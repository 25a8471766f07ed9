/* views.h - what the pages of this room show. */
#ifndef EDITING_VIEWS_H
#define EDITING_VIEWS_H
#include "diff.h"
#include "editing_form.h"
#include "internal.h"
#include "item_merge.h"
#include "report.h"

struct desk_view {
        struct draft_line_list own, asked;
        struct items_to_review_row_list review;
        struct items_with_newer_row_list newer;
        struct broken_items_row_list broken;
        struct links_counted_row links;
        struct str today;
};

struct item_view_of_editor {
        struct edited_item item;
        struct opt_i64 own_draft;
        int64_t others;                 /* drafts that other editors have of it */
        struct broken_of_row_list broken;
        struct versions_of_row_list newer;      /* versions that a file offers */
};

struct draft_view {
        struct draft draft;
        struct str owner;
        bool is_own, is_behind;
        struct str remarker;            /* who sent it back; "" */
        struct { struct part_line { const struct item_part *part; size_t lines; } *v; size_t n, cap; } parts;
};

struct part_view {
        struct draft draft;
        struct item_form form;
        const struct item_part *next;   /* NULL after the last one */
        bool is_conflict;               /* somebody saved in between: both texts are shown */
        struct diff difference;         /* from what is kept to what was sent */
        struct str sent;                /* what was sent, to be copied */
};

struct check_view {
        struct draft draft;
        struct str owner;
        bool is_own, is_behind, has_before;
        struct report report;
        struct diff difference;         /* from what is published to the draft */
        struct str note;
};

struct merge_view {
        struct draft draft;
        struct item_merge merge;
        struct diff difference;         /* from the draft to what the other published */
};

struct versions_view {
        struct edited_item item;
        struct versions_of_row_list versions;
        bool may_restore;
};

struct version_view {
        struct edited_item item;
        int64_t number, other;          /* OTHER 0: the first version, with nothing before it */
        struct version_of_row version;
        struct str who;                 /* to editors: who wrote and who checked it; "" for readers */
        struct diff difference;
        bool may_restore;
};

#endif
