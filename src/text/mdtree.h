/* mdtree.h - Markdown as a tree that knows where everything stands in the source. Private to src/text: the checks and
 * the measures of a text walk it, the renderer does not need it. */
#ifndef TEXT_MDTREE_H
#define TEXT_MDTREE_H
#include "buf.h"

enum md_kind {
        MD_DOCUMENT, MD_QUOTE, MD_LIST, MD_ITEM, MD_RULE, MD_HEADING, MD_CODE_BLOCK, MD_PARAGRAPH, MD_TABLE,
        MD_TABLE_HEAD, MD_TABLE_BODY, MD_ROW, MD_HEAD_CELL, MD_CELL,
        MD_EMPHASIS, MD_STRONG, MD_STRUCK, MD_CODE, MD_LINK, MD_IMAGE, MD_WORDS, MD_BREAK,
};

struct md_node {
        enum md_kind kind;
        unsigned level;                 /* of a heading: 1 to 6 */
        size_t at;                      /* byte of the source where it begins; of a block, where its first words do */
        struct str text;                /* MD_WORDS: the text itself, entities read; else empty */
        struct str target, title;       /* of links and images */
        struct md_node *parent, *first, *last, *next;
        bool placed;                    /* AT is known */
};

struct md_tree {
        struct str source;              /* the cleaned source (md_clean) that AT counts in: as many lines as the given
                                         * one, and as many characters in each */
        struct md_node *root;
};

/* The tree of SOURCE in A. ERR_INVALID: not UTF-8. ERR_LIMIT: over MARKDOWN_SOURCE_MAX, blocks or spans nested deeper than
 * MARKDOWN_DEPTH_MAX, or more work than md_budget allows. */
_must_use_ enum err md_tree_parse(struct arena *a, struct str source, struct md_tree *ret);

/* The node behind N in reading order inside ROOT; NULL at the end. Children come before the next sibling. */
struct md_node *md_node_next(const struct md_node *root, struct md_node *n);
/* The same, but over what is inside N. */
struct md_node *md_node_skip(const struct md_node *root, struct md_node *n);

/* The words of one block and where each byte of them comes from: at[i] is a byte of the source. */
struct md_text {
        struct str words;
        const size_t *at;
};
/* The words inside N, in A; a break is one "\n". Without what blocks inside N say: a list item gives its own line only. */
struct md_text md_node_text(struct arena *a, const struct md_node *n);

/* Is there nothing to see in S: only spaces, no-break spaces, soft hyphens and characters without width? */
bool md_blank(struct str s);

/* Line and column, both from 1, of byte AT of T's source. The column counts characters. */
struct md_place { unsigned line, column; };
struct md_place md_place_of(const struct md_tree *t, size_t at);

#endif
