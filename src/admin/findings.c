#include "findings.h"
#include <stdlib.h>
#include "buf.h"
#include "clock.h"
#include "vec.h"

#define MINUTE_MS ((int64_t) 60 * 1000)
#define DAY_MS (24 * 60 * MINUTE_MS)
#define CLOCK_OFF_MS (MINUTE_MS / 2)
#define MAIL_MANY 50
#define GIB ((int64_t) 1 << 30)

struct list {
        struct arena *a;
        const struct safety_facts *f;
        struct findings *out;
};
static void add(struct list *l, enum weight w, struct str title, struct str why, struct str mend) {
        *vec_push(l->a, l->out) = (struct finding) { w, title, why, mend };
}

static void trail(struct list *l) {
        const struct safety_facts *f = l->f;
        if (f->trail_broken)
                add(l, WEIGHT_DANGER, S("Het spoor van wijzigingen is niet heel"),
                    S("De laatste controle vond een regel die veranderd of verdwenen is. Iemand kan buiten Schouders om in de database schrijven."),
                    S("Draai ‘schouders check trail’. Zet de database apart voor onderzoek. Wijzig de wachtwoorden van de database en de server."));
        else if (f->trail_ms == 0 || f->now_ms - f->trail_ms > 2 * DAY_MS)
                add(l, WEIGHT_NOTICE, S("Het spoor is de laatste twee dagen niet gecontroleerd"),
                    S("Elke nacht kijkt Schouders of niemand stiekem iets in het spoor veranderde. Dat is nu niet gebeurd."),
                    S("Kies bij ‘Spoor van wijzigingen’ voor ‘Controleer het spoor nu’. Kijk bij ‘Werk op de achtergrond’ of taken mislukken."));
}

static void keys_shared(struct list *l) {
        if (l->f->keys_shared)
                add(l, WEIGHT_DANGER, S("Anderen op deze server kunnen het sleutelbestand lezen, of het is weg"),
                    S("Met dat bestand en een kopie van de database kan iemand de geheimen van alle accounts lezen."),
                    S("Geef alleen Schouders toegang: chmod 600 op het bestand. Is het weg? Zet het terug uit de reservekopie, want anders start Schouders niet meer."));
}

static void https(struct list *l) {
        if (l->f->has_origin && !str_starts(l->f->origin, S("https://")))
                add(l, WEIGHT_DANGER, S("De site werkt zonder https"),
                    S("Wachtwoorden en codes gaan leesbaar over het netwerk. Browsers bewaren de inlogcookie dan niet."),
                    S("Zet een webserver met een certificaat voor Schouders en start met --origin https://uw-adres."));
}

static void origin(struct list *l) {
        if (!l->f->has_origin)
                add(l, WEIGHT_WEAK, S("Het adres van de site is niet ingesteld"),
                    S("Schouders weet niet hoe de site van buiten heet. Links in e-mails wijzen naar deze machine, en niemand anders kan ze openen."),
                    S("Start met --origin https://uw-adres, achter een webserver met een certificaat."));
}

static void proxy(struct list *l) {
        if (l->f->has_origin && !l->f->behind_proxy)
                add(l, WEIGHT_WEAK, S("Schouders weet niet dat er een webserver voor staat"),
                    S("Alle bezoekers lijken dan van één adres te komen. Eén lastige bezoeker kan iedereen buitensluiten."),
                    S("Start met --behind-proxy als de webserver op dezelfde machine draait."));
}

static void administrators(struct list *l) {
        if (l->f->administrators == 0)
                add(l, WEIGHT_DANGER, S("Er is geen beheerder"), S("Niemand kan rollen geven of mensen helpen."),
                    S("Draai op de server ‘schouders user add --admin’ en open de link die u krijgt."));
        else if (l->f->administrators == 1)
                add(l, WEIGHT_WEAK, S("Er is maar één beheerder"), S("Is deze persoon ziek of de telefoon kwijt, dan kan niemand helpen."),
                    S("Nodig een tweede beheerder uit."));
}

static void second_factor(struct list *l) {
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0; i < l->f->single_n; i++)
                buf_fmt(&b, "%s%.*s", i ? ", " : "", STR(l->f->single[i]));
        if (l->f->single_n)
                add(l, WEIGHT_WEAK, S("Mensen met een zware rol hebben nog geen tweede stap"),
                    str_fmt(l->a, "Hun rol werkt pas met een tweede stap bij het inloggen. Tot dan is een gestolen wachtwoord genoeg om er zelf een in te stellen. Het gaat om: %.*s.",
                            STR(buf_view(&b))),
                    S("Vraag hun om bij ‘Mijn account’ een app met codes of een passkey in te stellen. Trek de rol in als dat niet lukt."));
}

static void keys_beside(struct list *l) {
        if (l->f->keys_beside_store)
                add(l, WEIGHT_WEAK, S("Het sleutelbestand staat in dezelfde map als de database"),
                    S("Wie een kopie van die map maakt, heeft het slot en de sleutel tegelijk."),
                    S("Zet het sleutelbestand in een andere map, bewaar er apart een kopie van, en start met --keys."));
}

