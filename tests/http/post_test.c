/* post_test.c - forms: bodies, tokens, the writer's transaction, limits in size and number. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

static bool is_listed(const char *line) {
        ask(&t, &a, "GET /notities", "", NULL);
        return a.status == 200 && strstr(a.body, line);
}

static void stored(void **state) {
        (void) state;
        post_note(&t, &a, "", "tekst=eerste+%3Cb%3E%0D%0Aregel");
        assert_int_equal(a.status, 303);
        assert_string_equal(HEADER("Location"), "/notities");
        assert_true(is_listed("eerste &lt;b&gt;\nregel\n"));
}

static void twice(void **state) {
        char token[128], body[256];
        (void) state;
        fresh_token(&t, token, sizeof token);
        snprintf(body, sizeof body, "csrf=%s&tekst=dubbel", token);
        ask(&t, &a, "POST /notities", FORM, body);
        assert_int_equal(a.status, 303);
        ask(&t, &a, "POST /notities", FORM, body);
        assert_int_equal(a.status, 409);        /* the unique key on the idempotency value */
}

static void refused_by_handler(void **state) {
        (void) state;
        post_note(&t, &a, "", "tekst=weiger");
        assert_int_equal(a.status, 422);
        assert_non_null(strstr(a.body, "fout"));
        assert_false(is_listed("weiger"));      /* it was inserted, and undone */
        post_note(&t, &a, "", "tekst=++");
        assert_int_equal(a.status, 422);
        assert_string_equal(a.body, "fout: Vul een tekst in\n");
}

static void forged(void **state) {
        static const struct { const char *headers; int status; } cases[] = {
                { "Origin: http://localhost\r\n", 303 }, { "Origin: https://localhost\r\nSec-Fetch-Site: same-origin\r\n", 303 },
                { "Origin: https://evil.nl\r\n", 403 }, { "Origin: null\r\n", 403 },
                { "Referer: http://localhost/formulier\r\n", 303 }, { "Referer: https://evil.nl/test\r\n", 403 },
                { "Sec-Fetch-Site: cross-site\r\n", 403 }, { "Sec-Fetch-Site: same-site\r\n", 403 },
                { "Sec-Fetch-Site: none\r\n", 303 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                post_note(&t, &a, cases[i].headers, "tekst=x");
                assert_int_equal(a.status, cases[i].status);
        }
        ask(&t, &a, "POST /notities", FORM, "tekst=zonder");
        assert_int_equal(a.status, 403);
        assert_non_null(strstr(a.body, "formulier"));
        ask(&t, &a, "POST /notities", FORM, "csrf=AAAA&tekst=zonder");
        assert_int_equal(a.status, 403);
        assert_false(is_listed("zonder"));
}

/* RFC 8058, section 3.1: one POST, with either type of form, without cookie, page or token of ours. */
static void one_click(void **state) {
        static const char body[] = "List-Unsubscribe=One-Click";
        (void) state;
        ask(&t, &a, "POST /afmelden?t=abc", FORM, body);
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, "afgemeld: abc\n");
        ask(&t, &a, "POST /afmelden?t=abc", "Origin: https://mail.example\r\nContent-Type: multipart/form-data; boundary=x\r\n", body);
        assert_string_equal(a.body, "afgemeld: abc\n");
        ask(&t, &a, "POST /afmelden", FORM, "t=abc");
        assert_string_equal(a.body, "afgemeld: \n");   /* what is not in the address does not count */
}

/* A program with a key: its body as it came, and the token of its header. */
static void body_of_a_machine(void **state) {
        (void) state;
        ask(&t, &a, "POST /api/v1/machine", "Authorization: bearer  abc \r\nContent-Type: application/json\r\n", "{\"a\":1}");
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, "abc stuurt {\"a\":1}");
        ask(&t, &a, "POST /api/v1/machine", "Authorization: Basic abc\r\n", "");
        assert_string_equal(a.body, " stuurt ");
}

