/* content_rules.h - what the rules of content_check.h share. Private to src/text. */
#ifndef TEXT_CONTENT_RULES_H
#define TEXT_CONTENT_RULES_H
#include "content_check.h"
#include "mdtree.h"

enum content_rule {
        RULE_HEADING_ORDER, RULE_HEADING_TOP, RULE_HEADING_EMPTY, RULE_HEADING_EMPHASIS,
        RULE_PARAGRAPH_HEADING, RULE_PARAGRAPH_BOLD, RULE_PARAGRAPH_LIST,
        RULE_IMAGE_ALT, RULE_IMAGE_PLACE, RULE_TABLE_HEADINGS, RULE_TABLE_ROWS,
        RULE_LINK_EMPTY, RULE_LINK_GENERIC, RULE_LINK_ADDRESS, RULE_LINK_TARGET, RULE_LINK_DOWNLOAD,
        RULE_EMPHASIS_EMPTY, RULE_CAPITALS, RULE_PERSONAL, RULE_PERSONAL_MAYBE,
};

struct content_check {
        struct arena *a;
        struct md_tree tree;
        struct content_findings *ret;
        unsigned level;                 /* of the heading before; 1: the title of the page */
};

/* Byte AT of the source breaks RULE; ADVICE "" for the usual words of the rule. */
void content_found(struct content_check *c, enum content_rule rule, size_t at, struct str fragment, struct str advice);

/* content_links.c */
void content_check_link(struct content_check *c, const struct md_node *link);
void content_check_image(struct content_check *c, const struct md_node *image);

/* content_paragraphs.c: paragraphs and what is in all blocks of words. */
void content_check_paragraph(struct content_check *c, const struct md_node *paragraph);
void content_check_words(struct content_check *c, struct md_text text);

#endif
