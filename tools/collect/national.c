/* national.c - national series of CBS: development, sources, life events, risk groups. */
#include "collect.h"

/* "2020-10" is year 2020 measured on 1 October; "2019" and "2020-01" are measured on 1 January. */
static bool period(struct collect *c, const struct table *t, struct str detail, struct line *l) {
        struct str when = cell(t, "jaar");
        bool october = str_ends(when, S("-10"));
        l->period = str_sub(when, 0, 4);
        l->region = S("NL01");
        l->boundary_year = 2023;
        l->detail = !october ? detail : detail.n ? str_fmt(c->a, "%.*s (1 oktober)", STR(detail)) : S("1 oktober");
        return october;
}

static void values(struct line *l, struct str value, struct str numerator) {
        l->value = value;
        l->numerator = numerator;
        l->status = value.n ? "exact" : "missing";
}

static void development(struct collect *c) {
        static const struct { const char *group, *indicator; } groups[] = {
                { "Totaal huishoudens", "LS01" }, { "Totaal huishoudens (oud)", "LS02" },
                { "Instromers", "LS03" }, { "Instromers (oud)", "LS04" },
        };
        struct table t = table_read(c, "schulden/landelijk_ontwikkeling_2015_2024.csv");
        for (size_t g = 0; g < 4; g++)
                for (size_t i = 0; table_row(&t, i); i++) {
                        double with = 0, without = 0;
                        struct line l = { .indicator = groups[g].indicator };
                        if (!str_eq(cell(&t, "Groep"), str_of(groups[g].group)))
                                continue;
                        bool october = period(c, &t, (struct str) { 0 }, &l);
                        values(&l, cell(&t, "aandeel_schuldenaren"), cell(&t, "schuldenaren"));
                        if (cell_number(&t, "schuldenaren", &with) && cell_number(&t, "nietschuldenaren", &without))
                                l.denominator = whole(c, with + without);
                        put_line(c, &l);
                        /* The same national figure stands above the municipalities of that year. */
                        if (g == 0 && !october && (str_eq(l.period, S("2022")) || str_eq(l.period, S("2023")))) {
                                l.indicator = "PS01";
                                put_line(c, &l);
                        }
                }
}

static struct str source_name(struct str s) {
        if (str_eq(s, S("ZvW wanbetaler")) || str_eq(s, S("Zvw wanbetaler")))
                return S("Zvw-wanbetaler");
        return s;
}

static void per_source(struct collect *c) {
        struct table t = table_read(c, "schulden/landelijk_schuldregistraties_per_bron.csv");
        struct table u = table_read(c, "schulden/landelijk_aantal_bronnen.csv");
        for (size_t i = 0; table_row(&t, i); i++) {
                struct line l = { .indicator = "LS05" };
                period(c, &t, source_name(cell(&t, "bronlabel")), &l);
                values(&l, cell(&t, "Percentage"), cell(&t, "Aantal"));
                put_line(c, &l);
        }
        for (size_t i = 0; table_row(&u, i); i++) {
                struct line l = { .indicator = "LS06" };
                period(c, &u, cell(&u, "aantalbron"), &l);
                values(&l, cell(&u, "Percentage"), cell(&u, "Aantal"));
                put_line(c, &l);
        }
}

/* Each event comes twice: "0 ..." the persons it happened to, "1 ..." the others. */
static void life_events(struct collect *c) {
        struct table t = table_read(c, "schulden/landelijk_life_events.csv");
        for (size_t i = 0; table_row(&t, i); i++) {
                struct line l = { .indicator = "LS07" };
                bool other = str_starts(cell(&t, "Life_event_cat"), S("1 "));
                struct str detail = str_fmt(c->a, "%.*s: %.*s%s", STR(cell(&t, "pers_hh")), STR(cell(&t, "Korte_naam")),
                                            other ? " - niet meegemaakt" : "");
                period(c, &t, detail, &l);
                values(&l, cell(&t, "Percentage"), cell(&t, "Aantal"));
                put_line(c, &l);
        }
}

static void risk_groups(struct collect *c) {
        struct table t = table_read(c, "schulden/landelijk_risicogroepen_2016_2018.csv");
        for (size_t i = 0; table_row(&t, i); i++) {
                struct line size = { .indicator = "LS08" }, chance = { .indicator = "LS09" };
                struct str name = cell(&t, "Korte_naam");
                period(c, &t, name, &size);
                values(&size, cell(&t, "Omvang_aandeel"), cell(&t, "Omvang_aantal"));
                put_line(c, &size);
                period(c, &t, name, &chance);
                values(&chance, cell(&t, "Instroomkans"), (struct str) { 0 });
                put_line(c, &chance);
                if (str_eq(name, S("Totaal risicogroep")) && str_eq(size.period, S("2018"))) {
                        size.indicator = "PS03";
                        chance.indicator = "PS06";
                        size.detail = chance.detail = (struct str) { 0 };
                        put_line(c, &size);
                        put_line(c, &chance);
                }
        }
}

void collect_national(struct collect *c) {
        development(c);
        per_source(c);
        life_events(c);
        risk_groups(c);
        /* CBS gives 5,9 % in the text of the report on persons (2024). */
        put_line(c, &(struct line) { "PS02", S("2023"), S("NL01"), .value = S("5.9"), .status = "exact",
                .boundary_year = 2023 });
}
