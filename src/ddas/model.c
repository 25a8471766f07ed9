/* model.c - json_schema_Uitwisselmodel.json of DDAS v1.0 and of DDAS Vroegsignalering v0.9: the same root, other deliveries. */
#include "model.h"
#include <string.h>

#define PLAIN(name, type, take) { name, sizeof(name) - 1, type, 0, take, MODEL_UNKNOWN, false }
#define TEXT(name) PLAIN(name, T_TEXT, TAKE_NOTHING)
#define DAY(name, take) PLAIN(name, T_DATE, take)
#define SECRET(name, type, take) { name, sizeof(name) - 1, type, 0, take, MODEL_UNKNOWN, true }
#define WORD(name, list, take) { name, sizeof(name) - 1, T_ENUM, list, take, MODEL_UNKNOWN, false }
#define OBJECT(name, node) { name, sizeof(name) - 1, T_OBJECT, node, TAKE_NOTHING, MODEL_UNKNOWN, false }
#define LIST(name, node) { name, sizeof(name) - 1, T_LIST, node, TAKE_NOTHING, MODEL_UNKNOWN, false }
#define LIST_IN(model, name, node) { name, sizeof(name) - 1, T_LIST, node, TAKE_NOTHING, model, false }

static const struct field root[] = {
        DAY("startdatumLevering", D_FIRST_DAY), DAY("einddatumLevering", D_LAST_DAY), PLAIN("aanleverdatumEnTijd", T_MOMENT, TAKE_NOTHING),
        TEXT("codeGegevensleverancier"), LIST("leveringen", NODE_DELIVERY),
};
/* Bit 3 is a requirement of early signalling only: reader.c sees to it. */
static const struct field delivery[] = {
        PLAIN("teller", T_WHOLE, TAKE_COUNTER), OBJECT("aanleverende_organisatie", NODE_ORGANISATION),
        LIST_IN(MODEL_HELP, "schuldhulptrajecten", NODE_TRAJECTORY),
        { "gemeentecode", 12, T_TEXT, 0, TAKE_DELIVERY_PLACE, MODEL_SIGNALS, false },
        LIST_IN(MODEL_SIGNALS, "vroegsignalen", NODE_SIGNAL), LIST_IN(MODEL_SIGNALS, "vroegsignaalzaken", NODE_CASE),
};
static const struct field organisation[] = {
        TEXT("(Statutaire) Naam"), TEXT("KvK-nummer"), TEXT("postcode"), TEXT("gemeentecode"), LIST("contactpersonen", NODE_CONTACT),
        TEXT("naam"), TEXT("kvk-nummer"), LIST("contactpersoonen", NODE_CONTACT_UNIQUE),
};
static const struct field contact[] = {
        SECRET("email", T_EMAIL, TAKE_NOTHING), TEXT("functietitel"), SECRET("naam", T_TEXT, TAKE_NOTHING),
        SECRET("telefoonnummer", T_TEXT, TAKE_NOTHING),
};
static const struct field trajectory[] = {
        DAY("einddatum", D_END), TEXT("omschrijving"), DAY("startdatum", D_START), DAY("toekenningsdatum", D_GRANTED),
        PLAIN("totaalSchuldbedragBijAanvangSchuld", T_WHOLE, TAKE_TOTAL), PLAIN("gemeentecode", T_TEXT, TAKE_PLACE),
        OBJECT("aanmelding", NODE_APPLICATION), LIST("begeleiding", NODE_GUIDANCE), LIST("client", NODE_CLIENT),
        LIST("crisisinterventies", NODE_CRISIS), OBJECT("informatieEnAdvies", NODE_SPAN), OBJECT("intake", NODE_INTAKE),
        LIST("moratoria", NODE_MORATORIUM), OBJECT("nazorg", NODE_AFTERCARE), OBJECT("oplossing", NODE_SOLUTION),
        OBJECT("planVanAanpak", NODE_PLAN), LIST("schulden", NODE_DEBT), OBJECT("schuldregeling", NODE_SETTLEMENT),
        LIST("voorlopigeVoorzieningen", NODE_SPAN), OBJECT("uitstroom", NODE_LEAVING), OBJECT("stabilisatie", NODE_STABLE),
};
static const struct field application[] = {
        PLAIN("crisisinterventie", T_BOOL, TAKE_CRISIS), DAY("einddatum", TAKE_NOTHING), DAY("startdatum", D_APPLIED),
};
static const struct field span[] = { DAY("einddatum", TAKE_NOTHING), DAY("startdatum", TAKE_NOTHING) };
static const struct field guidance[] = {
        DAY("einddatum", TAKE_NOTHING), WORD("soort", ENUM_GUIDANCE, TAKE_NOTHING), DAY("startdatum", TAKE_NOTHING),
};
static const struct field client[] = {
        SECRET("Burgerservicenummer", T_TEXT, TAKE_BSN), SECRET("Geboortedatum", T_TEXT, TAKE_BIRTH),
        SECRET("Geslachtsaanduiding", T_TEXT, TAKE_SEX), SECRET("Postcode", T_TEXT, TAKE_POSTCODE),
        SECRET("Huisnummer", T_TEXT, TAKE_HOUSE), SECRET("Huisnummertoevoeging", T_TEXT, TAKE_HOUSE_EXTRA),
};
static const struct field intake[] = {
        DAY("beschikkingsdatum", D_DECIDED), WORD("beschikkingssoort", ENUM_DECISION, TAKE_DECISION), DAY("einddatum", D_INTAKE_END),
        DAY("startdatum", D_INTAKE),
};
static const struct field moratorium[] = {
        DAY("datumAanvraag", TAKE_NOTHING), DAY("datumGoedkeuring", TAKE_NOTHING), DAY("einddatum", TAKE_NOTHING),
        DAY("startdatum", TAKE_NOTHING),
};
static const struct field solution[] = {
        DAY("einddatum", D_SOLVED_END), WORD("soort", ENUM_SOLUTION, TAKE_SOLUTION), DAY("startdatum", D_SOLVED),
        PLAIN("vtlb", T_WHOLE, TAKE_NOTHING),
};
static const struct field plan[] = { DAY("datumAfronding", TAKE_NOTHING) };
static const struct field debt[] = {
        PLAIN("bedrag", T_WHOLE, TAKE_AMOUNT), DAY("peildatum", TAKE_NOTHING), WORD("schuldsoort", ENUM_DEBT, TAKE_NOTHING),
        PLAIN("zakelijkeSchuld", T_BOOL, TAKE_BUSINESS), OBJECT("schuldeiser", NODE_CREDITOR),
};
static const struct field creditor[] = {
        SECRET("naam", T_TEXT, TAKE_CREDITOR), SECRET("kvknummer", T_TEXT, TAKE_CREDITOR_NUMBER), SECRET("Naam", T_TEXT, TAKE_CREDITOR),
        SECRET("postcode", T_TEXT, TAKE_NOTHING), PLAIN("privepersoon", T_BOOL, TAKE_NOTHING),
};
static const struct field settlement[] = {
        DAY("afgewezen", D_REFUSED), DAY("datum", D_PROPOSED), DAY("datumVerzoekDwangakkoord", TAKE_NOTHING),
        PLAIN("dwangakkoord", T_BOOL, TAKE_COURT), DAY("ingetrokken", D_WITHDRAWN), DAY("toegekend", D_AGREED),
};
static const struct field leaving[] = {
        DAY("datum", D_LEFT), DAY("datumBeeindigingsbeschikking", D_END_DECISION), TEXT("omschrijving"), WORD("reden", ENUM_REASON, TAKE_REASON),
};
static const struct field stable[] = { DAY("einddatum", D_STABLE_END), DAY("startdatum", D_STABLE) };
static const struct field signal[] = {
        PLAIN("ID", T_TEXT, TAKE_NOTHING), PLAIN("crisissignaal", T_BOOL, TAKE_NOTHING), PLAIN("warmeOverdracht", T_BOOL, TAKE_NOTHING),
        PLAIN("bedrag", T_WHOLE, TAKE_NOTHING), DAY("ontstaansdatum", D_AROSE), DAY("signaaldatum", D_SIGNALLED),
        WORD("status", ENUM_STATUS, TAKE_NOTHING), OBJECT("signaalpartner", NODE_PARTNER), OBJECT("client", NODE_RESIDENT),
};
static const struct field partner[] = { WORD("type", ENUM_PARTNER, TAKE_PARTNER) };
static const struct field resident[] = {
        SECRET("Burgerservicenummer", T_TEXT, TAKE_BSN), SECRET("Voorletters", T_TEXT, TAKE_NOTHING), SECRET("Voorvoegsel", T_TEXT, TAKE_NOTHING),
        SECRET("Achternaam", T_TEXT, TAKE_NOTHING), SECRET("Geboortedatum", T_DATE, TAKE_NOTHING), SECRET("Straatnaam", T_TEXT, TAKE_STREET),
        SECRET("Postcode", T_TEXT, TAKE_POSTCODE), SECRET("Huisnummer", T_TEXT, TAKE_HOUSE),
        SECRET("Huisnummertoevoeging", T_TEXT, TAKE_HOUSE_EXTRA), SECRET("Plaatsnaam", T_TEXT, TAKE_TOWN),
};
static const struct field a_case[] = {
        WORD("resultaat", ENUM_RESULT, TAKE_RESULT), DAY("matchingsdatum", D_MATCHED), DAY("startdatum_matchtingperiode", D_MATCH_START),
        DAY("datum_opgepakt", D_TAKEN_UP), DAY("einddatum_matchingperiode", D_MATCH_END), LIST("vroegsignalen", NODE_REFERENCE),
        LIST("contactpogingen", NODE_ATTEMPT),
};
static const struct field reference[] = { PLAIN("ID", T_TEXT, TAKE_ID) };
static const struct field attempt[] = {
        WORD("soort", ENUM_CONTACT, TAKE_NOTHING), PLAIN("bereikt", T_BOOL, TAKE_REACHED), DAY("datum", TAKE_NOTHING),
        WORD("dagdeel", ENUM_DAYPART, TAKE_NOTHING),
};

