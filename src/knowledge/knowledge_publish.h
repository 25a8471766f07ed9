/* knowledge_publish.h - how a text becomes an item that everybody reads, for the rooms that write and judge. All functions are
 * called inside a write transaction. */
#ifndef KNOWLEDGE_KNOWLEDGE_PUBLISH_H
#define KNOWLEDGE_KNOWLEDGE_PUBLISH_H
#include "http.h"
#include "knowledge_text.h"

struct knowledge_publication {
        int64_t item_id;                /* 0: an item that is not there yet */
        struct str slug;                /* its address; "": the one it has, or made from the title */
        struct str text;                /* in the form of content/items */
        struct str note;                /* what changed, for readers; "" for a new item */
        struct opt_i64 made_by, checked_by;     /* people */
        int64_t now_ms;
};
/* Reads, checks, numbers and writes out the text as the version that everybody sees; a withdrawn item comes back. The address that
 * it had leads on to the new one. *ID is the item. ERR_INVALID with the mistake in *ERROR; ERR_NOT_FOUND without such an item;
 * ERR_CONFLICT when another item has or had the address. */
_must_use_ enum err knowledge_publish(struct db *db, struct arena *a, const struct knowledge_publication *p, struct text_error *error,
                                      int64_t *id);
/* Would knowledge_publish() take this text? Needs no transaction. */
_must_use_ enum err knowledge_check(struct db *db, struct arena *a, struct str text, struct text_error *error);

/* Wipes the texts of all versions of an item that is withdrawn, and what its row tells; only TITLE stays. For who takes back what he
 * wrote; it cannot be undone. */
_must_use_ enum err knowledge_wipe(struct db *db, int64_t item_id, struct str title);

/* Lets the search index follow what was published, renamed or withdrawn, in the transaction of RQ; a site without analyser (page.h)
 * has no index. */
_must_use_ enum err knowledge_index(struct req *rq, int64_t item_id);

/* The indicators that a text may aim at, in the order of the site, in A. */
struct knowledge_indicator { struct str code, label; };
struct knowledge_indicators { struct knowledge_indicator *v; size_t n, cap; };
_must_use_ enum err knowledge_indicators(struct db *db, struct arena *a, struct knowledge_indicators *ret);

/* Draws the page that TEXT would be, finished or not, with a link to BACK, a path. ERR_INVALID when it has not the form of a text. */
_must_use_ enum err knowledge_preview(struct req *rq, struct resp *rs, struct str text, struct str back);

/* Takes an item off lists and search; its page says since when and WHY (a Dutch sentence). ERR_NOT_FOUND; ERR_CONFLICT when it is
 * not published. */
_must_use_ enum err knowledge_withdraw(struct db *db, struct arena *a, int64_t item_id, struct str why, int64_t now_ms);

/* Puts a Dutch sentence above the text, for what readers must know of its assessment: that it has ended, that it has a condition.
 * It stays when the text gets a new version; "" takes it away. */
_must_use_ enum err knowledge_notice(struct db *db, int64_t item_id, struct str notice);

#endif
