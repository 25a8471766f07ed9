/* One mail to a real server: security, signing in, refusals and silence. */
#include "testing.h"
#include <string.h>
#include "mailer.h"
#include "server.h"

#define MAIL "Subject: Dag\r\n\r\n.\r\n..punt\r\nTot ziens\r\n"

struct bench {
        struct smtpd s;
        struct arena a;
        struct mail_settings settings;
        struct str why;
};

/* CERTIFICATE: the name it is for, "" for ours, NULL for none. */
static void begin(struct bench *b, const char *mode, enum mail_security security, const char *certificate) {
        *b = (struct bench) { .settings = { .host = S("127.0.0.1"), .security = security, .timeout_ms = 20000,
                                            .from_address = S("noreply@schouders.example") } };
        smtpd_folder(&b->s);
        if (certificate) {
                smtpd_certificate(&b->s, certificate[0] ? certificate : NULL);
                b->settings.ca_file = str_fmt(&b->a, "%s/cert.pem", b->s.folder);
        }
        smtpd_start(&b->s, mode);
        b->settings.port = b->s.port;
}

static void done(struct bench *b) {
        smtpd_done(&b->s);
        arena_done(&b->a);
}

static enum err post(struct bench *b) {
        struct mailer *m = NULL;
        assert_int_equal(mailer_open(&m, &b->settings), OK);
        enum err e = mailer_send(m, &b->a, S("jan@gemeente.nl"), S(MAIL), &b->why);
        mailer_close(m);
        assert_true((e == OK) == (b->why.n == 0));
        return e;
}

static enum err probe(struct bench *b) {
        struct mailer *m = NULL;
        assert_int_equal(mailer_open(&m, &b->settings), OK);
        enum err e = mailer_probe(m, &b->a, &b->why);
        mailer_close(m);
        assert_true((e == OK) == (b->why.n == 0));
        return e;
}

static bool has(struct str s, const char *part) {
        return str_find(s, str_of(part)) < s.n;
}

#define assert_why(b, text) do { if (!has((b)->why, text)) fail_msg("%.*s", STR((b)->why)); } while (0)

static void mail_arrives(void **state) {
        struct bench b;
        (void) state;
        begin(&b, "accept", MAIL_PLAIN, NULL);
        assert_int_equal(post(&b), OK);
        assert_int_equal(smtpd_count(&b.s, &b.a), 1);
        assert_true(str_eq(smtpd_read(&b.s, &b.a, 1, "eml"), S(MAIL)));
        struct str envelope = smtpd_read(&b.s, &b.a, 1, "json");
        assert_true(has(envelope, "\"from\": \"noreply@schouders.example\"") && has(envelope, "\"to\": [\"jan@gemeente.nl\"]"));
        assert_true(has(envelope, "\"host\": \"schouders.example\"") && has(envelope, "\"tls\": false"));
        assert_int_equal(probe(&b), OK);
        assert_int_equal(smtpd_count(&b.s, &b.a), 1);
        done(&b);
}

static void starttls_with_signing_in(void **state) {
        struct bench b;
        (void) state;
        begin(&b, "starttls-auth", MAIL_STARTTLS, "");
        b.settings.user = S("schouders");
        b.settings.password = S("geheim");
        assert_int_equal(probe(&b), OK);
        assert_int_equal(post(&b), OK);
        assert_true(has(smtpd_read(&b.s, &b.a, 1, "json"), "\"tls\": true, \"login\": true"));
        b.settings.host = S("localhost");
        assert_int_equal(post(&b), OK);
        b.settings.password = S("verkeerd-wachtwoord");
        assert_int_equal(post(&b), ERR_BUSY);
        assert_why(&b, "refused the user name or the password");
        assert_int_equal(probe(&b), ERR_BUSY);
        assert_false(has(b.why, "verkeerd") || has(b.why, "geheim"));
        assert_int_equal(smtpd_count(&b.s, &b.a), 2);
        done(&b);
}

static void tls_from_the_first_byte(void **state) {
        struct bench b;
        (void) state;
        begin(&b, "smtps", MAIL_TLS, "");
        assert_int_equal(post(&b), OK);
        assert_int_equal(probe(&b), OK);
        b.settings.security = MAIL_STARTTLS;
        b.settings.timeout_ms = 2000;
        assert_int_equal(post(&b), ERR_BUSY);
        done(&b);
}

/* Nothing is sent in the clear, or to somebody else, because the better way failed. */
static void weak_security_is_refused(void **state) {
        struct bench b;
        (void) state;
        begin(&b, "accept", MAIL_STARTTLS, NULL);
        assert_int_equal(post(&b), ERR_BUSY);
        assert_why(&b, "offers no STARTTLS");
        assert_int_equal(probe(&b), ERR_BUSY);
        assert_int_equal(smtpd_count(&b.s, &b.a), 0);
        done(&b);
        begin(&b, "starttls", MAIL_STARTTLS, "elders.example");
        assert_int_equal(post(&b), ERR_BUSY);
        assert_why(&b, "is not to be trusted");
        b.settings.ca_file = S("");
        b.settings.host = S("127.0.0.1");
        assert_int_equal(probe(&b), ERR_BUSY);
        assert_why(&b, "is not to be trusted");
        b.settings.ca_file = S("/nergens.pem");
        assert_int_equal(probe(&b), ERR_BUSY);
        assert_why(&b, "cannot be read");
        assert_int_equal(smtpd_count(&b.s, &b.a), 0);
        done(&b);
}

static void refusals_are_told_apart(void **state) {
        static const struct { const char *mode; enum err want; const char *why; } cases[] = {
                { "refuse", ERR_DENIED, "answered: 550 5.1.1 unknown here" }, { "content", ERR_DENIED, "answered: 554 5.6.0" },
                { "busy", ERR_BUSY, "answered: 451 4.3.0" }, { "greeting", ERR_BUSY, "answered: 554 5.3.2" },
                { "drop", ERR_BUSY, "the connection to the mail server was lost" }, { "hang", ERR_BUSY, "did not answer in time" },
                { "auth", ERR_BUSY, "answered: 530" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct bench b;
                begin(&b, cases[i].mode, MAIL_PLAIN, NULL);
                b.settings.timeout_ms = strcmp(cases[i].mode, "hang") ? 20000 : 500;
                enum err e = post(&b);
                if (e != cases[i].want || !has(b.why, cases[i].why))
                        fail_msg("%s: %s, %.*s", cases[i].mode, err_name(e), STR(b.why));
                done(&b);
        }
}

static void nobody_is_there(void **state) {
        struct bench b;
        (void) state;
        begin(&b, "accept", MAIL_PLAIN, NULL);
        smtpd_stop(&b.s);
        assert_int_equal(post(&b), ERR_BUSY);
        assert_why(&b, "cannot be reached");
        assert_int_equal(probe(&b), ERR_BUSY);
        b.settings = (struct mail_settings) { 0 };
        assert_int_equal(post(&b), ERR_INVALID);
        assert_int_equal(probe(&b), ERR_INVALID);
        done(&b);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(mail_arrives), cmocka_unit_test(starttls_with_signing_in), cmocka_unit_test(tls_from_the_first_byte),
                cmocka_unit_test(weak_security_is_refused), cmocka_unit_test(refusals_are_told_apart), cmocka_unit_test(nobody_is_there),
        };
        return cmocka_run_group_tests_name("mail-smtp", tests, NULL, NULL);
}
