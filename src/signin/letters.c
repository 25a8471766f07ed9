/* letters.c - the mails of this room, written inside the transaction of what they are about. */
#include "letters.h"
#include "letters.tmpl.h"
#include "letters.txt.tmpl.h"
#include "mail.h"
#include "rules.h"
#include "signin.h"

/* A kind of mail: its name in the outbox, its subject, why somebody gets it, and its two parts. */
struct kind {
        struct str code, subject, why;
        void (*html)(struct letter *p, const struct note *n), (*text)(struct letter *p, const struct note *n);
};

static enum err send(struct req *rq, const struct kind *k, const struct person *to, struct str path, struct note n) {
        const struct site *site = rq->app;
        struct letter l _cleanup_(letter_done) = letter_new(rq->arena, site->origin, k->subject, k->why);
        struct mail_new m = { 0 };
        n.name = to->name;
        n.link = letter_url(&l, path);
        k->html(&l, &n);
        k->text(&l, &n);
        enum err e = letter_finish(&l, &m);
        m.to_address = to->email;
        m.to_name = to->name;
        m.person_id = opt_i64(to->id);
        m.kind = k->code;
        m.now_ms = rq->now_ms;
        return e == OK ? mail_queue(rq->db, rq->arena, &m, NULL) : e;
}

enum err letter_verify(struct req *rq, const struct person *to, struct str token) {
        static const struct kind k = { S_INIT("bevestigen"), S_INIT("Bevestig uw e-mailadres"),
                S_INIT("iemand met dit adres een account bij Schouders wil maken"), verify_html, verify_text };
        return send(rq, &k, to, str_fmt(rq->arena, "/account-maken/bevestigen?t=%.*s", STR(token)), (struct note) { 0 });
}

enum err letter_exists(struct req *rq, const struct person *to) {
        static const struct kind k = { S_INIT("bestaat-al"), S_INIT("U hebt al een account"),
                S_INIT("iemand met dit adres een account bij Schouders wil maken"), exists_html, exists_text };
        return send(rq, &k, to, S("/inloggen"), (struct note) { 0 });
}

static enum err person_of(struct req *rq, int64_t id, struct person *ret) {
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err signin_send_password_link(struct req *rq, int64_t person_id) {
        static const struct kind k = { S_INIT("wachtwoord"), S_INIT("Kies een nieuw wachtwoord"),
                S_INIT("iemand voor dit adres een nieuw wachtwoord vraagt"), reset_html, reset_text };
        const struct site *site = rq->app;
        struct person to;
        struct str token = S("");
        enum err e = person_of(rq, person_id, &to);
        if (e == OK)
                e = link_make(rq->db, rq->arena, site->keys, LINK_PASSWORD, person_id, S(""), rq->now_ms, LINK_HOUR_MS, &token);
        return e == OK ? send(rq, &k, &to, str_fmt(rq->arena, "/wachtwoord-nieuw?t=%.*s", STR(token)), (struct note) { 0 }) : e;
}

enum err signin_send_password_changed(struct req *rq, int64_t person_id) {
        static const struct kind k = { S_INIT("wachtwoord-veranderd"), S_INIT("Uw wachtwoord is veranderd"),
                S_INIT("het wachtwoord van uw account is veranderd"), changed_html, changed_text };
        struct person to;
        enum err e = person_of(rq, person_id, &to);
        return e == OK ? send(rq, &k, &to, S("/wachtwoord-vergeten"), (struct note) { 0 }) : e;
}

enum err letter_allowed(struct req *rq, struct str email, bool *ret) {
        struct str who = email_fold(rq->arena, email);
        int64_t wait = 0;
        enum err e = attempt_wait(rq, ATTEMPT_MAIL, who, &wait);
        *ret = e == OK && wait == 0;
        if (e == OK && wait > 0)
                signin_log(rq, "mail", "too many for this address");
        return e == OK && *ret ? attempt_failed(rq, ATTEMPT_MAIL, who) : e;
}
