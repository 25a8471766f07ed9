/* figures.c - figures per municipality from the debt and neighbourhood tables of CBS. */
#include <math.h>
#include "collect.h"

static void problem_debts(struct collect *c) {
        struct table t = table_read(c, "schulden/problematische_schulden_gemeente_2022_2023.csv");
        for (size_t i = 0; table_row(&t, i); i++) {
                struct str year = cell(&t, "jaar"), code = cell(&t, "gm_code");
                struct str debt = cell(&t, "gem_schuld_per_huishouden_eur");
                struct str wealth = cell(&t, "mediaan_vermogen_huishouden_eur");
                /* The percentage has one decimal, so the count is derived from it. */
                put_line(c, &(struct line) { "PS01", year, code, { 0 },
                        cell(&t, "pct_huishoudens_problematische_schulden"), cell(&t, "aantal_huishoudens_afgeleid"),
                        cell(&t, "huishoudens"), "derived", 2023, { 0 } });
                put_line(c, &(struct line) { "PS04", year, code, .value = debt,
                        .status = debt.n ? "exact" : "missing", .boundary_year = 2023 });
                put_line(c, &(struct line) { "PS05", year, code, .value = wealth,
                        .status = wealth.n ? "exact" : "missing", .boundary_year = 2023 });
        }
}

static void persons(struct collect *c) {
        struct table t = table_read(c, "schulden/personen_problematische_schulden_gemeente_2023.csv");
        for (size_t i = 0; table_row(&t, i); i++)
                put_line(c, &(struct line) { "PS02", cell(&t, "jaar"), cell(&t, "gm_code"),
                        .value = cell(&t, "pct_personen_16plus_problematische_schulden"), .status = "exact",
                        .boundary_year = 2023 });
}

/* CBS gives the count in tens and the share with one decimal; the number of persons behind them follows from both. */
static void risk_group(struct collect *c) {
        struct table t = table_read(c, "schulden/risicogroep_gemeente_2018.csv");
        for (size_t i = 0; table_row(&t, i); i++) {
                struct str year = cell(&t, "jaar"), code = cell(&t, "gemeentecode"), chance = cell(&t, "Instroomkans");
                double n = 0, share = 0;
                if (!cell_number(&t, "Risicogroep_aantal", &n) || !cell_number(&t, "Risicogroep_aandeel", &share) ||
                        share <= 0)
                        fail(t.file, t.rows.v[i].line, "no count or share");
                put_line(c, &(struct line) { "PS03", year, code, { 0 }, cell(&t, "Risicogroep_aandeel"),
                        whole(c, n), whole(c, 100 * n / share), "derived", 2019, { 0 } });
                put_line(c, &(struct line) { "PS06", year, code, .value = chance,
                        .status = chance.n ? "exact" : "missing", .boundary_year = 2019 });
        }
}

/* A column of the neighbourhood table. TIMES turns thousands of euros into euros. PER: value per so many inhabitants,
 * 0 when the table has no numerator to derive. */
struct kwb {
        const char *indicator, *column;
        int times, per;
};

static void kwb_cell(struct collect *c, const struct table *t, const struct kwb *k, int year) {
        double v = 0, inhabitants = 0;
        struct line l = { k->indicator, cell(t, "jaar"), cell(t, "gm_code"), .status = "missing",
                .boundary_year = year };
        if (cell_number(t, k->column, &v)) {
                l.status = "exact";
                l.value = k->times > 1 ? whole(c, v * k->times) : cell(t, k->column);
        }
        if (l.value.n && k->per && cell_number(t, "inwoners", &inhabitants)) {
                l.status = "derived";
                l.numerator = whole(c, v * inhabitants / k->per);
                l.denominator = whole(c, inhabitants);
        }
        /* Whole numbers of the source end in ".0" here and there. */
        if (l.value.n > 2 && str_ends(l.value, S(".0")))
                l.value.n -= 2;
        put_line(c, &l);
}

static void kwb(struct collect *c, const char *file, int year, const struct kwb *list, size_t n) {
        struct table t = table_read(c, file);
        for (size_t k = 0; k < n; k++)
                for (size_t i = 0; table_row(&t, i); i++)
                        kwb_cell(c, &t, &list[k], year);
}

