/* people_keep.h - how long data of people is kept, in days, each named once. Rules, pages and the record of processing all
 * take the number from here. */
#ifndef PEOPLE_PEOPLE_KEEP_H
#define PEOPLE_PEOPLE_KEEP_H

#define KEEP_UNVERIFIED_DAYS 7          /* an account whose address was never proved */
#define KEEP_UNUSED_DAYS 730            /* an account that nobody signs in to: two years */
#define KEEP_WARNING_DAYS 30            /* between the warning by mail and the end of such an account */
#define KEEP_MAIL_SENT_DAYS 30
#define KEEP_MAIL_UNSENT_DAYS 90        /* mail that could not be sent */
#define KEEP_ATTEMPT_DAYS 1             /* counts of failed attempts */
#define KEEP_SESSION_DAYS 7             /* at most; people_session.h */
#define KEEP_FEEDBACK_DAYS 365          /* what visitors report; feedback.h. The record of processing tells it too */
#define KEEP_DRAFT_DAYS 730             /* a draft that nobody saves any more: two years */
#define KEEP_POST_DAYS 90               /* reports about what somebody wrote, and the text of what was removed; dialogue.h */
#define KEEP_INVITATION_DAYS 14         /* people_invitation.h */
#define KEEP_UNUSED_FILE_DAYS 30        /* a file that nothing uses, from when it was sent; files.h */
#define KEEP_CASE_DRAFT_DAYS 365        /* an approach that was never handed in; assessment.h */
#define KEEP_INTEREST_DAYS 365          /* what interest an assessor named */
#define KEEP_LINK_DAYS 90               /* the longest of all links: one to sign off from mail */

/* The number as part of a literal: "na " KEEP_TEXT(KEEP_MAIL_SENT_DAYS) " dagen". */
#define KEEP_TEXT(n) KEEP_TEXT_(n)
#define KEEP_TEXT_(n) #n

#endif
