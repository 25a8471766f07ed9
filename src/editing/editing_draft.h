/* editing_draft.h - texts that are being written: drafts of articles, and of what is handed in to be judged. A draft is of one person;
 * who else may see or change it is for the caller to decide. All functions that change are called inside a write transaction. */
#ifndef EDITING_EDITING_DRAFT_H
#define EDITING_EDITING_DRAFT_H
#include "db.h"
#include "editing.sql.h"

#define DRAFT_ARTICLE "article"         /* purposes */
#define DRAFT_CASE "case"
#define DRAFT_WRITING "writing"         /* states of an article; a case has states of its own, and begins with this one */
#define DRAFT_ASKED "asked"             /* waits for a second pair of eyes */
#define DRAFT_RETURNED "returned"       /* came back with remarks */
#define DRAFT_TEXT_MAX ((size_t) 400 << 10)     /* bytes of a text */

/* A row of the table draft, as schema/0011_editing.sql tells. TEXT is in the form of content/items, perhaps not finished
 * (item_text_read_draft); KIND and TITLE are its own, "" while it has none; ITEM_ID is not set for a new text; REVISION counts savings:
 * a form holds the one it was drawn from. */
struct draft;

struct draft_new {
        const char *purpose;
        struct opt_i64 item_id;         /* to change this published item; its text becomes the draft's. Not set: a new text */
        struct str kind;                /* of a new text: empty sections of this kind. With item_id: "" */
        struct opt_i64 organisation_id;
        int64_t owner_id, now_ms;
        struct str idempotency;         /* of the form (rq->idempotency): twice gives ERR_CONFLICT */
};
/* Makes a draft. ERR_NOT_FOUND without such an item. */
_must_use_ enum err draft_make(struct db *db, struct arena *a, const struct draft_new *n, int64_t *id);
/* ERR_NOT_FOUND. */
_must_use_ enum err draft_get(struct db *db, struct arena *a, int64_t id, struct draft *ret);
/* Keeps TEXT as what D says. D->revision must be that of the form that TEXT came from; it goes up by one, and kind and title follow
 * the text. ERR_CONFLICT when somebody saved in between: D->text is then what the store has, for showing both. ERR_LIMIT past
 * DRAFT_TEXT_MAX; ERR_INVALID when TEXT has not the form of a text. For a form there is item_form_save() (editing_form.h). */
_must_use_ enum err draft_save(struct db *db, struct arena *a, struct draft *d, struct str text, int64_t now_ms);
/* The same for what FORM (rq->idempotency, not "") sent, which holds LINES lines of the text then: a form that was the last to save may
 * save again, whatever its revision. A browser that saves by itself may still be waiting for an answer when the button is pressed. */
_must_use_ enum err draft_save_form(struct db *db, struct arena *a, struct draft *d, struct str text, struct str form, int64_t lines, int64_t now_ms);
/* Moves D to another state, with what D->note, remarks and remarked_by say now. */
_must_use_ enum err draft_state(struct db *db, struct draft *d, struct str state, int64_t now_ms);
_must_use_ enum err draft_drop(struct db *db, int64_t id);
/* Drops draft ID and what it holds on to of files; files that nothing uses go later. */
_must_use_ enum err draft_let_go(struct db *db, struct arena *a, int64_t id);

#endif