static void bad_forms(void **state) {
        (void) state;
        post_note(&t, &a, "", "tekst=a&tekst=b");
        assert_int_equal(a.status, 400);
        post_note(&t, &a, "", "tekst=a&onbekend=b");
        assert_int_equal(a.status, 400);
        post_note(&t, &a, "", "tekst=%ff%fe");
        assert_int_equal(a.status, 400);
        ask(&t, &a, "POST /notities", "Content-Type: multipart/form-data; boundary=x\r\n", "--x--\r\n");
        assert_int_equal(a.status, 415);
        assert_non_null(strstr(a.body, "Bestanden"));
        ask(&t, &a, "POST /notities", "Content-Type: application/json\r\n", "{}");
        assert_int_equal(a.status, 415);
        ask(&t, &a, "POST /notities", "", "x");
        assert_int_equal(a.status, 415);
        ask(&t, &a, "POST /nee", FORM, "x=1");
        assert_int_equal(a.status, 404);
        ask(&t, &a, "POST /api/v1/dingen", FORM, "x=1");
        assert_int_equal(a.status, 405);
        assert_string_equal(HEADER("Content-Type"), "application/problem+json");
}

static void chunked(void **state) {
        char token[128];
        (void) state;
        fresh_token(&t, token, sizeof token);
        int fd = dial(&t);
        sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\n" FORM "Transfer-Encoding: chunked\r\n\r\n");
        sayf(fd, "5\r\ncsrf=\r\n%zx;ext=1\r\n%s\r\n", strlen(token), token);
        pause_ms(30);
        sayf(fd, "7\r\n&tekst=\r\n4\r\nbrok\r\n0\r\n\r\nGET /leeg HTTP/1.1\r\nHost: localhost\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 303);
        hear(fd, &a, false);                    /* the connection goes on behind a chunked body */
        assert_int_equal(a.status, 200);
        close(fd);
        assert_true(is_listed("brok"));
}

static void expect_continue(void **state) {
        char token[128];
        (void) state;
        fresh_token(&t, token, sizeof token);
        int fd = dial(&t);
        sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\n" FORM "Expect: 100-continue\r\nContent-Length: %zu\r\n\r\n",
             strlen(token) + 14);
        hear(fd, &a, false);
        assert_int_equal(a.status, 100);
        sayf(fd, "csrf=%s&tekst=ab", token);
        hear(fd, &a, false);
        assert_int_equal(a.status, 303);
        close(fd);
        /* too large: told before the body is sent */
        fd = dial(&t);
        sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\n" FORM "Expect: 100-continue\r\n"
             "Content-Length: 100000\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 413);
        close(fd);
}

static void too_large(void **state) {
        static const size_t sizes[] = { 65537, 200000, 3000000, 40000000 };
        size_t n = 40000000;
        char *big = malloc(n);
        (void) state;
        assert_non_null(big);
        memset(big, 'a', n);
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
                int fd = dial(&t);
                sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\n" FORM "Content-Length: %zu\r\n\r\n", sizes[i]);
                say(fd, big, sizes[i] < 10000000 ? sizes[i] : 10000000);
                hear(fd, &a, false);
                assert_int_equal(a.status, 413);
                close(fd);
        }
        int fd = dial(&t);
        sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\n" FORM "Transfer-Encoding: chunked\r\n\r\n200000\r\n");
        say(fd, big, 0x200000);
        sayf(fd, "\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 413);
        close(fd);
        memcpy(big, "tekst=", 6);
        big[51000] = '\0';
        post_note(&t, &a, "", big);
        assert_int_equal(a.status, 422);        /* fits in the body, not in the field */
        free(big);
}

static void *post_many(void *arg) {
        struct answer mine = { 0 };
        intptr_t good = 0;
        (void) arg;
        for (int i = 0; i < 100; i++) {
                post_note(&t, &mine, "", "tekst=samen");
                good += mine.status == 303;
        }
        free(mine.body);
        return (void *) good;
}

