/* block.c - the newest figures of one municipality, for its page. */
#include <math.h>
#include "figures_view.h"
#include "network.h"
#include "number.h"

/* In the order of the page. What the work is about comes as tiles, what it stands in as a table. */
static const struct { struct str code; bool as_table; } themes[BENCHMARK_THEMES] = {
        { S_INIT("schulden"), false }, { S_INIT("vroegsignalering"), false }, { S_INIT("hulp"), false },
        { S_INIT("inkomen"), true }, { S_INIT("gemeente"), true }, { S_INIT(""), true },
};

static struct benchmark_theme *theme_of(struct benchmark_block *b, struct str code) {
        for (size_t i = 0; i + 1 < BENCHMARK_THEMES; i++)
                if (str_eq(themes[i].code, code))
                        return &b->theme[i];
        return &b->theme[BENCHMARK_THEMES - 1];
}

static struct str message_of(struct arena *a, const struct page_block_row *r, double nation, const double quantile[7]) {
        struct message m = {
                .unit = r->unit, .decimals = (int) r->decimals, .polarity = message_polarity_of(r->polarity),
                .status = isnan(r->value) ? message_status_of(r->status, r->fictitious != 0) : MESSAGE_FIGURE,
                .value = r->value, .national = nation, .tested = !isnan(r->z_adjusted),
                .class_exact = r->class_exact.is_set ? (int) r->class_exact.v : 0,
                .class_adjusted = r->class_adjusted.is_set ? (int) r->class_adjusted.v : 0,
                .p25 = quantile[2], .p75 = quantile[4],
        };
        if (isnan(r->nation) && r->fictitious)
                m.nation = S("alle gemeenten met een cijfer samen");
        return message_short(a, &m);
}

static struct benchmark_tile tile_of(struct arena *a, const struct page_block_row *r) {
        double quantile[7], nation = nation_of(r->nation, r->target, r->target_from);
        int decimals = (int) r->decimals;
        benchmark_quantiles_read(r->quantiles, quantile);
        return (struct benchmark_tile) {
                .slug = r->slug, .name = r->name, .period = period_text(a, r->period_kind, r->period),
                .value = isnan(r->value) ? S("") : num_unit(a, r->value, decimals, r->unit),
                .nation = isnan(nation) ? S("") : num_unit(a, nation, decimals, r->unit),
                .message = message_of(a, r, nation, quantile), .fictitious = r->fictitious != 0,
        };
}

enum err benchmark_block_load(struct db *db, struct arena *a, struct str code, struct str name, struct str slug,
                              struct benchmark_block *ret) {
        struct page_block_row_list rows;
        *ret = (struct benchmark_block) { .place = name, .slug = slug };
        enum err e = page_block(db, a, code, NETWORK_DIVISION, &rows);
        if (e != OK)
                return e;
        for (size_t i = 0; i < BENCHMARK_THEMES; i++) {
                ret->theme[i].code = themes[i].code;
                ret->theme[i].title = themes[i].code.n ? theme_title(themes[i].code) : S("Andere cijfers");
                ret->theme[i].as_table = themes[i].as_table;
        }
        for (size_t i = 0; i < rows.n; i++) {
                *vec_push(a, &theme_of(ret, rows.v[i].theme)->tiles) = tile_of(a, &rows.v[i]);
                ret->figures += isnan(rows.v[i].value) ? 0 : 1;
                ret->fictitious |= rows.v[i].fictitious != 0;
        }
        return OK;
}
