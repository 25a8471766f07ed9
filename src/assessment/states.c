#include "states.h"

const struct state_info case_states[STATES_N] = {
        [STATE_DRAFT] = { S_INIT("concept"), S_INIT("Nog niet ingediend"), S_INIT("De indiener vult de gegevens en de tekst aan."),
          S_INIT("U bent aan zet. Vink de criteria af, schrijf de tekst en dien de aanpak in."), false },
        [STATE_SUBMITTED] = { S_INIT("ingediend"), S_INIT("Ingediend"), S_INIT("De aanpak wacht op de quickscan."),
          S_INIT("Het programmabureau begint met de quickscan. U krijgt een e-mail."), false },
        [STATE_SCAN] = { S_INIT("quickscan"), S_INIT("Quickscan"), S_INIT("Het programmabureau kijkt of de aanpak aan de criteria voldoet."),
          S_INIT("Het programmabureau rondt de quickscan af. U krijgt een e-mail met de uitkomst."), false },
        [STATE_DESCRIBE] = { S_INIT("beschrijven"), S_INIT("Beschrijven"), S_INIT("De indiener en de secretaris maken samen de beschrijving compleet."),
          S_INIT("Werk de tekst bij en bied die aan. De secretaris leest mee."), false },
        [STATE_ASSESS] = { S_INIT("in-beoordeling"), S_INIT("In beoordeling"), S_INIT("Een commissie uit wetenschap, praktijk en ervaring oordeelt."),
          S_INIT("De beoordelaars lezen de tekst. Daarna volgt het besluit. U krijgt een e-mail."), false },
        [STATE_OBJECTION] = { S_INIT("bezwaar"), S_INIT("In bezwaar"), S_INIT("Andere beoordelaars kijken opnieuw, omdat de indiener bezwaar maakte."),
          S_INIT("Andere beoordelaars lezen uw bezwaar en de tekst. Daarna volgt een nieuw besluit."), false },
        [STATE_PUBLISHED] = { S_INIT("gepubliceerd"), S_INIT("Gepubliceerd"), S_INIT("De aanpak staat met drie scores in de kennisbank."),
          S_INIT("U hoeft nu niets te doen. Voor de einddatum krijgt u twee keer een herinnering."), true },
        [STATE_RESERVED] = { S_INIT("onder-voorbehoud"), S_INIT("Onder voorbehoud"), S_INIT("De aanpak staat in de kennisbank, met een voorwaarde die nog open is."),
          S_INIT("Voldoe aan de voorwaarde voor de datum die erbij staat. Bent u het niet eens? Maak dan op tijd bezwaar."), true },
        [STATE_REJECTED] = { S_INIT("afgewezen"), S_INIT("Afgewezen"), S_INIT("De aanpak komt niet met een oordeel in de kennisbank."),
          S_INIT("Lees de motivatie. Bent u het niet eens? Maak dan op tijd bezwaar."), true },
        [STATE_EXPIRED] = { S_INIT("verlopen"), S_INIT("Verlopen"), S_INIT("Het oordeel is te oud. De tekst blijft staan, met die mededeling erbij."),
          S_INIT("Vraag een herbeoordeling aan als de aanpak nog gebruikt wordt."), true },
        [STATE_WITHDRAWN] = { S_INIT("ingetrokken"), S_INIT("Ingetrokken"), S_INIT("De beoordeling is gestopt."),
          S_INIT("Hier gebeurt niets meer. U kunt de aanpak later opnieuw indienen."), false },
};

enum case_state state_of(struct str code) {
        int s = 0;
        while (s < STATES_N && !str_eq(case_states[s].code, code))
                s++;
        return (enum case_state) s;
}

const struct str actor_labels[ACTORS_N] = { S_INIT("de indiener"), S_INIT("het programmabureau"), S_INIT("vanzelf, in de nacht") };
const struct str need_labels[NEEDS_N] = {
        S_INIT("alle criteria zijn afgevinkt"), S_INIT("de tekst is compleet"), S_INIT("de indiener heeft de tekst aangeboden"),
        S_INIT("met motivatie"), S_INIT("er zijn minstens drie beoordelaars: uit wetenschap, praktijk en ervaring"),
        S_INIT("alle beoordelaars hebben geoordeeld, ook die uit ervaring"), S_INIT("met een oordeel op elk van de drie scores"),
        S_INIT("met een voorwaarde en een datum"), S_INIT("binnen zes weken na het besluit"),
        S_INIT("er is nog geen bezwaar tegen dit besluit"), S_INIT("de einddatum van het oordeel is voorbij"),
        S_INIT("de datum van de voorwaarde is voorbij"),
};
const struct str told_labels[TOLDS_N] = { S_INIT("de indiener"), S_INIT("het programmabureau"), S_INIT("de beoordelaars") };

