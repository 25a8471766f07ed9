#include "letters.h"
#include "clock.h"
#include "panel.h"
#include "people_mail.h"

#define KIND S_INIT("beoordeling")
#define LEADS_MAX 20

static struct str mine(struct req *rq, int64_t id) {
        return str_fmt(rq->arena, "/mijn-aanpakken/%lld", (long long) id);
}

static struct str lead(struct req *rq, int64_t id) {
        return str_fmt(rq->arena, "/beheer/beoordelingen/%lld", (long long) id);
}

static struct str judge(struct req *rq, int64_t id) {
        return str_fmt(rq->arena, "/beoordelen/%lld", (long long) id);
}

/* N to PERSON; to nobody when the account is gone or closed. */
static enum err to_person(struct req *rq, int64_t person_id, struct notice *n) {
        struct person p;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, person_id, &p, &found);
        if (e != OK || !found || p.blocked_ms.is_set)
                return e;
        n->to = p.email;
        n->name = p.name;
        n->person_id = p.id;
        n->kind = (struct str) KIND;
        return people_notice(rq, n);
}

static enum err to_submitter(struct req *rq, const struct assessment *c, struct notice *n) {
        n->why = S("u een aanpak hebt ingediend");
        n->button = S("Bekijk uw aanpak");
        n->path = mine(rq, c->id);
        return to_person(rq, c->person_id, n);
}

/* Everybody who may lead this case, each once. Of somebody with two such roles the mail comes twice in the list of holders. */
static enum err to_leads(struct req *rq, const struct assessment *c, struct notice *n) {
        int64_t told[LEADS_MAX];
        size_t told_n = 0;
        enum err e = OK;
        n->why = S("u beoordelingen leidt");
        n->button = S("Bekijk de beoordeling");
        n->path = lead(rq, c->id);
        for (const struct role *r = roles; e == OK && r->code.n; r++) {
                struct holders_row_list rows = { 0 };
                /* Not to administrators of the site: they have every right, but it is not their work. */
                if (r->everywhere & RIGHT_COMMITTEE && !(r->everywhere & RIGHT_SYSTEM))
                        e = holders(rq->db, rq->arena, r->code, &rows);
                for (size_t i = 0; e == OK && i < rows.n && told_n < LEADS_MAX; i++) {
                        bool again = false, party = false;
                        for (size_t k = 0; k < told_n; k++)
                                again |= told[k] == rows.v[i].id;
                        if (again)
                                continue;
                        told[told_n++] = rows.v[i].id;
                        e = case_is_party(rq, c, rows.v[i].id, &party);
                        if (e == OK && !party)
                                e = to_person(rq, rows.v[i].id, n);
                }
        }
        return e;
}

static struct str about(struct req *rq, const struct assessment *c) {
        return str_fmt(rq->arena, "Het gaat over de aanpak ‘%.*s’.", STR(c->title));
}

enum err letter_panel(struct req *rq, const struct assessment *c, int64_t person_id) {
        struct notice n = {
                .subject = S("U bent gevraagd voor een beoordeling"), .why = S("u beoordelaar bent"),
                .lines = { about(rq, c), S("Vertel eerst of u een belang hebt bij deze aanpak. Daarna gaat het dossier voor u open."),
                           str_fmt(rq->arena, "Geef uw oordeel binnen %d dagen.", TERM_LATE_DAYS) },
                .button = S("Bekijk de beoordeling"), .path = judge(rq, c->id),
        };
        return to_person(rq, person_id, &n);
}

static enum err to_panel(struct req *rq, const struct assessment *c) {
        struct panel p;
        enum err e = panel_load(rq, c, &p);
        for (size_t i = 0; e == OK && i < p.rows.n; i++)
                if (!p.rows.v[i].ended_ms.is_set)
                        e = letter_panel(rq, c, p.rows.v[i].person_id);
        return e;
}

enum err letter_moved(struct req *rq, const struct assessment *c, const struct transition *t) {
        const struct state_info *s = &case_states[case_state_of(c)];
        struct str subject = str_fmt(rq->arena, "Beoordeling: %.*s", STR(s->label));
        enum err e = OK;
        if (t->told & TOLD_SUBMITTER) {
                struct notice n = { .subject = subject, .lines = { about(rq, c), t->tells, s->next,
                                    t->needs & NEED_NOTE ? S("De motivatie staat op de pagina van uw aanpak.") : S("") } };
                e = to_submitter(rq, c, &n);
        }
        if (e == OK && t->told & TOLD_LEADS) {
                struct notice n = { .subject = subject, .lines = { about(rq, c), t->tells } };
                e = to_leads(rq, c, &n);
        }
        return e == OK && t->told & TOLD_PANEL ? to_panel(rq, c) : e;
}

enum err letter_turn(struct req *rq, const struct assessment *c) {
        struct notice n = { .subject = S("Beoordeling: u bent aan zet"), .lines = { about(rq, c) } };
        if (str_eq(c->turn, S("submitter"))) {
                n.lines[1] = S("De secretaris las uw tekst en heeft opmerkingen. Werk de tekst bij en bied die opnieuw aan.");
                return to_submitter(rq, c, &n);
        }
        n.subject = S("Beoordeling: een tekst is aangeboden");
        n.lines[1] = S("De indiener bood de tekst aan. Lees mee, of leg de tekst voor aan de commissie.");
        return to_leads(rq, c, &n);
}

enum err letter_interest(struct req *rq, const struct assessment *c) {
        struct notice n = { .subject = S("Beoordeling: een beoordelaar heeft een belang"),
                            .lines = { about(rq, c), S("Een lid van de commissie heeft een belang en leest het dossier niet. Zoek iemand anders van dezelfde kant.") } };
        return to_leads(rq, c, &n);
}

enum err letter_all_voted(struct req *rq, const struct assessment *c) {
        struct notice n = { .subject = S("Beoordeling: alle oordelen zijn binnen"),
                            .lines = { about(rq, c), S("Alle beoordelaars hebben geoordeeld. U kunt nu een besluit nemen.") } };
        return to_leads(rq, c, &n);
}

enum err letter_late(struct req *rq, int64_t case_id, struct str title, int64_t person_id) {
        struct notice n = {
                .subject = S("Uw oordeel ontbreekt nog"), .why = S("u beoordelaar bent"),
                .lines = { str_fmt(rq->arena, "Het gaat over de aanpak ‘%.*s’.", STR(title)),
                           S("Anderen wachten op uw oordeel. Lukt het niet? Laat het het programmabureau weten, dan vragen zij iemand anders.") },
                .button = S("Bekijk de beoordeling"), .path = judge(rq, case_id),
        };
        return to_person(rq, person_id, &n);
}

enum err letter_ends(struct req *rq, const struct assessment *c, int months) {
        struct notice n = {
                .subject = str_fmt(rq->arena, "Het oordeel over uw aanpak eindigt over %d maanden", months),
                .lines = { about(rq, c), str_fmt(rq->arena, "Het oordeel geldt tot en met %.*s.", STR(clock_dutch_date(rq->arena, c->valid_until))),
                           S("Wordt de aanpak nog gebruikt? Vraag dan een herbeoordeling aan. Anders staat er daarna bij dat het oordeel verlopen is.") },
        };
        return to_submitter(rq, c, &n);
}
