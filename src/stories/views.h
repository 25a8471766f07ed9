/* views.h - what this room's pages show. */
#ifndef STORIES_VIEWS_H
#define STORIES_VIEWS_H
#include "stories.sql.h"

struct stories_view {
        struct story_drafts_row_list drafts;
        struct story_items_row_list items;
        struct str done;                /* what was just done: a sentence, or "" */
};

/* A part of the story: the heading in the text, and how the form asks for it. */
struct story_part {
        const char *field;
        struct str heading, label, hint;
        int rows;
};
extern const struct story_part story_parts[];   /* ends with a field NULL */

struct story_form {
        int64_t draft_id;               /* 0: a new one */
        struct str remarks;             /* of the editors; "" for none */
        struct story_terms_row_list terms;
        /* What stands in the form: what was sent, else what the draft holds. */
        struct str title, summary, name, warning, parts[4], phases, theme, target;
        bool agreed;
};

#endif
