/* notice.c - plain mails, and those that one can sign off from. */
#include "notice.h"
#include "kept.sql.h"
#include "mail.h"
#include "notice.tmpl.h"
#include "notice.txt.tmpl.h"
#include "page.h"
#include "people.h"
#include "people_keep.h"
#include "people_link.h"
#include "people_mail.h"

#define UNSUBSCRIBE_MS (KEEP_LINK_DAYS * LINK_DAY_MS)

const struct mail_kind mail_kinds[] = {
        { S_INIT(MAIL_ROLE_ASKED), S_INIT("Iemand vraagt een rol"),
          S_INIT("Als u een organisatie beheert: wanneer iemand daar een rol vraagt.") },
        { S_INIT(MAIL_ROLE_DECIDED), S_INIT("Besluit over uw aanvraag"), S_INIT("Wanneer een rol die u vroeg is gegeven of geweigerd.") },
        { S_INIT(MAIL_FOLLOW), S_INIT("Nieuws over wat u volgt"), S_INIT("Hoogstens een keer per week, als er iets veranderde.") },
        { S_INIT(MAIL_ANSWER), S_INIT("Antwoord op een vraag"), S_INIT("Wanneer iemand antwoordt op een vraag waarbij u om e-mail vroeg.") },
        { S_INIT(MAIL_FIGURES), S_INIT("Dit viel op in uw cijfers"),
          S_INIT("Na een nieuwe uitgave van de cijfers, alleen als er iets opvalt bij een gemeente waarvan u dat vroeg.") },
        { S_INIT(MAIL_MODERATE), S_INIT("Bijdragen die wachten"), S_INIT("Als u moderator bent: 's ochtends, wanneer er iets op een besluit wacht.") },
        { S_INIT(MAIL_DELIVERY), S_INIT("Aanleveren van cijfers"),
          S_INIT("Als u cijfers aanlevert of goedkeurt: een herinnering, een bevestiging en de vraag om een correctie.") },
        { S_INIT(MAIL_BENCHLEARN), S_INIT("Benchleren"), S_INIT("Uitnodiging voor een benchleerbijeenkomst, antwoorden daarop en veranderingen erin.") },
        { .code = { 0 } },
};

const struct mail_kind *mail_kind_find(struct str code) {
        for (const struct mail_kind *k = mail_kinds; k->code.n; k++)
                if (str_eq(k->code, code))
                        return k;
        return NULL;
}

enum err people_wants_mail(struct req *rq, int64_t person_id, struct str kind, bool *ret) {
        struct refusal_get_row row;
        bool refused = false;
        enum err e = refusal_get(rq->db, rq->arena, person_id, kind, &row, &refused);
        *ret = !refused;
        return e;
}

enum err people_set_mail(struct req *rq, int64_t person_id, struct str kind, bool wanted) {
        if (!mail_kind_find(kind))
                return ERR_NOT_FOUND;
        return wanted ? refusal_delete(rq->db, person_id, kind) : refusal_add(rq->db, person_id, kind);
}

enum err people_letter_sign_off(struct req *rq, struct letter *l, int64_t person_id, struct str kind) {
        const struct site *site = rq->app;
        struct str token = S("");
        enum err e = link_make(rq->db, rq->arena, site->keys, LINK_UNSUBSCRIBE, person_id, kind, rq->now_ms, UNSUBSCRIBE_MS, &token);
        if (e == OK)
                l->unsubscribe = letter_url(l, str_fmt(rq->arena, "/afmelden?t=%.*s", STR(token))).bytes;
        return e;
}

enum err people_letter_queue(struct req *rq, const struct letter *l, int64_t person_id, struct str to, struct str name, struct str kind) {
        struct mail_new m = { 0 };
        enum err e = letter_finish(l, &m);
        m.to_address = to;
        m.to_name = name;
        m.person_id = person_id ? opt_i64(person_id) : (struct opt_i64) { 0 };
        m.kind = kind;
        m.now_ms = rq->now_ms;
        return e == OK ? mail_queue(rq->db, rq->arena, &m, NULL) : e;
}

enum err people_notice(struct req *rq, const struct notice *n) {
        const struct site *site = rq->app;
        bool wanted = true;
        enum err e = n->is_choice ? people_wants_mail(rq, n->person_id, n->kind, &wanted) : OK;
        if (e != OK || !wanted)
                return e;
        struct letter l _cleanup_(letter_done) = letter_new(rq->arena, site->origin, n->subject, n->why);
        struct notice_text text = { .name = n->name, .lines = n->lines, .button = n->button, .after = n->after,
                                    .link = letter_url(&l, n->path) };
        while (text.lines_n < NOTICE_LINES && n->lines[text.lines_n].n)
                text.lines_n++;
        if (n->is_choice)
                e = people_letter_sign_off(rq, &l, n->person_id, n->kind);
        if (e != OK)
                return e;
        notice_html(&l, &text);
        notice_text(&l, &text);
        return people_letter_queue(rq, &l, n->person_id, n->to, n->name, n->kind);
}

