/* processing.c - the record of processing. A new processing of personal data gets its row here before it is built. */
#include "people_keep.h"
#include "people_processing.h"

#define TASK "Taak van algemeen belang (AVG, artikel 6, lid 1, onder e): het landelijke programma voor betere schuldhulp"
#define SECURITY_INTEREST "Gerechtvaardigd belang, en voor overheden hun taak (AVG, artikel 6, lid 1, onder f en e): de site veilig houden"

const struct processing processings[] = {
        { .name = S_INIT("Accounts en rollen"),
          .purpose = S_INIT("Weten wie namens welke organisatie meedoet, en wat die persoon mag zien en doen"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Medewerkers, vrijwilligers, onderzoekers en ervaringsdeskundigen met een account"),
          .what = S_INIT("Naam, e-mailadres, organisatie, rollen, keuzes voor e-mail, moment van laatste keer inloggen"),
          .recipients = S_INIT("De beheerder van de eigen organisatie, het programmabureau en de beheerder van Schouders"),
          .retention = S_INIT("Tot de persoon het account verwijdert. Zonder bevestigd e-mailadres " KEEP_TEXT(KEEP_UNVERIFIED_DAYS)
                              " dagen. Zonder gebruik " KEEP_TEXT(KEEP_UNUSED_DAYS) " dagen, met een waarschuwing "
                              KEEP_TEXT(KEEP_WARNING_DAYS) " dagen vooraf"),
          .security = S_INIT("Rechten per rol en per organisatie, gesloten tabellen in de opslag, spoor van elke wijziging") },
        { .name = S_INIT("Inloggen"),
          .purpose = S_INIT("Zorgen dat alleen de persoon zelf het account gebruikt"),
          .basis = S_INIT(SECURITY_INTEREST),
          .whose = S_INIT("Iedereen met een account"),
          .what = S_INIT("Hash van het wachtwoord, verzegeld geheim voor codes, hash van herstelcodes, openbare sleutels van passkeys, "
                         "nummer bij het inlogsysteem van de organisatie, inlogsessies met soort browser, links die één keer werken"),
          .recipients = S_INIT("Niemand. Logt iemand in via de eigen organisatie, dan weet die organisatie dat"),
          .retention = S_INIT("Zolang het account bestaat. Inlogsessies hoogstens " KEEP_TEXT(KEEP_SESSION_DAYS)
                              " dagen. Links tot ze gebruikt of verlopen zijn"),
          .security = S_INIT("argon2id voor wachtwoorden, sleutelbestand buiten de opslag, alleen hashes van sessies en links, "
                             "__Host-cookie, tweede stap voor rollen met veel rechten") },
        { .name = S_INIT("Uitnodigingen"),
          .purpose = S_INIT("Mensen van een organisatie toegang geven"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Mensen die zijn uitgenodigd en nog geen account hebben"),
          .what = S_INIT("E-mailadres, organisatie, rol, wie uitnodigde"),
          .recipients = S_INIT("De beheerder van de organisatie die uitnodigt, en het programmabureau"),
          .retention = S_INIT("Tot de uitnodiging is gebruikt, ingetrokken of verlopen"),
          .security = S_INIT("De link werkt één keer. De opslag heeft alleen een hash van de link") },
        { .name = S_INIT("E-mail"),
          .purpose = S_INIT("Berichten sturen die bij een account horen: bevestigen, uitnodigen, waarschuwen"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Iedereen met een account of een uitnodiging"),
          .what = S_INIT("E-mailadres, naam, onderwerp, moment van versturen. De tekst alleen tot de e-mail verstuurd is"),
          .recipients = S_INIT("De mailserver die de organisatie achter deze site heeft ingesteld"),
          .retention = S_INIT("Verstuurd: " KEEP_TEXT(KEEP_MAIL_SENT_DAYS) " dagen. Niet verstuurd: "
                              KEEP_TEXT(KEEP_MAIL_UNSENT_DAYS) " dagen"),
          .security = S_INIT("TLS naar de mailserver. Na versturen worden tekst en links uit de opslag gewist") },
        { .name = S_INIT("Spoor van wijzigingen"),
          .purpose = S_INIT("Verantwoorden wie rechten, inhoud en instellingen veranderde"),
          .basis = S_INIT("Taak van algemeen belang (AVG, artikel 6, lid 1, onder e): verantwoording door de overheid"),
          .whose = S_INIT("Iedereen die iets wijzigt of over wie een recht verandert"),
          .what = S_INIT("Nummer van de persoon, handeling, moment, waarde ervoor en erna. Geen namen en geen e-mailadressen"),
          .recipients = S_INIT("De beheerder van Schouders"),
          .retention = S_INIT("Zolang deze site bestaat. Na verwijderen van een account wijst het nummer niemand meer aan"),
          .security = S_INIT("Alleen toevoegen kan. Elke rij is met een hash aan de vorige vast") },
        { .name = S_INIT("Misbruik tegengaan"),
          .purpose = S_INIT("Raden van wachtwoorden en overlast afremmen"),
          .basis = S_INIT(SECURITY_INTEREST),
          .whose = S_INIT("Iedereen die probeert in te loggen of een formulier stuurt"),
          .what = S_INIT("Aantal mislukte pogingen bij een hash van account of netwerk. Geen IP-adres"),
          .recipients = S_INIT("Niemand"),
          .retention = S_INIT("24 uur. De telling van formulieren staat enkele minuten in het geheugen"),
          .security = S_INIT("Hash met een sleutel die niet in de opslag staat") },
        { .name = S_INIT("Bestanden"),
          .purpose = S_INIT("Afbeeldingen en documenten laten zien bij wat mensen schrijven"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Iedereen met een account die een bestand verstuurt, en wie op een afbeelding staat"),
          .what = S_INIT("Het bestand, de naam ervan, de beschrijving, wie het verstuurde en wanneer. Van foto's geen plaats en geen toestel"),
          .recipients = S_INIT("Wie het recht heeft om het te zien. Is het gepubliceerd: iedereen"),
          .retention = S_INIT("Zolang het wordt gebruikt. Anders " KEEP_TEXT(KEEP_UNUSED_FILE_DAYS) " dagen na het versturen"),
          .security = S_INIT("Herkend aan de inhoud, afbeeldingen opnieuw getekend, buiten de map van de site bewaard, openbaar pas na publiceren") },
        { .name = S_INIT("Reacties op een pagina"),
          .purpose = S_INIT("Fouten op de site verbeteren"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Bezoekers die een reactie sturen"),
          .what = S_INIT("De tekst, de pagina en het moment. Geen naam, adres of IP-adres"),
          .recipients = S_INIT("Redacteuren en de beheerder van Schouders"),
          .retention = S_INIT(KEEP_TEXT(KEEP_FEEDBACK_DAYS) " dagen"),
          .security = S_INIT("Het formulier weigert burgerservicenummers en waarschuwt bij telefoonnummers, rekeningnummers en geboortedata") },
        { .name = S_INIT("Beoordeling van aanpakken"),
          .purpose = S_INIT("Aanpakken zorgvuldig en controleerbaar laten beoordelen, zonder dat iemand over een eigen zaak oordeelt"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Mensen die een aanpak indienen, beoordelaars en medewerkers van het programmabureau"),
          .what = S_INIT("Wie indiende en namens wie, contact, opmerkingen en bezwaar; van beoordelaars de kant, het gemelde belang en het oordeel; "
                         "wie welke stap zette"),
          .recipients = S_INIT("Het programmabureau. Beoordelaars lezen de tekst en wie indiende. Het besluit, de redenen en het contact zijn openbaar, "
                               "zonder namen van beoordelaars"),
          .retention = S_INIT("Nooit ingediend: " KEEP_TEXT(KEEP_CASE_DRAFT_DAYS) " dagen. Het belang dat iemand noemde: " KEEP_TEXT(KEEP_INTEREST_DAYS)
                              " dagen. De rest zolang deze site bestaat; na verwijderen van een account wijst het nummer niemand meer aan"),
          .security = S_INIT("Het dossier gaat pas open na een verklaring. Oordelen zijn voor anderen onzichtbaar tot iedereen geoordeeld heeft. Elke stap "
                             "staat in het spoor") },
        { .name = S_INIT("Vragen en ervaringen van deelnemers"),
          .purpose = S_INIT("Mensen uit de praktijk van elkaar laten leren, en ingrijpen als iets niet op de site hoort"),
          .basis = S_INIT(TASK),
          .whose = S_INIT("Deelnemers die schrijven of iets melden"),
          .what = S_INIT("De tekst, het nummer van de schrijver, de gekozen rol, keuze voor e-mail, besluiten van moderators. Bij een melding de reden en het "
                         "nummer van wie meldde, of een hash van het netwerk. Geen IP-adres"),
          .recipients = S_INIT("Iedereen die de site leest; meldingen alleen de moderators"),
          .retention = S_INIT("Tot de schrijver de tekst intrekt. Verwijderde teksten en meldingen " KEEP_TEXT(KEEP_POST_DAYS) " dagen"),
          .security = S_INIT("Formulieren weigeren burgerservicenummers en waarschuwen bij andere gegevens. De eerste bijdragen leest een moderator "
                             "vooraf. Wie wil, schrijft zonder naam") },
        { .name = { 0 } },
};
