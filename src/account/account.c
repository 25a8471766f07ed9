/* account.c - what the pages of this room share, and the first of them. */
#include "account.h"
#include "internal.h"
#include "account.tmpl.h"

static const struct { struct str code, text; } done[] = {
        { S_INIT("naam"), S_INIT("Uw naam is veranderd.") },
        { S_INIT("mail"), S_INIT("Wij stuurden een e-mail naar het nieuwe adres. Open de link daarin binnen 24 uur. Tot dan blijft uw adres zoals het was.") },
        { S_INIT("e-mail"), S_INIT("Uw e-mailadres is veranderd.") },
        { S_INIT("rol-nu"), S_INIT("U hebt de rol gekregen.") },
        { S_INIT("rol-wacht"), S_INIT("Uw aanvraag is verstuurd. U krijgt bericht als er een besluit is.") },
        { S_INIT("rol-weg"), S_INIT("U hebt de rol niet meer.") },
        { S_INIT("wachtwoord"), S_INIT("Uw wachtwoord is veranderd. Op andere apparaten bent u uitgelogd.") },
        { S_INIT("tweede-stap-uit"), S_INIT("De tweede stap staat uit.") },
        { S_INIT("passkey"), S_INIT("De passkey is toegevoegd.") },
        { S_INIT("passkey-naam"), S_INIT("De passkey heeft een andere naam.") },
        { S_INIT("passkey-weg"), S_INIT("De passkey is verwijderd.") },
        { S_INIT("apparaat"), S_INIT("Dat apparaat is uitgelogd.") },
        { S_INIT("apparaten"), S_INIT("Alle andere apparaten zijn uitgelogd.") },
        { S_INIT("post"), S_INIT("Uw keuze is opgeslagen.") },
};

struct done account_done(struct req *rq) {
        struct str code = rq->method == GET ? req_text(rq, "klaar") : S("");
        for (size_t i = 0; i < sizeof done / sizeof *done; i++)
                if (str_eq(done[i].code, code))
                        return (struct done) { done[i].text };
        return (struct done) { S("") };
}

struct page account_page(struct req *rq, struct resp *rs, struct str title, struct str path) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn account"), S("/account"));
        if (!str_eq(path, S("/account")))
                page_crumb(&p, title, path);
        return p;
}

enum err account_refused(struct resp *rs, enum err drawn) {
        rs->status = 422;
        return drawn;
}

enum err account_person(struct req *rq, struct person *ret) {
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, rq->viewer.person_id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err account_tell(struct req *rq, struct str subject, struct str line) {
        struct person p;
        enum err e = account_person(rq, &p);
        if (e != OK)
                return e;
        struct notice n = {
                .to = p.email, .name = p.name, .person_id = p.id, .kind = S("inloggen"), .subject = subject,
                .why = S("er iets veranderde aan hoe u inlogt"),
                .lines = { line, S("Was u dat zelf? Dan hoeft u niets te doen."),
                           S("Was u dat niet? Kies dan meteen een nieuw wachtwoord. Alle apparaten worden dan uitgelogd.") },
                .button = S("Kies een nieuw wachtwoord"), .path = S("/wachtwoord-vergeten"),
        };
        return people_notice(rq, &n);
}

enum err account_go_on(struct req *rq, struct resp *rs, int level, struct str extra) {
        struct session_infos l;
        struct str method = S("");
        int now = 0;
        enum err e = session_list(rq, rq->viewer.person_id, &l);
        if (e == OK)
                e = session_level(rq, &now);
        for (size_t i = 0; e == OK && i < l.n; i++)
                if (l.v[i].is_this)
                        method = l.v[i].method;
        if (extra.n && !str_ends(method, extra))
                method = str_fmt(rq->arena, "%.*s%.*s", STR(method), STR(extra));
        if (e == OK)
                e = session_end_all(rq->db, rq->viewer.person_id, 0);
        return e == OK ? session_start(rq, rs, rq->viewer.person_id, now > level ? now : level, method) : e;
}

enum err account_id(const struct req *rq, int64_t *ret) {
        return str_to_i64(rq->param[0], ret) && *ret > 0 ? OK : ERR_NOT_FOUND;
}

enum err account_note(struct req *rq, struct resp *rs, struct str title, struct str line, struct str path, struct str label) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        account_note_page(&p, line, path, label);
        return page_done(&p);
}

enum err account_get(struct req *rq, struct resp *rs) {
        struct overview_view v = { .done = account_done(rq) };
        enum err e = account_person(rq, &v.person);
        if (e == OK)
                e = roles_of(rq->db, rq->arena, v.person.id, &v.roles);
        if (e == OK)
                e = credential_factors(rq->db, rq->arena, v.person.id, &v.factors);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Mijn account"), S("/account"));
        account_overview_page(&p, &v);
        return page_done(&p);
}
