/* form_line.c - what the fields of a line are called (docs/content.md). */
#include "form_line.h"

#define T CONTROL_TEXT
#define C CONTROL_SHORT
#define A CONTROL_AREA
#define U CONTROL_URL

static const struct line_input inputs[LINES_N + 1][LINE_PARTS + 1] = {
        [LINES_SOURCE] = { { S_INIT("Titel"), T }, { S_INIT("Uitgever"), T, true }, { S_INIT("Jaar of datum"), C, true },
                           { S_INIT("Adres (https://…)"), U } },
        [LINES_USE] = { { S_INIT("Gemeente"), T }, { S_INIT("Sinds (jaar)"), C, true }, { S_INIT("Wat doet de gemeente?"), A, true },
                        { S_INIT("Adres van de bron (https://…)"), U }, { S_INIT("Is dit een verzonnen voorbeeld?"), CONTROL_FICTION } },
        [LINES_ELEMENT] = { { S_INIT("Naam"), T }, { S_INIT("Waarom zou dit werken?"), A }, { S_INIT("Adres van de bron (https://…)"), U, true } },
        [LINES_STUDY] = { { S_INIT("Titel"), T }, { S_INIT("Door wie"), T, true }, { S_INIT("Jaar"), C, true },
                          { S_INIT("Adres (https://…)"), U }, { S_INIT("Opzet"), CONTROL_DESIGN }, { S_INIT("Aantal deelnemers"), C, true },
                          { S_INIT("Wat is gemeten?"), A }, { S_INIT("Wat kwam eruit?"), A, true }, { S_INIT("Interval of marge"), T, true },
                          { S_INIT("Opmerking over de waarde van dit onderzoek"), A, true } },
        [LINES_EXPERIENCE] = { { S_INIT("Wie vertelt dit?"), T }, { S_INIT("Jaar"), C, true }, { S_INIT("Wat was de situatie?"), A, true },
                               { S_INIT("Wat was er nodig om het te laten werken?"), A, true }, { S_INIT("Wat leverde het op?"), A, true },
                               { S_INIT("Adres van de bron (https://…)"), U } },
        [LINES_MATERIAL] = { { S_INIT("Titel"), T }, { S_INIT("Uitgever"), T, true }, { S_INIT("Jaar"), C, true }, { S_INIT("Adres (https://…)"), U } },
        [LINES_RECOGNITION] = { { S_INIT("Instituut"), T }, { S_INIT("Niveau"), T }, { S_INIT("Jaar"), C, true }, { S_INIT("Adres (https://…)"), U } },
        [LINES_EDITION] = { { S_INIT("Naam van de editie"), T }, { S_INIT("Jaar"), C, true }, { S_INIT("Adres (https://…)"), U, true },
                            { S_INIT("Wat veranderde er?"), A, true } },
        [LINES_STEP] = { { S_INIT("Tekst: het laatste deel van zijn adres"), T }, { S_INIT("Wat doet de lezer ermee?"), A } },
        [LINES_N] = { { S_INIT("Oordeel"), T }, { S_INIT("Instituut dat dit oordeel gaf"), T }, { S_INIT("Jaar"), C, true },
                      { S_INIT("Adres (https://…)"), U }, { S_INIT("Waarom?"), A, true } },
};

const struct line_input *line_inputs(enum item_lines kind) {
        return inputs[kind];
}

static const char *const names[LINE_PARTS] = { "deel-0", "deel-1", "deel-2", "deel-3", "deel-4", "deel-5", "deel-6", "deel-7", "deel-8", "deel-9" };

const char *line_input_name(size_t part) {
        return names[part];
}

struct str line_input_id(struct arena *a, size_t part, size_t row) {
        return row ? str_fmt(a, "%s-%zu", names[part], row) : str_of(names[part]);
}

static const struct { struct str heading, hint; } hints[] = {
        { S_INIT("Kort gezegd"), S_INIT("Wat is het, voor wie, en wat levert het op? In een minuut te lezen.") },
        { S_INIT("Voor wie"), S_INIT("Voor welke mensen en in welke situatie? En voor wie niet?") },
        { S_INIT("Zo werkt het"), S_INIT("Wat gebeurt er, stap voor stap?") },
        { S_INIT("Wat heb je nodig"), S_INIT("Mensen, tijd, geld, afspraken en gegevens.") },
        { S_INIT("Wat weten we ervan"), S_INIT("Wat zegt onderzoek, en wat is niet bekend?") },
        { S_INIT("Bronnen"), S_INIT("Wat hebt u gelezen? Zeg het als u iets niet helemaal las.") },
        { S_INIT("Mijn verhaal"), S_INIT("Wat is er gebeurd? Geen namen, en niets waardoor een ander te herkennen is.") },
        { S_INIT("Wat hielp"), S_INIT("Wat of wie maakte het verschil?") },
        { S_INIT("Wat beter kan"), S_INIT("Wat had anders gemoeten?") },
        { S_INIT("Zo gebruikt u het"), S_INIT("In welke volgorde, en hoeveel tijd kost het?") },
};

struct str item_section_hint(struct str heading) {
        for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
                if (str_eq(heading, hints[i].heading))
                        return hints[i].hint;
        return S("");
}
