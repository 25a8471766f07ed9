/* states.h - how an assessment goes, as data: states, steps between them, who takes which step, what must be so before, and who
 * gets mail. Pages draw their buttons from it, /zo-werkt-beoordelen prints it, and case_move() allows nothing else. The steps
 * follow the procedures of NJi and Movisie (domain.md, section 5), the three scores those of the EEF. */
#ifndef ASSESSMENT_STATES_H
#define ASSESSMENT_STATES_H
#include "str.h"

enum case_state {
        STATE_DRAFT, STATE_SUBMITTED, STATE_SCAN, STATE_DESCRIBE, STATE_ASSESS, STATE_OBJECTION, STATE_PUBLISHED, STATE_RESERVED,
        STATE_REJECTED, STATE_EXPIRED, STATE_WITHDRAWN, STATES_N,
};
struct state_info {
        struct str code;                /* in the store */
        struct str label;               /* Dutch */
        struct str means;               /* Dutch, a sentence: what is so now */
        struct str next;                /* Dutch, a sentence for who handed it in: what comes now, and who does it */
        bool is_decided;                /* its decision is public */
};
extern const struct state_info case_states[STATES_N];
/* STATES_N for an unknown code. */
enum case_state state_of(struct str code);

/* Who takes a step. Bits. Nobody acts as lead in a case of her own (case_actors()). */
enum actor {
        ACTOR_SUBMITTER = 1 << 0,
        ACTOR_LEAD = 1 << 1,            /* RIGHT_COMMITTEE, and no party to the case */
        ACTOR_NIGHT = 1 << 2,           /* the job of the night */
};
#define ACTORS_N 3
extern const struct str actor_labels[ACTORS_N];

/* What must be so before a step. Bits; need_labels has the sentence parts. */
enum need {
        NEED_CRITERIA = 1 << 0,         /* every entry criterion is ticked */
        NEED_TEXT = 1 << 1,             /* the text is complete */
        NEED_HANDED = 1 << 2,           /* it is the secretary's turn */
        NEED_NOTE = 1 << 3,             /* with a motivation */
        NEED_PANEL = 1 << 4,            /* enough assessors, from each side */
        NEED_VOTES = 1 << 5,            /* all of them judged, the experience side among them */
        NEED_SCORES = 1 << 6,           /* a decision on the three scores is there */
        NEED_CONDITION = 1 << 7,        /* with a condition and a date */
        NEED_TERM = 1 << 8,             /* within the term for objections */
        NEED_FIRST = 1 << 9,            /* no objection against this decision yet, and it did not come out of one */
        NEED_ENDED = 1 << 10,           /* valid_until is past */
        NEED_LATE = 1 << 11,            /* the date of the condition is past */
};
#define NEEDS_N 12
extern const struct str need_labels[NEEDS_N];

/* Who gets mail about a step. Bits. */
enum told { TOLD_SUBMITTER = 1 << 0, TOLD_LEADS = 1 << 1, TOLD_PANEL = 1 << 2 };
#define TOLDS_N 3
extern const struct str told_labels[TOLDS_N];

struct transition {
        struct str code;                /* in the store */
        struct str label;               /* Dutch, on the button */
        struct str tells;               /* Dutch, a sentence for the mail and the history */
        unsigned from;                  /* bits 1 << enum case_state */
        enum case_state to;
        unsigned actors, needs, told;
        bool new_round;                 /* another committee judges */
};
extern const struct transition transitions[];   /* ends with an empty code */
/* The transition, or NULL. */
const struct transition *transition_find(struct str code);
/* Is it a step from STATE that one of ACTORS may take? Needs are not looked at. */
bool transition_allowed(const struct transition *t, enum case_state state, unsigned actors);

/* Terms of this procedure. Ours; NJi has the same order of size. */
#define TERM_APPEAL_DAYS 42             /* to object: six weeks, as in the Algemene wet bestuursrecht, article 6:7 */
#define TERM_VALID_YEARS 4              /* a decision holds */
#define TERM_REMIND_FIRST 6             /* months before its end */
#define TERM_REMIND_LAST 2
#define TERM_LATE_DAYS 21               /* an assessor who has not judged by then is reminded, and again after so many days */
#define TERM_ROUNDS 3                   /* times that the secretary sends the text back with remarks */
#define PANEL_MIN 3                     /* assessors */

/* Entry criteria, to tick. Ends with an empty code. */
struct criterion { struct str code, label, about; };
extern const struct criterion criteria[];

/* From which side somebody judges. Ends with an empty code. */
struct assessor_side { struct str code, label, about; };
extern const struct assessor_side assessor_sides[];
#define SIDES_N 3
struct str side_label(struct str code);

/* The three scores with their levels, lowest first. In our own words. */
struct score_level { struct str code, label, means; };
struct score {
        struct str code;                /* in forms and in the text of an item */
        struct str label, question;     /* Dutch */
        const struct score_level *levels;       /* ends with an empty code */
};
#define SCORE_KINDS 3
extern const struct score score_kinds[SCORE_KINDS];  /* evidence, effect, cost */
/* The level, or NULL. */
const struct score_level *score_level(const struct score *s, struct str code);

#endif