static void closed(struct list *l) {
        if (l->f->is_postgres && !l->f->is_closed)
                add(l, WEIGHT_WEAK, S("De database laat elk onderdeel bij alle tabellen"),
                    S("Een fout in één onderdeel kan dan bij accounts of bij het spoor. PostgreSQL kan die tabellen afsluiten."),
                    S("Maak de rollen van PostgreSQL zoals in docs/operations.md staat, en start Schouders opnieuw."));
}

static void backup(struct list *l) {
        const struct safety_facts *f = l->f;
        if (f->backup_ms && f->now_ms - f->backup_ms <= DAY_MS + DAY_MS / 4)
                return;
        struct str last = f->backup_ms ? str_fmt(l->a, "De laatste was op %.*s.", STR(clock_dutch_time(l->a, f->backup_ms)))
                                       : S("Schouders heeft er nog nooit een gezien.");
        add(l, WEIGHT_WEAK, S("Er is geen reservekopie van de laatste dag"),
            str_fmt(l->a, "%.*s Gaat de server stuk, dan zijn accounts, rollen en reacties weg.", STR(last)),
            S("Laat elke nacht ‘schouders backup’ een kopie maken in een nieuwe map, en zet die op een andere plek. Zie docs/operations.md."));
}

static void clocks(struct list *l) {
        const struct safety_facts *f = l->f;
        if (llabs(f->database_ms - f->now_ms) > CLOCK_OFF_MS)
                add(l, WEIGHT_WEAK, S("De klok van deze server en die van de database lopen niet gelijk"),
                    str_fmt(l->a, "Het verschil is %lld seconden. Codes uit een app werken dan niet, en tijden in het spoor kloppen niet.",
                            (long long) (llabs(f->database_ms - f->now_ms) / 1000)),
                    S("Laat beide servers de tijd van het netwerk volgen, bijvoorbeeld met chrony of systemd-timesyncd."));
        if (f->newest_ms > f->now_ms + MINUTE_MS)
                add(l, WEIGHT_WEAK, S("De klok van deze server is teruggezet"),
                    S("In het spoor staat een regel uit de toekomst. Codes uit een app werken dan niet, en links blijven te lang geldig."),
                    S("Laat de server de tijd van het netwerk volgen, bijvoorbeeld met chrony of systemd-timesyncd."));
}

static void smtp(struct list *l) {
        if (!l->f->can_send)
                add(l, WEIGHT_WEAK, S("Er is geen mailserver ingesteld"),
                    S("Uitnodigingen en links voor een nieuw wachtwoord komen niet aan. Zij blijven staan bij ‘Uitgaande e-mail’."),
                    S("Stel een mailserver in, zoals in docs/operations.md staat."));
}

static void mail(struct list *l) {
        const struct safety_facts *f = l->f;
        if (f->mail_dead || (f->can_send && f->mail_kept) || f->mail_waiting > MAIL_MANY)
                add(l, WEIGHT_WEAK, S("Er is e-mail die niet aankwam"),
                    str_fmt(l->a, "Niet aangekomen: %lld. Bewaard: %lld. Wacht: %lld.", (long long) f->mail_dead, (long long) f->mail_kept,
                            (long long) f->mail_waiting),
                    S("Kijk bij ‘Uitgaande e-mail’ wat de mailserver antwoordde, en probeer het opnieuw."));
}

static void jobs(struct list *l) {
        if (l->f->jobs_dead)
                add(l, WEIGHT_WEAK, S("Er is werk op de achtergrond mislukt"),
                    str_fmt(l->a, "Aantal taken: %lld. Daardoor kan iets niet gewist of niet verstuurd zijn.", (long long) l->f->jobs_dead),
                    S("Kijk bij ‘Werk op de achtergrond’ naar de oorzaak, los die op en probeer het opnieuw."));
}

static void disk(struct list *l) {
        const struct safety_facts *f = l->f;
        if (f->disk_size && (f->disk_free < GIB / 2 || f->disk_free < f->disk_size / 20))
                add(l, WEIGHT_WEAK, S("De schijf is bijna vol"),
                    str_fmt(l->a, "Er is nog %lld MB vrij. Is de schijf vol, dan kan niemand meer iets opslaan.",
                            (long long) (f->disk_free / (1 << 20))),
                    S("Maak ruimte, of geef de server een grotere schijf."));
}

static void demo(struct list *l) {
        if (l->f->is_demo)
                add(l, WEIGHT_NOTICE, S("Dit is een demo"),
                    S("Er zijn verzonnen mensen, en bij het starten komen links om als elk van hen in te loggen."),
                    S("Gebruik voor echt werk een nieuwe database en start zonder --demo."));
}

typedef void check(struct list *l);
static check *const checks[] = { trail, keys_shared, https, origin, proxy, administrators, second_factor, keys_beside, closed, backup,
                                 clocks, smtp, mail, jobs, disk, demo };
#define CHECKS (sizeof checks / sizeof *checks)

size_t safety_checks(void) {
        return CHECKS;
}

void safety_findings(struct arena *a, const struct safety_facts *f, struct findings *ret) {
        struct findings all = { 0 };
        struct list l = { a, f, &all };
        for (size_t i = 0; i < CHECKS; i++)
                checks[i](&l);
        *ret = (struct findings) { 0 };
        for (int w = WEIGHT_DANGER; w <= WEIGHT_NOTICE; w++)
                for (size_t i = 0; i < all.n; i++)
                        if ((int) all.v[i].weight == w)
                                *vec_push(a, ret) = all.v[i];
}
