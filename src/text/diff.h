/* diff.h - what changed between two texts, for people: by line and, inside changed lines, by word. E. Myers, An O(ND)
 * difference algorithm and its variations (Algorithmica 1, 1986), with a limit on the work: where two texts differ too
 * much, the whole stretch between their common beginning and end is shown as replaced. Texts are compared as bytes; give
 * both the same line ends. */
#ifndef TEXT_DIFF_H
#define TEXT_DIFF_H
#include "str.h"

enum diff_kind { DIFF_SAME, DIFF_REMOVED, DIFF_ADDED };

struct diff_run {
        enum diff_kind kind;
        struct str text;        /* part of one of the texts, borrowed; never empty; line ends included */
};

struct diff {
        struct diff_run *v;     /* same and removed together are the old text, same and added the new one */
        size_t n;
};

/* The runs from BEFORE to AFTER, in A. Two runs beside each other differ in kind; what is added stands behind what is
 * removed. Takes time and memory in proportion to the texts, whatever they hold. */
struct diff text_diff(struct arena *a, struct str before, struct str after);

/* Two people changed BASE, each on their own. */
struct merge_part {
        bool is_conflict;
        struct str text;        /* agreed on; "" in a conflict */
        struct str base, mine, theirs;  /* of a conflict: the paragraphs as they were, and as each made them; may be "" */
};

struct merge {
        struct merge_part *v;
        size_t n;
        size_t conflicts;
        struct str text;        /* the merged text; "" when there are conflicts */
};

/* Merges by paragraph (lines up to an empty line), in A. Changes in different paragraphs go together, the same change
 * made twice counts once; different changes in the same or neighbouring paragraphs are a conflict. */
struct merge text_merge(struct arena *a, struct str base, struct str mine, struct str theirs);

#endif
