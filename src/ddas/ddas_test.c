/* ddas_test.c - deliveries in, indicators out; each expected number is counted by hand from the text beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "file.h"
#include "ddas_testing.h"

static struct arena a;
static int empty(void **state) {
        (void) state;
        arena_done(&a);
        return 0;
}

#define LINE(o, code, period, detail) line_of(&a, (o).csv, "GM0344", code, period, detail)
#define CLIENT "\"client\":[{\"Burgerservicenummer\":\"900000001\"}]"

static struct outcome help(const char *trajectories) {
        return read_text(&a, help_of(&a, trajectories));
}

static void test_counts_waiting_until_the_first_conversation(void **state) {
        (void) state;
        struct outcome o = help(
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2024-02-20\"},\"intake\":{\"startdatum\":\"2024-03-19\"}},"       /* 28 days, over 29 February */
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2024-02-20\"},\"intake\":{\"startdatum\":\"2024-04-03\"}},"       /* 43 days */
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2023-12-30\"},\"intake\":{\"startdatum\":\"2024-01-02\"}},"       /* 3; applied before the period */
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2024-05-01\"}},"                                                /* never spoken */
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2024-03-28\",\"crisisinterventie\":true},\"intake\":{\"startdatum\":\"2024-04-04\"}},"    /* Easter: 3 working days */
                "{\"gemeentecode\":\"GM0344\",\"aanmelding\":{\"startdatum\":\"2024-03-28\",\"crisisinterventie\":true}}");
        assert_string_equal(LINE(o, "SHV01", "2024", ""), "5,,,5");
        assert_string_equal(LINE(o, "SHV01", "2024-Q2", ""), "1,,,1");
        assert_string_equal(LINE(o, "SHV02", "2024", ""), "74,3,74,3");
        assert_string_equal(LINE(o, "SHV02", "2024", "klasse 22-28"), "1,3,,3");
        assert_string_equal(LINE(o, "SHV02", "2024", "klasse 43-56"), "1,3,,3");
        assert_string_equal(LINE(o, "SHV03", "2024", ""), "2,3,,3");
        assert_string_equal(LINE(o, "SHV03", "2024-Q1", ""), "2,2,,2");
        assert_string_equal(LINE(o, "SHV04", "2024", ""), "1,2,,2");
}

static void test_counts_decisions(void **state) {
        (void) state;
        struct outcome o = help(
                "{\"gemeentecode\":\"GM0344\",\"intake\":{\"startdatum\":\"2024-01-01\",\"beschikkingsdatum\":\"2024-02-26\",\"beschikkingssoort\":\"Toelatingsbeschikking\"}},"    /* 56 days */
                "{\"gemeentecode\":\"GM0344\",\"intake\":{\"startdatum\":\"2024-01-01\",\"einddatum\":\"2024-02-27\",\"beschikkingssoort\":\"Afwijzingsbeschikking\"}},"        /* 57, by einddatum */
                "{\"gemeentecode\":\"GM0344\",\"intake\":{\"beschikkingsdatum\":\"2024-12-01\",\"beschikkingssoort\":\"Toelatingsbeschikking\"}}");     /* no conversation known */
        assert_string_equal(LINE(o, "SHV05", "2024", ""), "1,2,113,2");
        assert_string_equal(LINE(o, "SHV06", "2024", ""), "2,3,,3");
        assert_string_equal(LINE(o, "SHV06", "2024-Q4", ""), "1,1,,1");
}

static void test_counts_stabilisations_that_end_or_run(void **state) {
        (void) state;
        struct outcome o = help(
                "{\"gemeentecode\":\"GM0344\",\"stabilisatie\":{\"startdatum\":\"2024-01-15\",\"einddatum\":\"2024-05-15\"}},"  /* four months, not longer */
                "{\"gemeentecode\":\"GM0344\",\"stabilisatie\":{\"startdatum\":\"2024-01-15\",\"einddatum\":\"2024-05-16\"}},"
                "{\"gemeentecode\":\"GM0344\",\"stabilisatie\":{\"startdatum\":\"2024-07-01\"}},"                             /* runs on: long at the end of the year */
                "{\"gemeentecode\":\"GM0344\",\"stabilisatie\":{\"startdatum\":\"2023-01-01\",\"einddatum\":\"2023-12-31\"}}");
        assert_string_equal(LINE(o, "SHV07", "2024", ""), "2,3,,3");
        assert_string_equal(LINE(o, "SHV07", "2024-Q1", ""), "0,2,,2");
        assert_string_equal(LINE(o, "SHV07", "2024-Q3", ""), "0,1,,1");
        assert_string_equal(LINE(o, "SHV07", "2024-Q4", ""), "1,1,,1");
}

