/* persons.c - helping one person: closing and opening the account, a lost second factor, a new password. */
#include "internal.h"
#include "people_mail.h"
#include "persons.tmpl.h"
#include "signin.h"
#include "views.h"

#define FOUND_MOST 50

const struct field persons_fields[] = { { .name = "q", .type = FIELD_TEXT, .max = 254 }, { 0 } };
const struct field factors_fields[] = {
        { .name = "reden", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies waarom de tweede stap weg moet" },
        { .name = "controle", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies hoe u controleerde wie het vroeg" },
        { 0 },
};

/* Codes, because the trail holds no free text: it might name somebody. */
static const struct choice reasons[] = {
        { S_INIT("telefoon-kwijt"), S_INIT("De telefoon of sleutel is kwijt of gestolen") },
        { S_INIT("telefoon-stuk"), S_INIT("De telefoon of sleutel is stuk") },
        { S_INIT("telefoon-nieuw"), S_INIT("Er is een nieuwe telefoon of laptop, zonder de oude gegevens") },
        { { 0 }, { 0 } },
};
static const struct choice checks[] = {
        { S_INIT("gezien"), S_INIT("Ik heb deze persoon gezien, in het echt of op beeld") },
        { S_INIT("gebeld"), S_INIT("Ik heb gebeld naar een nummer dat ik al had") },
        { S_INIT("leiding"), S_INIT("De leidinggevende bevestigde het, en ik ken die persoon") },
        { { 0 }, { 0 } },
};

static bool is_choice(const struct choice *l, struct str code) {
        for (; l->code.n; l++)
                if (str_eq(l->code, code))
                        return true;
        return false;
}

enum err persons_get(struct req *rq, struct resp *rs) {
        struct persons_view v = { .query = req_text(rq, "q") };
        enum err e = people_find(rq->db, rq->arena, v.query, FOUND_MOST, &v.found);
        if (e != OK)
                return e;
        struct page p = admin_page(rq, rs, S("Mensen"));
        page_crumb(&p, p.title, rq->path);
        persons_page(&p, &v);
        return page_done(&p);
}

static enum err load(struct req *rq, struct person_view *v) {
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, admin_id(rq, 1), &v->p, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = roles_of(rq->db, rq->arena, v->p.id, &v->roles);
        if (e == OK)
                e = credential_factors(rq->db, rq->arena, v->p.id, &v->factors);
        v->own = v->p.id == rq->viewer.person_id;
        return e;
}

static struct str path_of(struct req *rq, int64_t id) {
        return str_fmt(rq->arena, "/beheer/mensen/%lld", (long long) id);
}

static struct page page_for(struct req *rq, struct resp *rs, const struct person *of, struct str title, struct str step) {
        struct page p = admin_page(rq, rs, title);
        page_crumb(&p, S("Mensen"), S("/beheer/mensen"));
        page_crumb(&p, of->name, path_of(rq, of->id));
        if (step.n)
                page_crumb(&p, step, rq->path);
        return p;
}

enum err person_page_get(struct req *rq, struct resp *rs) {
        struct person_view v = { 0 };
        enum err e = load(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_for(rq, rs, &v.p, v.p.name, S(""));
        person_page(&p, &v);
        return page_done(&p);
}

/* Closing and opening. */

static enum err draw_close(struct req *rq, struct resp *rs, const struct person_view *v) {
        struct page p = page_for(rq, rs, &v->p, S("Account sluiten?"), S("Sluiten"));
        person_close_page(&p, v);
        return page_done(&p);
}

static void own_account(struct person_view *v) {
        if (v->own)
                v->obstacle = S("Dit is uw eigen account. Vraag een andere beheerder om het te sluiten.");
}

enum err person_close_get(struct req *rq, struct resp *rs) {
        struct person_view v = { 0 };
        enum err e = load(rq, &v);
        own_account(&v);
        return e == OK ? draw_close(rq, rs, &v) : e;
}

enum err person_close_post(struct req *rq, struct resp *rs) {
        struct person_view v = { 0 };
        enum err e = load(rq, &v);
        own_account(&v);
        if (e == OK && !v.own)
                e = person_close(rq, v.p.id);
        if (e == ERR_CONFLICT)
                v.obstacle = S("Dit is de laatste beheerder. Nodig eerst een andere beheerder uit.");
        if (v.obstacle.n)
                return page_refused(rs, draw_close(rq, rs, &v));
        return e == OK ? page_noted(rq, rs, path_of(rq, v.p.id), "account-dicht") : e;
}

enum err person_open_post(struct req *rq, struct resp *rs) {
        int64_t id = admin_id(rq, 1);
        enum err e = person_reopen(rq, id);
        return e == OK ? page_noted(rq, rs, path_of(rq, id), "account-open") : e;
}

/* A lost second factor. */

static enum err draw_factors(struct req *rq, struct resp *rs, const struct person_view *v, struct str reason, struct str check) {
        struct page p = page_for(rq, rs, &v->p, S("Tweede stap verwijderen"), S("Tweede stap"));
        factors_page(&p, &(struct factors_view) { v->p, reasons, checks, reason, check });
        return page_done(&p);
}

/* One's own goes through the account page, with what one has. */
static enum err load_other(struct req *rq, struct person_view *v) {
        enum err e = load(rq, v);
        return e == OK && v->own ? ERR_DENIED : e;
}

enum err factors_get(struct req *rq, struct resp *rs) {
        struct person_view v = { 0 };
        enum err e = load_other(rq, &v);
        return e == OK ? draw_factors(rq, rs, &v, S(""), S("")) : e;
}

/* Who did not ask for it must notice. */
static enum err send_removed(struct req *rq, const struct person *to) {
        return people_notice(rq, &(struct notice) {
                .to = to->email, .name = to->name, .person_id = to->id, .kind = S("tweede-stap"),
                .subject = S("Uw tweede stap bij het inloggen is verwijderd"), .why = S("u een account hebt bij Schouders"),
                .lines = { S("Een beheerder heeft uw tweede stap bij het inloggen verwijderd: de codes van uw app, uw herstelcodes en uw "
                             "passkeys. U bent overal uitgelogd."),
                           S("Log in met uw wachtwoord. Stel daarna meteen een nieuwe tweede stap in.") },
                .button = S("Log in"), .path = S("/inloggen"),
                .after = S("Hebt u hier niet om gevraagd? Laat het dan meteen weten aan de beheerder van uw organisatie, en kies een "
                           "nieuw wachtwoord.") });
}

enum err factors_post(struct req *rq, struct resp *rs) {
        struct person_view v = { 0 };
        struct str reason = req_text(rq, "reden"), check = req_text(rq, "controle");
        enum err e = load_other(rq, &v);
        if (e != OK)
                return e;
        if (reason.n && !is_choice(reasons, reason))
                req_error(rq, "reden", S("Kies waarom de tweede stap weg moet"));
        if (check.n && !is_choice(checks, check))
                req_error(rq, "controle", S("Kies hoe u controleerde wie het vroeg"));
        if (rq->errors.n)
                return page_refused(rs, draw_factors(rq, rs, &v, reason, check));
        e = person_remove_factors(rq, v.p.id, reason, check);
        if (e == OK)
                e = send_removed(rq, &v.p);
        return e == OK ? page_noted(rq, rs, path_of(rq, v.p.id), "factor-weg") : e;
}

enum err password_link_post(struct req *rq, struct resp *rs) {
        int64_t id = admin_id(rq, 1);
        enum err e = signin_send_password_link(rq, id);
        if (e == OK)
                e = people_trail(rq, "password.link", "person", id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? page_noted(rq, rs, path_of(rq, id), "link-verstuurd") : e;
}
