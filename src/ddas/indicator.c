#include "indicator.h"

const uint32_t indicator_edges[SCALES][CLASSES - 1] = {
        [SCALE_DAYS] = { 7, 14, 21, 28, 42, 56, 84, 120, 182, 365 },
        [SCALE_EUROS] = { 2500, 5000, 10000, 15000, 20000, 30000, 40000, 60000, 100000, 150000 },
        [SCALE_CREDITORS] = { 2, 4, 6, 8, 10, 12, 15, 20, 30, 50 },
};

#define COUNT(model, code, detail, n) { code, detail, n, NO_CELL, NO_SUM, SCALE_NONE, 0, model }
#define SHARE(model, code, detail, n, of) { code, detail, n, of, NO_SUM, SCALE_NONE, 0, model }
#define MEAN(code, detail, sum, of) { code, detail, NO_CELL, of, sum, SCALE_NONE, 0, MODEL_HELP }
#define CLASSED(code, detail, n, of, sum, scale, classes) { code, detail, n, of, sum, scale, classes, MODEL_HELP }
#define HELP(code, detail, n, of) SHARE(MODEL_HELP, code, detail, n, of)
#define SIGNALS(code, detail, n, of) SHARE(MODEL_SIGNALS, code, detail, n, of)

/* The field names behind each line stand in docs/ddas.md; tally.c fills the cells. */
const struct indicator indicators[] = {
        COUNT(MODEL_HELP, "SHV01", "", N_APPLIED),
        CLASSED("SHV02", "", NO_CELL, N_SPOKEN, S_WAIT, SCALE_DAYS, N_WAIT_CLASS),
        HELP("SHV03", "", N_SPOKEN_SOON, N_SPOKEN),
        HELP("SHV04", "", N_CRISIS_SOON, N_CRISIS),
        CLASSED("SHV05", "", N_TIMED_SOON, N_TIMED, S_TIMED, SCALE_DAYS, N_TIMED_CLASS),
        HELP("SHV06", "", N_ADMITTED, N_DECISIONS),
        HELP("SHV07", "", N_STABLE_LONG, N_STABLE),
        CLASSED("SHV08", "", N_AGREED_LATE, N_AGREED, S_SETUP, SCALE_DAYS, N_SETUP_CLASS),
        HELP("SHV09a", "", N_ACCEPTED, N_PROPOSED),
        HELP("SHV09a", "dwangakkoord", N_COURT, N_PROPOSED),
        HELP("SHV09b", "", N_SETTLED_WELL, N_SETTLED_END),
        HELP("SHV10", "", N_DROPPED, N_LEFT),
        HELP("SHV11", "", N_FREE, N_LEFT),
        HELP("SHV12", "", N_RETURNED, N_KNOWN),
        CLASSED("SHV13", "", NO_CELL, N_DEBT, S_DEBT, SCALE_EUROS, N_DEBT_CLASS),
        MEAN("SHV13", "particulier", S_DEBT_PRIVATE, N_DEBT_PRIVATE),
        MEAN("SHV13", "ondernemer", S_DEBT_BUSINESS, N_DEBT_BUSINESS),
        CLASSED("SHV14", "", NO_CELL, N_CREDITORS, S_CREDITORS, SCALE_CREDITORS, N_CREDITORS_CLASS),
        MEAN("SHV14", "particulier", S_CREDITORS_PRIVATE, N_CREDITORS_PRIVATE),
        MEAN("SHV14", "ondernemer", S_CREDITORS_BUSINESS, N_CREDITORS_BUSINESS),
        HELP("SHV15", "Betalingsregeling", N_SOLUTION + SOLUTION_INSTALMENTS, N_SOLUTIONS),
        HELP("SHV15", "Herfinanciering", N_SOLUTION + SOLUTION_REFINANCE, N_SOLUTIONS),
        HELP("SHV15", "Saneringskrediet", N_SOLUTION + SOLUTION_CREDIT, N_SOLUTIONS),
        HELP("SHV15", "Schuldbemiddeling", N_SOLUTION + SOLUTION_MEDIATION, N_SOLUTIONS),
        HELP("SHV15", "0%-aanbod", N_SOLUTION + SOLUTION_NIL, N_SOLUTIONS),
        HELP("SHV16", "", N_GUIDED, N_SETTLED),
        HELP("SHV17", "", N_AFTERCARE, N_ENDED),
        COUNT(MODEL_SIGNALS, "VS01", "", N_SIGNALS),
        COUNT(MODEL_SIGNALS, "VS02", "", N_REPORTS),
        COUNT(MODEL_SIGNALS, "VS02", "zaken", N_CASES),
        SIGNALS("VS03", "enkelvoudig", N_SINGLE, N_REPORTS),
        SIGNALS("VS03", "meervoudig", N_MULTIPLE, N_REPORTS),
        SIGNALS("VS03", "opeenvolgend", N_CONSECUTIVE, N_REPORTS),
        SIGNALS("VS04", "", N_REACHED, N_CASES),
        SIGNALS("VS05a", "", N_MET, N_REACHED),
        SIGNALS("VS05a", "advies of quick fix", N_MET_ADVICE, N_REACHED),
        SIGNALS("VS05a", "vervolghulp financieel", N_MET_FINANCIAL, N_REACHED),
        SIGNALS("VS05a", "verwijzing zonder contact", N_MET_UNMET, N_REACHED),
        SIGNALS("VS05a", "vervolghulp niet financieel", N_MET_OTHER, N_REACHED),
        SIGNALS("VS05b", "", N_HELP, N_CASES),
        SIGNALS("VS05b", "advies of quick fix", N_HELP_ADVICE, N_CASES),
        SIGNALS("VS05b", "vervolghulp financieel", N_HELP_FINANCIAL, N_CASES),
        SIGNALS("VS05b", "verwijzing zonder contact", N_HELP_UNMET, N_CASES),
        SIGNALS("VS05b", "vervolghulp niet financieel", N_HELP_OTHER, N_CASES),
        SIGNALS("VS06", "Energie", N_PARTNER, N_SIGNALS),
        SIGNALS("VS06", "Huur", N_PARTNER + 1, N_SIGNALS),
        SIGNALS("VS06", "Hypotheek", N_PARTNER + 2, N_SIGNALS),
        SIGNALS("VS06", "CAK Zorgverzekeringen", N_PARTNER + 3, N_SIGNALS),
        SIGNALS("VS06", "Zorg", N_PARTNER + 4, N_SIGNALS),
        SIGNALS("VS06", "Water", N_PARTNER + 5, N_SIGNALS),
        SIGNALS("VS06", "DUO", N_PARTNER + 6, N_SIGNALS),
        SIGNALS("VS06", "Belastingdienst", N_PARTNER + 7, N_SIGNALS),
        SIGNALS("VS06", "CAK Eigen bijdrage", N_PARTNER + 8, N_SIGNALS),
        SIGNALS("VS06", "Overige", N_PARTNER + 9, N_SIGNALS),
        SIGNALS("VS06", "Dienst Toeslagen", N_PARTNER + 10, N_SIGNALS),
        SIGNALS("VS06", "Onbekend", N_PARTNER_END, N_SIGNALS),
};
const uint32_t indicators_n = sizeof indicators / sizeof *indicators;
