/* editing_take.h - what somebody wrote elsewhere on the site becomes a line in the text of an item. */
#ifndef EDITING_EDITING_TAKE_H
#define EDITING_EDITING_TAKE_H
#include "http.h"
#include "knowledge_text.h"

/* Puts a line of KIND with PARTS, item_line_parts(KIND) of them, behind those of the viewer's draft of item ITEM_ID, which begins when
 * there is none. Parts that are too long end at a word with "…". *PATH is where the viewer sees the line and goes on writing. In a write
 * transaction. ERR_INVALID: texts of this kind have no such lines. ERR_CONFLICT: the draft waits for a second pair of eyes.
 * ERR_NOT_FOUND: no such item. */
_must_use_ enum err draft_take_line(struct req *rq, int64_t item_id, enum item_lines kind, const struct str *parts, struct str *path);

#endif