static void test_counts_settlements(void **state) {
        (void) state;
        struct outcome o = help(
                "{\"gemeentecode\":\"GM0344\",\"totaalSchuldbedragBijAanvangSchuld\":30000,\"schuldregeling\":{\"datum\":\"2024-01-01\",\"toegekend\":\"2024-04-30\"},"    /* 120 days */
                "\"oplossing\":{\"soort\":\"Saneringskrediet\",\"startdatum\":\"2024-05-01\",\"einddatum\":\"2024-11-01\"},\"begeleiding\":[{\"soort\":\"Budgetbeheer\"}],"
                "\"nazorg\":{},\"uitstroom\":{\"datum\":\"2024-11-01\",\"reden\":\"Afgerond\"},"
                "\"schulden\":[{\"bedrag\":1,\"zakelijkeSchuld\":false,\"schuldeiser\":{\"naam\":\"A\"}},{\"bedrag\":2,\"schuldeiser\":{\"naam\":\"a\"}},{\"bedrag\":3,\"schuldeiser\":{\"naam\":\"B\"}}]},"
                "{\"gemeentecode\":\"GM0344\",\"schuldregeling\":{\"datum\":\"2024-01-01\",\"toegekend\":\"2024-05-01\",\"dwangakkoord\":true},"                    /* 121 days, by the court */
                "\"schulden\":[{\"bedrag\":90000,\"zakelijkeSchuld\":true},{\"bedrag\":10000,\"zakelijkeSchuld\":false}],\"uitstroom\":{\"datum\":\"2024-12-01\",\"reden\":\"Voldoet niet\"}},"
                "{\"gemeentecode\":\"GM0344\",\"schuldregeling\":{\"datum\":\"2024-03-01\",\"afgewezen\":\"2024-06-01\"},\"uitstroom\":{\"datum\":\"2024-07-01\",\"reden\":\"Zelf\"}},"
                "{\"gemeentecode\":\"GM0344\",\"oplossing\":{\"soort\":\"Betalingsregeling\",\"startdatum\":\"2024-02-01\"}}");
        assert_string_equal(LINE(o, "SHV08", "2024", ""), "1,2,241,2");
        assert_string_equal(LINE(o, "SHV08", "2024", "klasse 85-120"), "1,2,,2");
        assert_string_equal(LINE(o, "SHV09a", "2024", ""), "1,3,,3");
        assert_string_equal(LINE(o, "SHV09a", "2024", "dwangakkoord"), "1,3,,3");
        assert_string_equal(LINE(o, "SHV09b", "2024", ""), "1,2,,2");
        assert_string_equal(LINE(o, "SHV10", "2024", ""), "1,3,,3");
        assert_string_equal(LINE(o, "SHV11", "2024", ""), "1,3,,3");
        assert_string_equal(LINE(o, "SHV13", "2024", ""), "130000,2,130000,2");
        assert_string_equal(LINE(o, "SHV13", "2024", "ondernemer"), "100000,1,100000,1");
        assert_string_equal(LINE(o, "SHV14", "2024", ""), "4,2,4,2");
        assert_string_equal(LINE(o, "SHV14", "2024", "particulier"), "2,1,2,1");
        assert_string_equal(LINE(o, "SHV15", "2024", "Saneringskrediet"), "1,2,,2");
        assert_string_equal(LINE(o, "SHV16", "2024", ""), "1,2,,2");
        assert_string_equal(LINE(o, "SHV17", "2024", ""), "1,2,,2");
}