static const struct kwb kwb_2021[] = {
        { "BZ01", "pct_hh_laag_inkomen", 1, 0 }, { "BZ02", "pct_hh_onder_of_rond_sociaal_minimum", 1, 0 },
        { "BZ03", "pct_hh_tot_110_sociaal_minimum", 1, 0 }, { "BZ04", "pct_hh_tot_120_sociaal_minimum", 1, 0 },
        { "BZ05", "bijstand_per_1000_inw", 1, 1000 }, { "BZ06", "ao_per_1000_inw", 1, 1000 },
        { "BZ07", "wmo_clienten_per_1000_inw", 1, 1000 }, { "BZ08", "pct_jongeren_jeugdzorg", 1, 0 },
        { "BZ09", "gem_inkomen_per_inwoner_keur", 1000, 0 }, { "BZ10", "gem_gestand_inkomen_hh_keur", 1000, 0 },
        { "BZ11", "mediaan_vermogen_hh_keur", 1000, 0 }, { "BZ12", "pct_eenpersoonshuishoudens", 1, 0 },
        { "BZ13", "gem_huishoudensgrootte", 1, 0 }, { "BZ14", "pct_huurwoningen", 1, 0 },
        { "BZ15", "pct_corporatiewoningen", 1, 0 }, { "BZ16", "gem_woz_keur", 1000, 0 },
        { "BZ17", "omgevingsadressendichtheid_per_km2", 1, 0 }, { "BZ18", "pct_65plus", 1, 100 },
        { "BZ19", "pct_opl_laag", 1, 0 },
};
static const struct kwb kwb_2022[] = {
        { "BZ02", "pct_hh_onder_of_rond_sociaal_minimum", 1, 0 }, { "BZ07", "wmo_clienten_per_1000_inw", 1, 1000 },
        { "BZ08", "pct_jongeren_jeugdzorg", 1, 0 }, { "BZ09", "gem_inkomen_per_inwoner_keur", 1000, 0 },
        { "BZ10", "gem_gestand_inkomen_hh_keur", 1000, 0 }, { "BZ11", "mediaan_vermogen_hh_keur", 1000, 0 },
        { "BZ12", "pct_eenpersoonshuishoudens", 1, 0 }, { "BZ13", "gem_huishoudensgrootte", 1, 0 },
        { "BZ14", "pct_huurwoningen", 1, 0 }, { "BZ15", "pct_corporatiewoningen", 1, 0 },
        { "BZ16", "gem_woz_keur", 1000, 0 }, { "BZ17", "omgevingsadressendichtheid_per_km2", 1, 0 },
        { "BZ20", "pct_hh_40_laagste_inkomen", 1, 0 }, { "BZ21", "pct_netto_arbeidsparticipatie", 1, 0 },
};
#define COUNT(x) (sizeof(x) / sizeof *(x))

void collect_figures(struct collect *c) {
        problem_debts(c);
        persons(c);
        risk_group(c);
        kwb(c, "schulden/kwb_sociaal_gemeente_2021.csv", 2021, kwb_2021, COUNT(kwb_2021));
        kwb(c, "schulden/kwb_sociaal_gemeente_2022.csv", 2022, kwb_2022, COUNT(kwb_2022));
}

static void characteristic(struct buf *out, const struct table *t, const char *code, const char *column, int year) {
        struct str value = cell(t, column);
        if (value.n)
                buf_fmt(out, "%s,%.*s,%d,%.*s,%.*s\n", code, STR(cell(t, "gm_code")), year, STR(value),
                        STR(cell(t, "inwoners")));
}

/* The values on which peers are chosen, in the division of their year, with inhabitants as weight. Their names and
 * order stand in data/benchmark/characteristics.csv; loading brings them to today's division. */
void collect_characteristics(struct collect *c) {
        static const struct { const char *code, *column; } of_2021[] = {
                { "laag-inkomen", "pct_hh_laag_inkomen" }, { "bijstand", "bijstand_per_1000_inw" },
                { "ouderen", "pct_65plus" }, { "opleiding", "pct_opl_laag" },
        }, of_2022[] = {
                { "dichtheid", "omgevingsadressendichtheid_per_km2" }, { "alleenwonend", "pct_eenpersoonshuishoudens" },
                { "huur", "pct_huurwoningen" }, { "woz", "gem_woz_keur" },
        };
        _cleanup_(buf_done) struct buf out = { 0 };
        struct table t = table_read(c, "schulden/kwb_sociaal_gemeente_2021.csv");
        struct table u = table_read(c, "schulden/kwb_sociaal_gemeente_2022.csv");
        buf_str(&out, S("characteristic,region,boundary_year,value,weight\n"));
        for (size_t k = 0; k < COUNT(of_2021); k++)
                for (size_t i = 0; table_row(&t, i); i++)
                        characteristic(&out, &t, of_2021[k].code, of_2021[k].column, 2021);
        for (size_t k = 0; k < COUNT(of_2022); k++)
                for (size_t i = 0; table_row(&u, i); i++)
                        characteristic(&out, &u, of_2022[k].code, of_2022[k].column, 2022);
        put_file(c, "benchmark/characteristic_values.csv", buf_view(&out));
}
