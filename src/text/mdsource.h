/* mdsource.h - what both Markdown renderers share: cleaning the source, entities, and which links may stand. */
#ifndef TEXT_MDSOURCE_H
#define TEXT_MDSOURCE_H
#include <md4c.h>
#include "str.h"

/* The dialect for SOURCE. Bare addresses become links unless there are hundreds: md4c then takes quadratic time. */
unsigned md_flags(struct str source);

/* A copy of SOURCE in A with line ends as \n and control characters as spaces: HTML has no place for them. */
struct str md_clean(struct arena *a, struct str source);

/* The character of "&euro;" or "&#8364;" in OUT; the number of bytes, 0 for a name we do not know. */
size_t md_entity(struct str e, char out[4]);

/* The text of a link target with its entities read, in A. */
struct str md_attribute(struct arena *a, const MD_ATTRIBUTE *at);

#define MD_LINK_MAX 2048

/* What one text may cost. A long reference target named a thousand times is scanned a thousand times by the parser, so
 * the bytes of all targets together are limited. A table row of one "|" stands for as many cells as the heading has, so
 * the parser's steps are limited too: text without such rows takes at most three per byte. */
struct md_budget {
        size_t targets;
        size_t steps;
        bool spent;
};
#define MD_TARGETS_MAX ((size_t) 2 << 20)
#define MD_STEPS_MAX ((size_t) 250000)
void md_charge(struct md_budget *b, MD_SPANTYPE type, const void *detail);
/* 0, or once anything is over its limit -1 for ever: md4c goes on after a positive answer and after some negative. */
int md_check(struct md_budget *b, bool full, int depth);

enum md_link { MD_LINK_REFUSED, MD_LINK_LOCAL, MD_LINK_EXTERNAL };
/* Local: "/path", "#fragment", "mailto:x@y". External: https and http without user name. All else is refused. */
enum md_link md_link_kind(struct str target);

/* May an image be shown from TARGET? Only a file of this site: "/bestand/" and then letters, digits, "-", "_", "/" and
 * single points. */
bool md_image_local(struct str target);
/* The title that marks an image as decoration, which needs no alternative text. */
#define MD_DECORATIVE "decoratief"

#endif
