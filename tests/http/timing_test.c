/* timing_test.c - slow clients, clients that leave, and a server that stops. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>
#include "client.h"

static struct target t;
static struct answer a;
static char h[1024];

#define HEADER(name) header(&a, name, h, sizeof h)
#define HEAD_MS 400
#define BODY_MS 600
#define IDLE_MS 800

static void drip(int fd, const char *text, int n, int ms) {
        for (int i = 0; i < n; i++) {
                say(fd, text + i, 1);
                pause_ms(ms);
        }
}

static void slow_head(void **state) {
        (void) state;
        int fd = dial(&t);
        drip(fd, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: 1", 12, 50);
        hear(fd, &a, false);
        assert_int_equal(a.status, 408);
        assert_string_equal(HEADER("Connection"), "close");
        assert_non_null(strstr(a.body, "duurde te lang"));
        assert_true(closes_silently(fd, 1000));
        close(fd);
        /* the same for the second request of a connection, and stopped in the middle of the headers */
        fd = dial(&t);
        sayf(fd, "GET /leeg HTTP/1.1\r\nHost: localhost\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 200);
        pause_ms(HEAD_MS / 2);
        sayf(fd, "GET /leeg HTTP/1.1\r\nHost:");
        hear(fd, &a, false);
        assert_int_equal(a.status, 408);
        close(fd);
        assert_true(metric(&t, "schouders_http_timeouts_total") >= 2);
}

static void slow_body(void **state) {
        (void) state;
        int fd = dial(&t);
        sayf(fd, "POST /notities HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
             "Content-Length: 1000\r\n\r\n");
        drip(fd, "tekst=langzaam", 14, 50);
        hear(fd, &a, false);
        assert_int_equal(a.status, 408);
        close(fd);
}

static void idle(void **state) {
        (void) state;
        int fresh = dial(&t), used = dial(&t);
        sayf(used, "GET /leeg HTTP/1.1\r\nHost: localhost\r\n\r\n");
        hear(used, &a, false);
        assert_int_equal(a.status, 200);
        pause_ms(HEAD_MS + 200);        /* longer than a head may take, shorter than idling may */
        sayf(used, "GET /leeg HTTP/1.1\r\nHost: localhost\r\n\r\n");
        hear(used, &a, false);
        assert_int_equal(a.status, 200);
        assert_true(closes_silently(fresh, IDLE_MS * 2));
        assert_true(closes_silently(used, IDLE_MS * 2));
        close(fresh);
        close(used);
}

/* An answer that takes longer than the limits is not cut off: they are for asking. */
static void slow_answer(void **state) {
        char token[128], body[256];
        (void) state;
        fresh_token(&t, token, sizeof token);
        snprintf(body, sizeof body, "csrf=%s", token);
        ask(&t, &a, "POST /alleen-post", "Content-Type: application/x-www-form-urlencoded\r\n", body);
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, "langzaam\n");
}

static void reset(int fd) {
        struct linger hard = { .l_onoff = 1 };
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        close(fd);
}

static void leave(void **state) {
        static const char *const parts[] = {
                "GE", "GET /leeg HTTP/1.1\r\nHo", "GET /groot HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /traag HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /notities HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                "Content-Length: 1000\r\n\r\ntekst=half",
        };
        char token[128];
        (void) state;
        for (int round = 0; round < 4; round++) {
                for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
                        int fd = dial(&t);
                        say(fd, parts[i], strlen(parts[i]));
                        if (round % 2)
                                pause_ms(20);
                        if (round / 2)
                                reset(fd);
                        else
                                close(fd);
                }
                /* gone while the writer is at work */
                fresh_token(&t, token, sizeof token);
                int fd = dial(&t);
                sayf(fd, "POST /alleen-post HTTP/1.1\r\nHost: localhost\r\n"
                     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\ncsrf=%s",
                     strlen(token) + 5, token);
                pause_ms(20);
                reset(fd);
        }
        pause_ms(4500);
        ask(&t, &a, "GET /leeg", "", NULL);
        assert_int_equal(a.status, 200);
        pause_ms(50);                   /* the answer is out a little before it is counted */
        assert_int_equal(metric(&t, "schouders_http_in_flight"), 1);    /* only this one */
        assert_true(metric(&t, "schouders_http_connections") <= 2);
}

static void taken_port(void **state) {
        char args[64];
        (void) state;
        snprintf(args, sizeof args, "own_db=1 port=%d", t.port);
        assert_int_equal(target_start_fails(args), 3);
        assert_int_equal(target_start_fails("own_db=1 address=nergens"), 2);
}

/* A socket that systemd opened is used instead of the configured port. */
static void inherited_socket(void **state) {
        struct target other = target_start("own_db=1 inherit=1 port=1");
        (void) state;
        ask(&other, &a, "GET /leeg", "", NULL);
        assert_int_equal(a.status, 200);
        assert_int_equal(target_stop(&other), 0);
}

/* SIGTERM while a GET and a POST run: both are answered, then the port is free. */
static void stop(void **state) {
        char token[128];
        int status;
        (void) state;
        fresh_token(&t, token, sizeof token);
        int get = dial(&t), post = dial(&t);
        sayf(get, "GET /traag HTTP/1.1\r\nHost: localhost\r\n\r\n");
        sayf(post, "POST /alleen-post HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
             "Content-Length: %zu\r\n\r\ncsrf=%s", strlen(token) + 5, token);
        pause_ms(100);
        kill(t.pid, SIGTERM);
        hear(get, &a, false);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Connection"), "close");
        hear(post, &a, false);
        assert_int_equal(a.status, 200);
        close(get);
        close(post);
        assert_int_equal(waitpid(t.pid, &status, 0), t.pid);
        assert_int_equal(status, 0);
        assert_int_equal(dial(&t), -1);
}

int main(int argc, char **argv) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(slow_head), cmocka_unit_test(slow_body), cmocka_unit_test(idle),
                cmocka_unit_test(slow_answer), cmocka_unit_test(leave), cmocka_unit_test(taken_port),
                cmocka_unit_test(inherited_socket), cmocka_unit_test(stop),
        };
        char args[128];
        if (!client_setup(argc, argv))
                return 1;
        snprintf(args, sizeof args, "threads=2 head_ms=%d body_ms=%d idle_ms=%d", HEAD_MS, BODY_MS, IDLE_MS);
        t = target_start(args);
        return client_end(NULL, &a, cmocka_run_group_tests(tests, NULL, NULL));
}
