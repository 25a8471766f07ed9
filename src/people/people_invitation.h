/* people_invitation.h - inviting somebody to an organisation by e-mail. Who takes the link gets the role; the right to give it
 * is checked when the invitation is made. */
#ifndef PEOPLE_PEOPLE_INVITATION_H
#define PEOPLE_PEOPLE_INVITATION_H
#include "http.h"
#include "invitation.sql.h"
#include "people_keep.h"

struct role;

#define INVITATION_LASTS_MS ((int64_t) KEEP_INVITATION_DAYS * 24 * 60 * 60 * 1000)

/* Invites EMAIL for ROLE at the organisation, and queues the mail with the link, in the transaction of a POST. Inviting again
 * sends a new link, and the link of before ends. Writes the trail. The caller has checked role_may_give().
 * ERR_INVALID for what is no e-mail address; ERR_CONFLICT when a person with that address holds the role there already;
 * ERR_NOT_FOUND for an organisation that does not exist or is closed. */
_must_use_ enum err invitation_make(struct req *rq, int64_t organisation_id, struct str email, const struct role *role);
/* Takes an invitation back: its link ends. Writes the trail. ERR_NOT_FOUND. */
_must_use_ enum err invitation_withdraw(struct req *rq, int64_t id);

/* The invitation behind a link of LINK_INVITATION, by the detail of that link. ERR_NOT_FOUND when it was taken back, made
 * anew, or used, when it ended, or when the organisation closed. */
_must_use_ enum err invitation_of_link(struct req *rq, struct str detail, struct invitation *ret);
/* Gives PERSON the role of the invitation, which is used up; ends the person's sessions. Writes the trail. ERR_NOT_FOUND for a
 * role that no longer exists. */
_must_use_ enum err invitation_accept(struct req *rq, const struct invitation *i, int64_t person_id);

/* invitations_of(db, a, organisation_id, &list) and invitation_forget(db, now_ms) stand in invitation.sql. */

#endif
