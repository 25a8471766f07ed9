/* html_context.h - where in the HTML a template is: reads its text piece by piece, refuses what is not well-formed or
 * not safe, and tells how an expression must be written at the current place. */
#ifndef TMPLC_HTML_CONTEXT_H
#define TMPLC_HTML_CONTEXT_H
#include "emit.h"
#include "report.h"

enum place {
        IN_CONTENT,             /* between tags */
        IN_TEXT,                /* inside title or textarea */
        IN_SCRIPT,              /* between <script> and </script> */
        IN_DATA,                /* the same of type application/ld+json: one value of type struct json_data */
        IN_TAG,                 /* behind a tag name or an attribute */
        IN_VALUE,               /* between the quotes of an attribute */
};

/* How far a URL attribute has come. */
enum url_state {
        URL_EMPTY,
        URL_SLASH,              /* "/" perhaps with a value behind it: another "/" would make it a host */
        URL_SAFE,               /* past the point where a value could change scheme or host */
        URL_HOST,               /* "https://" and part of a host name */
        URL_WHOLE,              /* a checked URL: nothing may follow */
        URL_CLOSED,             /* mailto: or tel: literal: no values */
};

struct element {
        const struct element *parent;
        struct str name;
        size_t line, depth;
        unsigned flags;         /* ELEMENT_PRE also when a parent has it */
        bool in_svg;
};

struct attr {
        const struct attr *next;
        struct str name;        /* in lower case */
        struct str value;       /* when literal */
        size_t line;
        bool literal;           /* no directive inside the value, and the same in all branches */
        bool always;            /* present whatever branch is taken */
        bool foreign;           /* a URL on another site */
};

struct tag {
        struct str name;
        size_t line;
        unsigned flags;
};

struct id {
        const struct id *next;
        struct str name;
        size_t line;
};

/* An element that a close half ended without having opened it. */
struct closed {
        const struct closed *next;
        struct str name;
};

/* Everything that a branch may change; copied at {{ if }} and compared at {{ end }}. Lists are never changed in
 * place, so a copy of the struct is a copy of the whole position. */
struct pos {
        enum place place;
        bool need_space;        /* IN_TAG: white space must come before the next attribute */
        bool after_newline;     /* the last output was a newline that stands for white space */
        char quote;             /* IN_VALUE */
        enum url_state url;     /* IN_VALUE of a URL attribute */
        bool foreign;           /* that URL is on another site */
        const struct element *top;
        const struct tag *tag;          /* IN_TAG and IN_VALUE */
        const struct attr *attrs;       /* of tag, newest first */
        const struct attr *attr;        /* IN_VALUE: not yet in attrs */
        const struct id *ids;           /* literal ids so far in this define */
};

struct html {
        struct arena *a;
        struct report *r;
        struct emit *em;
        struct pos at;
        size_t line;                    /* of the text being read */
        const struct element *floor;    /* innermost element that the current branch may not close */
        size_t loops, branches;         /* open {{ for }}, and open {{ for }} and {{ if }} together */
        enum half half;
        bool letter;                    /* a mail: there is no page that a relative URL could be relative to */
        const struct closed *closed;    /* what a close half closed, last first: outermost first */
};

/* Starts a define. */
void html_begin(struct html *h, const struct define *d);
/* Reads static text, and writes it to the emitter. */
_must_use_ enum err html_feed(struct html *h, struct str s, size_t line);
/* Ends a define: everything must be closed, except in an open half. */
_must_use_ enum err html_finish(struct html *h, const struct define *d, size_t line);

/* The macro that writes an expression here, or a refusal. */
_must_use_ enum err html_expression(struct html *h, size_t line, const char **ret_put);
/* May {{ call }}, {{ if }}, {{ for }} or another directive stand here? */
_must_use_ enum err html_directive(struct html *h, enum node_kind kind, size_t line);

/* *INTO and NEW are the ends of two ways through a block that began at START. Makes *INTO hold for both, or refuses. */
_must_use_ enum err html_merge(struct html *h, const struct pos *start, struct pos *into, const struct pos *new,
                               size_t line);

/* html_tag.c: a start tag is complete (SLASH: it ended in "/>"). Checks its attributes and opens the element. */
_must_use_ enum err html_start_tag(struct html *h, bool slash);
/* html_tag.c: an end tag. */
_must_use_ enum err html_end_tag(struct html *h, struct str name);

/* html_attr.c: attribute NAME begins in the current tag; then the pieces of its value; then its end, with the whole
 * value when that was LITERAL. */
_must_use_ enum err html_attr_begin(struct html *h, struct str name);
_must_use_ enum err html_attr_text(struct html *h, struct str s);
_must_use_ enum err html_attr_put(struct html *h, size_t line, const char **ret_put);
_must_use_ enum err html_attr_end(struct html *h, struct str value, bool literal);
/* The attribute of the current tag, or NULL. */
const struct attr *html_attr(const struct pos *at, struct str name);
void html_merge_attrs(struct html *h, const struct attr *start, struct pos *into, const struct pos *new);

#endif
