/* access_test.c - who gets in: sessions, rights, cookies, form tokens of a person, and slow work in lanes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "client.h"

static struct target t;
static struct answer a;
static char h[1024];

#define HEADER(name) header(&a, name, h, sizeof h)
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define COOKIE(who) "Cookie: __Host-schouders=" who "\r\n"

/* A form token of the page that WHO sees; NULL for nobody. */
static void token_of(const struct target *s, const char *who, char *buf, size_t n) {
        char head[128] = "";
        if (who)
                snprintf(head, sizeof head, COOKIE("%s"), who);
        ask(s, &a, who ? "GET /mij" : "GET /formulier", head, NULL);
        assert_int_equal(a.status, 200);
        snprintf(buf, n, "%.*s", (int) strcspn(a.body + 5, "\n"), a.body + 5);
}

/* Posts as WHO with a token of a page that TOKEN_WHO saw; the status. */
static int post_with(const struct target *s, const char *path, const char *who, const char *token_who) {
        char token[128], body[160], head[256], request[64];
        token_of(s, token_who, token, sizeof token);
        snprintf(body, sizeof body, "csrf=%s", token);
        snprintf(head, sizeof head, who ? FORM COOKIE("%s") : FORM "%s", who ? who : "");
        snprintf(request, sizeof request, "POST %s", path);
        ask(s, &a, request, head, body);
        return a.status;
}

static int post(const char *path, const char *who) {
        return post_with(&t, path, who, who);
}

static size_t notes(const struct target *s, const char *line) {
        struct answer list = { 0 };
        size_t n = 0;
        ask(s, &list, "GET /notities", "", NULL);
        for (const char *p = list.body; (p = strstr(p, line)); p++)
                n++;
        free(list.body);
        return n;
}

static void nobody_is_sent_to_sign_in(void **state) {
        static const struct { const char *request, *location; } pages[] = {
                { "GET /mij", "/inloggen?verder=%2Fmij" },
                { "GET /mij?a=1&b=%C3%A9", "/inloggen?verder=%2Fmij%3Fa%3D1%26b%3D%25C3%25A9" },
                { "GET /organisaties/alfa", "/inloggen?verder=%2Forganisaties%2Falfa" },
                { "GET /organisaties/bestaat-niet", "/inloggen?verder=%2Forganisaties%2Fbestaat-niet" },
                { "HEAD /beheer", "/inloggen?verder=%2Fbeheer" },
        };
        (void) state;
        for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
                ask(&t, &a, pages[i].request, "", NULL);
                assert_int_equal(a.status, 303);
                assert_string_equal(HEADER("Location"), pages[i].location);
        }
        assert_int_equal(post_with(&t, "/mij", NULL, NULL), 403);
        assert_non_null(strstr(a.body, "Log eerst in"));
        ask(&t, &a, "GET /api/v1/mij", "", NULL);
        assert_int_equal(a.status, 401);
        assert_string_equal(HEADER("Content-Type"), "application/problem+json");
        assert_int_equal(notes(&t, "niemand"), 0);
}

static void a_session_opens_pages(void **state) {
        (void) state;
        ask(&t, &a, "GET /mij", COOKIE("anna"), NULL);
        assert_int_equal(a.status, 200);
        assert_non_null(strstr(a.body, "wie=anna\n"));
        assert_string_equal(HEADER("Cache-Control"), "private, no-cache");
        ask(&t, &a, "GET /formulier", COOKIE("anna"), NULL);    /* a public page too: it may greet her */
        assert_string_equal(HEADER("Cache-Control"), "private, no-cache");
        ask(&t, &a, "GET /formulier", COOKIE("onbekend"), NULL);
        assert_string_equal(HEADER("Cache-Control"), "no-cache");
        ask(&t, &a, "GET /api/v1/mij", COOKIE("anna"), NULL);
        assert_int_equal(a.status, 200);
}

