/* editing_form.h - the form for the text of an item: in parts, each a page of fields that is filled from the text, and that changes the
 * text when it is sent. What a part does not show stays as it is, so nothing of a text gets lost. For drafts of articles and of what is
 * handed in to be judged.
 *
 * A route that takes a part has item_form_fields as its fields, and:
 *
 *      GET   item_form_read(rq->db, rq->arena, draft.text, part, req_integer(rq, "vanaf", 0), &form), and in the page, inside <form>:
 *            {{ call item_form_inputs(p, &form) }}, a hidden field "revisie" with the draft's, and buttons.
 *      POST  item_form_save(rq, part, &draft, &text). With mistakes (rq->errors) or ERR_CONFLICT, item_form_read() of TEXT shows again
 *            what was typed; form.replaces and draft.revision are then to be set by item_form_again(). */
#ifndef EDITING_EDITING_FORM_H
#define EDITING_EDITING_FORM_H
#include "editing_draft.h"
#include "knowledge_text.h"
#include "page.h"

enum item_part_shape { PART_HEAD, PART_SECTIONS, PART_LINES, PART_SCORES };
struct item_part {
        struct str code, title;         /* "bronnen" in addresses; "Bronnen" */
        struct str intro;               /* what belongs here: Dutch, a sentence or two */
        enum item_part_shape shape;
        enum item_lines lines;          /* of PART_LINES */
        struct str one;                 /* what one line is called: "Bron" */
        bool plain, story, toolkit;     /* kinds of texts that have it: others, verhaal, toolkit */
};
extern const struct item_part item_parts[];     /* in order; ends with an empty code */
/* The part with this code, or NULL. */
const struct item_part *item_part_of(struct str code);
/* Do texts of KIND have it? */
bool item_part_fits(const struct item_part *part, struct str kind);

#define FORM_SECTIONS 8
struct form_option { struct str code, label; bool is_chosen; };
struct form_options { struct form_option *v; size_t n, cap; };

struct item_form {
        const struct item_part *part;
        struct front front;             /* of the text */
        struct str kind;
        struct form_options kinds, phases, targets, themes, indicators;         /* PART_HEAD */
        struct { struct str heading, body; } sections[FORM_SECTIONS];           /* PART_SECTIONS */
        size_t n_sections;
        struct { struct item_line *v; size_t n, cap; } rows;    /* PART_LINES and PART_SCORES: those there are, and two empty ones */
        size_t from, total;             /* the first line that is shown, and how many there are */
        size_t filled;                  /* of rows */
        size_t replaces;                /* lines of the text that is kept that these rows take the place of: filled, unless the rows
                                         * were sent and are not kept */
};
/* Fills the form of PART from TEXT; FROM is the first line to show. In A. ERR_INVALID when TEXT has not the form of a text. */
_must_use_ enum err item_form_read(struct db *db, struct arena *a, struct str text, const struct item_part *part, int64_t from,
                                   struct item_form *ret);
/* TEXT with what the fields of RQ say about PART, in its arena. ERR_INVALID when TEXT has not the form of a text. */
_must_use_ enum err item_form_apply(const struct req *rq, const struct item_part *part, struct str text, struct str *ret);
/* item_form_apply() to the text of D, and draft_save_form() with what the form knows. *SENT is the text as it was sent, also when it was not
 * saved: with mistakes noted in RQ (OK), or ERR_CONFLICT, when D->text is what the store has. */
_must_use_ enum err item_form_save(struct req *rq, const struct item_part *part, struct draft *d, struct str *sent);
/* Before a form with mistakes is drawn again: what it was drawn from, or saved itself since. D is as the store has it. */
void item_form_again(const struct req *rq, struct draft *d, struct item_form *f);
/* After ERR_CONFLICT, F->part set: fills F with SENT, and D->revision, so that what is sent next wins. D is as item_form_save() left it. */
_must_use_ enum err item_form_conflict(struct req *rq, struct draft *d, struct str sent, struct item_form *f);
/* Answers a form that the browser sent by itself and that was saved: the revision that D has now (web/README.md, "Writing"). */
enum err item_form_saved(struct resp *rs, const struct draft *d);
/* How many lines TEXT has of PART. */
size_t item_form_lines(struct arena *a, struct str text, const struct item_part *part);
/* Where the last page of lines begins when there are TOTAL. */
size_t item_form_last(const struct item_part *part, size_t total);
/* The value of a pair of the text; "" without. */
struct str item_form_value(const struct item_form *f, const char *key);
/* Draws the fields of the part (item_fields.tmpl). The page needs p->editor = true. */
void item_form_inputs(struct page *p, const struct item_form *f);

/* Of every part, with "revisie", "vanaf", "aantal" (numbers) and "actie" (which button: a code). */
extern const struct field item_form_fields[];

#endif
