/* Any bytes are rows within the limits, each with a place for what it holds, or a list of what is wrong. */
#include <stdint.h>
#include <stdlib.h>
#include "internal.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct table t;
        struct wrongs w;
        struct visit v = { .place = { .code = S("GM0034"), .name = S("Almere") }, .period = 20253 };
        *vec_push(&a, &v.asked.figures) = (struct asked_figure) { .indicator = S("SHV01"), .detail = S(""), .name = S("Aanmeldingen"), .denominator = S("") };
        *vec_push(&a, &v.asked.choices) = (struct asked_choice) { .indicators = S(" SHV01 "), .code = S("advies"), .key = S("SHV01-advies"), .question = S("Telt advies mee?"),
                                                                  .answer = { S("ja"), S("nee") }, .answers = 2 };
        struct filled f = filled_new(&a, &v.asked);
        table_read(&a, (struct str) { (const char *) data, n }, &t, &w);
        if (t.n > TABLE_ROWS_MAX || (w.n == 0 && t.n == 0))
                abort();
        for (size_t i = 0; i < t.n; i++)
                for (int k = 0; k < TABLE_COLUMNS; k++)
                        if (t.v[i].text[k].n && (!t.v[i].place[k].p || !utf8_valid(t.v[i].text[k])))
                                abort();
        if (w.n == 0)
                table_fill(&a, &t, &v, n % 2, &f, &w);
        for (size_t i = 0; i < w.n; i++)
                if (!utf8_valid(w.v[i].place) || w.v[i].reason.n == 0)
                        abort();
        arena_done(&a);
        return 0;
}
