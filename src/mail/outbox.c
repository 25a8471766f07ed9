/* outbox.c - the table mail_outbox and the job that empties it. */
#include <inttypes.h>
#include "jobs.h"
#include "log.h"
#include "mail.h"
#include "mail.sql.h"
#include "writer.h"

#define MINUTE_MS ((int64_t) 60 * 1000)
#define LOST_MS (60 * MINUTE_MS)

/* A mail without sender and date must be fine with any of them. */
static enum err check(const struct mail_new *n, struct str to) {
        const char *why = "";
        struct mail m = { .to_address = to, .to_name = n->to_name, .from_address = S("a@b.example"), .subject = n->subject,
                          .text = n->text, .html = n->html, .list_unsubscribe = n->list_unsubscribe, .message_id = S("a@b.example"),
                          .date_ms = n->now_ms };
        enum err e = mail_check(&m, &why);
        if (e)
                log_event(LOG_WARN, "mail_refused", LOG_STR("kind", n->kind), LOG_STR("cause", str_of(why)));
        return e;
}

/* The store takes an empty text, but a str without pointer would be NULL. */
static struct str text_of(struct str s) {
        return s.p ? s : S("");
}

enum err mail_queue(struct db *db, struct arena *a, const struct mail_new *n, int64_t *ret_id) {
        struct str to = mail_address_tidy(a, n->to_address);
        struct str key = n->idempotency.n ? n->idempotency : (struct str) { NULL, 0 };
        int64_t id = 0;
        enum err e = check(n, to);
        if (e)
                return e;
        e = mail_add(db, n->now_ms, to, text_of(n->to_name), n->person_id, text_of(n->kind), n->subject, text_of(n->text),
                     text_of(n->html), text_of(n->list_unsubscribe), key, &id);
        if (ret_id)
                *ret_id = e == OK ? id : 0;
        if (e == ERR_CONFLICT && key.p)
                return OK;
        return e ? e : jobs_enqueue(db, MAIL_SEND_JOB, str_fmt(a, "%" PRId64, id), 0);
}

/* How an attempt ended, for the transaction that notes it. */
struct outcome {
        int64_t id, now_ms;
        enum { SENT, FAILED, DEAD, KEPT } end;
        int64_t next_ms;
        struct str error;
};

static enum err run_note(struct db *db, void *arg) {
        const struct outcome *o = arg;
        switch (o->end) {
        case SENT: return mail_mark_sent(db, o->id, o->now_ms);
        case KEPT: return mail_mark_kept(db, o->id, o->error);
        case DEAD: return mail_mark_failed(db, o->id, S("dead"), o->now_ms, o->error);
        default: return mail_mark_failed(db, o->id, S("waiting"), o->next_ms, o->error);
        }
}

/* The waiting times that jobs.h promises, so that the administrator reads when the next try comes. */
static int64_t next_try(const struct job_context *c) {
        static const int minutes[] = { 1, 5, 30, 120 };
        return c->now_ms + minutes[c->attempt < 1 ? 0 : c->attempt > 4 ? 3 : c->attempt - 1] * MINUTE_MS;
}

/* The same bytes at every attempt, as long as the sender in the settings is the same. */
static enum err compose(struct job_context *c, const struct mailer *m, const struct mail_row *row, struct buf *ret) {
        struct str from = mailer_from_address(m);
        struct mail mail = {
                .to_address = row->to_address, .to_name = row->to_name, .from_address = from,
                .from_name = mailer_from_name(m), .subject = row->subject, .text = row->text, .html = row->html,
                .list_unsubscribe = row->list_unsubscribe, .date_ms = row->created_ms,
                .message_id = str_fmt(c->arena, "%" PRId64 ".%" PRId64 "@%.*s", row->id, row->created_ms,
                                      STR(mail_address_domain(from))),
        };
        return mail_compose(&mail, ret);
}