static void a_right_counts_where_it_is_held(void **state) {
        static const struct { const char *request, *cookie; int status; } cases[] = {
                { "GET /organisaties/alfa", COOKIE("anna"), 200 }, { "GET /organisaties/beta", COOKIE("anna"), 403 },
                { "GET /organisaties/bestaat-niet", COOKIE("anna"), 403 }, { "GET /beheer", COOKIE("anna"), 403 },
                { "GET /organisaties/alfa", COOKIE("bea"), 200 }, { "GET /organisaties/beta", COOKIE("bea"), 200 },
                { "GET /organisaties/bestaat-niet", COOKIE("bea"), 404 }, { "GET /beheer", COOKIE("bea"), 200 },
                { "GET /organisaties/alfa", COOKIE("cor"), 403 }, { "GET /beheer", COOKIE("cor"), 403 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                ask(&t, &a, cases[i].request, cases[i].cookie, NULL);
                assert_int_equal(a.status, cases[i].status);
        }
        size_t before = notes(&t, "voorbereid");
        assert_int_equal(post("/organisaties/beta", "anna"), 403);
        assert_int_equal(post("/organisaties/alfa", "cor"), 403);
        assert_int_equal(notes(&t, "voorbereid"), before);
        assert_int_equal(post("/organisaties/alfa", "anna"), 303);
        assert_int_equal(notes(&t, "voorbereid"), before + 1);
}

/* Public pages go on, for nobody; what needs somebody says that it is out of order, not that one is signed out. */
static void nobody_gets_in_while_the_store_is_away(void **state) {
        static const char *const closed[] = { "GET /mij", "GET /beheer", "GET /organisaties/alfa", "GET /api/v1/mij" };
        (void) state;
        for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
                ask(&t, &a, closed[i], COOKIE("storing"), NULL);
                assert_int_equal(a.status, 503);
        }
        ask(&t, &a, "GET /formulier", COOKIE("storing"), NULL);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Cache-Control"), "no-cache");
}

/* Somebody else may have put one of two cookies there: then neither counts. */
static void doubtful_cookies_are_nobody(void **state) {
        static const char *const heads[] = {
                COOKIE("anna; __Host-schouders=bea"), COOKIE("anna; __Host-schouders=anna"), COOKIE("anna") COOKIE("anna"),
                COOKIE("anna") COOKIE("bea"), COOKIE("anna") "Cookie: kleur=rood\r\n", COOKIE("an na"), COOKIE("\"anna\""),
                COOKIE("anna%20"), COOKIE("anna,bea"), COOKIE(""), COOKIE("ann"), "Cookie: __host-schouders=anna\r\n", "Cookie: schouders=anna\r\n",
        };
        static const char *const good[] = { COOKIE("anna"), "Cookie: kleur=rood; __Host-schouders=anna; x\r\n", "cookie:__Host-schouders = anna\r\n" };
        (void) state;
        for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
                ask(&t, &a, "GET /mij", heads[i], NULL);
                assert_int_equal(a.status, 303);
        }
        for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
                ask(&t, &a, "GET /mij", good[i], NULL);
                assert_int_equal(a.status, 200);
        }
}