static void together(void **state) {
        pthread_t thread[8];
        intptr_t good = 0;
        (void) state;
        for (size_t i = 0; i < 8; i++)
                assert_int_equal(pthread_create(&thread[i], NULL, post_many, NULL), 0);
        for (size_t i = 0; i < 8; i++) {
                void *n;
                pthread_join(thread[i], &n);
                good += (intptr_t) n;
        }
        assert_int_equal(good, 800);
        ask(&t, &a, "GET /notities", "", NULL);
        size_t lines = 0;
        for (const char *p = a.body; (p = strstr(p, "samen\n")); p++)
                lines++;
        assert_int_equal(lines, 800);
}

/* What was answered with 303 is still there after the process is killed. */
static void durable(void **state) {
        (void) state;
        post_note(&t, &a, "", "tekst=duurzaam");
        target_kill(&t);
        assert_int_equal(a.status, 303);
        t = target_start("threads=2");
        assert_true(is_listed("duurzaam"));
}

/* A reply never says more than the store keeps: no commit, no 303. */
static void no_commit(void **state) {
        static const char *const faults[] = { "own_db=1 fault=commit", "own_db=1 fault=full" };
        (void) state;
        for (size_t i = 0; i < 2; i++) {
                struct target broken = target_start(faults[i]);
                post_note(&broken, &a, "", "tekst=verloren");
                assert_int_equal(a.status, 503);
                assert_true(atoi(HEADER("Retry-After")) > 0);
                assert_string_equal(HEADER("Location"), "");
                assert_non_null(strstr(a.body, "niet uitgevoerd"));
                ask(&broken, &a, "GET /notities", "", NULL);
                assert_int_equal(a.status, 200);
                assert_null(strstr(a.body, "verloren"));
                assert_int_equal(target_stop(&broken), 0);
        }
}

static void too_many(void **state) {
        struct target slow = target_start("own_db=1 burst=5 refill_ms=60000 proxy=1");
        (void) state;
        for (int i = 0; i < 7; i++) {
                post_note(&slow, &a, "", "tekst=vaak");
                assert_int_equal(a.status, i < 5 ? 303 : 429);
        }
        assert_true(atoi(HEADER("Retry-After")) > 50);
        assert_non_null(strstr(a.body, "Wacht"));
        ask(&slow, &a, "GET /leeg", "", NULL);
        assert_int_equal(a.status, 200);        /* reading goes on */
        /* behind the proxy the address it names counts, and only the last one */
        post_note(&slow, &a, "X-Forwarded-For: 192.0.2.1\r\n", "tekst=ander");
        assert_int_equal(a.status, 303);
        for (int i = 0; i < 5; i++)
                post_note(&slow, &a, i % 2 ? "X-Forwarded-For: 10.0.0.1, 192.0.2.77\r\n"
                          : "X-Forwarded-For: 192.0.2.3\r\n", "tekst=ander");
        assert_int_equal(a.status, 429);
        ask(&slow, &a, "GET /leeg", "X-Forwarded-Proto: https\r\n", NULL);
        assert_string_equal(HEADER("Strict-Transport-Security"), "max-age=31536000; includeSubDomains");
        assert_int_equal(target_stop(&slow), 0);
}

int main(int argc, char **argv) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(stored), cmocka_unit_test(twice), cmocka_unit_test(refused_by_handler),
                cmocka_unit_test(forged), cmocka_unit_test(one_click), cmocka_unit_test(body_of_a_machine), cmocka_unit_test(bad_forms), cmocka_unit_test(chunked),
                cmocka_unit_test(expect_continue), cmocka_unit_test(too_large), cmocka_unit_test(together),
                cmocka_unit_test(durable), cmocka_unit_test(no_commit),
                cmocka_unit_test(too_many),
        };
        if (!client_setup(argc, argv))
                return 1;
        t = target_start("threads=2");
        return client_end(&t, &a, cmocka_run_group_tests(tests, NULL, NULL));
}
