/* feedback.h - "Klopt er iets niet?": what visitors tell about a page. Nothing of the visitor is kept: no name, no
 * address, no IP. Messages are deleted after a year. */
#ifndef FEEDBACK_FEEDBACK_H
#define FEEDBACK_FEEDBACK_H
#include "http.h"
#include "knowledge.h"
#include "people_keep.h"
#include "people_retention.h"

extern const struct route feedback_routes[];    /* /reactie and /reactie/bedankt */
extern const struct route helped_routes[];      /* /kennis/{slug}/hielp, and the editors' answer in /beheer */

/* "Hielp deze pagina?" on the page of an item. Counts stay; the reasons are messages like the others. */
extern const struct item_extra helped_item_extra;
#define HELPED_LEAST 5                  /* answers before the page tells how many it helped */
#define HELPED_REASON_MAX 500           /* characters */

/* What a message is about; the form shows them in this order. Ends with an empty code. */
struct feedback_kind {
        struct str code, label;
        struct str reason;              /* of helped_answers: the label of a reason, for editors */
};
extern const struct feedback_kind feedback_kinds[];
extern const struct feedback_kind helped_answers[];     /* the answers to "Hielp deze pagina?"; stored with "hielp-" in front */

#define FEEDBACK_MESSAGE_MAX 2000       /* characters */
#define FEEDBACK_PATH_MAX 300           /* bytes */
#define FEEDBACK_KEEP_DAYS KEEP_FEEDBACK_DAYS

/* PATH when it is a path of this site, without query; else "/" (the site as a whole). */
struct str feedback_about(struct str path);
/* Checks the fields and notes what must be mended. The rules of type and length are checked by then. */
void feedback_check(struct req *rq);

struct feedback_message {
        int64_t id, created_ms;
        struct str about, kind, message;
};
struct feedback_messages {
        struct feedback_message *v;
        size_t n, cap;
};
/* The label of a code; the code itself when there is none. */
struct str feedback_kind_label(struct str code);
/* Messages with an id below BEFORE_ID (0: all), newest first, at most LIMIT. */
_must_use_ enum err feedback_list(struct db *db, struct arena *a, int64_t limit, int64_t before_id,
                                  struct feedback_messages *ret);

/* How long messages are kept, for the job of the night. */
extern const struct retention_rule feedback_retention[];

extern const struct db_stmt *const feedback_statements[];

#endif
