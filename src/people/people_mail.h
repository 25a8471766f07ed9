/* people_mail.h - mail that is not strictly needed: which kinds there are, who does not want them, and how one signs off (RFC 8058).
 * Mail that is needed to use an account (proving an address, a new password, a warning) is not of these kinds. */
#ifndef PEOPLE_PEOPLE_MAIL_H
#define PEOPLE_PEOPLE_MAIL_H
#include "http.h"

struct mail_kind {
        struct str code;                /* in mail_refusal.kind and mail_outbox.kind */
        struct str label;               /* Dutch, for a choice */
        struct str when;                /* a Dutch sentence */
};
extern const struct mail_kind mail_kinds[];     /* ends with an empty code */
/* The kind, or NULL. */
const struct mail_kind *mail_kind_find(struct str code);
#define MAIL_ROLE_ASKED "rol-gevraagd"  /* to who manages an organisation */
#define MAIL_ROLE_DECIDED "rol-besluit" /* to who asked */
#define MAIL_FOLLOW "volgen"            /* what changed in what somebody follows */
#define MAIL_ANSWER "antwoord"          /* to who asked a question, or answered it and wants to follow */
#define MAIL_FIGURES "cijfers"          /* what stands out in the figures of a municipality */
#define MAIL_MODERATE "moderatie-wacht" /* to moderators, once a day */
#define MAIL_DELIVERY "aanleveren"      /* to who delivers figures, or approves them */
#define MAIL_BENCHLEARN "benchleren"    /* to who holds RIGHT_METHODS at an organisation that is invited */

_must_use_ enum err people_wants_mail(struct req *rq, int64_t person_id, struct str kind, bool *ret);
/* Notes what PERSON wants from now on. Inside a POST. ERR_NOT_FOUND for an unknown kind. */
_must_use_ enum err people_set_mail(struct req *rq, int64_t person_id, struct str kind, bool wanted);

/* A plain mail to somebody: NAME may be empty, LINES are Dutch sentences. BUTTON with PATH, a path of this site, is what the mail
 * asks for; AFTER stands below it. WHY as in letter.h. With IS_CHOICE its kind is one of mail_kinds: nothing is sent to a PERSON
 * who does not want it, and the mail says how to sign off. Queued in the transaction of RQ, which may be a job. */
#define NOTICE_LINES 4
struct notice {
        struct str to, name;
        int64_t person_id;              /* 0 for nobody */
        struct str kind, subject, why;
        struct str lines[NOTICE_LINES];
        struct str button, path, after;
        bool is_choice;
};
_must_use_ enum err people_notice(struct req *rq, const struct notice *n);

/* For a letter of a room's own, of a kind in mail_kinds: the address to sign off at, before it is drawn; and queueing it to PERSON when
 * he wants that kind. In the transaction of RQ, which may be a job. */
struct letter;
_must_use_ enum err people_letter_sign_off(struct req *rq, struct letter *l, int64_t person_id, struct str kind);
_must_use_ enum err people_letter_queue(struct req *rq, const struct letter *l, int64_t person_id, struct str to, struct str name,
                                        struct str kind);

/* NOTICE, whose to, name and person_id are filled in here, to everybody who holds RIGHT in ORGANISATION by a role there. *TOLD counts them,
 * who signed off from its kind too. */
_must_use_ enum err people_notice_holders(struct req *rq, int64_t organisation_id, uint64_t right, const struct notice *n, size_t *told);

/* Tells those who decide at ORGANISATION (0: nobody to tell) that PERSON asks for ROLE; and PERSON what was decided. To who wants
 * it, with an address to sign off. In the transaction of the change; role_ask(), role_give() and role_take() call them. */
struct role;
_must_use_ enum err people_tell_asked(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id);
_must_use_ enum err people_tell_decided(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id,
                                        bool granted);

#endif
