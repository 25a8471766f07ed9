/* xml.h - writing XML straight into a buffer, for what readers and search engines fetch. Every element that is opened is closed, and
 * values are escaped; characters that XML has no place for (control characters, U+FFFE) are left out. */
#ifndef BASE_XML_H
#define BASE_XML_H
#include "buf.h"

#define XML_DEPTH 8
struct xml {
        struct buf *out;
        const char *open[XML_DEPTH];    /* names of the elements that are open */
        int depth;
        bool in_tag;                    /* attributes may follow */
};

/* The first line of a document that goes into OUT. */
struct xml xml_begin(struct buf *out);
void xml_open(struct xml *x, const char *name);
/* Directly behind xml_open(). */
void xml_attr(struct xml *x, const char *name, struct str value);
void xml_text(struct xml *x, struct str value);
/* Closes the element that was opened last. */
void xml_close(struct xml *x);
/* An element with only text. */
void xml_leaf(struct xml *x, const char *name, struct str value);

#endif
