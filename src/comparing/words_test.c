/* What a result says: one example of each thing that can be said. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "view.h"

#define NONE ((double) NAN)

static const struct dictionary_entry entry = { .code = S_INIT("SHV03"), .name = S_INIT("Binnen vier weken gesproken"),
        .unit = S_INIT("procent"), .kind = S_INIT("proportion"), .polarity = S_INIT("higher"), .scale = 100 };
static const struct cell cell = { .period = 20253, .target = 68, .target_from_counts = true, .participants = 210, .delivered = 195,
        .inhabitants = 0.61, .quantile = { 20, 40, 55, 67, 78, 90, 99 } };

static struct result result(double value, int class_exact, enum result_notice notice) {
        return (struct result) { .region = S("GM0034"), .status = RESULT_EXACT, .value = value, .numerator = 62, .denominator = 100,
                .low95 = 55, .high95 = 69, .p = 0.01, .class_exact = class_exact, .class_adjusted = class_exact, .notice = notice };
}

static void says(const struct result *r, const char *want) {
        struct arena a = { 0 };
        struct str got = compare_words(&a, &entry, S("Almere"), &cell, r);
        assert_string_equal(str_z(&a, got), want);
        arena_done(&a);
}

static void a_difference_that_chance_explains(void **state) {
        struct result r = result(66, 0, RESULT_USUAL);
        (void) state;
        says(&r, "In Almere is dit 66% (marge van 95%: 55% tot 69%). Bij alle deelnemers samen is het 68%. Dat verschil kan toeval zijn.");
}

static void a_difference_at_95_percent_is_not_notable(void **state) {
        struct result r = result(57, -1, RESULT_USUAL);
        (void) state;
        says(&r, "In Almere is dit 57% (marge van 95%: 55% tot 69%). Bij alle deelnemers samen is het 68%. Dat is lager, maar niet "
                 "opvallend: 1 op de 20 gemeenten wijkt door toeval al zo ver af.");
}

static void notable_but_one_of_many(void **state) {
        struct result r = result(52, -2, RESULT_NOTABLE);
        (void) state;
        says(&r, "In Almere is dit 52% (marge van 95%: 55% tot 69%). Bij alle deelnemers samen is het 68%. Dat is opvallend lager. Bij "
                 "zoveel vergelijkingen tegelijk kan ook zo'n verschil toeval zijn.");
}

static void notable_after_correction(void **state) {
        struct result r = result(91, 2, RESULT_NOTABLE_CORRECTED);
        (void) state;
        says(&r, "In Almere is dit 91% (marge van 95%: 55% tot 69%). Bij alle deelnemers samen is het 68%. Dat is opvallend hoger, ook als "
                 "wij rekening houden met het grote aantal vergelijkingen.");
        assert_true(str_eq(compare_notice(&r), S("opvallend hoger, ook na correctie")));
}

static void more_than_chance_but_usual_between_municipalities(void **state) {
        struct result r = result(91, 2, RESULT_NOTABLE_CORRECTED);
        (void) state;
        r.class_adjusted = 0;
        says(&r, "In Almere is dit 91% (marge van 95%: 55% tot 69%). Bij alle deelnemers samen is het 68%. Dat is hoger dan toeval verklaart. "
                 "Het past wel in het gewone verschil tussen gemeenten.");
}

static void without_counts_nothing_is_claimed(void **state) {
        struct result r = result(66, 0, RESULT_USUAL);
        (void) state;
        r.p = r.low95 = r.high95 = NONE;
        says(&r, "In Almere is dit 66%. Bij alle deelnemers samen is het 68%. Of dat verschil meer is dan toeval, kunnen wij bij dit cijfer "
                 "niet uitrekenen.");
        assert_int_equal(compare_notice(&r).n, 0);
}

static void no_figure_has_a_reason(void **state) {
        struct result r = { .status = RESULT_HIDDEN };
        (void) state;
        says(&r, "Het cijfer van Almere tonen wij niet: het gaat om te weinig mensen. Zo blijft niemand herkenbaar.");
        r = (struct result) { .status = RESULT_FEW_QUARTERS, .quarters = 3 };
        says(&r, "Almere leverde 3 van de 4 kwartalen. Wij rekenen de rest er niet bij: van dit jaar is er geen cijfer.");
        r = (struct result) { .status = RESULT_NONE, .state = BENCHMARK_MISSING };
        says(&r, "Het cijfer van Almere ontbreekt: het is niet op tijd geleverd.");
        r.state = BENCHMARK_NOT_YET;
        says(&r, "Almere leverde dit cijfer nog niet. Dat kan tot en met 2025-11-11.");
        r.state = BENCHMARK_NOT_PARTICIPANT;
        says(&r, "Almere deed in deze periode niet mee.");
        says(NULL, "Almere doet niet mee aan deze benchmark. Daarom is er geen cijfer.");
}

static void all_participants_with_coverage(void **state) {
        struct arena a = { 0 };
        (void) state;
        assert_string_equal(str_z(&a, compare_words_all(&a, &entry, &cell)), "Bij alle deelnemers samen is dit 68%. De helft van hen ligt "
                "tussen 55% en 78%. 195 van de 210 deelnemers leverden dit cijfer; daar woont 61% van alle inwoners.");
        arena_done(&a);
}

static void quarters_stand_a_quarter_of_a_year_apart(void **state) {
        (void) state;
        assert_true(compare_time(20251) == 2025 && compare_time(20254) == 2025.75 && compare_time(2025) == 2025);
}

static void nobody_to_count_is_said_as_it_is(void **state) {
        struct result r = { .region = S("GM0034"), .status = RESULT_NONE, .state = BENCHMARK_DELIVERED, .value = NONE };
        struct arena a = { 0 };
        (void) state;
        says(&r, "Almere had in deze periode geen gevallen. Daarom is er geen cijfer.");
        assert_string_equal(str_z(&a, compare_value(&a, &entry, &r)), "geen gevallen");
        arena_done(&a);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(nobody_to_count_is_said_as_it_is),
                cmocka_unit_test(a_difference_that_chance_explains), cmocka_unit_test(a_difference_at_95_percent_is_not_notable),
                cmocka_unit_test(notable_but_one_of_many), cmocka_unit_test(notable_after_correction),
                cmocka_unit_test(more_than_chance_but_usual_between_municipalities),
                cmocka_unit_test(without_counts_nothing_is_claimed), cmocka_unit_test(no_figure_has_a_reason),
                cmocka_unit_test(all_participants_with_coverage), cmocka_unit_test(quarters_stand_a_quarter_of_a_year_apart),
        };
        return cmocka_run_group_tests_name("comparing-words", tests, NULL, NULL);
}