/* One client with two senders: what overlaps is one trajectory, what comes later is another and a return. */
static void test_merges_overlapping_trajectories(void **state) {
        (void) state;
        struct str files[] = {
                str_dup(&a, help_of(&a, "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-01-10\",\"einddatum\":\"2024-03-31\"," CLIENT ",\"aanmelding\":{\"startdatum\":\"2024-01-02\"},"
                                    "\"uitstroom\":{\"datum\":\"2024-03-31\",\"reden\":\"Overig\"}}")),
                str_dup(&a, help_of(&a, "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-03-31\",\"einddatum\":\"2024-06-30\",\"client\":[{\"Burgerservicenummer\":\"900 000 001\"}],\"aanmelding\":{\"startdatum\":\"2024-03-20\"},"
                                    "\"uitstroom\":{\"datum\":\"2024-06-30\",\"reden\":\"Zelf\"}},"
                                    "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-09-01\",\"aanmelding\":{\"startdatum\":\"2024-08-20\"},\"client\":[{\"Burgerservicenummer\":\"800000009\"},{\"Burgerservicenummer\":\"900000001\"}]}")),
        };
        struct outcome o = read_whole(&a, files, 2, 0, DDAS_MEMORY_MIN);
        assert_int_equal(ddas_count(o.d, DDAS_TRAJECTORIES), 3);
        assert_int_equal(ddas_count(o.d, DDAS_MERGED), 2);
        assert_string_equal(LINE(o, "SHV01", "2024", ""), "2,,,2");
        assert_string_equal(LINE(o, "SHV12", "2024", ""), "1,2,,2");
        assert_string_equal(LINE(o, "SHV10", "2024-Q1", ""), "0,0,,0");
        assert_string_equal(LINE(o, "SHV10", "2024-Q2", ""), "0,1,,1");
}

static void test_return_counts_within_five_years(void **state) {
        (void) state;
        const char *both = "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2018-01-01\",\"einddatum\":\"%s\"," CLIENT "},"
                           "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-02-01\",\"aanmelding\":{\"startdatum\":\"2024-02-01\"}," CLIENT "}";
        struct outcome within = help(str_fmt(&a, both, "2019-02-01").p), past = help(str_fmt(&a, both, "2019-01-31").p);
        assert_string_equal(LINE(within, "SHV12", "2024", ""), "1,1,,1");
        assert_string_equal(LINE(past, "SHV12", "2024", ""), "0,1,,1");
}

#define SIGNAL(id, day, house) "{\"ID\":\"" id "\",\"signaaldatum\":\"" day "\",\"signaalpartner\":{\"type\":\"Huur\"},\"client\":{\"Postcode\":\"1234 ab\",\"Huisnummer\":\"" house "\"}}"

static void test_counts_reports_by_address_and_month(void **state) {
        (void) state;
        struct outcome o = read_text(&a, signals_of(&a,
                SIGNAL("1", "2025-01-05", "1") "," SIGNAL("2", "2025-01-25", "1") ","           /* two on one address in January: one report */
                SIGNAL("3", "2025-07-01", "1") ","                                              /* the sixth month after: consecutive */
                SIGNAL("4", "2025-01-05", "2") "," SIGNAL("5", "2025-08-01", "2"),              /* seven months: not */
                "{\"resultaat\":\"(Budget)advies en/of quick fix\",\"matchingsdatum\":\"2025-01-26\",\"vroegsignalen\":[{\"ID\":\"1\"},{\"ID\":\"2\"}],\"contactpogingen\":[{\"bereikt\":false},{\"bereikt\":true}]},"
                "{\"resultaat\":\"Verwijzing zonder contact\",\"matchingsdatum\":\"2025-01-26\",\"vroegsignalen\":[{\"ID\":\"4\"}]},"
                "{\"resultaat\":\"Inwoner hoeft geen hulp vanuit vroegsignalering\",\"matchingsdatum\":\"2025-07-02\",\"vroegsignalen\":[{\"ID\":\"3\"}],\"contactpogingen\":[{\"bereikt\":true}]}"));
        assert_string_equal(LINE(o, "VS01", "2025", ""), "5,,,5");
        assert_string_equal(LINE(o, "VS02", "2025", ""), "4,,,4");
        assert_string_equal(LINE(o, "VS03", "2025", "enkelvoudig"), "3,4,,4");
        assert_string_equal(LINE(o, "VS03", "2025", "meervoudig"), "1,4,,4");
        assert_string_equal(LINE(o, "VS03", "2025", "opeenvolgend"), "1,4,,4");
        assert_string_equal(LINE(o, "VS04", "2025", ""), "2,3,,3");
        assert_string_equal(LINE(o, "VS05a", "2025", ""), "1,2,,2");
        assert_string_equal(LINE(o, "VS05b", "2025", ""), "2,3,,3");
        assert_string_equal(LINE(o, "VS05b", "2025", "advies of quick fix"), "1,3,,3");
        assert_string_equal(LINE(o, "VS06", "2025-Q1", "Huur"), "3,3,,3");
}

