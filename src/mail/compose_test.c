/* What goes over the wire, byte for byte. tests/mail reads it back with another parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "compose.h"
#include "encode.h"

static const struct mail plain = {
        .to_address = S_INIT("jan@gemeente.nl"), .to_name = S_INIT("Jan de Vries"), .from_address = S_INIT("noreply@schouders.nl"),
        .from_name = S_INIT("Schouders"), .subject = S_INIT("Uitnodiging"), .text = S_INIT("Dag Jan,\n\nTot ziens\n"),
        .html = S_INIT("<p>Dag</p>"), .list_unsubscribe = S_INIT("https://schouders.nl/afmelden?t=abc"),
        .message_id = S_INIT("7.1790000000000@schouders.nl"), .date_ms = 1790000000000,
};

static void whole_mail(void **state) {
        static const char want[] =
                "Date: Mon, 21 Sep 2026 14:13:20 +0000\r\n"
                "From: \"Schouders\" <noreply@schouders.nl>\r\n"
                "To: \"Jan de Vries\" <jan@gemeente.nl>\r\n"
                "Subject: Uitnodiging\r\n"
                "Message-ID: <7.1790000000000@schouders.nl>\r\n"
                "MIME-Version: 1.0\r\n"
                "Auto-Submitted: auto-generated\r\n"
                "List-Unsubscribe: <https://schouders.nl/afmelden?t=abc>\r\n"
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
                "Content-Type: multipart/alternative; boundary=\"=_schouders_deel\"\r\n"
                "\r\n"
                "--=_schouders_deel\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: quoted-printable\r\n"
                "\r\n"
                "Dag Jan,\r\n\r\nTot ziens\r\n"
                "\r\n"
                "--=_schouders_deel\r\n"
                "Content-Type: text/html; charset=utf-8\r\n"
                "Content-Transfer-Encoding: quoted-printable\r\n"
                "\r\n"
                "<p>Dag</p>\r\n"
                "--=_schouders_deel--\r\n";
        struct buf b _cleanup_(buf_done) = { 0 };
        (void) state;
        assert_int_equal(mail_compose(&plain, &b), OK);
        buf_char(&b, 0);
        assert_string_equal(b.p, want);
}

static void text_alone_is_no_multipart(void **state) {
        struct buf b _cleanup_(buf_done) = { 0 };
        struct mail m = plain;
        (void) state;
        m.html = m.list_unsubscribe = S("");
        assert_int_equal(mail_compose(&m, &b), OK);
        assert_true(str_find(buf_view(&b), S("multipart")) == b.n && str_find(buf_view(&b), S("Unsubscribe")) == b.n);
        assert_true(str_find(buf_view(&b), S("generated\r\nContent-Type: text/plain; charset=utf-8\r\n")) < b.n);
}

static struct str body(struct buf *b, struct str s) {
        buf_reset(b);
        encode_body(b, s);
        return buf_view(b);
}

static void bodies(void **state) {
        static const struct { struct str from, to; } cases[] = {
                { S_INIT(""), S_INIT("") }, { S_INIT("a\nb"), S_INIT("a\r\nb") }, { S_INIT("a\r\nb\n"), S_INIT("a\r\nb\r\n") },
                { S_INIT("a\rb"), S_INIT("a=0Db") }, { S_INIT("1 = 2"), S_INIT("1 =3D 2") },
                { S_INIT("x \ny\t\n "), S_INIT("x=20\r\ny=09\r\n=20") }, { S_INIT(".\na.b\n.."), S_INIT("=2E\r\na.b\r\n=2E.") },
                { S_INIT("From x\nfrom\n From "), S_INIT("=46rom x\r\nfrom\r\n From=20") }, { S_INIT("\xc3\xa9"), S_INIT("=C3=A9") },
                { S_INIT("\x01\x7f"), S_INIT("=01=7F") },
        };
        struct buf b _cleanup_(buf_done) = { 0 };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                if (!str_eq(body(&b, cases[i].from), cases[i].to))
                        fail_msg("case %zu: %.*s", i, STR(buf_view(&b)));
}

/* Characters of one to four bytes around the place where a line breaks: never apart, never past 76. */
static void bodies_fold(void **state) {
        static const char *const chars[] = { "a", "=", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "." };
        struct buf b _cleanup_(buf_done) = { 0 }, in _cleanup_(buf_done) = { 0 };
        (void) state;
        for (int before = 50; before < 90; before++) {
                for (size_t k = 0; k < sizeof chars / sizeof *chars; k++) {
                        struct str out, line;
                        buf_reset(&in);
                        for (int i = 0; i < before; i++)
                                buf_char(&in, 'x');
                        for (int i = 0; i < 20; i++)
                                buf_str(&in, str_of(chars[k]));
                        out = body(&b, buf_view(&in));
                        while (str_split(&out, '\n', &line)) {
                                assert_true(line.n <= 77);      /* with its CR */
                                if (out.p)
                                        assert_true(str_ends(line, S("=\r")));
                                assert_false(line.n && line.p[0] == '.');
                                bool tail = line.n > 2 && line.p[0] == '=' && line.p[1] >= '8' && line.p[1] <= 'B';
                                assert_false(tail && line.p[2] != '\r');        /* a byte 80 to BF starts no line */
                        }
                }
        }
}