static void cookies_are_set_and_removed(void **state) {
        (void) state;
        assert_int_equal(post("/in/anna", NULL), 303);
        const char *one = strstr(a.head, "\r\nSet-Cookie: "), *two = strstr(one + 2, "\r\nSet-Cookie: ");
        assert_non_null(strstr(one, "\r\nSet-Cookie: __Host-schouders=anna; Path=/; Secure; HttpOnly; SameSite=Lax\r\n"));
        assert_non_null(strstr(two, "\r\nSet-Cookie: __Host-schouders-stap=stap-1; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600\r\n"));
        assert_null(strstr(two + 2, "\r\nSet-Cookie: "));
        assert_string_equal(HEADER("Cache-Control"), "private, no-cache");
        assert_int_equal(post("/uit", "anna"), 303);
        assert_string_equal(HEADER("Set-Cookie"), "__Host-schouders=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
        ask(&t, &a, "GET /mij", COOKIE("anna"), NULL);
        assert_string_equal(HEADER("Set-Cookie"), "");
}

static void a_form_belongs_to_its_session(void **state) {
        (void) state;
        size_t before = notes(&t, "anna");
        assert_int_equal(post_with(&t, "/mij", "anna", "bea"), 403);
        assert_int_equal(post_with(&t, "/mij", "anna", NULL), 403);     /* drawn before she signed in */
        assert_non_null(strstr(a.body, "formulier"));
        assert_int_equal(post_with(&t, "/notities", NULL, "anna"), 403);
        assert_int_equal(notes(&t, "anna"), before);
        assert_int_equal(post("/mij", "anna"), 303);
        assert_int_equal(notes(&t, "anna"), before + 1);
        assert_int_equal(post_with(&t, "/rekenen", "onbekend", NULL), 303);     /* an ended session is nobody's: public forms work */
}

/* What the thread of the request does after handing over must not reach into the writer's work. */
static void the_writer_has_the_request_alone(void **state) {
        (void) state;
        size_t before = notes(&t, "anna");
        for (int i = 0; i < 20; i++)
                assert_int_equal(post("/mij", "anna"), 303);
        assert_int_equal(notes(&t, "anna"), before + 20);
}

static void a_get_that_writes(void **state) {
        (void) state;
        size_t before = notes(&t, "niemand");
        ask(&t, &a, "HEAD /terug", "", NULL);
        assert_int_equal(a.status, 405);
        assert_string_equal(HEADER("Allow"), "GET");
        assert_int_equal(notes(&t, "niemand"), before);
        ask(&t, &a, "GET /terug", "", NULL);
        assert_int_equal(a.status, 303);
        assert_int_equal(notes(&t, "niemand"), before + 1);
}

static void slow_work_comes_first(void **state) {
        (void) state;
        size_t before = notes(&t, "voorbereid");
        assert_int_equal(post("/rekenen", NULL), 303);
        assert_int_equal(post("/vragen", "anna"), 303);
        assert_int_equal(notes(&t, "voorbereid"), before + 2);
        assert_int_equal(post("/geweigerd", NULL), 403);
        assert_int_equal(notes(&t, "voorbereid"), before + 2);
}

static void use_is_noted_now_and_then(void **state) {
        (void) state;
        struct target own = target_start("own_db=1 threads=2");
        assert_int_equal(post_with(&own, "/ouder/anna", NULL, NULL), 303);
        for (int minute = 1; minute <= 2; minute++) {
                for (int i = 0; i < 20; i++) {
                        ask(&own, &a, "GET /mij", COOKIE("anna"), NULL);
                        assert_int_equal(a.status, 200);
                        for (int k = 0; i == 0 && k < 200; k++) {
                                ask(&own, &a, "GET /gebruik/anna", "", NULL);
                                if (atoi(a.body) == minute)
                                        break;
                                pause_ms(5);
                        }
                }
                ask(&own, &a, "GET /gebruik/anna", "", NULL);
                assert_int_equal(atoi(a.body), minute);
                assert_int_equal(post_with(&own, "/ouder/anna", NULL, NULL), 303);
        }
        assert_int_equal(target_stop(&own), 0);
}

/* Colleagues behind one address have a limit each. */
static void each_session_has_a_limit(void **state) {
        (void) state;
        struct target own = target_start("own_db=1 burst=3 refill_ms=60000");
        for (int i = 0; i < 5; i++)
                assert_int_equal(post_with(&own, "/mij", "anna", "anna"), i < 3 ? 303 : 429);
        assert_true(atoi(HEADER("Retry-After")) > 50);
        assert_int_equal(post_with(&own, "/mij", "bea", "bea"), 303);
        for (int i = 0; i < 4; i++)     /* a cookie that is nobody's counts with its address */
                assert_int_equal(post_with(&own, "/rekenen", i % 2 ? "onbekend" : NULL, NULL), i < 3 ? 303 : 429);
        assert_int_equal(notes(&own, "anna"), 3);
        assert_int_equal(target_stop(&own), 0);
}

static char gate[96], gated[160];

static void gate_close(void) {
        snprintf(gate, sizeof gate, "%s/gate", work_dir);
        snprintf(gated, sizeof gated, "own_db=1 threads=2 gate=%s", gate);
        close(open(gate, O_CREAT | O_WRONLY, 0600));
}

/* Sends a form without waiting for the answer. */
static int send_form(const struct target *s, const char *path, const char *who, const char *token) {
        int fd = dial(s);
        assert_true(fd >= 0);
        sayf(fd, "POST %s HTTP/1.1\r\nHost: localhost\r\n" FORM "%s%s%sContent-Length: %zu\r\n\r\ncsrf=%s", path,
             who ? "Cookie: __Host-schouders=" : "", who ? who : "", who ? "\r\n" : "", strlen(token) + 5, token);
        return fd;
}

#define LANE 256
#define AT_WORK 2

static void a_full_lane_says_so(void **state) {
        enum { MORE = 10, N = LANE + AT_WORK + MORE };
        static int fd[N];
        char token[128];
        int busy = 0, done = 0;
        (void) state;
        gate_close();
        struct target own = target_start(gated);
        size_t before = notes(&own, "voorbereid");
        token_of(&own, NULL, token, sizeof token);
        for (int i = 0; i < N; i++) {
                fd[i] = send_form(&own, "/rekenen", NULL, token);
                if (i == AT_WORK - 1)
                        pause_ms(200);  /* both are out of the queue */
        }
        pause_ms(1000);
        ask(&own, &a, "GET /leeg", "", NULL);   /* pages go on */
        assert_int_equal(a.status, 200);
        assert_int_equal(notes(&own, "voorbereid"), before);
        unlink(gate);
        for (int i = 0; i < N; i++) {
                hear(fd[i], &a, false);
                close(fd[i]);
                if (a.status == 503) {
                        busy++;
                        assert_true(atoi(HEADER("Retry-After")) > 0);
                        assert_non_null(strstr(a.body, "niet uitgevoerd"));
                }
                done += a.status == 303;
        }
        assert_int_equal(busy, MORE);
        assert_int_equal(done, LANE + AT_WORK);
        assert_int_equal(notes(&own, "voorbereid"), before + LANE + AT_WORK);
        assert_int_equal(target_stop(&own), 0);
}

/* Between the look at the form and the change the right, or the session, may be gone. */
static void a_right_taken_meanwhile_counts(void **state) {
        static const char *const meanwhile[] = { "/intrekken/alfa", "/eindig/anna" };
        char token[128];
        (void) state;
        for (size_t i = 0; i < 2; i++) {
                gate_close();
                struct target own = target_start(gated);
                size_t before = notes(&own, "voorbereid");
                token_of(&own, "anna", token, sizeof token);
                int fd = send_form(&own, "/organisaties/alfa", "anna", token);
                pause_ms(100);
                assert_int_equal(post_with(&own, meanwhile[i], NULL, NULL), 303);
                unlink(gate);
                hear(fd, &a, false);
                close(fd);
                assert_int_equal(a.status, 403);
                assert_int_equal(notes(&own, "voorbereid"), before);
                assert_int_equal(target_stop(&own), 0);
        }
}

/* Stopped with work in both lanes: what was acknowledged is in the store, and everything that waited is either done and
 * acknowledged or neither. */
static void a_stop_loses_nothing(void **state) {
        enum { N = 30 };
        int fd[N], done = 0;
        char token[128];
        (void) state;
        for (int wait = 100; wait <= 2600; wait += 2500) {      /* within the grace of two seconds, and beyond */
                gate_close();
                struct target own = target_start(gated);
                int before = (int) notes(&own, "voorbereid");
                token_of(&own, NULL, token, sizeof token);
                for (int i = 0; i < N; i++)
                        fd[i] = send_form(&own, i % 2 ? "/rekenen" : "/vragen", NULL, token);
                pause_ms(100);
                target_ask_to_stop(&own);
                pause_ms(wait);
                unlink(gate);
                done = 0;
                for (int i = 0; i < N; i++) {
                        hear(fd[i], &a, false);
                        close(fd[i]);
                        done += a.status == 303;
                }
                assert_int_equal(target_wait(&own), 0);
                own = target_start("own_db=1");
                int kept = (int) notes(&own, "voorbereid") - before;
                assert_true(kept >= done);
                if (wait < 2000)
                        assert_true(done == N && kept == N);
                assert_int_equal(target_stop(&own), 0);
        }
}

static int status_for(const struct target *s, const char *host) {
        int fd = dial(s);
        sayf(fd, "GET /leeg HTTP/1.1\r\nHost: %s\r\n\r\n", host);
        hear(fd, &a, false);
        close(fd);
        return a.status;
}

/* A page elsewhere can give its name our address (DNS rebinding): other names get nothing. */
static void only_our_own_name(void **state) {
        static const char *const loopback[] = { "localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:99", "127.1.2.3", "[::1]", "[::1]:8080" };
        static const char *const strange[] = { "evil.example", "127.0.0.1.evil.example", "127.evil.example:80", "localhost.evil.example", "10.0.0.1",
                                               "schouders.example.evil.example", "xschouders.example", "[::1", "[::2]", "127.", "" };
        (void) state;
        struct target named = target_start("own_db=1 origin=https://schouders.example");
        for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++) {
                assert_int_equal(status_for(&t, loopback[i]), 200);
                assert_int_equal(status_for(&named, loopback[i]), 200);
        }
        for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
                assert_int_equal(status_for(&t, strange[i]), 421);
                assert_int_equal(status_for(&named, strange[i]), 421);
        }
        assert_int_equal(status_for(&t, "schouders.example"), 421);
        assert_int_equal(status_for(&named, "schouders.example"), 200);
        assert_int_equal(status_for(&named, "Schouders.Example"), 200);
        assert_int_equal(status_for(&named, "schouders.example:8443"), 421);
        assert_int_equal(target_stop(&named), 0);
}

int main(int argc, char **argv) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(nobody_is_sent_to_sign_in), cmocka_unit_test(a_session_opens_pages),
                cmocka_unit_test(a_right_counts_where_it_is_held), cmocka_unit_test(nobody_gets_in_while_the_store_is_away),
                cmocka_unit_test(doubtful_cookies_are_nobody),
                cmocka_unit_test(cookies_are_set_and_removed), cmocka_unit_test(a_form_belongs_to_its_session),
                cmocka_unit_test(the_writer_has_the_request_alone), cmocka_unit_test(a_get_that_writes),
                cmocka_unit_test(slow_work_comes_first), cmocka_unit_test(use_is_noted_now_and_then),
                cmocka_unit_test(each_session_has_a_limit), cmocka_unit_test(a_full_lane_says_so),
                cmocka_unit_test(a_right_taken_meanwhile_counts), cmocka_unit_test(a_stop_loses_nothing),
                cmocka_unit_test(only_our_own_name),
        };
        if (!client_setup(argc, argv))
                return 1;
        t = target_start("threads=2");
        return client_end(&t, &a, cmocka_run_group_tests(tests, NULL, NULL));
}
