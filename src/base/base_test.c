/* The floor, by example. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "clock.h"
#include "csv.h"
#include "html.h"
#include "json.h"
#include "memo.h"
#include "utf8.h"
#include "vec.h"
#include "xml.h"

#define assert_str(got, want) do { struct str g_ = (got); \
        assert_int_equal(g_.n, strlen(want)); assert_memory_equal(g_.p, (want), g_.n); } while (0)

static struct arena mem;

static int setup(void **state) {
        (void) state;
        mem = (struct arena) { 0 };
        return 0;
}

static int teardown(void **state) {
        (void) state;
        arena_done(&mem);
        return 0;
}

static void arena_zeroes_and_survives_reset(void **state) {
        (void) state;
        for (size_t n = 0; n < 100000; n += 777) {
                char *p = arena_alloc(&mem, n);
                for (size_t i = 0; i < n; i++)
                        assert_int_equal(p[i], 0);
                if (n)
                        memset(p, 1, n);
        }
        arena_reset(&mem);
        char *p = arena_alloc(&mem, 1000);
        for (size_t i = 0; i < 1000; i++)
                assert_int_equal(p[i], 0);
}

static void split_keeps_empty_parts(void **state) {
        (void) state;
        struct str s = S("a,,b,"), part;
        assert_true(str_split(&s, ',', &part)); assert_str(part, "a");
        assert_true(str_split(&s, ',', &part)); assert_str(part, "");
        assert_true(str_split(&s, ',', &part)); assert_str(part, "b");
        assert_true(str_split(&s, ',', &part)); assert_str(part, "");
        assert_false(str_split(&s, ',', &part));
}

static void a_memo_gives_back_what_was_kept_under_the_same_key(void **state) {
        (void) state;
        static struct memo m;
        struct str kept;
        memo_init(&m);
        assert_false(memo_get(&m, &mem, S("release 1"), &kept));
        memo_put(&m, S("release 1"), S("twelve"));
        memo_put(&m, S("release 2"), S("thirteen"));
        assert_true(memo_get(&m, &mem, S("release 1"), &kept)); assert_str(kept, "twelve");
        memo_put(&m, S("release 1"), S("again"));
        assert_true(memo_get(&m, &mem, S("release 1"), &kept)); assert_str(kept, "again");
        assert_true(memo_get(&m, &mem, S("release 2"), &kept)); assert_str(kept, "thirteen");
        assert_int_equal(m.n, strlen("again") + strlen("thirteen"));
        memo_put(NULL, S("release 1"), S("nowhere"));
        assert_false(memo_get(NULL, &mem, S("release 1"), &kept));
        memo_done(&m);
}

static void a_memo_forgets_what_was_asked_for_least_recently(void **state) {
        (void) state;
        static struct memo m;
        struct str kept, big = { arena_alloc(&mem, MEMO_BYTES / 8), MEMO_BYTES / 8 };
        char key[2] = "a";
        memo_init(&m);
        for (; *key < 'i'; ++*key)
                memo_put(&m, str_of(key), big);
        assert_int_equal(m.n, MEMO_BYTES);
        assert_true(memo_get(&m, &mem, S("a"), &kept));
        memo_put(&m, S("one more"), S("x"));
        assert_true(memo_get(&m, &mem, S("a"), &kept));
        assert_false(memo_get(&m, &mem, S("b"), &kept));
        assert_true(memo_get(&m, &mem, S("c"), &kept));
        memo_put(&m, S("too much"), (struct str) { arena_alloc(&mem, big.n + 1), big.n + 1 });
        assert_false(memo_get(&m, &mem, S("too much"), &kept));
        for (int i = 0; i < MEMO_ENTRIES; i++)
                memo_put(&m, str_fmt(&mem, "small %d", i), S("x"));
        assert_false(memo_get(&m, &mem, S("one more"), &kept));
        assert_true(memo_get(&m, &mem, S("small 0"), &kept));
        memo_done(&m);
}

static void numbers_are_whole_or_refused(void **state) {
        (void) state;
        int64_t i;
        double d;
        assert_true(str_to_i64(S("-42"), &i) && i == -42);
        assert_false(str_to_i64(S("42x"), &i));
        assert_false(str_to_i64(S(""), &i));
        assert_false(str_to_i64(S(" 1"), &i));
        assert_false(str_to_i64(S("99999999999999999999"), &i));
        assert_true(str_to_f64(S("8.8"), &d) && fabs(d - 8.8) < 1e-12);
        assert_false(str_to_f64(S("nan"), &d));
        assert_false(str_to_f64(S("8,8"), &d));
}

static void html_escapes_by_place(void **state) {
        (void) state;
        _cleanup_(buf_done) struct buf b = { 0 };
        html_text(&b, S("<a href='x'>&\""));
        assert_str(buf_view(&b), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;");
        buf_reset(&b);
        html_urlpart(&b, S("a/b c&d"));
        assert_str(buf_view(&b), "a%2Fb%20c%26d");
        buf_reset(&b);
        html_coord(&b, -1.256);
        html_lit(&b, " ");
        html_coord(&b, 10.0);
        html_lit(&b, " ");
        html_coord(&b, NAN);
        assert_str(buf_view(&b), "-1.26 10 0");
}

static void urls_are_checked(void **state) {
        (void) state;
        assert_str(url_checked(S("https://www.vng.nl/x")).bytes, "https://www.vng.nl/x");
        assert_str(url_checked(S("javascript:alert(1)")).bytes, "/");
        assert_str(url_checked(S("https://a b")).bytes, "/");
        assert_str(url_path(S("//evil.example")).bytes, "/");
        assert_str(url_path(S("/kennis")).bytes, "/kennis");
}

static void a_full_buffer_says_so(void **state) {
        (void) state;
        _cleanup_(buf_done) struct buf b = { .max = 10 };
        html_lit(&b, "12345678");
        html_lit(&b, "901");
        assert_true(b.full);
        assert_str(buf_view(&b), "12345678");
        html_lit(&b, "9");
        assert_str(buf_view(&b), "12345678");
        buf_reset(&b);
        html_lit(&b, "1234567890");
        assert_false(b.full);
        buf_char(&b, '1');
        assert_true(b.full);
}

static void folding_and_slugs(void **state) {
        (void) state;
        assert_str(utf8_fold(&mem, S("Súdwest-Fryslân")), "sudwest-fryslan");
        assert_str(utf8_slug(&mem, S("'s-Gravenhage")), "s-gravenhage");
        assert_str(utf8_slug(&mem, S("Nuenen, Gerwen en Nederwetten")), "nuenen-gerwen-en-nederwetten");
        assert_str(utf8_slug(&mem, S("Bergen (NH.)")), "bergen-nh");
        assert_true(utf8_valid(S("ë€😀")));
        assert_false(utf8_valid(S("\xc3")));
        assert_false(utf8_valid(S("\xc0\xaf")));
        assert_false(utf8_valid(S("\xed\xa0\x80")));
}

static void csv_reads_quotes_and_refuses_ragged_rows(void **state) {
        (void) state;
        struct csv c;
        struct csv_row row;
        bool more;
        const char *why;
        assert_int_equal(csv_open(&c, &mem, S("a,b\n\"x, \"\"y\"\"\n2\",z\r\n1\n")), OK);
        assert_int_equal(csv_column(&c, "b"), 1);
        assert_int_equal(csv_next(&c, &mem, &row, &more, &why), OK);
        assert_true(more);
        assert_str(row.v[0], "x, \"y\"\n2");
        assert_str(row.v[1], "z");
        assert_int_equal(csv_next(&c, &mem, &row, &more, &why), ERR_INVALID);
        assert_int_equal(row.line, 4);
}

static void json_keeps_commas(void **state) {
        (void) state;
        _cleanup_(buf_done) struct buf b = { 0 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "a", S("x\"\n"));
        json_array(&j, "l");
        json_i64(&j, NULL, 1);
        json_f64(&j, NULL, NAN);
        json_end_array(&j);
        json_end_object(&j);
        assert_str(buf_view(&b), "{\"a\":\"x\\\"\\u000a\",\"l\":[1,null]}");
}

static void data_in_a_page_cannot_end_its_element(void **state) {
        (void) state;
        static const struct { struct str json, page; } cases[] = {
                { S_INIT("{\"a\":\"</script>\"}"), S_INIT("{\"a\":\"\\u003c/script\\u003e\"}") },
                { S_INIT("[\"<!-- a&b\"]"), S_INIT("[\"\\u003c!-- a\\u0026b\"]") },
                { S_INIT("\xe2\x80\xa8\xe2\x80\xa9\xe2\x82\xac\xe2\x80\xaa"), S_INIT("\\u2028\\u2029\xe2\x82\xac\xe2\x80\xaa") },
                { S_INIT("\xe2"), S_INIT("\xe2") }, { S_INIT("\xe2\x80"), S_INIT("\xe2\x80") }, { S_INIT(""), S_INIT("") },
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                _cleanup_(buf_done) struct buf b = { 0 };
                html_data(&b, (struct json_data) { cases[i].json });
                assert_str(buf_view(&b), cases[i].page.p);
        }
}

static void xml_closes_what_it_opens(void **state) {
        (void) state;
        _cleanup_(buf_done) struct buf b = { 0 };
        struct xml x = xml_begin(&b);
        xml_open(&x, "feed");
        xml_attr(&x, "a", S("\"<&>\""));
        xml_leaf(&x, "t", S("x\x01\xef\xbf\xbe <\xff]]>"));
        xml_open(&x, "e");
        xml_close(&x);
        xml_close(&x);
        assert_str(buf_view(&b), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed a=\"&quot;&lt;&amp;&gt;&quot;\"><t>x &lt;]]&gt;</t>\n"
                                 "<e></e>\n</feed>\n");
}

static void maps_and_vectors_grow(void **state) {
        (void) state;
        struct map m = { 0 };
        VEC(int) v = { 0 };
        for (int i = 0; i < 1000; i++) {
                *vec_push(&mem, &v) = i;
                map_put(&mem, &m, str_fmt(&mem, "k%d", i), arena_new(&mem, int));
        }
        assert_int_equal(v.n, 1000);
        assert_int_equal(v.v[999], 999);
        assert_int_equal(m.n, 1000);
        assert_non_null(map_get(&m, S("k500")));
        assert_null(map_get(&m, S("k1000")));
}

static void dates_in_dutch(void **state) {
        (void) state;
        assert_str(clock_dutch_date(&mem, S("2026-05-04")), "4 mei 2026");
        assert_str(clock_dutch_date(&mem, S("2018")), "2018");
        assert_false(clock_is_date(S("2026-02-29")));
        assert_true(clock_is_date(S("2024-02-29")));
}

/* 2026: summer time from 29 March to 25 October, at 01:00 UTC. */
static void times_in_dutch(void **state) {
        static const struct { int64_t s; struct str says; } cases[] = {
                { 1774745999, S_INIT("29 maart 2026, 01:59 uur") }, { 1774746000, S_INIT("29 maart 2026, 03:00 uur") },
                { 1792889999, S_INIT("25 oktober 2026, 02:59 uur") }, { 1792890000, S_INIT("25 oktober 2026, 02:00 uur") },
                { 1767221999, S_INIT("31 december 2025, 23:59 uur") }, { 1767222000, S_INIT("1 januari 2026, 00:00 uur") },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(str_eq(clock_dutch_time(&mem, cases[i].s * 1000), cases[i].says));
}

static void days_begin_at_midnight_in_dutch(void **state) {
        static const struct { struct str day; int later; const char *says; } cases[] = {
                { S_INIT("2026-03-29"), 0, "29 maart 2026, 00:00 uur" }, { S_INIT("2026-03-29"), 1, "30 maart 2026, 00:00 uur" },
                { S_INIT("2026-10-25"), 0, "25 oktober 2026, 00:00 uur" }, { S_INIT("2026-10-25"), 1, "26 oktober 2026, 00:00 uur" },
                { S_INIT("2026-12-31"), 1, "1 januari 2027, 00:00 uur" }, { S_INIT("2026-07-01"), 0, "1 juli 2026, 00:00 uur" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                assert_true(str_eq(clock_dutch_time(&mem, clock_dutch_midnight(cases[i].day, cases[i].later)), str_of(cases[i].says)));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(arena_zeroes_and_survives_reset), cmocka_unit_test(split_keeps_empty_parts),
                cmocka_unit_test(numbers_are_whole_or_refused), cmocka_unit_test(html_escapes_by_place),
                cmocka_unit_test(urls_are_checked), cmocka_unit_test(a_full_buffer_says_so),
                cmocka_unit_test(folding_and_slugs), cmocka_unit_test(csv_reads_quotes_and_refuses_ragged_rows),
                cmocka_unit_test(a_memo_gives_back_what_was_kept_under_the_same_key), cmocka_unit_test(a_memo_forgets_what_was_asked_for_least_recently),
                cmocka_unit_test(json_keeps_commas), cmocka_unit_test(data_in_a_page_cannot_end_its_element),
                cmocka_unit_test(xml_closes_what_it_opens), cmocka_unit_test(maps_and_vectors_grow),
                cmocka_unit_test(dates_in_dutch), cmocka_unit_test(times_in_dutch),
                cmocka_unit_test(days_begin_at_midnight_in_dutch),
        };
        return cmocka_run_group_tests_name("base", tests, setup, teardown);
}
