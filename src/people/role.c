/* role.c - the table of roles, and what follows from it. */
#include "people.h"

#define MANAGE (RIGHT_MEMBERS_SEE | RIGHT_MEMBERS_MANAGE | RIGHT_ORGANISATION_EDIT)

const struct role roles[] = {
        { S_INIT("schuldhulpverlener"), S_INIT("Schuldhulpverlener"), S_INIT("Helpt mensen met schulden en zoekt wat werkt."),
          .entry = ENTRY_OPEN, .alone = true },
        { S_INIT("vrijwilliger"), S_INIT("Vrijwilliger of sociaal werker"), S_INIT("Helpt thuis of in de buurt en wil weten wie verder kan helpen."),
          .entry = ENTRY_OPEN, .alone = true },
        { S_INIT("beleidsadviseur"), S_INIT("Beleidsadviseur"), S_INIT("Volgt de cijfers van de organisatie en bereidt verbeteringen voor."),
          .own = RIGHT_MEMBERS_SEE | RIGHT_ACCEPT | RIGHT_METHODS, .entry = ENTRY_APPROVAL },
        { S_INIT("aanleveraar"), S_INIT("Aanleveraar"), S_INIT("Levert de cijfers van de gemeente aan."),
          .own = RIGHT_DELIVER | RIGHT_ACCEPT, .entry = ENTRY_APPROVAL },
        { S_INIT("gangmaker"), S_INIT("Lokale gangmaker"), S_INIT("Brengt de verandering in de eigen gemeente op gang."),
          .own = RIGHT_MEMBERS_SEE | RIGHT_METHODS, .entry = ENTRY_APPROVAL },
        { S_INIT("procesbegeleider"), S_INIT("Procesbegeleider"), S_INIT("Leidt werkplaatsen."),
          .entry = ENTRY_APPROVAL, .giver = GIVER_PROGRAMME },
        { S_INIT("redacteur"), S_INIT("Redacteur"), S_INIT("Schrijft, controleert en publiceert, en leest wat bezoekers melden."),
          .everywhere = RIGHT_FEEDBACK | RIGHT_EDIT | RIGHT_MODERATE, .entry = ENTRY_INVITATION, .giver = GIVER_PROGRAMME },
        { S_INIT("trainer"), S_INIT("Trainer of opleider"), S_INIT("Biedt scholing aan."),
          .entry = ENTRY_APPROVAL },
        { S_INIT("onderzoeker"), S_INIT("Onderzoeker"), S_INIT("Doet onderzoek en gebruikt open cijfers."),
          .entry = ENTRY_OPEN, .alone = true },
        { S_INIT("ervaringsdeskundige"), S_INIT("Ervaringsdeskundige of lid van een cliëntenraad"),
          S_INIT("Weet uit ervaring wat schulden doen en denkt mee."), .entry = ENTRY_OPEN, .alone = true },
        { S_INIT("raadslid"), S_INIT("Lid van programmaraad of adviesraad"), S_INIT("Stelt de agenda vast en geeft advies."),
          .entry = ENTRY_INVITATION, .giver = GIVER_PROGRAMME },
        { S_INIT("programmamanager"), S_INIT("Programmamanager"), S_INIT("Stuurt het programma en helpt organisaties meedoen."),
          .everywhere = MANAGE | RIGHT_ORGANISATIONS | RIGHT_COMMITTEE | RIGHT_MODERATE | RIGHT_RELEASE | RIGHT_METHODS, .entry = ENTRY_INVITATION, .giver = GIVER_ADMINISTRATOR, .second_factor = true },
        { S_INIT("beheerder"), S_INIT("Beheerder"), S_INIT("Zorgt dat Schouders werkt en veilig is."),
          .everywhere = RIGHTS_ALL, .entry = ENTRY_INVITATION, .giver = GIVER_ADMINISTRATOR, .second_factor = true },
        { S_INIT("organisatiebeheerder"), S_INIT("Beheerder van de organisatie"), S_INIT("Nodigt collega's uit en geeft rollen in de eigen organisatie."),
          .own = MANAGE, .entry = ENTRY_INVITATION },
        { S_INIT("beoordelaar"), S_INIT("Beoordelaar"), S_INIT("Beoordeelt aanpakken in een commissie."),
          .everywhere = RIGHT_ASSESS, .entry = ENTRY_INVITATION, .giver = GIVER_PROGRAMME, .second_factor = true },
        { .code = { 0 } },
};

const struct organisation_kind organisation_kinds[] = {
        { S_INIT("gemeente"), S_INIT("Gemeente"), false },
        { S_INIT("samenwerkingsverband"), S_INIT("Samenwerkingsverband van gemeenten"), true },
        { S_INIT("sociaal-werk"), S_INIT("Sociaal werk"), true },
        { S_INIT("kredietbank"), S_INIT("Kredietbank"), true },
        { S_INIT("vrijwilligersorganisatie"), S_INIT("Vrijwilligersorganisatie"), true },
        { S_INIT("schuldhulp"), S_INIT("Organisatie voor schuldhulp"), true },
        { S_INIT("bewindvoering"), S_INIT("Bewindvoerder"), true },
        { S_INIT("schuldeiser"), S_INIT("Schuldeiser of vastelastenpartner"), true },
        { S_INIT("onderwijs"), S_INIT("Onderwijs en opleiding"), true },
        { S_INIT("onderzoek"), S_INIT("Onderzoek"), true },
        { S_INIT("clientenraad"), S_INIT("Cliëntenraad"), true },
        { S_INIT("branche"), S_INIT("Brancheorganisatie of kennisinstituut"), true },
        { S_INIT("rijk"), S_INIT("Rijksoverheid"), true },
        { S_INIT("programmabureau"), S_INIT("Programmabureau"), true },
        { .code = { 0 } },
};

