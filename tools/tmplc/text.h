/* text.h - templates of plain text (*.txt.tmpl): the text part of a mail. Lines stay as they are written; values come in
 * without control characters (src/mail/put.h). Nothing is escaped, so they write into p->text, where no HTML ever goes. */
#ifndef TMPLC_TEXT_H
#define TMPLC_TEXT_H
#include "emit.h"

/* Emits node I, or refuses it. */
_must_use_ enum err text_node(struct emit *em, struct report *r, const struct nodes *nodes, size_t i);

#endif
