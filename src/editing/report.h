/* report.h - what there is to say about a text before it is published: what must be mended, and advice. */
#ifndef EDITING_REPORT_H
#define EDITING_REPORT_H
#include "db.h"
#include "readability.h"

struct finding {
        bool is_error;                  /* must be mended before publishing */
        struct str where;               /* "Bronnen", "Kort gezegd" */
        struct str advice;              /* Dutch, a sentence: what to do */
        struct str fragment;            /* the words it is about; "" for none */
};
struct report {
        struct { struct finding *v; size_t n, cap; } findings;
        size_t errors, advices;
        struct readability reading;     /* of all sections but the list of sources */
};
/* Looks through TEXT; ABBREVIATIONS may be NULL. In A. TODAY is an ISO date. */
_must_use_ enum err text_report(struct db *db, struct arena *a, struct str text, struct str today, const struct abbreviations *abbreviations,
                                struct report *ret);

/* TEXT as it is published on the day TODAY: "bijgewerkt" says so, and a date to look again that has passed goes. In A; TEXT itself when
 * it has not the form of a text. */
struct str text_for_publication(struct arena *a, struct str text, struct str today);

#endif