/* The municipality of signals may stand after them; then the file is read once more. */
static void test_municipality_after_its_signals(void **state) {
        (void) state;
        struct outcome o = read_text(&a, S("{\"leveringen\":[{\"vroegsignalen\":[" SIGNAL("1", "2025-01-05", "1") "],\"teller\":1,\"aanleverende_organisatie\":{},"
                                           "\"gemeentecode\":\"GM0344\"}],\"startdatumLevering\":\"2025-01-01\",\"einddatumLevering\":\"2025-03-31\","
                                           "\"aanleverdatumEnTijd\":\"2025-04-20T09:00:00Z\",\"codeGegevensleverancier\":\"x\"}"));
        assert_int_equal(ddas_count(o.d, DDAS_ROUNDS), 2);
        assert_string_equal(LINE(o, "VS01", "2025-Q1", ""), "1,,,1");
}

static void test_only_the_period_that_was_asked(void **state) {
        (void) state;
        static char memory[DDAS_MEMORY_MIN] __attribute__((aligned(16)));
        static const uint64_t key[2] = { 1, 2 };
        struct ddas *d = ddas_open(memory, sizeof memory, key);
        static const char *const bad[] = { "", "24", "2024-5", "2024-0", "2024-1 ", "2024-Q5", "2024Q1", "2024-QQ1", "20x4", "1066" };
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_false(ddas_period(d, bad[i]));
        assert_true(ddas_period(d, "2024-3") && ddas_period(d, "2024-Q3"));
        assert_null(ddas_open(memory, DDAS_MEMORY_MIN - 1, key));
}

/* However the bytes come, and however little memory there is: the same aggregates. */
static void test_same_result_in_pieces_and_in_rounds(void **state) {
        (void) state;
        struct str file = generated(&a, 25000, 7, false);
        struct outcome whole = read_whole(&a, &file, 1, 0, DDAS_MEMORY), small = read_whole(&a, &file, 1, 0, DDAS_MEMORY_MIN);
        assert_int_equal(ddas_count(whole.d, DDAS_ROUNDS), 1);
        assert_true(ddas_count(small.d, DDAS_ROUNDS) > 1);
        assert_int_equal(ddas_count(whole.d, DDAS_WARNINGS), 0);
        assert_true(whole.csv.n > 1000 && str_eq(whole.csv, small.csv));
        struct str few[] = { generated(&a, 300, 8, false), generated(&a, 300, 9, true) };
        struct outcome once = read_whole(&a, few, 2, 0, DDAS_MEMORY_MIN);
        static const size_t chunks[] = { 1, 7, 4096, 65537 };
        for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
                assert_true(str_eq(read_whole(&a, few, 2, chunks[i], DDAS_MEMORY_MIN).csv, once.csv));
        assert_true(str_eq(generated(&a, 300, 8, false), few[0]) && !str_eq(generated(&a, 300, 10, false), few[0]));
}

/* Far more clients than fit, all of whom come twice, the second time far from the first. Of every ten, the first two come back as
 * partners; so what each of them had alone before, at the same time, was one trajectory too. */
