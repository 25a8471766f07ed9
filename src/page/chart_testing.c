#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "chart_testing.h"
#include "file.h"

struct page *drawing_begin(struct drawing *d) {
        *d = (struct drawing) { .site.map = S("/static/kaart.svg") };
        d->page = (struct page) { .out = &d->out, .arena = &d->arena, .site = &d->site };
        return &d->page;
}

void drawing_compare(struct drawing *d, const char *name) {
        struct str path = str_fmt(&d->arena, SOURCE_ROOT "/src/page/golden/%s.html", name), want;
        struct str got = buf_view(&d->out);
        if (getenv("UPDATE_GOLDEN")) {
                FILE *f = fopen(str_z(&d->arena, path), "w");
                assert_non_null(f);
                assert_int_equal(fwrite(got.p, 1, got.n, f), got.n);
                assert_int_equal(fclose(f), 0);
        }
        assert_int_equal(file_read(&d->arena, path, (size_t) 1 << 20, &want), OK);
        assert_true(str_eq(got, want));
        buf_done(&d->out);
        arena_done(&d->arena);
}

struct chart a_chart(bool fictitious) {
        return (struct chart) {
                .id = S("c1"), .title = S("Huishoudens met \"problematische\" schulden, 2023"),
                .message = S("In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%)."),
                .how = S("Elk punt is een gemeente.\nHoe verder naar rechts, hoe groter."),
                        .csv = S("/cijfers/ps01.csv"),
                .source = S("1 januari 2023. Bron: CBS."), .unit = S("procent"), .decimals = 1,
                        .fictitious = fictitious,
        };
}
