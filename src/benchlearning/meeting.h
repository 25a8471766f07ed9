/* meeting.h - benchlearning meetings: what their pages show. Private to the room. */
#ifndef BENCHLEARNING_MEETING_H
#define BENCHLEARNING_MEETING_H
#include "rivals.h"

#define MEETING_TEXT_MAX 4000           /* letters */
#define MEETING_LINE_MAX 200
#define KEEP_MEETING_YEARS 5

/* Somebody to invite. */
struct invitee {
        const struct rival *rival;
        struct str organisation, organisation_slug;     /* "" when nobody of it can be reached here */
        int64_t organisation_id;
        bool on;
};
struct invite_view {
        const struct desk *desk;
        struct rivals_view rivals;
        struct { struct invitee *v; size_t n, cap; } guests;
        struct str action;              /* address of the form, with what it is about */
        struct str question, day, time, place;
};
struct action_row {
        const struct action *a;
        struct str state;               /* in words */
        struct str effect;              /* what happened to the figure since */
        bool own;
};
struct meeting_view {
        const struct desk *desk;
        struct meeting m;
        struct guest_list guests;
        size_t reached;                 /* of the guests: who works for them gets invitations here */
        const struct guest *own;        /* the guest that this desk is, or NULL */
        bool is_host, may_report;       /* from the day itself */
        struct str report_mark, answer_mark;
        struct { struct action_row *v; size_t n, cap; } actions;
        struct method_items_row_list items;
        int now;
        struct str note;
};
/* The page to print before a meeting. */
struct pack_place {
        struct str name, slug, why, question;
        bool is_host;
        struct use_rows uses;
};
struct pack_view {
        struct meeting_view meeting;
        struct rivals_view figures;     /* of the municipality that invites, with the invited ones as its group */
        struct { struct pack_place *v; size_t n, cap; } places;
};

/* What a guest said, as one text: it tells whether a form is still drawn from it. */
struct str meeting_answer(struct arena *a, const struct guest *g);
_must_use_ enum err meeting_load(struct req *rq, struct desk *d, struct meeting_view *v);
_must_use_ enum err invite_load(struct req *rq, struct desk *d, struct invite_view *v);
_must_use_ enum err pack_load(struct req *rq, struct desk *d, struct pack_view *v);
/* Why a rival is invited, as a sentence part after "omdat". */
struct str invite_why(struct arena *a, const struct rivals_view *v, const struct rival *r);

/* Mail in the transaction of RQ: the invitation; the answer to who invited; to every guest that did not refuse. */
_must_use_ enum err meeting_tell_guest(struct req *rq, const struct meeting *m, const struct invitee *g, struct str why, size_t *told);
_must_use_ enum err meeting_tell_host(struct req *rq, const struct meeting_view *v, bool comes);
_must_use_ enum err meeting_tell_guests(struct req *rq, const struct meeting_view *v, struct str subject, struct str line);

#endif
