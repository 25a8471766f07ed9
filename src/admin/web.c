/* web.c - the routes of this room, its first page, and what its pages share. */
#include "admin.h"
#include "hub.tmpl.h"
#include "internal.h"
#include "views.h"

static const struct page_note notes[] = {
        { "toegevoegd", S_INIT("De organisatie is toegevoegd.") },
        { "opgeslagen", S_INIT("De gegevens zijn opgeslagen.") },
        { "gesloten", S_INIT("De organisatie is gesloten. Rollen bij deze organisatie geven nu geen rechten.") },
        { "geopend", S_INIT("De organisatie doet weer mee.") },
        { "toegelaten", S_INIT("De rol is gegeven.") },
        { "geweigerd", S_INIT("Het verzoek is geweigerd.") },
        { "ingetrokken", S_INIT("De rol is ingetrokken. Deze persoon is overal uitgelogd.") },
        { "al-besloten", S_INIT("Iemand anders heeft dit al besloten. Hieronder staat hoe het nu is.") },
        { "uitgenodigd", S_INIT("De uitnodiging is verstuurd.") },
        { "uitnodiging-weg", S_INIT("De uitnodiging is ingetrokken. De link in de e-mail werkt niet meer.") },
        { "account-dicht", S_INIT("Het account is gesloten. Deze persoon is overal uitgelogd.") },
        { "account-open", S_INIT("Het account is weer open.") },
        { "factor-weg", S_INIT("De tweede stap is verwijderd. Deze persoon krijgt hierover een e-mail.") },
        { "link-verstuurd", S_INIT("De e-mail met een link voor een nieuw wachtwoord is verstuurd.") },
        { "controle", S_INIT("De controle van het spoor begint. Ververs deze pagina over een minuut.") },
        { "afgehandeld", S_INIT("De zoekvraag is afgehandeld.") },
        { "aangeraden", S_INIT("De pagina staat nu bovenaan bij deze woorden.") },
        { "niet-aangeraden", S_INIT("De pagina wordt niet meer aangeraden.") },
        { "groep", S_INIT("De groep is toegevoegd en werkt meteen.") },
        { "groep-uit", S_INIT("De groep is uitgezet.") },
        { "groep-weg", S_INIT("Uw wijziging is teruggedraaid.") },
        { "opnieuw", S_INIT("Het wordt opnieuw geprobeerd.") },
        { .code = NULL },
};

struct str admin_note(const struct req *rq) {
        return page_note(rq, notes);
}

struct page admin_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        return p;
}

int64_t admin_id(const struct req *rq, int n) {
        int64_t id = 0;
        return str_to_i64(rq->param[n - 1], &id) && id > 0 ? id : 0;
}

