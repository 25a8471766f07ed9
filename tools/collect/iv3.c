/* iv3.c - what municipalities spend in the social domain (CBS, Iv3). */
#include "collect.h"

struct task {
        const char *indicator, *column;
        bool zero_is_missing;           /* nobody spends nothing here: booked under another heading */
};

static const struct task tasks[] = {
        { "GF01", "lasten_tv_6_3_keur", true },
        { "GF02", "lasten_tv_6_71_keur", true },
        { "GF03", "lasten_sociaal_domein_keur", true },
};

static void amount(struct collect *c, const struct table *t, const struct task *k, bool delivered) {
        double cost = 0, inhabitants = 0;
        bool budget = str_eq(cell(t, "verslagsoort"), S("begroting"));
        int64_t year = 0;
        struct line l = { k->indicator, cell(t, "jaar"), cell(t, "gm_code"), .status = "missing",
                .detail = budget ? S("begroting") : (struct str) { 0 } };
        if (!str_to_i64(l.period, &year))
                fail(t->file, t->rows.v[t->at].line, "no year");
        l.boundary_year = year > 2023 ? 2023 : (int) year;
        bool there = cell_number(t, k->column, &cost) && cell_number(t, "inwoners", &inhabitants) && inhabitants > 0;
        if (!delivered || !there || (k->zero_is_missing && cost >= 0 && cost <= 0)) {
                put_line(c, &l);
                return;
        }
        /* A negative cost is a correction of another year: kept, but not shown as what help costs here. */
        l.status = cost < 0 ? "refused" : "exact";
        l.numerator = whole(c, cost * 1000);
        l.denominator = whole(c, inhabitants);
        if (cost >= 0)
                l.value = decimals(c, cost * 1000 / inhabitants, 2);
        put_line(c, &l);
}

void collect_iv3(struct collect *c) {
        struct table t = table_read(c, "schulden/iv3_lasten_sociaal_domein_gemeente_2017_2026.csv");
        for (size_t k = 0; k < sizeof tasks / sizeof *tasks; k++)
                for (size_t i = 0; table_row(&t, i); i++) {
                        double total = 0;
                        bool delivered = cell_number(&t, "lasten_totaal_keur", &total) && total > 0;
                        amount(c, &t, &tasks[k], delivered);
                }
}