static enum err send_row(struct job_context *c, const struct mailer *m, const struct mail_row *row, struct outcome *o) {
        struct buf bytes _cleanup_(buf_done) = { .max = 8 * MAIL_PART_MAX };
        enum err e = compose(c, m, row, &bytes);
        o->error = S("the mail cannot be composed: a field breaks a rule, or it is too long");
        if (e == OK)
                e = mailer_send(m, c->arena, row->to_address, buf_view(&bytes), &o->error);
        o->end = e == OK ? SENT : e != ERR_BUSY || c->attempt >= JOB_ATTEMPTS ? DEAD : FAILED;
        return e;
}

enum err mail_send_with(struct job_context *c, const struct mailer *m) {
        struct mail_row row;
        bool found = false;
        struct outcome o = { .now_ms = c->now_ms, .next_ms = next_try(c) };
        if (!str_to_i64(c->payload, &o.id))
                return err_log(ERR_INTERNAL, "a job to send mail has no number");
        enum err sent = OK, e = mail_row_get(c->db, c->arena, o.id, &row, &found);
        if (e || !found || !str_eq(row.state, S("waiting")))
                return e;
        if (mailer_can_send(m)) {
                sent = send_row(c, m, &row, &o);
        } else {
                o.end = KEPT;
                o.error = S("there is no mail server in the settings");
        }
        e = writer_run(c->writer, run_note, &o);
        if (e)
                return e;
        if (o.end == DEAD)
                log_event(LOG_ERROR, "mail_dead", LOG_INT("id", o.id), LOG_STR("kind", row.kind), LOG_INT("attempt", c->attempt));
        c->why = sent == ERR_BUSY ? str_fmt(c->arena, "mail %" PRId64 " was not sent; the outbox says why", o.id) : S("");
        return sent == ERR_BUSY ? ERR_BUSY : OK;
}

enum err mail_list(struct db *db, struct arena *a, struct str state, int64_t limit, int64_t before_id,
                   struct mail_brief_list *ret) {
        return mail_list_rows(db, a, state, before_id > 0 ? before_id : INT64_MAX, limit, ret);
}

enum err mail_get(struct db *db, struct arena *a, int64_t id, struct mail_row *ret) {
        bool found = false;
        enum err e = mail_row_get(db, a, id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err mail_count(struct db *db, struct arena *a, struct mail_counts *ret) {
        struct mail_count_rows_row_list l;
        const struct { struct str state; int64_t *n; } to[] = {
                { S("waiting"), &ret->waiting }, { S("sent"), &ret->sent }, { S("dead"), &ret->dead }, { S("kept"), &ret->kept },
        };
        *ret = (struct mail_counts) { 0 };
        enum err e = mail_count_rows(db, a, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                for (size_t k = 0; k < sizeof to / sizeof *to; k++)
                        if (str_eq(l.v[i].state, to[k].state))
                                *to[k].n = l.v[i].n;
        return e;
}

enum err mail_retry(struct db *db, struct arena *a, int64_t id, int64_t now_ms) {
        struct mail_wait_again_row row;
        bool found = false;
        enum err e = mail_wait_again(db, a, id, now_ms, now_ms - LOST_MS, &row, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        return e ? e : jobs_enqueue(db, MAIL_SEND_JOB, str_fmt(a, "%" PRId64, id), 0);
}

enum err mail_forget(struct db *db, int64_t before_ms) {
        return mail_delete_before(db, before_ms);
}

enum err mail_forget_sent(struct db *db, int64_t before_ms) {
        return mail_delete_sent_before(db, before_ms);
}

enum err mail_forget_address(struct db *db, struct arena *a, struct str address) {
        struct mail_to_nobody_row_list rows;
        struct str fold = mail_address_fold(a, address);
        enum err e = mail_to_nobody(db, a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                if (str_eq(mail_address_fold(a, rows.v[i].to_address), fold))
                        e = mail_delete_row(db, rows.v[i].id);
        return e;
}

enum err mail_forget_person(struct db *db, int64_t person_id) {
        return mail_delete_person(db, person_id);
}
