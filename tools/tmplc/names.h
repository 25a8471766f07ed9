/* names.h - what the compiler knows about HTML and SVG names. */
#ifndef TMPLC_NAMES_H
#define TMPLC_NAMES_H
#include "str.h"

enum {
        ELEMENT_KNOWN = 1,
        ELEMENT_VOID = 2,       /* has no end tag */
        ELEMENT_SVG = 4,        /* may end in "/>" */
        ELEMENT_BLOCK = 8,      /* a browser closes an open <p> in front of it */
        ELEMENT_TEXT = 16,      /* holds only text: title, textarea */
        ELEMENT_PRE = 32,       /* white space counts */
        ELEMENT_ALONE = 64,     /* cannot stand inside an element of the same name */
};
/* Flags of element NAME; 0 when it is unknown or not allowed. SVG names have capitals, HTML names have none. */
unsigned element_flags(struct str name);

enum attr_kind {
        ATTR_PLAIN,
        ATTR_URL,               /* one URL */
        ATTR_FIXED,             /* literal text only: its value decides what the tag does */
        ATTR_FORBIDDEN,
};
/* The kind of attribute NAME (in lower case). */
enum attr_kind attr_kind(struct str name);

#endif
