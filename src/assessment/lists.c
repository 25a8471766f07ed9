/* lists.c - value lists of the assessment: entry criteria, sides and the levels of the three scores. */
#include "states.h"

/* After the entry criteria of NJi and Movisie (domain.md, section 5), in our words. */
const struct criterion criteria[] = {
        { S_INIT("planmatig"), S_INIT("De aanpak is planmatig en heeft een doel"), S_INIT("Er staat vast wat u doet, in welke volgorde en waarvoor.") },
        { S_INIT("twee-plaatsen"), S_INIT("De aanpak is op minstens twee plaatsen in Nederland uitgevoerd"), S_INIT("Twee gemeenten of twee organisaties.") },
        { S_INIT("handleiding"), S_INIT("Er is een handleiding in het Nederlands"), S_INIT("Anderen kunnen ermee werken zonder dat u erbij bent.") },
        { S_INIT("procesevaluatie"), S_INIT("De uitvoering is onderzocht"), S_INIT("Er is een verslag over hoe het in de praktijk ging.") },
        { S_INIT("eigenaar"), S_INIT("Er is een eigenaar, en duidelijk is wie de aanpak mag gebruiken"), S_INIT("De materialen blijven minstens twee jaar te krijgen.") },
        { .code = { 0 } },
};

const struct assessor_side assessor_sides[] = {
        { S_INIT("wetenschap"), S_INIT("Wetenschap"), S_INIT("Kijkt vooral naar het onderzoek: is het goed gedaan, en wat zegt het?") },
        { S_INIT("praktijk"), S_INIT("Praktijk"), S_INIT("Kijkt vooral of een gemeente of organisatie dit kan uitvoeren.") },
        { S_INIT("ervaring"), S_INIT("Ervaring"), S_INIT("Kijkt vanuit eigen ervaring met schulden: helpt dit mensen echt?") },
        { .code = { 0 } },
};

struct str side_label(struct str code) {
        for (const struct assessor_side *s = assessor_sides; s->code.n; s++)
                if (str_eq(s->code, code))
                        return s->label;
        return code;
}

static const struct score_level evidence[] = {
        { S_INIT("geen"), S_INIT("Nog geen bewijs"), S_INIT("Er is geen onderzoek, of het onderzoek zegt niets over de werking.") },
        { S_INIT("onderbouwd"), S_INIT("Goed onderbouwd"), S_INIT("Theorie of ander onderzoek legt uit waarom dit kan werken. Gemeten is het nog niet.") },
        { S_INIT("eerste"), S_INIT("Eerste bewijs"), S_INIT("Er is gemeten voor en na, of vergeleken op één plaats. Andere oorzaken zijn niet uitgesloten.") },
        { S_INIT("redelijk"), S_INIT("Redelijk bewijs"), S_INIT("Minstens één goede vergelijking met mensen of plaatsen zonder de aanpak.") },
        { S_INIT("sterk"), S_INIT("Sterk bewijs"), S_INIT("Meer goede vergelijkingen, of een experiment met loting, in de Nederlandse praktijk.") },
        { S_INIT("zeer-sterk"), S_INIT("Zeer sterk bewijs"), S_INIT("Meer experimenten op verschillende plaatsen, met dezelfde uitkomst en lang genoeg gevolgd.") },
        { .code = { 0 } },
};
static const struct score_level effect[] = {
        { S_INIT("onbekend"), S_INIT("Nog onbekend"), S_INIT("Er is te weinig gemeten om iets over het effect te zeggen.") },
        { S_INIT("nadelig"), S_INIT("Nadelig"), S_INIT("Mensen gingen er gemiddeld op achteruit.") },
        { S_INIT("geen"), S_INIT("Geen verschil gevonden"), S_INIT("Met de aanpak ging het niet aantoonbaar beter dan zonder.") },
        { S_INIT("klein"), S_INIT("Klein"), S_INIT("Aantoonbaar beter, maar de meeste mensen merken er weinig van.") },
        { S_INIT("duidelijk"), S_INIT("Duidelijk"), S_INIT("Aantoonbaar beter, en veel mensen merken het verschil.") },
        { S_INIT("groot"), S_INIT("Groot"), S_INIT("Aantoonbaar veel beter voor de meeste mensen.") },
        { .code = { 0 } },
};
static const struct score_level cost[] = {
        { S_INIT("onbekend"), S_INIT("Nog onbekend"), S_INIT("Niemand heeft opgeschreven wat de aanpak kost aan geld en tijd.") },
        { S_INIT("laag"), S_INIT("Laag"), S_INIT("Past in het gewone werk. Een korte uitleg is genoeg.") },
        { S_INIT("middel"), S_INIT("Gemiddeld"), S_INIT("Vraagt een training, uren van een team en afspraken met anderen.") },
        { S_INIT("hoog"), S_INIT("Hoog"), S_INIT("Vraagt eigen mensen, een eigen budget en een jaar of meer voorbereiding.") },
        { .code = { 0 } },
};

const struct score score_kinds[SCORE_KINDS] = {
        { S_INIT("bewijskracht"), S_INIT("Bewijskracht"), S_INIT("Hoe zeker is wat wij over deze aanpak weten?"), evidence },
        { S_INIT("effect"), S_INIT("Effect"), S_INIT("Hoeveel beter gaat het met mensen door deze aanpak?"), effect },
        { S_INIT("kosten"), S_INIT("Kosten en moeite"), S_INIT("Wat vraagt deze aanpak van wie haar uitvoert?"), cost },
};

const struct score_level *score_level(const struct score *s, struct str code) {
        for (const struct score_level *l = s->levels; l->code.n; l++)
                if (str_eq(l->code, code))
                        return l;
        return NULL;
}
