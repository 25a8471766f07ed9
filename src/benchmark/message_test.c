#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "message.h"

#define NONE ((double) NAN)

static struct arena arena;

static void says(struct str got, const char *want) {
        assert_string_equal(str_z(&arena, got), want);
        arena_reset(&arena);
}

static struct message almere(void) {
        return (struct message) { .place = S("Almere"), .unit = S("procent"), .decimals = 1, .value = 14.5,
                .national = 8.8,
                                  .tested = true, .class_exact = 2, .class_adjusted = 1, .p25 = NONE, .p75 = NONE };
}

static void place_by_class(void **state) {
        static const struct { double value; int exact, adjusted; const char *want; } t[] = {
                { 14.5, 2, 2, "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het verschil is "
                              "veel groter dan toeval en gewone verschillen tussen gemeenten verklaren." },
                { 14.5, 2, 1, "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het verschil is "
                              "groter dan toeval en gewone verschillen tussen gemeenten verklaren." },
                { 10.1, 2, 0, "In Almere is dit 10,1%. Dat is hoger dan in Nederland (8,8%), maar het verschil past "
                              "bij gewone verschillen tussen gemeenten." },
                { 9.1, 0, 0, "In Almere is dit 9,1%. Dat is iets hoger dan in Nederland (8,8%), maar het verschil "
                             "kan toeval zijn." },
                { 8.84, 0, 0, "In Almere is dit 8,8%. Dat is gelijk aan het cijfer van Nederland (8,8%)." },
                { 8.1, 0, 0, "In Almere is dit 8,1%. Dat is iets lager dan in Nederland (8,8%), maar het verschil "
                             "kan toeval zijn." },
                { 2.2, -2, -1, "In Almere is dit 2,2%. Dat is lager dan in Nederland (8,8%), en het verschil is "
                               "groter dan toeval en gewone verschillen tussen gemeenten verklaren." },
                { 0, -2, -2, "In Almere is dit 0,0%. Dat is lager dan in Nederland (8,8%), en het verschil is veel "
                             "groter dan toeval en gewone verschillen tussen gemeenten verklaren." },
        };
        (void) state;
        for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
                struct message m = almere();
                m.value = t[i].value;
                m.class_exact = t[i].exact;
                m.class_adjusted = t[i].adjusted;
                says(message_place(&arena, &m), t[i].want);
        }
}

static void polarity_is_named_only_for_a_real_difference(void **state) {
        struct message m = almere();
        (void) state;
        m.polarity = MESSAGE_LOWER_BETTER;
        says(message_place(&arena, &m), "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), en het "
                                        "verschil is groter dan toeval en gewone verschillen tussen gemeenten "
                                        "verklaren. Bij dit cijfer is lager gunstiger.");
        m.class_adjusted = 0;
        says(message_place(&arena, &m), "In Almere is dit 14,5%. Dat is hoger dan in Nederland (8,8%), maar het "
                                        "verschil past bij gewone verschillen tussen gemeenten.");
        m.class_adjusted = -1;
        m.value = 2;
        m.polarity = MESSAGE_HIGHER_BETTER;
        says(message_place(&arena, &m), "In Almere is dit 2,0%. Dat is lager dan in Nederland (8,8%), en het "
                                        "verschil is groter dan toeval en gewone verschillen tussen gemeenten "
                                        "verklaren. Bij dit cijfer is hoger gunstiger.");
        says(message_polarity_text(message_polarity_of(S("lower"))), "Lager is gunstiger.");
        says(message_polarity_text(message_polarity_of(S("higher"))), "Hoger is gunstiger.");
        says(message_polarity_text(message_polarity_of(S("none"))), "");
}

