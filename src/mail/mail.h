/* mail.h - the outbox: mail is written inside the transaction that it belongs to, and a job sends it afterwards.
 *
 *   e = letter_finish(&l, &new);                    letter.h
 *   new.to_address = ...; new.kind = "invitation"; new.now_ms = rq->now_ms;
 *   e = mail_queue(rq->db, rq->arena, &new, NULL);
 *
 * States: 'waiting'; 'sent'; 'dead' after a refusal for good or the last attempt; 'kept' when there is no mail server, for
 * the administrator to read and to hand over in another way. Once a mail is sent its text, html and unsubscribe URL are
 * blanked, so that the store keeps no links that let somebody in; dead and kept mail still has them until it is forgotten.
 *
 * A mail is sent at least once. When the program stops after the server took the mail over but before that was noted, the
 * job runs again and sends the same bytes: the Message-ID is made of the row alone, so that a receiver can drop the second. */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H
#include "address.h"
#include "compose.h"
#include "db.h"
#include "letter.h"
#include "mailer.h"

struct job_context;

/* What is queued. All texts are borrowed; limits and rules as in struct mail (compose.h). */
struct mail_new {
        struct str to_address;          /* is tidied */
        struct str to_name;             /* may be empty */
        struct opt_i64 person_id;       /* whose mail it is, for mail_forget_person */
        struct str kind;                /* a word for lists: "invitation" */
        struct str subject, text, html, list_unsubscribe;       /* by letter_finish */
        struct str idempotency;         /* empty: none. Otherwise this key is queued once, however often it is asked */
        int64_t now_ms;
};

/* Adds the mail and its job inside the transaction of DB (DB_WRITE). RET_ID (may be NULL) gets the id, or 0 when the key
 * was queued before. ERR_INVALID or ERR_LIMIT when the mail cannot be composed; nothing is added, and the transaction is
 * still good. */
_must_use_ enum err mail_queue(struct db *db, struct arena *a, const struct mail_new *n, int64_t *ret_id);

/* The name of the job, and what it does. The app wraps it, since a job finds what it needs in job_context.app:
 *   static enum err send_mail(struct job_context *c) { return mail_send_with(c, ((struct program *) c->app)->mailer); }
 *   ... { .name = MAIL_SEND_JOB, .run = send_mail },
 * OK when nothing is left to do, also when the mail died; ERR_BUSY to be tried again. After attempt JOB_ATTEMPTS the mail is
 * dead, and so is the job. */
#define MAIL_SEND_JOB "mail-send"
_must_use_ enum err mail_send_with(struct job_context *c, const struct mailer *m);

/* For the page of the administrator. Rows stand in mail.sql.h. */
struct mail_brief_list;
struct mail_row;
/* Mail in STATE with an id below BEFORE_ID (0: all), newest first, at most LIMIT. */
_must_use_ enum err mail_list(struct db *db, struct arena *a, struct str state, int64_t limit, int64_t before_id,
                              struct mail_brief_list *ret);
/* One mail with its parts. ERR_NOT_FOUND. */
_must_use_ enum err mail_get(struct db *db, struct arena *a, int64_t id, struct mail_row *ret);
struct mail_counts {
        int64_t waiting, sent, dead, kept;
};
_must_use_ enum err mail_count(struct db *db, struct arena *a, struct mail_counts *ret);
/* Gives mail that is dead or kept all its attempts again, with a new job; also mail that has been waiting for an hour past
 * its time, because its job was lost. ERR_NOT_FOUND for other mail. In a write transaction. */
_must_use_ enum err mail_retry(struct db *db, struct arena *a, int64_t id, int64_t now_ms);

/* Deletes mail in any state that was written before BEFORE_MS; a job that finds no mail does nothing. In a write transaction. */
_must_use_ enum err mail_forget(struct db *db, int64_t before_ms);
/* The same for mail that was sent. */
_must_use_ enum err mail_forget_sent(struct db *db, int64_t before_ms);
/* Deletes mail to ADDRESS that is of no person, however its capitals were written: invitations of before there was an account. */
_must_use_ enum err mail_forget_address(struct db *db, struct arena *a, struct str address);
/* Deletes all mail to a person. */
_must_use_ enum err mail_forget_person(struct db *db, int64_t person_id);

extern const struct db_stmt *const mail_statements[];

#endif
