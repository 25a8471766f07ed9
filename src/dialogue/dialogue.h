/* dialogue.h - questions and field notes under an item: who may write what, what others see of it, and who looks after it. What a
 * newcomer may do follows from one table (dialogue_trusts), and the page with the house rules prints it. */
#ifndef DIALOGUE_DIALOGUE_H
#define DIALOGUE_DIALOGUE_H
#include "knowledge.h"
#include "people_keep.h"
#include "people_retention.h"

struct job_context;

extern const struct route dialogue_routes[];    /* below /kennis/{slug}/praktijk, /vragen, /bijdragen and /mijn-bijdragen */
extern const struct route dialogue_desk_routes[];       /* /beheer/moderatie and /beheer/ervaringen */
extern const struct item_extra dialogue_item_extra;       /* on the page of an item */
extern const struct kept dialogue_kept[];
extern const struct retention_rule dialogue_retention[];

#define POST_TITLE_MAX 120              /* letters */
#define POST_TEXT_MAX 4000
#define POST_EDIT_MS ((int64_t) 30 * 60 * 1000)         /* the writer may change a post for so long */
#define REPORTS_THAT_HIDE 3             /* from different people, until a moderator looked */

/* A code and its Dutch words; a list ends with an empty code. */
struct dialogue_word { struct str code, label; };
extern const struct dialogue_word dialogue_sizes[];     /* of a municipality */
extern const struct dialogue_word dialogue_agains[];    /* would you use it again? */
extern const struct dialogue_word dialogue_reasons[];   /* why a post is reported or removed */
/* The label, or "" for a code that is not there. */
struct str dialogue_label(const struct dialogue_word *list, struct str code);

/* What somebody may do. The last row holds whose ACCEPTED and DAYS are reached. */
struct dialogue_trust {
        struct str who;                         /* Dutch: "U bent hier nieuw" */
        int64_t accepted;                       /* posts that others could see, since the last one that was removed */
        int64_t days;                           /* since the first post */
        int64_t per_day;                        /* posts in 24 hours */
        bool waits;                             /* a moderator looks before others see it */
        bool links;                             /* may hold links */
        struct str rule;                        /* Dutch, for the house rules: what this row means */
};
extern const struct dialogue_trust dialogue_trusts[];   /* ends with an empty who */

/* Every question with an accepted answer, as a document of kind "vraag" for the search index. Its ref is its number, which stays when
 * the title changes: /vragen/REF leads on to its own address. Texts live until EACH returns; an error from EACH ends it. */
struct search_entry;
_must_use_ enum err dialogue_each(struct db *db, enum err (*each)(void *arg, const struct search_entry *entry), void *arg);

/* A kind of job that tells moderators once a day what waits. job_context.app is the site. */
_must_use_ enum err dialogue_digest_run(struct job_context *c);
#define DIALOGUE_DIGEST_JOB { .name = "moderation-digest", .run = dialogue_digest_run, .daily = true, .hour = 6 }

extern const struct db_stmt *const dialogue_statements[];

#endif