static void no_figure_is_an_answer(void **state) {
        struct message m = almere();
        (void) state;
        m.status = MESSAGE_TOO_FEW;
        says(message_place(&arena, &m), "Voor Almere zijn er te weinig gegevens om iets te zeggen.");
        says(message_short(&arena, &m), "Te weinig gegevens om iets te zeggen.");
        m.status = message_status_of(S("refused"), false);
        says(message_place(&arena, &m), "Voor Almere is geen cijfer te maken: de gemeente is na dit jaar "
                                        "samengegaan met een andere.");
        says(message_short(&arena, &m), "Geen cijfer: de gemeente is later samengegaan met een andere.");
        assert_int_equal(message_status_of(S("refused"), true), MESSAGE_TOO_FEW);
        m.status = message_status_of(S("missing"), true);
        says(message_place(&arena, &m), "Voor Almere is er geen cijfer.");
        says(message_short(&arena, &m), "Geen cijfer.");
        m.status = MESSAGE_FIGURE;
        m.value = NONE;
        says(message_place(&arena, &m), "Voor Almere is er geen cijfer.");
}

static void amounts_are_told_by_the_middle_half(void **state) {
        struct message m = { .place = S("Borne"), .unit = S("euro"), .value = 43300, .national = 38100,
                .p25 = 31000, .p75 = 45200 };
        (void) state;
        says(message_place(&arena, &m), "In Borne is dit € 43.300. Dat is meer dan in Nederland (€ 38.100). De "
                                        "helft van de gemeenten ligt tussen € 31.000 en € 45.200; Borne ligt "
                                        "daartussen.");
        m.value = 60000;
        m.national = NONE;
        says(message_place(&arena, &m), "In Borne is dit € 60.000. De helft van de gemeenten ligt tussen € "
                                        "31.000 en € 45.200; Borne ligt daarboven.");
        says(message_short(&arena, &m), "De helft van de gemeenten ligt tussen € 31.000 en € 45.200; deze "
                                        "gemeente ligt daarboven.");
        m.value = 20000;
        m.p25 = NONE;
        says(message_place(&arena, &m), "In Borne is dit € 20.000.");
        says(message_short(&arena, &m), "");
}

static void who_is_compared_with_when_not_everyone_has_a_figure(void **state) {
        struct message m = almere();
        (void) state;
        m.partial = true;
        m.class_adjusted = 0;
        says(message_place(&arena, &m), "In Almere is dit 14,5%. Dat is hoger dan het gemiddelde van de gemeenten "
                                        "met een cijfer (8,8%), maar het verschil past bij gewone verschillen "
                                        "tussen gemeenten.");
        m.value = 8.8;
        says(message_short(&arena, &m), "Gelijk aan het gemiddelde van de gemeenten met een cijfer (8,8%).");
        struct message_all all = { .unit = S("procent"), .units = 28, .beyond = 0, .partial = true, .national = 21 };
        says(message_all(&arena, &all), "In de gemeenten met een cijfer is dit gemiddeld 21%. Geen enkele gemeente "
                                        "wijkt sterker af dan toeval en gewone verschillen tussen gemeenten "
                                        "verklaren.");
}

static void units_choose_their_words(void **state) {
        struct message m = { .place = S("Ede"), .unit = S("dagen"), .value = 21, .national = 14, .p25 = NONE,
                .p75 = NONE };
        (void) state;
        says(message_place(&arena, &m), "In Ede is dit 21 dagen. Dat is langer dan in Nederland (14 dagen).");
        m.value = 9;
        says(message_short(&arena, &m), "Korter dan in Nederland (14 dagen).");
        m = (struct message) { .place = S("Ede"), .unit = S("per 1.000 inwoners"), .decimals = 1, .value = 24.9,
                .national = 30,
                               .tested = true, .class_exact = -1, .class_adjusted = 0, .p25 = NONE, .p75 = NONE };
        says(message_place(&arena, &m), "In Ede is dit 24,9 per 1.000 inwoners. Dat is minder dan in Nederland "
                                        "(30,0 per 1.000 inwoners), maar het verschil past bij gewone verschillen "
                                        "tussen gemeenten.");
        says(message_class(true, 0), "binnen");
        says(message_class(true, 2), "ver boven");
        says(message_class(true, -1), "onder");
        says(message_class(false, 2), "");
        says(message_class(true, 9), "");
}