static const struct { enum right right; struct str label; } labels[] = {
        { RIGHT_MEMBERS_SEE, S_INIT("zien wie er bij de organisatie horen") },
        { RIGHT_MEMBERS_MANAGE, S_INIT("mensen uitnodigen, toelaten en rollen geven of intrekken") },
        { RIGHT_ORGANISATION_EDIT, S_INIT("gegevens en inloggen van de organisatie regelen") },
        { RIGHT_ORGANISATIONS, S_INIT("organisaties toevoegen en sluiten") },
        { RIGHT_PEOPLE, S_INIT("accounts sluiten en mensen weer toegang geven") },
        { RIGHT_TRAIL, S_INIT("zien wie wat veranderde") },
        { RIGHT_MAIL, S_INIT("verstuurde e-mail en werk op de achtergrond zien") },
        { RIGHT_SYSTEM, S_INIT("veiligheid, rollen en verwerkingsregister zien") },
        { RIGHT_FEEDBACK, S_INIT("reacties van bezoekers lezen") },
        { RIGHT_EDIT, S_INIT("teksten schrijven, nakijken en publiceren") },
        { RIGHT_ASSESS, S_INIT("in een commissie aanpakken beoordelen") },
        { RIGHT_COMMITTEE, S_INIT("beoordelingen leiden en besluiten vastleggen") },
        { RIGHT_MODERATE, S_INIT("ingrijpen na een melding over wat iemand schreef") },
        { RIGHT_DELIVER, S_INIT("cijfers invullen en aanleveren") },
        { RIGHT_ACCEPT, S_INIT("aanleveringen zien en die van een collega goedkeuren") },
        { RIGHT_RELEASE, S_INIT("zien wie aanleverde, en cijfers uitgeven") },
        { RIGHT_METHODS, S_INIT("vastleggen welke aanpakken de gemeente gebruikt, en benchleerbijeenkomsten houden") },
};
#define LABELS (sizeof labels / sizeof *labels)

struct str right_label(enum right r) {
        for (size_t i = 0; i < LABELS; i++)
                if (labels[i].right == r)
                        return labels[i].label;
        return S("");
}

const struct role *role_find(struct str code) {
        for (const struct role *r = roles; r->code.n; r++)
                if (str_eq(r->code, code))
                        return r;
        return NULL;
}

const struct organisation_kind *organisation_kind(struct str code) {
        for (const struct organisation_kind *k = organisation_kinds; k->code.n; k++)
                if (str_eq(k->code, code))
                        return k;
        return NULL;
}

bool role_may_give(const struct role *role, uint64_t everywhere, uint64_t at_organisation) {
        switch (role->giver) {
        case GIVER_ADMINISTRATOR:
                return everywhere & RIGHT_SYSTEM;
        case GIVER_PROGRAMME:
                return everywhere & RIGHT_MEMBERS_MANAGE;
        case GIVER_MANAGER:
                break;
        }
        return (everywhere | at_organisation) & RIGHT_MEMBERS_MANAGE;
}

enum role_reach role_reach(const struct role *role, const struct route *route) {
        if (route->access != ACCESS_RIGHT)
                return REACH_EVERYBODY;
        if (role->everywhere & (uint64_t) route->right)
                return REACH_EVERYWHERE;
        return route->organisation > 0 && role->own & (uint64_t) route->right ? REACH_OWN : REACH_NONE;
}

static void put_names(struct buf *b, const struct route *route) {
        size_t n = 0;
        for (const struct role *r = roles; r->code.n; r++) {
                enum role_reach reach = role_reach(r, route);
                if (reach != REACH_NONE)
                        buf_fmt(b, "%s%.*s%s", n++ ? ", " : "", STR(r->code), reach == REACH_OWN ? " (own organisation)" : "");
        }
        if (n == 0)
                buf_str(b, S("nobody"));
}

static void put_rights(struct buf *b, const char *where, uint64_t rights) {
        for (size_t i = 0; i < LABELS; i++)
                if (rights & labels[i].right)
                        buf_fmt(b, "    %s: %.*s\n", where, STR(labels[i].label));
}

static void put_route(struct buf *b, const struct route *r) {
        buf_fmt(b, "%-4s %-44s ", r->method == GET ? "GET" : "POST", r->pattern);
        switch (r->access) {
        case ACCESS_PUBLIC:
                buf_str(b, S("everybody"));
                break;
        case ACCESS_SIGNED_IN:
                buf_str(b, S("who is signed in"));
                break;
        case ACCESS_RIGHT:
                put_names(b, r);
                break;
        case ACCESS_UNSET:
                break;
        }
        buf_char(b, '\n');
}

void people_print_roles(struct buf *b, const struct route *const *rooms) {
        for (const struct role *r = roles; r->code.n; r++) {
                buf_fmt(b, "%.*s%s\n", STR(r->code), r->second_factor ? " (second factor)" : "");
                put_rights(b, "own organisation", r->own);
                put_rights(b, "everywhere", r->everywhere);
        }
        buf_char(b, '\n');
        for (; *rooms; rooms++)
                for (const struct route *r = *rooms; r->pattern; r++)
                        put_route(b, r);
}
