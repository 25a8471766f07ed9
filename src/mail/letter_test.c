/* A mail from templates, without anything of pages. */
#include "testing.h"
#include <string.h>
#include "letter_test.tmpl.h"
#include "letter_test.txt.tmpl.h"
#include "mail.h"

static struct mail_new greet(struct arena *a, struct str unsubscribe) {
        struct letter l _cleanup_(letter_done) = letter_new(a, S("https://schouders.example/"), S("Dag <u> & anderen"),
                                                            S("u zich heeft aangemeld & <meer>"));
        struct mail_new n = { 0 };
        l.unsubscribe = unsubscribe;
        struct url link = letter_url(&l, S("/mee?t=1&u=2"));
        greeting_html(&l, S("Zo\xc3\xab <b>\x1b[0m"), link);
        greeting_text(&l, S("Zo\xc3\xab <b>\x1b[0m"), link);
        assert_int_equal(letter_finish(&l, &n), OK);
        return n;
}

static bool has(struct str s, const char *part) {
        return str_find(s, str_of(part)) < s.n;
}

static void both_parts(void **state) {
        struct arena a = { 0 };
        (void) state;
        struct mail_new n = greet(&a, S(""));
        assert_true(str_eq(n.text, S("Beste Zo\xc3\xab <b>[0m,\n\nDoe mee: https://schouders.example/mee?t=1&u=2\n"
                                     "Lees de uitleg: https://schouders.example/uitleg\n\n-- \nSchouders - https://schouders.example/\n"
                                     "U krijgt deze e-mail omdat u zich heeft aangemeld & <meer>.\n")));
        assert_true(str_starts(n.html, S("<!doctype html>\n<html lang=\"nl\">")) && str_ends(n.html, S("</html>\n")));
        assert_true(has(n.html, "<title>Dag &lt;u&gt; &amp; anderen</title>") && has(n.html, "Beste Zo\xc3\xab &lt;b&gt;"));
        assert_true(has(n.html, "href=\"https://schouders.example/mee?t=1&amp;u=2\">Doe mee</a>"));
        assert_true(has(n.html, "omdat u zich heeft aangemeld &amp; &lt;meer&gt;.</p>"));
        assert_false(has(n.html, "niet meer krijgen") || has(n.text, "niet meer krijgen"));
        assert_int_equal(n.list_unsubscribe.n, 0);
        arena_done(&a);
}

static void signing_off_stands_in_both(void **state) {
        struct arena a = { 0 };
        (void) state;
        struct mail_new n = greet(&a, S("https://schouders.example/afmelden?t=x&u=y"));
        assert_true(has(n.html, "<a href=\"https://schouders.example/afmelden?t=x&amp;u=y\">Deze e-mails niet meer krijgen</a>"));
        assert_true(str_ends(n.text, S(".\nDeze e-mails niet meer krijgen: https://schouders.example/afmelden?t=x&u=y\n")));
        assert_true(str_eq(n.list_unsubscribe, S("https://schouders.example/afmelden?t=x&u=y")));
        n = greet(&a, S("http://127.0.0.1:8080/af?t=x"));       /* a site on trial: links, but no header */
        assert_true(n.list_unsubscribe.n == 0 && has(n.html, "http://127.0.0.1:8080/af?t=x"));
        arena_done(&a);
}

/* No colour of the page is set, so a dark scheme stays dark; no table, image, or anything from elsewhere. */
static void html_is_simple(void **state) {
        static const char *const never[] = { "<table", "<img", "<style", "<script", "<link", "background-image", "src=", "url(" };
        struct arena a = { 0 };
        (void) state;
        struct mail_new n = greet(&a, S(""));
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
                assert_false(has(n.html, never[i]));
        assert_true(has(n.html, "<meta name=\"color-scheme\" content=\"light dark\">"));
        arena_done(&a);
}

static void too_large_is_told(void **state) {
        struct arena a _cleanup_(arena_done) = { 0 };   /* outlives the letter */
        struct mail_new n = { 0 };
        struct letter l _cleanup_(letter_done) = letter_new(&a, S("https://x.nl"), S("s"), S("w"));
        (void) state;
        for (size_t i = 0; i <= MAIL_PART_MAX / 1000; i++) {
                char part[1000];
                memset(part, 'a', sizeof part);
                buf_put(l.text, part, sizeof part);
        }
        assert_int_equal(letter_finish(&l, &n), ERR_LIMIT);
        assert_true(str_eq(letter_url(&l, S("//elders.nl")).bytes, S("https://x.nl/")));
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(both_parts), cmocka_unit_test(signing_off_stands_in_both), cmocka_unit_test(html_is_simple),
                cmocka_unit_test(too_large_is_told),
        };
        return cmocka_run_group_tests_name("mail-letter", tests, NULL, NULL);
}