static void peers(void **state) {
        (void) state;
        says(message_peers(&arena, 12, 0, 3, 0), "Het cijfer is hoger dan in 12 van de 15 vergelijkbare gemeenten.");
        says(message_peers(&arena, 3, 1, 11, 0), "Het cijfer is lager dan in 11 van de 15 vergelijkbare gemeenten.");
        says(message_peers(&arena, 15, 0, 0, 0), "Het cijfer is hoger dan in alle 15 vergelijkbare gemeenten.");
        says(message_peers(&arena, 0, 4, 0, 0), "Het cijfer is gelijk aan dat van de vergelijkbare gemeenten.");
        says(message_peers(&arena, 0, 0, 1, 0), "Het cijfer is lager dan in de ene vergelijkbare gemeente met een "
                                                "cijfer.");
        says(message_peers(&arena, 4, 0, 0, 11), "Het cijfer is hoger dan in alle 4 vergelijkbare gemeenten met een "
                                                 "cijfer.");
        says(message_peers(&arena, 0, 0, 0, 0), "Er zijn geen cijfers van vergelijkbare gemeenten.");
}

static void all_municipalities(void **state) {
        struct message_all m = { .unit = S("procent"), .decimals = 1, .units = 342, .beyond = 3, .national = 8.8,
                .p25 = 6, .p75 = 9.4 };
        (void) state;
        says(message_all(&arena, &m), "In Nederland is dit 8,8%. 3 van de 342 gemeenten wijken sterker af dan "
                                      "toeval en gewone verschillen tussen gemeenten verklaren.");
        m.beyond = 1;
        says(message_all(&arena, &m), "In Nederland is dit 8,8%. 1 van de 342 gemeenten wijkt sterker af dan toeval "
                                      "en gewone verschillen tussen gemeenten verklaren.");
        m.beyond = 0;
        says(message_all(&arena, &m), "In Nederland is dit 8,8%. Geen enkele gemeente wijkt sterker af dan toeval "
                                      "en gewone verschillen tussen gemeenten verklaren.");
        m.beyond = -1;
        says(message_all(&arena, &m), "In Nederland is dit 8,8%. De helft van de gemeenten ligt tussen 6,0% en 9,4%.");
        m.p25 = NONE;
        says(message_all(&arena, &m), "In Nederland is dit 8,8%.");
        m.units = 0;
        m.national = NONE;
        says(message_all(&arena, &m), "");
}

static void why_the_limits_are_wider(void **state) {
        (void) state;
        says(message_overdispersion(&arena, 342, 303, 3), "Als alleen toeval telde, zouden 303 van de 342 gemeenten "
                "buiten de grenzen vallen. Dan zou bijna elk verschil bijzonder lijken. Maar gemeenten verschillen "
                "altijd: in bevolking, in huizen, in banen. Wij meten hoe groot die gewone verschillen zijn en "
                "maken de grenzen zoveel wijder. Dan vallen er 3 van de 342 buiten.");
        says(message_overdispersion(&arena, 342, 40, 2), "Als alleen toeval telde, zouden 40 van de 342 gemeenten "
                "buiten de grenzen vallen. Maar gemeenten verschillen altijd: in bevolking, in huizen, in banen. "
                "Wij meten hoe groot die gewone verschillen zijn en maken de grenzen zoveel wijder. Dan vallen er 2 "
                "van de 342 buiten.");
        says(message_overdispersion(&arena, 342, 1, 1), "De verschillen tussen gemeenten zijn hier niet groter dan "
                                                        "toeval verklaart. De grenzen houden daarom alleen rekening "
                                                        "met toeval.");
}

