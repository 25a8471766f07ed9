/* internal.h - what the files of this room share. */
#ifndef EDITING_INTERNAL_H
#define EDITING_INTERNAL_H
#include "editing_draft.h"
#include "page.h"
#include "people.h"

#define REVIEW_DAYS 60          /* how long before its date a text stands on the work list */
#define LINK_NIGHTS 3           /* nights in a row before a link counts as broken */
#define LIST_MOST 100           /* rows of a list */

/* A page below "Redactie". */
struct page editing_page(struct req *rq, struct resp *rs, struct str title);
struct str editing_note(const struct req *rq);

/* The draft of an article in the first {…} part of the path. ERR_NOT_FOUND. */
_must_use_ enum err path_draft(struct req *rq, struct draft *ret);
/* The same, when it is the visitor's own and not waiting for a check; else ERR_DENIED, or ERR_CONFLICT while it waits. */
_must_use_ enum err path_draft_to_write(struct req *rq, struct draft *ret);
/* The item in the first {…} part of the path, published or withdrawn. */
_must_use_ enum err path_item(struct req *rq, struct edited_item *ret);
/* "/redactie/teksten/12" with REST behind it. */
struct str draft_path(struct arena *a, int64_t id, const char *rest);
/* Its title, or words for a text without one. */
struct str draft_title(struct str title);
/* "wordt geschreven", "wacht op een tweede paar ogen", "kwam terug met opmerkingen" */
struct str draft_state_label(struct str state);
struct str today_of(const struct req *rq);
/* A row of the trail about item or draft ID, with what happened as its action. */
_must_use_ enum err editing_trail(struct req *rq, const char *action, const char *kind, int64_t id);

/* The visitor's draft of a published item: the one there is, or a new one. */
_must_use_ enum err draft_open(struct req *rq, int64_t item_id, int64_t *id, bool *is_new);
/* Was the item published again after the draft began? */
_must_use_ enum err draft_is_behind(struct req *rq, const struct draft *d, bool *ret);

/* Makes the files that the text of D shows public, as files of the item. */
_must_use_ enum err draft_files_publish(struct db *db, struct arena *a, const struct draft *d, int64_t item_id);

/* Handlers, by the file they stand in. */
handler editing_desk_get, editing_new_get, editing_new_post;
handler editing_item_get, editing_item_edit_post, editing_item_rename_post, editing_item_withdraw_post, editing_item_restore_post;
handler editing_draft_show, editing_part_get, editing_part_post, editing_part_autosave, editing_preview_get, editing_drop_post;
handler editing_check_get, editing_ask_post, editing_back_post, editing_approve_post, editing_return_post, editing_merge_get, editing_merge_post;
handler editing_attach_get, editing_attach_post, editing_detach_post;
preparer editing_attach_prepare;
handler editing_versions_get, editing_version_get;
extern const struct field editing_new_fields[], editing_note_fields[], editing_part_fields[], editing_rename_fields[], editing_withdraw_fields[], editing_restore_fields[], editing_ask_fields[],
        editing_approve_fields[], editing_return_fields[], editing_merge_fields[], editing_attach_fields[], editing_detach_fields[], editing_version_fields[];

#endif
