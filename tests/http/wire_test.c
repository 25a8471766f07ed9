/* wire_test.c - what the server says on the wire to good and bad requests. */
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

static void plain(void **state) {
        (void) state;
        ask(&t, &a, "GET /groot", "", NULL);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Content-Type"), "text/html; charset=utf-8");
        assert_string_equal(HEADER("X-Content-Type-Options"), "nosniff");
        assert_string_equal(HEADER("X-Frame-Options"), "DENY");
        assert_string_equal(HEADER("Referrer-Policy"), "same-origin");
        assert_string_equal(HEADER("Cross-Origin-Opener-Policy"), "same-origin");
        assert_string_equal(HEADER("Cache-Control"), "no-cache");
        assert_non_null(strstr(HEADER("Content-Security-Policy"), "default-src 'none'"));
        assert_non_null(strstr(HEADER("Content-Security-Policy"), "require-trusted-types-for 'script'"));
        assert_int_equal(strlen(HEADER("X-Request-Id")), 16);
        assert_string_equal(HEADER("Strict-Transport-Security"), "");
        assert_string_equal(HEADER("Set-Cookie"), "");
        ask(&t, &a, "GET http://localhost/leeg", "", NULL);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Content-Length"), "0");
}

static void wasm_runs_on_its_page_only(void **state) {
        (void) state;
        ask(&t, &a, "GET /rekenen", "", NULL);
        assert_non_null(strstr(HEADER("Content-Security-Policy"), "script-src 'self' 'wasm-unsafe-eval';"));
        ask(&t, &a, "GET /leeg", "", NULL);
        assert_non_null(strstr(HEADER("Content-Security-Policy"), "script-src 'self';"));
}

static void head_and_304(void **state) {
        char tag[64], request[128];
        (void) state;
        int fd = dial(&t);
        sayf(fd, "HEAD /groot HTTP/1.1\r\nHost: localhost\r\n\r\nGET /leeg HTTP/1.1\r\nHost: localhost\r\n\r\n");
        hear(fd, &a, true);
        assert_int_equal(a.status, 200);
        assert_true(atoi(HEADER("Content-Length")) > 19000);
        snprintf(tag, sizeof tag, "%s", HEADER("ETag"));
        hear(fd, &a, false);
        assert_int_equal(a.status, 200);
        close(fd);
        snprintf(request, sizeof request, "If-None-Match: \"x\", %s\r\n", tag);
        ask(&t, &a, "GET /groot", request, NULL);
        assert_int_equal(a.status, 304);
        assert_string_equal(HEADER("ETag"), tag);
        assert_string_equal(HEADER("Cache-Control"), "no-cache");
        ask(&t, &a, "GET /groot", "If-None-Match: \"0000000000000000\"\r\n", NULL);
        assert_int_equal(a.status, 200);
}

static void pipelining(void **state) {
        char all[8192] = "";
        (void) state;
        for (int i = 0; i < 50; i++)
                snprintf(all + strlen(all), sizeof all - strlen(all),
                         "GET /gemeenten/g%d HTTP/1.1\r\nHost: localhost\r\n\r\n", i);
        int fd = dial(&t);
        say(fd, all, strlen(all));
        for (int i = 0; i < 50; i++) {
                char want[16];
                snprintf(want, sizeof want, "[g%d]", i);
                hear(fd, &a, false);
                assert_int_equal(a.status, 200);
                assert_string_equal(a.body, want);
        }
        close(fd);
}

