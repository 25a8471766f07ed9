/* people_processing.h - the record of processing activities (GDPR, article 30) as data: a page for administrators shows it.
 * What only the organisation that runs an installation can know (its name, its data protection officer) is not in it. */
#ifndef PEOPLE_PEOPLE_PROCESSING_H
#define PEOPLE_PEOPLE_PROCESSING_H
#include "str.h"

/* One processing. Dutch, whole sentences or lists without a full stop, never empty. */
struct processing {
        struct str name;
        struct str purpose;             /* why */
        struct str basis;               /* legal basis: article 6 of the GDPR */
        struct str whose;               /* about whom */
        struct str what;                /* which data */
        struct str recipients;          /* who gets them */
        struct str retention;           /* how long; the numbers are those of people_keep.h */
        struct str security;            /* how they are protected */
};
extern const struct processing processings[];   /* ends with an empty name */

#endif
