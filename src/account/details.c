/* details.c - name and e-mail address. */
#include "account.tmpl.h"
#include "internal.h"
#include "mail.h"
#include "people_link.h"

#define PATH "/account/gegevens"

static enum err draw(struct req *rq, struct resp *rs) {
        struct details_view v = { .done = account_done(rq) };
        enum err e = account_person(rq, &v.person);
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Naam en e-mailadres"), S(PATH));
        account_details_page(&p, &v);
        return page_done(&p);
}

enum err account_details_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs);
}

enum err account_name_post(struct req *rq, struct resp *rs) {
        if (rq->errors.n)
                return account_refused(rs, draw(rq, rs));
        enum err e = person_set_name(rq->db, rq->viewer.person_id, req_text(rq, "naam"));
        if (e == OK)
                e = people_trail(rq, "person.name", "person", rq->viewer.person_id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=naam")) : e;
}

/* Mails to any address are asked for here: a few at once, then slower and slower. */
static enum err may_mail(struct req *rq, bool *ret) {
        struct str who = str_fmt(rq->arena, "account %lld", (long long) rq->viewer.person_id);
        int64_t wait_ms;
        enum err e = attempt_wait(rq, "e-mail", who, &wait_ms);
        *ret = e == OK && wait_ms == 0;
        if (e == OK && !*ret)
                req_error(rq, "email", str_fmt(rq->arena, "U vroeg dit te vaak. Wacht %lld seconden en probeer het dan opnieuw.",
                                               (long long) (wait_ms + 999) / 1000));
        return *ret ? attempt_failed(rq, "e-mail", who) : e;
}

static enum err tell_owner(struct req *rq, const struct person *owner) {
        struct notice n = {
                .to = owner->email, .name = owner->name, .person_id = owner->id, .kind = S("e-mail"),
                .subject = S("Iemand vulde uw e-mailadres in"), .why = S("iemand uw adres invulde bij een ander account"),
                .lines = { S("Iemand wilde uw e-mailadres bij een ander account van Schouders zetten. Dat is niet gebeurd."),
                           S("Was u dat zelf? U hebt al een account met dit adres. Daar kunt u mee inloggen.") },
                .button = S("Log in"), .path = S("/inloggen"),
        };
        return people_notice(rq, &n);
}

static enum err send_link(struct req *rq, const struct person *p, struct str address) {
        const struct site *site = rq->app;
        struct str token;
        enum err e = link_make(rq->db, rq->arena, site->keys, LINK_EMAIL, p->id, address, rq->now_ms, LINK_DAY_MS, &token);
        if (e != OK)
                return e;
        struct notice n = {
                .to = address, .name = p->name, .person_id = p->id, .kind = S("e-mail"), .subject = S("Bevestig uw nieuwe e-mailadres"),
                .why = S("iemand dit adres invulde bij een account van Schouders"),
                .lines = { S("U wilt dit e-mailadres gebruiken bij Schouders. Bevestig dat het van u is.") },
                .button = S("Bevestig mijn adres"), .path = str_fmt(rq->arena, "/account/e-mail?t=%.*s", STR(token)),
                .after = S("De link werkt 24 uur. Vroeg u dit niet? Doe dan niets."),
        };
        return people_notice(rq, &n);
}

static enum err tell_old(struct req *rq, const struct person *p, struct str subject, struct str line) {
        struct notice n = {
                .to = p->email, .name = p->name, .person_id = p->id, .kind = S("e-mail"), .subject = subject,
                .why = S("dit het adres van uw account bij Schouders is of was"),
                .lines = { line, S("Was u dat niet? Kies dan meteen een nieuw wachtwoord.") },
                .button = S("Kies een nieuw wachtwoord"), .path = S("/wachtwoord-vergeten"),
        };
        return people_notice(rq, &n);
}

/* The answer is the same whether the address has an account or not; only who reads its mail learns that. */
static enum err ask_change(struct req *rq, const struct person *p, struct str address) {
        struct person owner;
        bool found = false;
        enum err e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, address), &owner, &found);
        if (e == OK)
                e = found ? tell_owner(rq, &owner) : send_link(rq, p, address);
        return e == OK ? tell_old(rq, p, S("Er is een ander e-mailadres gevraagd"),
                                  S("Iemand vroeg om een ander e-mailadres voor uw account bij Schouders. Er verandert pas iets als het "
                                    "nieuwe adres is bevestigd.")) : e;
}

enum err account_email_post(struct req *rq, struct resp *rs) {
        struct person p;
        struct str address = mail_address_tidy(rq->arena, req_text(rq, "email"));
        bool good = false;
        enum err e = account_person(rq, &p);
        if (e != OK)
                return e;
        if (rq->errors.n == 0 && !mail_address_ok(address))
                req_error(rq, "email", S("Vul een e-mailadres in zoals naam@voorbeeld.nl."));
        else if (rq->errors.n == 0 && str_eq(email_fold(rq->arena, address), p.email_fold))
                req_error(rq, "email", S("Dit is al uw e-mailadres. Vul een ander adres in."));
        if (rq->errors.n == 0)
                e = proof_check(rq, &good);
        if (e == OK && good)
                e = may_mail(rq, &good);
        if (e != OK)
                return e;
        if (!good)
                return account_refused(rs, draw(rq, rs));
        e = ask_change(rq, &p, address);
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=mail")) : e;
}

static enum err dead_link(struct req *rq, struct resp *rs) {
        enum err e = account_note(rq, rs, S("Deze link werkt niet meer"),
                                  S("De link is al gebruikt, te oud of niet volledig. Vraag de verandering opnieuw aan in uw account."),
                                  S(PATH), S("Naar mijn gegevens"));
        rs->status = 404;
        return e;
}

enum err account_email_get(struct req *rq, struct resp *rs) {
        struct link_found l;
        enum err e = link_look(rq, LINK_EMAIL, req_text(rq, "t"), &l);
        if (e == ERR_NOT_FOUND)
                return dead_link(rq, rs);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Bevestig uw e-mailadres"), SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        account_email_confirm_page(&p, l.detail, req_text(rq, "t"));
        return page_done(&p);
}

/* Links to the old address end with it. Whoever has this page open may be somebody else than the owner of the link. */
static enum err change(struct req *rq, struct resp *rs, const struct person *p, struct str address) {
        bool own = rq->viewer.person_id == p->id;
        enum err e = person_set_email(rq->db, p->id, address, email_fold(rq->arena, address), rq->now_ms);
        if (e == OK)
                e = link_forget_person(rq->db, p->id);
        if (e == OK)
                e = own ? session_renew(rq, rs) : session_end_all(rq->db, p->id, 0);
        if (e == OK)
                e = tell_old(rq, p, S("Uw e-mailadres is veranderd"), S("Uw account bij Schouders heeft nu een ander e-mailadres."));
        if (e == OK)
                e = people_trail(rq, "person.email", "person", p->id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? resp_redirect(rs, own ? S(PATH "?klaar=e-mail") : S("/inloggen")) : e;
}

enum err account_email_confirm_post(struct req *rq, struct resp *rs) {
        struct link_found l;
        struct person p, other;
        bool found = false, taken = false;
        enum err e = link_take(rq, LINK_EMAIL, req_text(rq, "t"), &l);
        if (e == OK)
                e = person_get(rq->db, rq->arena, l.person_id, &p, &found);
        if (e == OK)
                e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, l.detail), &other, &taken);
        if (e == ERR_NOT_FOUND || (e == OK && (!found || p.blocked_ms.is_set || taken)))
                return dead_link(rq, rs);
        return e == OK ? change(rq, rs, &p, l.detail) : e;
}
