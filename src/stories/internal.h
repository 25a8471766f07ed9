/* internal.h - what the files of this room share. */
#ifndef STORIES_INTERNAL_H
#define STORIES_INTERNAL_H
#include "knowledge_text.h"
#include "page.h"
#include "stories.h"
#include "views.h"

/* What the form holds as the text of an item, in A. */
struct str story_text(struct arena *a, const struct story_form *f, int64_t now_ms);
/* Fills the form from a text. ERR_INVALID when it has not the form of one. */
_must_use_ enum err story_read(struct arena *a, struct str text, struct story_form *f);

#endif
