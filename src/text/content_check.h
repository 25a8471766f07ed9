/* content_check.h - the house rules for texts, checked on the parsed Markdown: what a reader with a screen reader, a
 * small screen or little time trips over. The rules follow the content checks of the NL Design System editor (Clippy)
 * and its list for accessible content systems (WCAG 2.2: 1.1.1, 1.3.1, 2.4.4, 2.4.6), with ours for personal data. */
#ifndef TEXT_CONTENT_CHECK_H
#define TEXT_CONTENT_CHECK_H
#include "vec.h"

enum content_severity {
        CONTENT_ADVICE,         /* the writer decides */
        CONTENT_ERROR,          /* may not be published so */
};

/* CODE is one of these, for tests and links to an explanation:
 *   heading-order heading-top heading-empty heading-emphasis
 *   paragraph-heading paragraph-bold paragraph-list
 *   image-alt image-place table-headings table-rows
 *   link-empty link-generic link-address link-target link-download
 *   emphasis-empty capitals personal personal-maybe */
struct content_finding {
        const char *code;
        enum content_severity severity;
        struct str advice;      /* Dutch: what to do */
        unsigned line, column;  /* from 1; the column in characters */
        struct str fragment;    /* the words it is about, at most CONTENT_FRAGMENT_MAX bytes; "" for personal data */
};

#define CONTENT_FINDINGS_MAX 200
#define CONTENT_FRAGMENT_MAX 80

struct content_findings {
        VEC(struct content_finding) list;       /* the first CONTENT_FINDINGS_MAX, in order of the text */
        size_t errors, advices;                 /* all of them */
};

/* Checks SOURCE; RET lives in A. ERR_INVALID: not UTF-8. ERR_LIMIT: as markdown_render(). */
_must_use_ enum err content_check(struct arena *a, struct str source, struct content_findings *ret);

#endif