enum err admin_organisation(struct req *rq, struct organisation *ret) {
        bool found = false;
        enum err e = organisation_get(rq->db, rq->arena, rq->param[0], ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

struct str organisation_path(struct arena *a, struct str slug, const char *rest) {
        return str_fmt(a, "/beheer/organisaties/%.*s%s", STR(slug), rest);
}

struct str kind_label(struct str code) {
        const struct organisation_kind *k = organisation_kind(code);
        return k ? k->label : code;
}

struct str role_label(struct str code) {
        const struct role *r = role_find(code);
        return r ? r->name : code;
}

static const struct hub_link links[] = {
        { RIGHT_ORGANISATIONS, S_INIT("/beheer/organisaties"), S_INIT("Organisaties"), S_INIT("Zoeken, toevoegen en sluiten.") },
        { RIGHT_PEOPLE, S_INIT("/beheer/mensen"), S_INIT("Mensen"), S_INIT("Iemand weer toegang geven of een account sluiten.") },
        { RIGHT_RELEASE, S_INIT("/beheer/aanleveringen"), S_INIT("Aanleveringen en uitgaven"), S_INIT("Wie cijfers aanleverde, en cijfers op de site zetten.") },
        { RIGHT_COMMITTEE, S_INIT("/beheer/beoordelingen"), S_INIT("Beoordelingen"), S_INIT("Aanpakken die ontwikkelaars laten beoordelen: van quickscan tot besluit.") },
        { RIGHT_ASSESS, S_INIT("/beoordelen"), S_INIT("Mijn beoordelingen"), S_INIT("Aanpakken waarover u meeoordeelt.") },
        { RIGHT_EDIT, S_INIT("/redactie"), S_INIT("Redactie"), S_INIT("Teksten schrijven, nakijken en bijhouden.") },
        { RIGHT_FEEDBACK, S_INIT("/beheer/reacties"), S_INIT("Reacties van bezoekers"), S_INIT("Wat bezoekers over pagina's melden.") },
        { RIGHT_EDIT, S_INIT("/beheer/zoeken"), S_INIT("Zoeken"), S_INIT("Wat mensen niet vinden, aangeraden pagina's en woorden die hetzelfde betekenen.") },
        { RIGHT_MODERATE, S_INIT("/beheer/moderatie"), S_INIT("Moderatie"), S_INIT("Bijdragen en meldingen die op een besluit wachten.") },
        { RIGHT_EDIT, S_INIT("/beheer/ervaringen"), S_INIT("Ervaringen voor de tekst"), S_INIT("Wat deelnemers vertelden en u mag gebruiken.") },
        { RIGHT_SYSTEM, S_INIT("/beheer/veiligheid"), S_INIT("Veiligheid"), S_INIT("Wat er zwak is aan deze installatie, en wat u eraan doet.") },
        { RIGHT_TRAIL, S_INIT("/beheer/spoor"), S_INIT("Spoor van wijzigingen"), S_INIT("Wie wat wanneer veranderde.") },
        { RIGHT_MAIL, S_INIT("/beheer/post"), S_INIT("Uitgaande e-mail"), S_INIT("Wat verstuurd is, wacht of niet aankwam.") },
        { RIGHT_MAIL, S_INIT("/beheer/taken"), S_INIT("Werk op de achtergrond"), S_INIT("Taken die steeds mislukten.") },
        { RIGHT_SYSTEM, S_INIT("/beheer/rollen"), S_INIT("Rollen en rechten"), S_INIT("Wie wat mag.") },
        { RIGHT_SYSTEM, S_INIT("/beheer/verwerkingen"), S_INIT("Register van verwerkingen"), S_INIT("Welke persoonsgegevens wij bewaren, waarom en hoe lang.") },
        { 0 },
};

/* Each organisation where the visitor has a role that lets her see something, once. */
static enum err own_organisations(struct req *rq, struct hub_view *v) {
        struct role_held_list held;
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++) {
                const struct role_held *h = &held.v[i];
                uint64_t rights = 0;
                if (!h->organisation_id.is_set || (i > 0 && held.v[i - 1].organisation_id.is_set &&
                                                   held.v[i - 1].organisation_id.v == h->organisation_id.v))
                        continue;
                e = viewer_rights_at(rq, h->organisation_id.v, &rights);
                if (e == OK && rights & RIGHT_MEMBERS_SEE)
                        *vec_push(rq->arena, &v->own) = *h;
        }
        return e;
}

static enum err hub_get(struct req *rq, struct resp *rs) {
        struct hub_view v = { .links = links };
        enum err e = own_organisations(rq, &v);
        if (e == OK && viewer_may(rq, RIGHT_ORGANISATIONS))
                e = roles_waiting(rq->db, rq->arena, 20, &v.waiting);
        if (e != OK)
                return e;
        for (const struct hub_link *l = links; l->right; l++)
                v.any |= viewer_may(rq, l->right);
        struct page p = page_new(rq, rs, S("Beheer"), SECTION_ADMIN);
        hub_page(&p, &v);
        return page_done(&p);
}

const struct field note_fields[] = { NOTE_FIELD, { 0 } };
const struct field list_fields[] = { { .name = "voor", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }, NOTE_FIELD, { 0 } };

#define AT "/beheer/organisaties/{slug}"
const struct route admin_routes[] = {
        { GET, "/beheer", ACCESS_SIGNED_IN, hub_get, NULL },
        { GET, "/beheer/organisaties", ACCESS_RIGHT, organisations_get, organisations_fields, RIGHT_ORGANISATIONS },
        { GET, "/beheer/organisaties/nieuw", ACCESS_RIGHT, organisation_new_get, NULL, RIGHT_ORGANISATIONS },
        { POST, "/beheer/organisaties/nieuw", ACCESS_RIGHT, organisation_new_post, organisation_fields, RIGHT_ORGANISATIONS },
        { GET, AT, ACCESS_RIGHT, members_get, note_fields, RIGHT_MEMBERS_SEE, 1 },
        { GET, AT "/bewerken", ACCESS_RIGHT, organisation_edit_get, NULL, RIGHT_ORGANISATION_EDIT, 1 },
        { POST, AT "/bewerken", ACCESS_RIGHT, organisation_edit_post, organisation_fields, RIGHT_ORGANISATION_EDIT, 1 },
        { GET, AT "/sluiten", ACCESS_RIGHT, organisation_close_get, NULL, RIGHT_ORGANISATIONS },
        { POST, AT "/sluiten", ACCESS_RIGHT, organisation_close_post, NULL, RIGHT_ORGANISATIONS },
        { POST, AT "/openen", ACCESS_RIGHT, organisation_open_post, NULL, RIGHT_ORGANISATIONS },
        { GET, AT "/uitnodigen", ACCESS_RIGHT, invite_get, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/uitnodigen", ACCESS_RIGHT, invite_post, invite_fields, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/uitnodigingen/{id}/opnieuw", ACCESS_RIGHT, invitation_again, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/uitnodigingen/{id}/intrekken", ACCESS_RIGHT, invitation_stop, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { GET, AT "/rollen/{id}", ACCESS_RIGHT, role_get_page, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/rollen/{id}/toelaten", ACCESS_RIGHT, role_approve, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/rollen/{id}/weigeren", ACCESS_RIGHT, role_refuse, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { POST, AT "/rollen/{id}/intrekken", ACCESS_RIGHT, role_withdraw, NULL, RIGHT_MEMBERS_MANAGE, 1 },
        { GET, "/beheer/mensen", ACCESS_RIGHT, persons_get, persons_fields, RIGHT_PEOPLE },
        { GET, "/beheer/mensen/{id}", ACCESS_RIGHT, person_page_get, note_fields, RIGHT_PEOPLE },
        { GET, "/beheer/mensen/{id}/sluiten", ACCESS_RIGHT, person_close_get, NULL, RIGHT_PEOPLE },
        { POST, "/beheer/mensen/{id}/sluiten", ACCESS_RIGHT, person_close_post, NULL, RIGHT_PEOPLE },
        { POST, "/beheer/mensen/{id}/openen", ACCESS_RIGHT, person_open_post, NULL, RIGHT_PEOPLE },
        { GET, "/beheer/mensen/{id}/tweede-stap", ACCESS_RIGHT, factors_get, NULL, RIGHT_PEOPLE },
        { POST, "/beheer/mensen/{id}/tweede-stap", ACCESS_RIGHT, factors_post, factors_fields, RIGHT_PEOPLE },
        { POST, "/beheer/mensen/{id}/wachtwoord", ACCESS_RIGHT, password_link_post, NULL, RIGHT_PEOPLE },
        { GET, "/beheer/spoor", ACCESS_RIGHT, trail_page_get, trail_fields, RIGHT_TRAIL },
        { GET, "/beheer/spoor.csv", ACCESS_RIGHT, trail_csv_get, trail_fields, RIGHT_TRAIL },
        { POST, "/beheer/spoor/controleren", ACCESS_RIGHT, trail_check_post, NULL, RIGHT_TRAIL },
        { GET, "/beheer/post", ACCESS_RIGHT, outbox_get, outbox_fields, RIGHT_MAIL },
        { GET, "/beheer/post/{id}", ACCESS_RIGHT, letter_get, note_fields, RIGHT_MAIL },
        { POST, "/beheer/post/{id}/opnieuw", ACCESS_RIGHT, letter_retry_post, NULL, RIGHT_MAIL },
        { GET, "/beheer/taken", ACCESS_RIGHT, jobs_get, list_fields, RIGHT_MAIL },
        { POST, "/beheer/taken/{id}/opnieuw", ACCESS_RIGHT, job_revive_post, NULL, RIGHT_MAIL },
        { GET, "/beheer/veiligheid", ACCESS_RIGHT, safety_get, NULL, RIGHT_SYSTEM },
        { POST, "/beheer/veiligheid/mailserver", ACCESS_RIGHT, mail_try_post, NULL, RIGHT_SYSTEM, 0, mail_try, LANE_NET },
        { GET, "/beheer/rollen", ACCESS_RIGHT, role_table_get, NULL, RIGHT_SYSTEM },
        { GET, "/beheer/verwerkingen", ACCESS_RIGHT, processing_get, NULL, RIGHT_SYSTEM },
        { GET, "/beheer/reacties", ACCESS_RIGHT, messages_get, list_fields, RIGHT_FEEDBACK },
        { GET, "/beheer/zoeken", ACCESS_RIGHT, searching_get, searching_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/afgehandeld", ACCESS_RIGHT, miss_handled_post, miss_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/aangeraden", ACCESS_RIGHT, bet_post, bet_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/aangeraden/{id}/weg", ACCESS_RIGHT, bet_remove_post, NULL, RIGHT_EDIT },
        { GET, "/beheer/zoeken/woorden", ACCESS_RIGHT, groups_get, groups_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/woorden", ACCESS_RIGHT, group_add_post, group_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/woorden/uit", ACCESS_RIGHT, group_off_post, group_fields, RIGHT_EDIT },
        { POST, "/beheer/zoeken/woorden/{id}/weg", ACCESS_RIGHT, group_remove_post, NULL, RIGHT_EDIT },
        { 0 },
};

const struct route organisation_routes[] = {
        { GET, "/organisaties/{slug}", ACCESS_PUBLIC, organisation_public_get, NULL },
        { 0 },
};