static void test_counts_in_many_rounds_what_is_known(void **state) {
        (void) state;
        enum { CLIENTS = 70000 };
        struct buf b = { .max = (size_t) 64 << 20 };
        for (int i = 0; i < CLIENTS; i++)
                buf_fmt(&b, "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-01-05\",\"einddatum\":\"2024-02-01\",\"aanmelding\":{\"startdatum\":\"2024-01-05\"},"
                        "\"client\":[{\"Burgerservicenummer\":\"9%08d\"}]},\n", i);
        for (int i = 0; i < CLIENTS; i++) {
                if (i % 10 == 1)
                        continue;
                buf_fmt(&b, "{\"gemeentecode\":\"GM0344\",\"startdatum\":\"2024-06-01\",\"aanmelding\":{\"startdatum\":\"2024-06-01\"},\"client\":[{\"Burgerservicenummer\":\"9%08d\"}", i);
                if (i % 10 == 0)
                        buf_fmt(&b, ",{\"Burgerservicenummer\":\"9%08d\"}", i + 1);
                buf_str(&b, i + 1 < CLIENTS ? S("]},\n") : S("]}"));
        }
        buf_char(&b, '\0');
        struct outcome o = help(b.p);
        buf_done(&b);
        assert_true(ddas_count(o.d, DDAS_ROUNDS) > 5);
        assert_int_equal(ddas_count(o.d, DDAS_ERRORS), 0);
        assert_int_equal(ddas_count(o.d, DDAS_MERGED), CLIENTS / 10 * 18);
        assert_string_equal(LINE(o, "SHV01", "2024-Q1", ""), "63000,,,63000");
        assert_string_equal(LINE(o, "SHV01", "2024-Q2", ""), "63000,,,63000");
        assert_string_equal(LINE(o, "SHV12", "2024", ""), "63000,126000,,126000");
}

static void test_a_file_that_changes_while_it_is_read(void **state) {
        (void) state;
        static const uint64_t key[2] = { 1, 2 };
        struct str file = generated(&a, 25000, 7, false), longer = str_fmt(&a, "%.*s ", STR(file));
        struct ddas *d = ddas_open(arena_alloc(&a, DDAS_MEMORY_MIN), DDAS_MEMORY_MIN, key);
        for (int round = 0; round < 2; round++) {
                ddas_begin(d);
                ddas_push(d, round ? longer.p : file.p, round ? longer.n : file.n);
                ddas_end(d);
                assert_int_equal(ddas_round(d), round ? DDAS_DONE : DDAS_AGAIN);
        }
        assert_non_null(strstr(ddas_mistake(d, false, 0)->reason, "veranderde"));
}

/* Nine digits with weights 9 to 2 and -1: a citizen service number is a multiple of eleven, ours are not. */
static void test_generated_people_are_nobody(void **state) {
        (void) state;
        struct str file = generated(&a, 2000, 3, false);
        int seen = 0;
        for (size_t at; (at = str_find(file, S("\"Burgerservicenummer\": \""))) < file.n; seen++) {
                file = str_sub(file, at + 24, file.n);
                int sum = 0;
                for (int i = 0; i < 9; i++)
                        sum += (file.p[i] - '0') * (i < 8 ? 9 - i : -1);
                assert_int_not_equal(sum % 11, 0);
        }
        assert_true(seen > 2000);
}

static struct str example(const char *name) {
        const char *shared = getenv("SCHOUDERS_SHARED");
        struct str s = S("");
        if (!shared || file_read(&a, str_fmt(&a, "%s/data/ddas/%s", shared, name), 1 << 20, &s) != OK) {
                print_message("SCHOUDERS_SHARED has no data/ddas/%s: skipped\n", name);
                skip();
        }
        return s;
}

#define AT(o, place, code, period, detail) line_of(&a, (o).csv, place, code, period, detail)

/* Applied on 1 January as a crisis, never an intake; proposed 1 June, imposed by the court on 20 June after 19 days; 10,000 euro,
 * budget management; ended 31 December without aftercare and without a reason. */
static void test_official_single_example(void **state) {
        (void) state;
        struct outcome o = read_text(&a, example("v1.0/enkelvoudigVoorbeeld.json"));
        static const char *const expected[][3] = {
                { "SHV01", "", "1,,,1" }, { "SHV02", "", "0,0,0,0" }, { "SHV03", "", "0,0,,0" }, { "SHV04", "", "0,1,,1" }, { "SHV06", "", "0,0,,0" }, { "SHV08", "", "0,1,19,1" },
                { "SHV09a", "", "0,1,,1" }, { "SHV09a", "dwangakkoord", "1,1,,1" }, { "SHV10", "", "0,0,,0" }, { "SHV12", "", "0,1,,1" },
                { "SHV13", "", "10000,1,10000,1" }, { "SHV14", "", "0,0,0,0" }, { "SHV16", "", "1,1,,1" }, { "SHV17", "", "0,1,,1" },
        };
        for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
                assert_string_equal(AT(o, "GM0001", expected[i][0], "2024", expected[i][1]), expected[i][2]);
        assert_string_equal(AT(o, "GM0001", "SHV09a", "2024-Q2", "dwangakkoord"), "1,1,,1");
}