#define IN(state) (1u << STATE_ ## state)
const struct transition transitions[] = {
        { S_INIT("indienen"), S_INIT("Dien de aanpak in"), S_INIT("De aanpak is ingediend."),
          IN(DRAFT), STATE_SUBMITTED, ACTOR_SUBMITTER, NEED_CRITERIA | NEED_TEXT, TOLD_LEADS, false },
        { S_INIT("quickscan"), S_INIT("Begin met de quickscan"), S_INIT("De quickscan is begonnen."),
          IN(SUBMITTED), STATE_SCAN, ACTOR_LEAD, 0, TOLD_SUBMITTER, false },
        { S_INIT("voldoet"), S_INIT("Voldoet: ga beschrijven"), S_INIT("De aanpak voldoet aan de criteria van de quickscan."),
          IN(SCAN), STATE_DESCRIBE, ACTOR_LEAD, NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("potentie"), S_INIT("Heeft potentie: ga beschrijven"), S_INIT("De aanpak voldoet nog niet aan alles, maar heeft potentie."),
          IN(SCAN), STATE_DESCRIBE, ACTOR_LEAD, NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("voldoet-niet"), S_INIT("Voldoet niet: wijs af"), S_INIT("De aanpak voldoet niet aan de criteria van de quickscan."),
          IN(SCAN), STATE_REJECTED, ACTOR_LEAD, NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("naar-commissie"), S_INIT("Leg voor aan de commissie"), S_INIT("De tekst ligt voor aan de commissie."),
          IN(DESCRIBE), STATE_ASSESS, ACTOR_LEAD, NEED_TEXT | NEED_HANDED | NEED_PANEL, TOLD_SUBMITTER | TOLD_PANEL, false },
        { S_INIT("publiceren"), S_INIT("Publiceer"), S_INIT("Het besluit is: publiceren."),
          IN(ASSESS) | IN(OBJECTION), STATE_PUBLISHED, ACTOR_LEAD, NEED_TEXT | NEED_VOTES | NEED_SCORES | NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("voorbehoud"), S_INIT("Publiceer onder voorbehoud"), S_INIT("Het besluit is: publiceren onder voorbehoud."),
          IN(ASSESS) | IN(OBJECTION), STATE_RESERVED, ACTOR_LEAD, NEED_TEXT | NEED_VOTES | NEED_SCORES | NEED_NOTE | NEED_CONDITION,
          TOLD_SUBMITTER, false },
        { S_INIT("afwijzen"), S_INIT("Wijs af"), S_INIT("Het besluit is: afwijzen."),
          IN(ASSESS) | IN(OBJECTION), STATE_REJECTED, ACTOR_LEAD, NEED_VOTES | NEED_SCORES | NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("voldaan"), S_INIT("Aan de voorwaarde is voldaan"), S_INIT("Aan de voorwaarde is voldaan. Het voorbehoud is weg."),
          IN(RESERVED), STATE_PUBLISHED, ACTOR_LEAD, NEED_NOTE, TOLD_SUBMITTER, false },
        { S_INIT("niet-voldaan"), S_INIT("Aan de voorwaarde is niet voldaan: wijs af"), S_INIT("Aan de voorwaarde is niet op tijd voldaan."),
          IN(RESERVED), STATE_REJECTED, ACTOR_LEAD, NEED_NOTE | NEED_LATE, TOLD_SUBMITTER, false },
        { S_INIT("bezwaar"), S_INIT("Maak bezwaar"), S_INIT("De indiener maakt bezwaar. Andere beoordelaars kijken opnieuw."),
          IN(REJECTED) | IN(RESERVED), STATE_OBJECTION, ACTOR_SUBMITTER, NEED_NOTE | NEED_TERM | NEED_FIRST, TOLD_SUBMITTER | TOLD_LEADS, true },
        { S_INIT("herbeoordelen"), S_INIT("Begin een herbeoordeling"), S_INIT("De herbeoordeling is begonnen."),
          IN(PUBLISHED) | IN(RESERVED) | IN(EXPIRED), STATE_DESCRIBE, ACTOR_SUBMITTER | ACTOR_LEAD, 0, TOLD_SUBMITTER | TOLD_LEADS, true },
        { S_INIT("verlopen"), S_INIT("Verlopen"), S_INIT("Het oordeel is verlopen. De tekst blijft staan, met die mededeling."),
          IN(PUBLISHED) | IN(RESERVED), STATE_EXPIRED, ACTOR_NIGHT, NEED_ENDED, TOLD_SUBMITTER, false },
        { S_INIT("terugtrekken"), S_INIT("Trek de aanpak terug"), S_INIT("De indiener trok de aanpak terug."),
          IN(DRAFT) | IN(SUBMITTED) | IN(SCAN) | IN(DESCRIBE) | IN(ASSESS), STATE_WITHDRAWN, ACTOR_SUBMITTER, 0, TOLD_LEADS, false },
        { S_INIT("intrekken"), S_INIT("Trek het oordeel in"), S_INIT("Het oordeel is ingetrokken. De tekst is uit de kennisbank."),
          IN(PUBLISHED) | IN(RESERVED) | IN(EXPIRED), STATE_WITHDRAWN, ACTOR_SUBMITTER | ACTOR_LEAD, NEED_NOTE, TOLD_SUBMITTER | TOLD_LEADS, false },
        { .code = { 0 } },
};

const struct transition *transition_find(struct str code) {
        for (const struct transition *t = transitions; t->code.n; t++)
                if (str_eq(t->code, code))
                        return t;
        return NULL;
}

bool transition_allowed(const struct transition *t, enum case_state state, unsigned actors) {
        return t->from >> state & 1 && t->actors & actors;
}
