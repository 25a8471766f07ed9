/* block.c - the newest figures of one municipality, for its page. */
#include <math.h>
#include "figures_view.h"
#include "network.h"
#include "number.h"

/* With fewer, what they add up to is not called the country's. */
#define MOST_MUNICIPALITIES 338

/* In the order of the page. What the work is about comes as tiles, what it stands in as a table. What is made up stands
 * together, apart from the real figures. */
#define FICTITIOUS "fictief"
static const struct { struct str code; bool as_table; } themes[BENCHMARK_THEMES] = {
        { S_INIT("schulden"), false }, { S_INIT("vroegsignalering"), false }, { S_INIT("hulp"), false },
        { S_INIT("inkomen"), true }, { S_INIT("gemeente"), true }, { S_INIT(FICTITIOUS), true }, { S_INIT(""), true },
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
        m.partial = isnan(r->nation) && r->units < MOST_MUNICIPALITIES;
        return message_short(a, &m);
}

static struct benchmark_tile tile_of(struct arena *a, const struct page_block_row *r) {
        double quantile[7], nation = nation_of(r->nation, r->target, r->target_from);
        bool partial = isnan(r->nation) && r->units < MOST_MUNICIPALITIES;
        int decimals = (int) r->decimals;
        benchmark_quantiles_read(r->quantiles, quantile);
        return (struct benchmark_tile) {
                .slug = r->slug, .name = r->name, .period = period_text(a, r->period_kind, r->period),
                .value = isnan(r->value) ? S("") : num_unit(a, r->value, decimals, r->unit),
                .nation = isnan(nation) || partial ? S("") : num_unit(a, nation, decimals, r->unit),
                .message = message_of(a, r, nation, quantile), .fictitious = r->fictitious != 0,
        };
}

enum err tiles_of(struct db *db, struct arena *a, struct str region, struct str indicator, struct tile_list *ret) {
        struct page_block_row_list rows;
        enum err e = page_block(db, a, region, NETWORK_DIVISION, indicator, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct page_block_row *r = &rows.v[i];
                *vec_push(a, ret) = (struct tile) { r->position, r->fictitious ? S(FICTITIOUS) : r->theme, tile_of(a, r),
                        r->fictitious && !r->status.p };
        }
        return e;
}

enum err tile_put(struct db *db, struct str region, const struct tile *t, int64_t since) {
        if (t->left_out)
                return OK;
        return profile_insert(db, region, t->position, t->theme, t->t.slug, t->t.name, t->t.period, t->t.value, t->t.nation, t->t.message, since);
}

static enum err write_profiles(struct db *db, struct arena *a) {
        struct page_municipalities_row_list places;
        enum err e = profile_clear(db);
        if (e == OK)
                e = page_municipalities(db, a, &places);
        for (size_t i = 0; e == OK && i < places.n; i++) {
                struct arena scratch = { 0 };
                struct tile_list tiles = { 0 };
                e = tiles_of(db, &scratch, places.v[i].code, S(""), &tiles);
                for (size_t k = 0; e == OK && k < tiles.n; k++)
                        e = tile_put(db, places.v[i].code, &tiles.v[k], 0);
                arena_done(&scratch);
        }
        return e;
}

enum err benchmark_pages_write(struct db *db, struct arena *a) {
        enum err e = write_profiles(db, a);
        return e == OK ? places_write(db, a) : e;
}

enum err benchmark_block_load(struct db *db, struct arena *a, struct str code, struct str name, struct str slug,
                              struct benchmark_block *ret) {
        struct profile_of_row_list rows;
        *ret = (struct benchmark_block) { .place = name, .slug = slug };
        enum err e = profile_of(db, a, code, &rows);
        if (e != OK)
                return e;
        for (size_t i = 0; i < BENCHMARK_THEMES; i++) {
                ret->theme[i].code = themes[i].code;
                ret->theme[i].fictitious = str_eq(themes[i].code, S(FICTITIOUS));
                ret->theme[i].title = ret->theme[i].fictitious ? S("Voorbeeld: cijfers over schuldhulp")
                                      : themes[i].code.n ? theme_title(themes[i].code) : S("Andere cijfers");
                ret->theme[i].as_table = themes[i].as_table;
        }
        for (size_t i = 0; i < rows.n; i++) {
                const struct profile_of_row *r = &rows.v[i];
                struct benchmark_theme *theme = theme_of(ret, r->theme);
                *vec_push(a, &theme->tiles) = (struct benchmark_tile) {
                        r->slug, r->name, r->period, r->value, r->nation, r->message, theme->fictitious };
                ret->figures += r->value.n > 0;
                ret->fictitious |= theme->fictitious;
        }
        return OK;
}