static struct str line(struct buf *b, struct str value) {
        buf_reset(b);
        encode_line(b, "Subject", value);
        return buf_view(b);
}

static void header_lines(void **state) {
        static const struct { struct str from, to; } cases[] = {
                { S_INIT("Kort"), S_INIT("Subject: Kort\r\n") },
                { S_INIT("Zo\xc3\xab & co"), S_INIT("Subject: =?UTF-8?Q?Zo=C3=AB_=26_co?=\r\n") },
                { S_INIT("twee  spaties"), S_INIT("Subject: =?UTF-8?Q?twee__spaties?=\r\n") },
                { S_INIT("=?UTF-8?Q?x?="), S_INIT("Subject: =?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?=\r\n") },
                { S_INIT("een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"),
                  S_INIT("Subject: een twee drie vier vijf zes zeven acht negen tien elf twaalf\r\n dertien veertien\r\n") },
        };
        struct buf b _cleanup_(buf_done) = { 0 };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
                if (!str_eq(line(&b, cases[i].from), cases[i].to))
                        fail_msg("case %zu: %.*s", i, STR(buf_view(&b)));
}

/* Every mix of lengths: words of at most 75 bytes, lines of at most 76, whole characters in each word. */
static void encoded_words_keep_their_limits(void **state) {
        struct buf b _cleanup_(buf_done) = { 0 }, in _cleanup_(buf_done) = { 0 };
        (void) state;
        for (int before = 0; before < 80; before++) {
                buf_reset(&in);
                for (int i = 0; i < before; i++)
                        buf_char(&in, 'x');
                for (int i = 0; i < 12; i++)
                        buf_str(&in, i % 3 ? S("\xf0\x9f\x98\x80") : S("\xc3\xa9 "));
                struct str out = line(&b, buf_view(&in)), one;
                for (bool first = true; str_split(&out, '\n', &one) && one.n; first = false) {
                        struct str word = str_trim(first ? str_sub(one, 9, one.n) : one);
                        assert_true(one.n <= 77 && word.n <= 75);
                        assert_true(str_starts(word, S("=?UTF-8?Q?")) && str_ends(word, S("?=")));
                        /* Whole characters: the first encoded byte of a word begins one. */
                        struct str in_word = str_sub(word, 10, word.n);
                        assert_false(in_word.p[0] == '=' && in_word.p[1] >= '8' && in_word.p[1] <= 'B');
                }
        }
}

