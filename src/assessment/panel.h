/* panel.h - the committee of a case: who may sit in it, what interest they declared, and their votes. */
#ifndef ASSESSMENT_PANEL_H
#define ASSESSMENT_PANEL_H
#include "case.h"

struct panel {
        struct panel_row_list rows;
        size_t judging;                 /* members who are in it and have no interest */
        size_t voted;
        size_t sides[SIDES_N];          /* of them, by side */
        bool is_enough;                 /* NEED_PANEL */
        bool is_done;                   /* NEED_VOTES: every one voted */
};
/* The committee of the round that goes on. */
_must_use_ enum err panel_load(struct req *rq, const struct assessment *c, struct panel *ret);
/* The row of PERSON while in the committee, or NULL. */
const struct panel_row *panel_find(const struct panel *p, int64_t person_id);
/* May this member read the dossier: an interest was declared, and there is none. */
bool panel_may_read(const struct panel_row *m);

/* Why somebody cannot sit in the committee. */
enum panel_obstacle {
        PANEL_FREE,
        PANEL_NO_ASSESSOR,      /* no side, or no longer an assessor */
        PANEL_PARTY,            /* owner, submitter, writer, or of their organisation */
        PANEL_BEFORE,           /* sat in the committee whose decision is objected to */
        PANEL_IN,               /* is in it, or left it with an interest */
};
struct str panel_obstacle_text(enum panel_obstacle o);
_must_use_ enum err panel_obstacle(struct req *rq, const struct assessment *c, const struct panel *p, int64_t person_id, enum panel_obstacle *ret);

/* As lead: adds an assessor, who gets mail when the dossier is there already; takes one off who has not voted. ERR_DENIED for who
 * is no lead here; ERR_INVALID for an obstacle; ERR_CONFLICT for another state, or a member who is gone or has voted. */
_must_use_ enum err panel_add(struct req *rq, const struct assessment *c, int64_t person_id);
_must_use_ enum err panel_remove(struct req *rq, const struct assessment *c, int64_t person_id);

/* As member: declares an interest (WHICH), or none (""). Once. ERR_DENIED for who is no member, ERR_CONFLICT when it was declared. */
_must_use_ enum err panel_declare(struct req *rq, const struct assessment *c, bool has_interest, struct str which);

/* A judgement on each score, a level and why. */
struct judgement {
        struct str level[SCORE_KINDS], why[SCORE_KINDS];
};
/* As member: votes, once. ERR_DENIED for who may not read the dossier; ERR_INVALID for an unknown level or no reason; ERR_CONFLICT
 * for a second vote, or a case that is not before a committee. */
_must_use_ enum err panel_vote(struct req *rq, const struct assessment *c, const struct judgement *j);
bool judgement_is_whole(const struct judgement *j);

/* Gives PERSON, who holds the role of assessor, a SIDE; "" takes it away. ERR_INVALID without that role or for an unknown side.
 * The caller has checked RIGHT_COMMITTEE. */
_must_use_ enum err assessor_give(struct req *rq, int64_t person_id, struct str side);
/* Does PERSON hold the role now? */
_must_use_ enum err assessor_holds(struct req *rq, int64_t person_id, bool *ret);

#endif
