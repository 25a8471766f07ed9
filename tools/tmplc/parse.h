/* parse.h - a template as a flat list of nodes: text, expressions and directives, with blocks checked. */
#ifndef TMPLC_PARSE_H
#define TMPLC_PARSE_H
#include "report.h"
#include "vec.h"

enum node_kind {
        NODE_TEXT, NODE_EXPR, NODE_COMMENT, NODE_INCLUDE, NODE_DEFINE, NODE_END_DEFINE,
        NODE_IF, NODE_ELSE_IF, NODE_ELSE, NODE_END_IF, NODE_FOR, NODE_END_FOR, NODE_LET, NODE_CALL,
};

/* A define leaves all elements closed, or is one half of a pair. */
enum half { HALF_NONE, HALF_OPEN, HALF_CLOSE };

struct define {
        struct str name;
        struct str params;      /* between the parentheses */
        enum half half;
        bool is_static;
        bool letter;            /* the first parameter is struct letter *p: a mail, not a page */
};

struct node {
        enum node_kind kind;
        size_t line;
        struct str text;                /* HTML text, or the C of the directive */
        const struct define *define;    /* NODE_DEFINE and NODE_END_DEFINE */
        bool own_line;                  /* a directive with nothing else on its lines */
};

struct nodes {
        struct node *v;
        size_t n, cap;
};

/* Reads SRC (checked UTF-8) into RET. Text and C are borrowed from SRC. After success every block is closed, else comes
 * at most once and last, and text stands only inside a define. */
_must_use_ enum err parse(struct arena *a, struct report *r, struct str src, struct nodes *ret);

#endif
