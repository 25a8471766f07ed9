/* network.c - municipalities since 2016, their years, mergers and borders. */
#include "collect.h"

/* What ended on 1 January 2016 stays in too: the mergers of that day lead somebody from Bussum to Gooise Meren. */
static void municipalities(struct collect *c) {
        _cleanup_(buf_done) struct buf out = { 0 };
        struct table t = table_read(c, "gemeenten/gemeenten_historie.csv");
        buf_str(&out, S("code,name,province_code,province,begins_on,ends_on\n"));
        for (size_t i = 0; table_row(&t, i); i++) {
                struct str ends = cell(&t, "einddatum");
                if (ends.n && str_cmp(ends, S("2016-01-01")) < 0)
                        continue;
                buf_fmt(&out, "%.*s,", STR(cell(&t, "gm_code")));
                csv_field(&out, cell(&t, "naam"));
                buf_fmt(&out, ",%.*s,", STR(cell(&t, "provincie_code")));
                csv_field(&out, cell(&t, "provincie"));
                buf_fmt(&out, ",%.*s,%.*s\n", STR(cell(&t, "begindatum")), STR(ends));
        }
        put_file(c, "network/municipalities.csv", buf_view(&out));
}

static void years(struct collect *c) {
        _cleanup_(buf_done) struct buf out = { 0 };
        struct table t = table_read(c, "gemeenten/gemeenten_per_jaar.csv");
        buf_str(&out, S("year,code,inhabitants,households\n"));
        for (size_t i = 0; table_row(&t, i); i++)
                buf_fmt(&out, "%.*s,%.*s,%.*s,%.*s\n", STR(cell(&t, "jaar")), STR(cell(&t, "gm_code")),
                        STR(cell(&t, "inwoners_1jan")), STR(cell(&t, "huishoudens_1jan")));
        put_file(c, "network/years.csv", buf_view(&out));
}

static void changes(struct collect *c) {
        _cleanup_(buf_done) struct buf out = { 0 };
        struct table t = table_read(c, "gemeenten/herindelingen_2016_2023.csv");
        buf_str(&out, S("changed_on,from,to,kind,share,share_source\n"));
        for (size_t i = 0; table_row(&t, i); i++) {
                buf_fmt(&out, "%.*s,%.*s,%.*s,%.*s,%.*s,", STR(cell(&t, "datum")), STR(cell(&t, "van_code")),
                        STR(cell(&t, "naar_code")), STR(cell(&t, "soort")), STR(cell(&t, "aandeel_inwoners")));
                csv_field(&out, cell(&t, "bron_aandeel"));
                buf_char(&out, '\n');
        }
        put_file(c, "network/changes.csv", buf_view(&out));
}

static void borders(struct collect *c) {
        _cleanup_(buf_done) struct buf out = { 0 };
        struct table t = table_read(c, "gemeenten/gemeente_buren_2025.csv");
        buf_str(&out, S("code,neighbour\n"));
        for (size_t i = 0; table_row(&t, i); i++)
                buf_fmt(&out, "%.*s,%.*s\n", STR(cell(&t, "gm_code")), STR(cell(&t, "buur_gm_code")));
        put_file(c, "network/borders.csv", buf_view(&out));
}

void collect_network(struct collect *c) {
        municipalities(c);
        years(c);
        changes(c);
        borders(c);
}