static void mailboxes(void **state) {
        static const struct { struct str name, address, to; } cases[] = {
                { S_INIT(""), S_INIT("a@b.nl"), S_INIT("To: a@b.nl\r\n") },
                { S_INIT("J. \"Q\" \\ X"), S_INIT("a@b.nl"), S_INIT("To: \"J. \\\"Q\\\" \\\\ X\" <a@b.nl>\r\n") },
                { S_INIT("Zo\xc3\xab, de"), S_INIT("a@b.nl"), S_INIT("To: =?UTF-8?Q?Zo=C3=AB=2C_de?= <a@b.nl>\r\n") },
                { S_INIT("Gemeente"), S_INIT("een.heel.lang.adres.van.iemand.bij.de.gemeente.in.het.noorden@voorbeeld.nl"),
                  S_INIT("To: \"Gemeente\"\r\n <een.heel.lang.adres.van.iemand.bij.de.gemeente.in.het.noorden@voorbeeld.nl>\r\n") },
        };
        struct buf b _cleanup_(buf_done) = { 0 };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                buf_reset(&b);
                encode_mailbox(&b, "To", cases[i].name, cases[i].address);
                if (!str_eq(buf_view(&b), cases[i].to))
                        fail_msg("case %zu: %.*s", i, STR(buf_view(&b)));
        }
}

static void breaks_a_rule(struct mail m, enum err want) {
        struct buf b _cleanup_(buf_done) = { 0 };
        const char *why = NULL;
        assert_int_equal(mail_compose(&m, &b), want);
        assert_int_equal(mail_check(&m, &why), want);
        assert_true(b.n == 0 && why && strlen(why) > 10);
}

static void injection_is_refused(void **state) {
        static const struct str evil[] = { S_INIT("a\r\nBcc: x@y.nl"), S_INIT("a\nb"), S_INIT("a\rb"), S_INIT("a\0b"),
                                           S_INIT("a\x7f" "b"), S_INIT("\xff") };
        static const size_t fields[] = {
                offsetof(struct mail, to_address), offsetof(struct mail, to_name), offsetof(struct mail, from_address),
                offsetof(struct mail, from_name), offsetof(struct mail, subject), offsetof(struct mail, list_unsubscribe),
                offsetof(struct mail, message_id),
        };
        (void) state;
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
                for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
                        struct mail m = plain;
                        memcpy((char *) &m + fields[f], &evil[i], sizeof(struct str));
                        breaks_a_rule(m, ERR_INVALID);
                }
        }
}

static void rules(void **state) {
        static char longest[MAIL_PART_MAX + 1];
        struct mail m = plain;
        (void) state;
        memset(longest, 'a', sizeof longest);
        breaks_a_rule((m = plain, m.subject = S(" "), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.subject.p = longest, m.subject.n = MAIL_LINE_MAX + 1, m), ERR_LIMIT);
        breaks_a_rule((m = plain, m.to_name.p = longest, m.to_name.n = MAIL_LINE_MAX + 1, m), ERR_LIMIT);
        breaks_a_rule((m = plain, m.text.p = longest, m.text.n = sizeof longest, m), ERR_LIMIT);
        breaks_a_rule((m = plain, m.html = S("a\0b"), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.text = S("\xc3("), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.list_unsubscribe = S("http://x.nl/"), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.list_unsubscribe = S("https://"), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.list_unsubscribe = S("https://x.nl/>,<mailto:a@b.nl"), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.message_id = S("ab"), m), ERR_INVALID);
        breaks_a_rule((m = plain, m.date_ms = -1, m), ERR_INVALID);
        breaks_a_rule((m = plain, m.date_ms = INT64_MAX, m), ERR_INVALID);
        struct buf small _cleanup_(buf_done) = { .max = 100 };
        assert_int_equal(mail_compose(&plain, &small), ERR_LIMIT);
}

static void dates(void **state) {
        char s[MAIL_DATE_MAX];
        (void) state;
        mail_date(0, s);
        assert_string_equal(s, "Thu, 1 Jan 1970 00:00:00 +0000");
        mail_date(951827696999, s);
        assert_string_equal(s, "Tue, 29 Feb 2000 12:34:56 +0000");
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(whole_mail), cmocka_unit_test(text_alone_is_no_multipart), cmocka_unit_test(bodies),
                cmocka_unit_test(bodies_fold), cmocka_unit_test(header_lines), cmocka_unit_test(encoded_words_keep_their_limits),
                cmocka_unit_test(mailboxes), cmocka_unit_test(injection_is_refused), cmocka_unit_test(rules), cmocka_unit_test(dates),
        };
        return cmocka_run_group_tests_name("mail-compose", tests, NULL, NULL);
}