static void statuses(void **state) {
        static const struct { const char *request; int status; const char *header, *value; } cases[] = {
                { "GET /nee", 404, NULL, NULL },
                { "GET /gemeenten", 404, NULL, NULL },
                { "GET /gemeenten/", 404, NULL, NULL },
                { "GET /gemeenten/caf%C3%A9", 200, NULL, NULL },
                { "GET /gemeenten/utrecht/", 301, "Location", "/gemeenten/utrecht" },
                { "GET /zoeken/?q=a&pagina=2", 301, "Location", "/zoeken?q=a&pagina=2" },
                { "GET /gemeenten/%3Cb%3E/", 301, "Location", "/gemeenten/%3Cb%3E" },
                { "GET /api/v1/dingen/", 404, "Content-Type", "application/problem+json" },
                { "GET /api/v1/dingen", 200, "API-Version", "1.0.0" },
                { "GET /api/v1/dingen?pagina=x", 400, "Content-Type", "application/problem+json" },
                { "POST /leeg", 405, "Allow", "GET, HEAD" },
                { "GET /alleen-post", 405, "Allow", "POST" },
                { "HEAD /alleen-post", 405, "Allow", "POST" },
                { "PUT /notities", 405, "Allow", "GET, HEAD, POST" },
                { "DELETE /nee", 404, NULL, NULL },
                { "OPTIONS /leeg", 405, "Allow", "GET, HEAD" },
                { "TRACE /leeg", 405, "Allow", "GET, HEAD" },
                { "FOO /leeg", 405, "Allow", "GET, HEAD" },
                { "POST /healthz", 405, "Allow", "GET, HEAD" },
                { "OPTIONS *", 400, NULL, NULL },
                { "GET /..", 404, NULL, NULL }, { "GET /../../etc/passwd", 404, NULL, NULL },
                { "GET /gemeenten/%2e%2e/leeg", 404, NULL, NULL }, { "GET //leeg", 404, NULL, NULL },
                { "GET //evil.nl/", 404, NULL, NULL }, { "GET /gemeenten//x", 404, NULL, NULL },
                { "GET /gemeenten/a%2Fb", 404, NULL, NULL }, { "GET /gemeenten/%252e%252e", 200, NULL, NULL },
                { "GET /gemeenten/a%00b", 400, NULL, NULL }, { "GET /gemeenten/a%0d%0aX:y", 400, NULL, NULL },
                { "GET /gemeenten/a\\b", 400, NULL, NULL }, { "GET /gemeenten/%5c", 400, NULL, NULL },
                { "GET /gemeenten/%ff", 400, NULL, NULL }, { "GET /gemeenten/\xff", 400, NULL, NULL },
                { "GET /gemeenten/%c0%ae", 400, NULL, NULL }, { "GET /gemeenten/%", 400, NULL, NULL },
                { "GET /static/../manifest.txt", 404, NULL, NULL }, { "GET /static/manifest.txt", 404, NULL, NULL },
                { "GET /static/", 404, NULL, NULL },
                { "GET /zoeken?q=%ff", 400, NULL, NULL }, { "GET /zoeken?q=1&q=2", 400, NULL, NULL },
                { "GET /zoeken?pagina=0", 400, NULL, NULL }, { "GET /zoeken?utm_source=%ff", 200, NULL, NULL },
                { "GET /fout?code=1", 404, NULL, NULL }, { "GET /fout?code=2", 403, NULL, NULL },
                { "GET /fout?code=3", 400, NULL, NULL }, { "GET /fout?code=4", 409, NULL, NULL },
                { "GET /fout?code=5", 413, NULL, NULL }, { "GET /fout?code=6", 503, NULL, NULL },
                { "GET /fout?code=7", 500, "Cache-Control", "no-store" },
                { "GET /healthz", 200, NULL, NULL }, { "GET /readyz", 200, NULL, NULL },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                ask(&t, &a, cases[i].request, "", NULL);
                if (a.status != cases[i].status)
                        print_error("%s\n", cases[i].request);
                assert_int_equal(a.status, cases[i].status);
                if (cases[i].header)
                        assert_string_equal(HEADER(cases[i].header), cases[i].value);
                assert_string_equal(HEADER("X-Content-Type-Options"), "nosniff");
        }
}

static void messages(void **state) {
        (void) state;
        ask(&t, &a, "GET /zoeken?pagina=twee", "", NULL);
        assert_non_null(strstr(a.body, "&#39;pagina&#39;"));
        assert_non_null(strstr(a.body, "van 1 tot en met 1000"));
        ask(&t, &a, "GET /api/v1/dingen?pagina=x&q=%01", "", NULL);
        assert_non_null(strstr(a.body, "\"errors\":[{"));
        assert_non_null(strstr(a.body, "\"name\":\"q\""));      /* all mistakes at once */
        ask(&t, &a, "GET /zoeken?q=caf%C3%A9+%26&soort=a&soort=b", "", NULL);
        assert_string_equal(a.body, "q=[caf\303\251 &] pagina=1 soort=[a][b]");
        ask(&t, &a, "GET /cijfers/p1.csv", "", NULL);
        assert_string_equal(HEADER("Content-Disposition"),
                            "attachment; filename=\"cijfers 2026 ____.csv\"; "
                            "filename*=UTF-8''cijfers%202026%20%22%C3%A9%22.csv");
}

