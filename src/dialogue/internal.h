/* internal.h - what the files of this room share. */
#ifndef DIALOGUE_INTERNAL_H
#define DIALOGUE_INTERNAL_H
#include "dialogue.h"
#include "page.h"
#include "people.h"
#include "views.h"

#define COLLEAGUE "collega"             /* post.role of who does not want a name beside the post */

/* What the visitor may do now, and what counts for it. Holders of RIGHT_MODERATE are trusted. */
struct standing {
        const struct dialogue_trust *trust;
        int64_t today;
};
_must_use_ enum err standing_get(struct req *rq, struct standing *ret);
/* Has the visitor written all that may be written today? Notes a mistake at FIELD. */
bool standing_is_full(struct req *rq, const struct standing *s, const char *field);

/* The HTML of what a form holds, checked; mistakes are noted at their fields. */
struct str post_render(struct req *rq, struct str kind, struct post_form *f, const struct dialogue_trust *t);

/* Adds a post. *ID is 0 when this form was sent before. Others are told of an answer that they can see at once. */
_must_use_ enum err post_write(struct req *rq, const struct topic *item, struct str kind, const struct post *question,
                               const struct post_form *f, struct str html, const struct standing *s, int64_t *id);
/* ERR_NOT_FOUND when there is none. */
_must_use_ enum err post_find(struct req *rq, int64_t id, struct post *ret);
bool post_may_edit(const struct req *rq, const struct post *p);
bool post_may_withdraw(const struct req *rq, const struct post *p);
bool post_may_accept(const struct req *rq, const struct post *question, const struct post *answer);
_must_use_ enum err post_take_back(struct req *rq, const struct post *p);
/* Makes ANSWER the accepted one, or, when it was, no longer. */
_must_use_ enum err post_accept(struct req *rq, const struct post *question, const struct post *answer);
bool post_may_report(const struct req *rq, const struct post *p);
_must_use_ enum err post_report(struct req *rq, const struct post *p, struct str reason, struct str remark);

/* What a moderator decides about a post that stood at STAND. ERR_DENIED for one's own; ERR_CONFLICT when somebody else was first, or
 * the state does not allow it. */
enum decision { DECIDE_SHOW, DECIDE_REMOVE, DECIDE_CLOSE, DECIDE_OPEN };
_must_use_ enum err post_decide_now(struct req *rq, const struct post *p, int64_t stand, enum decision d, struct str reason, struct str remark);

/* Puts field note P into the visitor's draft of the text of its item; *PATH leads there. Errors as draft_take_line() (editing_take.h). */
_must_use_ enum err note_take(struct req *rq, const struct post *p, struct str *path);

/* The search index follows the question that P is, or answers. */
_must_use_ enum err dialogue_index(struct req *rq, const struct post *p);

/* Mail. */
_must_use_ enum err letters_answer(struct req *rq, int64_t answer_id);
_must_use_ enum err letters_decided(struct req *rq, const struct post *p, enum decision d, struct str reason, struct str remark);

/* Where a post stands: "/vragen/12-titel#bijdrage-13". */
_must_use_ enum err post_path(struct req *rq, const struct post *p, struct str *ret);
/* The last part of the address of a question. */
struct str question_ref(struct arena *a, int64_t id, struct str title);
/* A post as the visitor sees it. QUESTION of an answer, else NULL. */
_must_use_ enum err post_show(struct req *rq, const struct post *p, const struct post *question, struct post_view *ret);
_must_use_ enum err posts_show(struct req *rq, const struct post_list *rows, const struct post *question, struct post_views *ret);
/* The names somebody may write under: the codes for post.role with their words. */
_must_use_ enum err writer_names(struct req *rq, struct name_choices *ret);

/* The id in the first {…} part of the path; 0 for none. */
int64_t post_path_id(const struct req *rq);

handler question_new_get, question_new_post, note_new_get, note_new_post, answer_new_post, answer_accept_post, post_change_get, post_change_post, question_get;
handler post_withdraw_get, post_withdraw_post, post_report_get, post_report_post, post_reported_get;
extern const struct field question_fields[], field_note_fields[], answer_fields[], edit_fields[];

#endif
