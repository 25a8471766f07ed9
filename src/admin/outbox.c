/* outbox.c - outgoing mail and dead jobs: looking, and trying again. */
#include "internal.h"
#include "jobs.h"
#include "jobs.sql.h"
#include "mail.h"
#include "mail.sql.h"
#include "outbox.tmpl.h"
#include "views.h"

const struct field outbox_fields[] = {
        { .name = "staat", .type = FIELD_CODE, .max = 10 },
        { .name = "voor", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX },
        NOTE_FIELD, { 0 },
};

/* Dutch words in addresses for the states of the outbox; what needs care comes first. */
static const struct { struct str word, state, label; } states[] = {
        { S_INIT("mislukt"), S_INIT("dead"), S_INIT("Niet aangekomen") },
        { S_INIT("bewaard"), S_INIT("kept"), S_INIT("Bewaard: er is geen mailserver") },
        { S_INIT("wacht"), S_INIT("waiting"), S_INIT("Wacht op verzenden") },
        { S_INIT("verstuurd"), S_INIT("sent"), S_INIT("Verstuurd") },
};
#define STATES (sizeof states / sizeof *states)

static struct str receiver(struct arena *a, struct str name, struct str address) {
        return name.n ? str_fmt(a, "%.*s <%.*s>", STR(name), STR(address)) : address;
}

/* The state that is asked for; without one the first that has mail. */
static size_t choose(const struct outbox_view *v, struct str word) {
        for (size_t i = 0; i < STATES; i++)
                if (word.n ? str_eq(states[i].word, word) : v->states[i].n > 0)
                        return i;
        return word.n ? STATES : STATES - 1;
}

enum err outbox_get(struct req *rq, struct resp *rs) {
        struct outbox_view v = { 0 };
        struct mail_counts n;
        struct mail_brief_list rows;
        enum err e = mail_count(rq->db, rq->arena, &n);
        if (e != OK)
                return e;
        const int64_t counts[STATES] = { n.dead, n.kept, n.waiting, n.sent };
        for (size_t i = 0; i < STATES; i++) {
                v.states[i].code = states[i].word;
                v.states[i].label = states[i].label;
                v.states[i].n = counts[i];
        }
        size_t at = choose(&v, req_text(rq, "staat"));
        if (at == STATES)
                return ERR_NOT_FOUND;
        v.state = states[at].word;
        e = mail_list(rq->db, rq->arena, states[at].state, ADMIN_PAGE + 1, req_integer(rq, "voor", 0), &rows);
        for (size_t i = 0; e == OK && i < rows.n && i < ADMIN_PAGE; i++) {
                const struct mail_brief *m = &rows.v[i];
                *vec_push(rq->arena, &v.lines) = (struct outbox_line) {
                        m->id, m->created_ms, receiver(rq->arena, m->to_name, m->to_address), m->subject, m->last_error };
        }
        if (e != OK)
                return e;
        v.next = rows.n > ADMIN_PAGE ? str_fmt(rq->arena, "/beheer/post?staat=%.*s&voor=%lld", STR(v.state),
                                               (long long) v.lines.v[ADMIN_PAGE - 1].id) : S("");
        struct page p = admin_page(rq, rs, S("Uitgaande e-mail"));
        page_crumb(&p, p.title, rq->path);
        outbox_page(&p, &v);
        return page_done(&p);
}

enum err letter_get(struct req *rq, struct resp *rs) {
        struct mail_row m;
        enum err e = mail_get(rq->db, rq->arena, admin_id(rq, 1), &m);
        if (e != OK)
                return e;
        struct letter_view v = {
                .id = m.id, .created_ms = m.created_ms, .attempts = m.attempts, .to = receiver(rq->arena, m.to_name, m.to_address),
                .subject = m.subject, .error = m.last_error, .text = m.text, .html = m.html, .sent_ms = m.sent_ms,
                .may_retry = str_eq(m.state, S("dead")) || str_eq(m.state, S("kept")) };
        for (size_t i = 0; i < STATES; i++)
                if (str_eq(states[i].state, m.state))
                        v.state = states[i].label;
        struct page p = admin_page(rq, rs, m.subject);
        page_crumb(&p, S("Uitgaande e-mail"), S("/beheer/post"));
        page_crumb(&p, str_fmt(rq->arena, "E-mail %lld", (long long) m.id), rq->path);
        letter_page(&p, &v);
        return page_done(&p);
}

static enum err trail(struct req *rq, const char *action, const char *kind, int64_t id) {
        return people_trail(rq, action, kind, id, (struct opt_i64) { 0 }, S(""), S(""));
}

enum err letter_retry_post(struct req *rq, struct resp *rs) {
        int64_t id = admin_id(rq, 1);
        enum err e = mail_retry(rq->db, rq->arena, id, rq->now_ms);
        if (e == OK)
                e = trail(rq, "mail.retry", "mail", id);
        return e == OK ? page_noted(rq, rs, str_fmt(rq->arena, "/beheer/post/%lld", (long long) id), "opnieuw") : e;
}

enum err jobs_get(struct req *rq, struct resp *rs) {
        struct jobs_view v = { 0 };
        struct jobs_counts n;
        struct job_dead_list rows;
        enum err e = jobs_count(rq->db, rq->arena, &n);
        if (e == OK)
                e = jobs_dead(rq->db, rq->arena, ADMIN_PAGE + 1, req_integer(rq, "voor", 0), &rows);
        if (e != OK)
                return e;
        v.waiting = n.waiting;
        v.running = n.running;
        for (size_t i = 0; i < rows.n && i < ADMIN_PAGE; i++)
                *vec_push(rq->arena, &v.lines) = (struct job_line) {
                        rows.v[i].id, rows.v[i].run_at_ms, rows.v[i].created_ms, rows.v[i].kind, rows.v[i].last_error };
        if (rows.n > ADMIN_PAGE)
                v.next = str_fmt(rq->arena, "/beheer/taken?voor=%lld", (long long) v.lines.v[ADMIN_PAGE - 1].id);
        struct page p = admin_page(rq, rs, S("Werk op de achtergrond"));
        page_crumb(&p, p.title, rq->path);
        jobs_page(&p, &v);
        return page_done(&p);
}

enum err job_revive_post(struct req *rq, struct resp *rs) {
        int64_t id = admin_id(rq, 1);
        enum err e = jobs_revive(rq->db, rq->arena, id, rq->now_ms);
        if (e == OK)
                e = trail(rq, "job.revive", "job", id);
        return e == OK ? page_noted(rq, rs, S("/beheer/taken"), "opnieuw") : e;
}