#define OF(fields, ...) { fields, sizeof fields / sizeof *fields, __VA_ARGS__ }
const struct node model_nodes[NODES] = {
        [NODE_ROOT] = OF(root, .take = TAKE_ROOT, .closed = true, .required = 0xf),
        [NODE_DELIVERY] = OF(delivery, .take = TAKE_DELIVERY, .closed = true, .min = 1, .required = 3, .unique = true),
        [NODE_ORGANISATION] = OF(organisation, .take = TAKE_NOTHING),
        [NODE_CONTACT] = OF(contact, .take = TAKE_NOTHING, .min = 1),
        [NODE_CONTACT_UNIQUE] = OF(contact, .take = TAKE_NOTHING, .min = 1, .unique = true),
        [NODE_TRAJECTORY] = OF(trajectory, .take = TAKE_TRAJECTORY, .closed = true, .required = 1 << 5),
        [NODE_APPLICATION] = OF(application, .take = TAKE_NOTHING),
        [NODE_SPAN] = OF(span, .take = TAKE_NOTHING),
        [NODE_CRISIS] = OF(span, .take = TAKE_CRISIS_HELP),
        [NODE_GUIDANCE] = OF(guidance, .take = TAKE_GUIDANCE),
        [NODE_AFTERCARE] = OF(span, .take = TAKE_AFTERCARE),
        [NODE_CLIENT] = OF(client, .take = TAKE_CLIENT, .min = 1, .max = 2),
        [NODE_INTAKE] = OF(intake, .take = TAKE_NOTHING),
        [NODE_MORATORIUM] = OF(moratorium, .take = TAKE_NOTHING),
        [NODE_SOLUTION] = OF(solution, .take = TAKE_NOTHING),
        [NODE_PLAN] = OF(plan, .take = TAKE_NOTHING),
        [NODE_DEBT] = OF(debt, .take = TAKE_DEBT),
        [NODE_CREDITOR] = OF(creditor, .take = TAKE_NOTHING),
        [NODE_SETTLEMENT] = OF(settlement, .take = TAKE_SETTLEMENT),
        [NODE_LEAVING] = OF(leaving, .take = TAKE_LEAVING),
        [NODE_STABLE] = OF(stable, .take = TAKE_NOTHING),
        [NODE_SIGNAL] = OF(signal, .take = TAKE_SIGNAL, .closed = true, .required = 1 | 1 << 7 | 1 << 8),
        [NODE_PARTNER] = OF(partner, .take = TAKE_NOTHING),
        [NODE_RESIDENT] = OF(resident, .take = TAKE_NOTHING),
        [NODE_CASE] = OF(a_case, .take = TAKE_CASE),
        [NODE_REFERENCE] = OF(reference, .take = TAKE_REFERENCE, .closed = true, .unique = true, .min = 1, .required = 1),
        [NODE_ATTEMPT] = OF(attempt, .take = TAKE_NOTHING),
};