/* What the library refuses itself, and what could make a proxy and us disagree about where a request ends. */
static void framing(void **state) {
        static const struct { const char *text; int status; } cases[] = {
                { "GET / HTTP/1.1\r\n\r\n", 400 },                                      /* no Host */
                { "GET / HTTP/1.1\r\nHost: localhost\r\nHost: b\r\n\r\n", 400 },
                { "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421 },
                { "GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421 },
                { "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", 505 },
                { "GET / FTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
                { "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400 },
                { "\x16\x03\x01 hello\r\n\r\n", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n", 413 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length : 5\r\n\r\nhallo", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "0\r\n\r\n", 400 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n", 501 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "0\r\n\r\n", 501 },
                { "POST /leeg HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                int fd = dial(&t);
                say(fd, cases[i].text, strlen(cases[i].text));
                hear(fd, &a, false);
                if (a.status != cases[i].status)
                        print_error("%s\n", cases[i].text);
                assert_int_equal(a.status, cases[i].status);
                close(fd);
        }
        int fd = dial(&t);
        sayf(fd, "GET /leeg HTTP/1.0\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 200);
        assert_true(closes_silently(fd, 2000));
        close(fd);
}

static void sizes(void **state) {
        static char text[65536];
        (void) state;
        memset(text, 'a', sizeof text);
        static const struct { int length, status; } urls[] = {
                { 8000, 404 }, { 8193, 414 }, { 12000, 414 }, { 60000, 414 },
        };
        for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
                int fd = dial(&t);
                sayf(fd, "GET /%.*s HTTP/1.1\r\nHost: localhost\r\n\r\n", urls[i].length - 1, text);
                hear(fd, &a, false);
                assert_int_equal(a.status, urls[i].status);
                close(fd);
        }
        int fd = dial(&t);
        sayf(fd, "GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: %.*s\r\n\r\n", 60000, text);
        hear(fd, &a, false);
        assert_int_equal(a.status, 431);
        close(fd);
        fd = dial(&t);
        sayf(fd, "GET / HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 2000; i++)
                sayf(fd, "X-%d: 1234567890\r\n", i);
        sayf(fd, "\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 431);
        close(fd);
        char query[1024] = "GET /zoeken?x";
        for (int i = 0; i < 101; i++)
                snprintf(query + strlen(query), sizeof query - strlen(query), "&a=%d", i);
        ask(&t, &a, query, "", NULL);
        assert_int_equal(a.status, 400);
        assert_non_null(strstr(a.body, "te veel velden"));
}

static void statics(void **state) {
        static const struct { const char *accept, *encoding, *body; } cases[] = {
                { "", "", "the plain text of the style sheet" },
                { "Accept-Encoding: gzip, br\r\n", "br", "brotli" },
                { "Accept-Encoding: gzip, br;q=0\r\n", "gzip", "gzipped" },
                { "Accept-Encoding: deflate\r\n", "", "the plain text of the style sheet" },
        };
        char tags[4][64], request[128];
        (void) state;
        for (size_t i = 0; i < 4; i++) {
                ask(&t, &a, "GET /static/main.1.css", cases[i].accept, NULL);
                assert_int_equal(a.status, 200);
                assert_string_equal(HEADER("Content-Encoding"), cases[i].encoding);
                assert_string_equal(HEADER("Vary"), "Accept-Encoding");
                assert_string_equal(HEADER("Cache-Control"), "public, max-age=31536000, immutable");
                assert_string_equal(HEADER("Content-Type"), "text/css; charset=utf-8");
                assert_string_equal(a.body, cases[i].body);
                snprintf(tags[i], sizeof tags[i], "%s", HEADER("ETag"));
        }
        assert_string_equal(tags[0], tags[3]);
        assert_string_not_equal(tags[0], tags[1]);
        assert_string_not_equal(tags[1], tags[2]);
        snprintf(request, sizeof request, "If-None-Match: %s\r\n", tags[0]);
        ask(&t, &a, "GET /static/main.1.css", request, NULL);
        assert_int_equal(a.status, 304);
        ask(&t, &a, "GET /favicon.ico", "", NULL);
        assert_string_equal(HEADER("Content-Type"), "image/svg+xml");
        assert_string_equal(a.body, "<svg/>");
        ask(&t, &a, "GET /static/nee.css", "", NULL);
        assert_int_equal(a.status, 404);
}

static void figures(void **state) {
        (void) state;
        long before = metric(&t, "schouders_http_requests_total{method=\"get\",status=\"4xx\"}");
        ask(&t, &a, "GET /nee", "", NULL);
        pause_ms(50);
        assert_int_equal(metric(&t, "schouders_http_requests_total{method=\"get\",status=\"4xx\"}"), before + 1);
        assert_true(metric(&t, "schouders_resident_bytes") > 1000000);
        assert_true(metric(&t, "schouders_writer_tasks_total") >= 1);
        /* Its own request; the one before may end a moment after its answer. */
        long in_flight = 0;
        for (int i = 0; i < 20 && in_flight != 1; i++) {
                pause_ms(50);
                in_flight = metric(&t, "schouders_http_in_flight");
        }
        assert_int_equal(in_flight, 1);
        assert_true(metric(&t, "schouders_test_notes") >= 0);        /* added by the program, from the store */
        struct target half = target_start("own_db=1 fault=figures quiet=1");
        assert_int_equal(metric(&half, "schouders_test_notes"), -1);
        assert_true(metric(&half, "schouders_start_time_seconds") > 0);
        assert_int_equal(target_stop(&half), 0);
        ask(&t, &a, "GET /metrics", "X-Forwarded-For: 192.0.2.1\r\n", NULL);
        assert_int_equal(a.status, 404);        /* not for visitors behind the proxy */
}

int main(int argc, char **argv) {
        static const struct CMUnitTest tests[] = {
                cmocka_unit_test(plain), cmocka_unit_test(wasm_runs_on_its_page_only), cmocka_unit_test(head_and_304), cmocka_unit_test(pipelining),
                cmocka_unit_test(statuses), cmocka_unit_test(messages), cmocka_unit_test(framing),
                cmocka_unit_test(sizes), cmocka_unit_test(statics), cmocka_unit_test(figures),
        };
        if (!client_setup(argc, argv))
                return 1;
        t = target_start("threads=2");
        return client_end(&t, &a, cmocka_run_group_tests(tests, NULL, NULL));
}
