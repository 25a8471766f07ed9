/* internal.h - what the files of this room share. */
#ifndef READING_INTERNAL_H
#define READING_INTERNAL_H
#include "reading.h"
#include "page.h"
#include "views.h"

/* The list of this name of the visitor, made when it is not there. ERR_LIMIT past LISTS_MAX. */
_must_use_ enum err list_make(struct req *rq, struct str name, int64_t *id);
/* Puts an item at the end of a list, if it is not in it. ERR_LIMIT past LIST_ITEMS_MAX. */
_must_use_ enum err list_keep(struct req *rq, int64_t list_id, int64_t item_id);
/* Moves entry AT of L to place TO. */
_must_use_ enum err list_move(struct req *rq, int64_t list_id, const struct list_entries_row_list *l, size_t at, size_t to);
/* Gives a list a new secret address, or takes it away. */
_must_use_ enum err list_share(struct req *rq, int64_t list_id, bool on);

/* What somebody follows, as a page names it. ERR_NOT_FOUND for an unknown kind; a thing that is gone has path "". */
_must_use_ enum err follow_name(struct db *db, struct arena *a, struct str kind, struct str ref, struct followed *ret);

#endif