static void where_in_the_funnel(void **state) {
        (void) state;
        says(message_position(&arena, S("Almere"), true, 1), "Almere ligt boven de grens van 95%, maar niet boven "
                "die van 99,8%.");
        says(message_position(&arena, S("Almere"), true, -2), "Almere ligt onder beide grenzen, ook die van 99,8%.");
        says(message_position(&arena, S("Almere"), true, 0), "Almere ligt binnen de grenzen van wat gewoon is.");
        says(message_position(&arena, S("Almere"), false, 2), "Voor Almere kunnen wij niet toetsen of het verschil "
                "meer is dan gewoon.");
        says(message_outside(&arena, 342, 73, 3), "73 van de 342 gemeenten vallen buiten de grenzen van 95%, en 3 "
                                                  "daarvan ook buiten die van 99,8%.");
        says(message_outside(&arena, 342, 1, 0), "1 van de 342 gemeenten valt buiten de grenzen van 95%, en geen "
                                                 "daarvan ook buiten die van 99,8%.");
        says(message_outside(&arena, 342, 0, 0), "Alle 342 gemeenten vallen binnen de grenzen van wat gewoon is.");
}

static void change(void **state) {
        struct message_moment before = { .year = 2022, .value = 13.5, .x = 12479, .n = 92438 };
        struct message_moment now = { .year = 2023, .value = 14.5, .x = 13737, .n = 94739 };
        (void) state;
        says(message_change(&arena, S("procent"), 1, &before, &now), "In 2022 was dit 13,5%. De stijging is groter "
                "dan toeval verklaart.");
        before = (struct message_moment) { .year = 2022, .value = 52, .x = 26, .n = 50 };
        now = (struct message_moment) { .year = 2023, .value = 48, .x = 24, .n = 50 };
        says(message_change(&arena, S("procent"), 1, &before, &now), "In 2022 was dit 52,0%. De daling kan toeval "
                "zijn.");
        now.x = NONE;
        says(message_change(&arena, S("procent"), 1, &before, &now), "In 2022 was dit 52,0%.");
        now.value = 52;
        says(message_change(&arena, S("procent"), 1, &before, &now), "In 2022 was dit ook 52,0%.");
        now.value = NONE;
        says(message_change(&arena, S("procent"), 1, &before, &now), "");
}

static void series(void **state) {
        struct message_moment m[] = { { .year = 2021, .value = 7.7 }, { .year = 2022, .value = 8.1 },
                { .year = 2023, .value = 8.8 },
                                      { .year = 2024, .value = 8.6 } };
        struct str pct = S("procent");
        (void) state;
        says(message_series(&arena, pct, 1, m, 0), "");
        says(message_series(&arena, pct, 1, m, 1), "In 2021 was dit 7,7%.");
        says(message_series(&arena, pct, 1, m, 2), "Tussen 2021 en 2022 steeg dit: van 7,7% naar 8,1%.");
        says(message_series(&arena, pct, 1, m, 3), "Tussen 2021 en 2023 steeg dit elk jaar: van 7,7% naar 8,8%.");
        says(message_series(&arena, pct, 1, m, 4), "In 2024 was dit 8,6%. Tussen 2021 en 2024 lag het tussen 7,7% "
                                                   "(2021) en 8,8% (2023).");
        m[1].value = 7.7;
        says(message_series(&arena, pct, 1, m, 2), "In 2021 en in 2022 was dit 7,7%.");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(place_by_class), cmocka_unit_test(polarity_is_named_only_for_a_real_difference),
                cmocka_unit_test(no_figure_is_an_answer), cmocka_unit_test(amounts_are_told_by_the_middle_half),
                cmocka_unit_test(units_choose_their_words),
                cmocka_unit_test(who_is_compared_with_when_not_everyone_has_a_figure), cmocka_unit_test(peers),
                        cmocka_unit_test(all_municipalities),
                cmocka_unit_test(why_the_limits_are_wider), cmocka_unit_test(where_in_the_funnel),
                        cmocka_unit_test(change), cmocka_unit_test(series),
        };
        int failed = cmocka_run_group_tests_name("message", tests, NULL, NULL);
        arena_done(&arena);
        return failed;
}