enum err people_notice_holders(struct req *rq, int64_t organisation_id, uint64_t right, const struct notice *n, size_t *told) {
        struct members_row_list rows;
        enum err e = members(rq->db, rq->arena, organisation_id, &rows);
        int64_t last = 0;
        *told = 0;
        /* Somebody with two roles that give it stands there twice, one after the other. */
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct members_row *m = &rows.v[i];
                const struct role *r = role_find(m->role);
                if (!r || !(r->own & right) || !m->granted_ms.is_set || m->blocked_ms.is_set || m->person_id == last)
                        continue;
                struct notice one = *n;
                one.to = m->email;
                one.name = m->name;
                one.person_id = last = m->person_id;
                e = people_notice(rq, &one);
                ++*told;
        }
        return e;
}

struct asked {
        struct str line, path;          /* who asks what, and where one decides */
        size_t told;
};

static enum err tell_one(struct req *rq, struct asked *a, int64_t id, struct str email, struct str name) {
        struct notice n = {
                .to = email, .name = name, .person_id = id, .kind = S(MAIL_ROLE_ASKED), .is_choice = true,
                .subject = S("Iemand vraagt een rol"), .why = S("u deze rol mag geven"),
                .lines = { a->line, S("Geef de rol als u deze persoon kent. Weiger de aanvraag als die niet klopt.") },
                .button = S("Bekijk de aanvraag"), .path = a->path,
        };
        a->told++;
        return people_notice(rq, &n);
}

static enum err tell_managers(struct req *rq, int64_t organisation_id, struct asked *a) {
        struct members_row_list rows;
        enum err e = members(rq->db, rq->arena, organisation_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct members_row *m = &rows.v[i];
                const struct role *r = role_find(m->role);
                if (r && r->own & RIGHT_MEMBERS_MANAGE && m->granted_ms.is_set && !m->blocked_ms.is_set)
                        e = tell_one(rq, a, m->person_id, m->email, m->name);
        }
        return e;
}

static enum err tell_holders(struct req *rq, struct str role, struct asked *a) {
        struct holders_row_list rows;
        enum err e = holders(rq->db, rq->arena, role, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                if (i == 0 || rows.v[i].id != rows.v[i - 1].id)
                        e = tell_one(rq, a, rows.v[i].id, rows.v[i].email, rows.v[i].name);
        return e;
}

/* The first of these that there is: who manages the organisation, the programme office, the administrators. */
enum err people_tell_asked(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id) {
        struct person p;
        struct organisation o;
        bool found = false, at = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &p, &found);
        if (e == OK)
                e = organisation_by_id(rq->db, rq->arena, organisation_id, &o, &at);
        if (e != OK || !found || !at)
                return e;
        struct asked a = {
                .line = str_fmt(rq->arena, "%.*s (%.*s) vraagt bij %.*s om de rol: %.*s.", STR(p.name), STR(p.email), STR(o.name),
                                STR(role->name)),
                .path = str_fmt(rq->arena, "/beheer/organisaties/%.*s", STR(o.slug)),
        };
        if (role->giver == GIVER_MANAGER)
                e = tell_managers(rq, organisation_id, &a);
        if (e == OK && a.told == 0)
                e = tell_holders(rq, S("programmamanager"), &a);
        if (e == OK && a.told == 0)
                e = tell_holders(rq, S("beheerder"), &a);
        return e;
}

/* " bij X", or "". */
static enum err at_organisation(struct req *rq, int64_t organisation_id, struct str *ret) {
        struct organisation o;
        bool found = false;
        enum err e = organisation_id ? organisation_by_id(rq->db, rq->arena, organisation_id, &o, &found) : OK;
        *ret = e == OK && found ? str_fmt(rq->arena, " bij %.*s", STR(o.name)) : S("");
        return e;
}

enum err people_tell_decided(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id, bool granted) {
        struct person p;
        struct str at;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &p, &found);
        if (e == OK)
                e = at_organisation(rq, organisation_id, &at);
        if (e != OK || !found)
                return e;
        struct notice n = {
                .to = p.email, .name = p.name, .person_id = p.id, .kind = S(MAIL_ROLE_DECIDED), .is_choice = true,
                .subject = granted ? S("U hebt een rol gekregen") : S("Uw aanvraag is niet toegekend"), .why = S("u een rol hebt gevraagd"),
                .lines = { granted ? str_fmt(rq->arena, "U vroeg de rol %.*s%.*s. Die hebt u nu.", STR(role->name), STR(at))
                                   : str_fmt(rq->arena, "U vroeg de rol %.*s%.*s. Die krijgt u niet.", STR(role->name), STR(at)),
                           granted ? S("Log opnieuw in om de rol te gebruiken.")
                                   : S("Vragen? Neem contact op met de beheerder van uw organisatie.") },
                .button = S("Bekijk uw rollen"), .path = S("/account/rollen"),
        };
        return people_notice(rq, &n);
}