/* Ten clients in nine municipalities, two of them under GM002; no applications in it. */
static void test_official_examples_of_many(void **state) {
        (void) state;
        struct outcome o = read_text(&a, example("v1.0/meervoudigVoorbeeld.json"));
        assert_int_equal(ddas_count(o.d, DDAS_TRAJECTORIES), 10);
        assert_int_equal(ddas_count(o.d, DDAS_ERRORS), 0);
        assert_string_equal(AT(o, "GM0010", "SHV01", "2024", ""), "0,,,0");
        struct str parts[] = { example("v1.0/samenloopVoorbeeldDeel1.json"), example("v1.0/samenloopVoorbeeldDeel2.json") };
        /* Two senders with five clients each, and no client in common: nothing overlaps. */
        struct outcome both = read_whole(&a, parts, 2, 0, DDAS_MEMORY_MIN);
        assert_int_equal(ddas_count(both.d, DDAS_MERGED), 10);
        /* The same delivery twice is one. */
        struct str twice[] = { parts[0], parts[0] };
        struct outcome same = read_whole(&a, twice, 2, 0, DDAS_MEMORY_MIN);
        assert_int_equal(ddas_count(same.d, DDAS_MERGED), 5);
}

/* January 2025. 0518: two signals, one of two reached and helped. 0307: two signals, one of two reached, none helped. */
static void test_official_examples_of_early_signalling(void **state) {
        (void) state;
        struct outcome o = read_text(&a, example("vroegsignalering_v0.9/meervoudigVoorbeeld.json"));
        assert_string_equal(AT(o, "GM0518", "VS01", "2025-Q1", ""), "2,,,2");
        assert_string_equal(AT(o, "GM0518", "VS02", "2025-Q1", ""), "2,,,2");
        assert_string_equal(AT(o, "GM0518", "VS04", "2025-Q1", ""), "1,2,,2");
        assert_string_equal(AT(o, "GM0518", "VS05a", "2025-Q1", ""), "1,1,,1");
        assert_string_equal(AT(o, "GM0518", "VS05b", "2025-Q1", ""), "1,2,,2");
        assert_string_equal(AT(o, "GM0518", "VS06", "2025-Q1", "Water"), "1,2,,2");
        assert_string_equal(AT(o, "GM0307", "VS04", "2025", ""), "1,2,,2");
        assert_string_equal(AT(o, "GM0307", "VS05a", "2025", ""), "0,1,,1");
        assert_non_null(strstr(str_z(&a, o.csv), "GM0307,VS01,2025,nee,"));      /* a month is no whole year */
        struct outcome one = read_text(&a, example("vroegsignalering_v0.9/enkelvoudigVoorbeeld.json"));
        assert_string_equal(AT(one, "GM0518", "VS06", "2025-Q1", "Energie"), "1,1,,1");
}

static void test_official_example_of_an_old_version(void **state) {
        (void) state;
        struct outcome o = read_text(&a, example("v0.10_meervoudigVoorbeeld.json"));
        assert_int_equal(ddas_count(o.d, DDAS_ERRORS), 3);
        assert_non_null(strstr(ddas_mistake(o.d, false, 0)->reason, "versie 0.10"));
        assert_string_equal(ddas_mistake(o.d, false, 0)->path, "leveringen[0].schuldhulptrajecten[3].intake.beschikkingssoort");
        assert_int_equal(o.csv.n, 0);
}

#define TEST(f) cmocka_unit_test_teardown(f, empty)

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST(test_counts_waiting_until_the_first_conversation), TEST(test_counts_decisions), TEST(test_counts_stabilisations_that_end_or_run),
                TEST(test_counts_settlements), TEST(test_merges_overlapping_trajectories), TEST(test_return_counts_within_five_years),
                TEST(test_counts_reports_by_address_and_month), TEST(test_municipality_after_its_signals), TEST(test_only_the_period_that_was_asked),
                TEST(test_same_result_in_pieces_and_in_rounds), TEST(test_counts_in_many_rounds_what_is_known),
                TEST(test_a_file_that_changes_while_it_is_read), TEST(test_generated_people_are_nobody),
                TEST(test_official_single_example), TEST(test_official_examples_of_many), TEST(test_official_examples_of_early_signalling),
                TEST(test_official_example_of_an_old_version),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