const struct words model_enums[ENUMS] = {
        [ENUM_DECISION] = { { "Afwijzingsbeschikking", "Toelatingsbeschikking" } },
        [ENUM_GUIDANCE] = { { "Budgetcoaching", "Budgetbeheer", "Beschermingsbewind", "Lange Termijn Begeleiding (DFD)", "Budgetbegeleiding" } },
        [ENUM_SOLUTION] = { { "Betalingsregeling", "Herfinanciering", "Saneringskrediet", "Schuldbemiddeling", "0%-aanbod" } },
        [ENUM_REASON] = { { "Overleden", "Verhuisd", "Nietverschenen", "Ingetrokken", "Niet passend", "Overig", "Voldoet niet", "Afgerond", "Zelf" } },
        [ENUM_DEBT] = { { "Zorg", "Publiek", "Nuts", "Overig" } },
        [ENUM_PARTNER] = { { "Energie", "Huur", "Hypotheek", "CAK Zorgverzekeringen", "Zorg", "Water", "DUO", "Belastingdienst",
                             "CAK Eigen bijdrage", "Overige", "Dienst Toeslagen" } },
        [ENUM_CONTACT] = { { "Mail", "Brief", "SMS/Whatsapp", "Telefoon", "Huisbezoek", "Kaartje", "Overige", "Administratief" } },
        [ENUM_RESULT] = { { "Niet opgepakt: herhaalde melding", "Niet opgepakt: onterecht signaal", "Inwoner is overleden",
                            "Persoon is geen inwoner (meer) in de gemeente", "Niet opgepakt: andere reden",
                            "Inwoner al bekend bij schuldhulpverlening", "Inwoner heeft al een ander lopend traject",
                            "Definitief geen contact kunnen krijgen", "Geen reactie na eerder contact",
                            "Inwoner hoeft geen hulp vanuit vroegsignalering", "Inwoner heeft zelf al betaald/betalingsregeling getroffen",
                            "(Budget)advies en/of quick fix", "Vervolghulp en/of verwijzing financieel", "Verwijzing zonder contact",
                            "Vervolghulp en/of verwijzing niet financieel" } },
        [ENUM_DAYPART] = { { "Ochtend", "Middag", "Avond" } },
        [ENUM_STATUS] = { { "Nog niet opgepakt", "Niet opgepakt: onterecht signaal", "Inwoner is overleden",
                            "Persoon is geen inwoner (meer) in de gemeente", "Niet opgepakt: herhaalde melding", "Niet opgepakt: andere reden" } },
};

const char *model_old(const char *name, size_t n) {
        static const struct {
                const char *name, *version;
        } old[] = {
                { "aanleverperiodeStartdatum", "0.8" }, { "aanleverperiodeEinddatum", "0.8" }, { "begeleidingssoort", "0.8" }, { "bsn", "0.8" },
                { "leefsituatie", "0.9 of ouder" }, { "toelatingsbeschikking", "0.9 of ouder" }, { "Beeindigingsbeschikking", "0.10" },
        };
        for (size_t i = 0; i < sizeof old / sizeof *old; i++)
                if (strlen(old[i].name) == n && memcmp(old[i].name, name, n) == 0)
                        return old[i].version;
        return NULL;
}
