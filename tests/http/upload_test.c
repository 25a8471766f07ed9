/* upload_test.c - forms with files: what arrives, what is refused and when, and what is left of it. */
#include <dirent.h>
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
#define TYPE "Content-Type: multipart/form-data; boundary=grens\r\n"
#define TEXT(name, value) "--grens\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_HEAD(name, filename) "--grens\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" filename "\"\r\n" \
        "Content-Type: application/octet-stream\r\n\r\n"
#define END "\r\n--grens--\r\n"

static char *body;
static size_t body_n;

static void add_n(const char *p, size_t n) {
        memcpy(body + body_n, p, n);
        body_n += n;
        body[body_n] = '\0';
}

static void add(const char *text) {
        add_n(text, strlen(text));
}

static void start(bool token) {
        char text[128] = "onzin";
        body_n = 0;
        if (token)
                fresh_token(&t, text, sizeof text);
        add("--grens\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n");
        add(text);
        add("\r\n");
}

static void send_to(const char *path, const char *headers) {
        int fd = dial(&t);
        sayf(fd, "POST %s HTTP/1.1\r\nHost: localhost\r\n" TYPE "%sContent-Length: %zu\r\n\r\n", path, headers, body_n);
        say(fd, body, body_n);
        hear(fd, &a, false);
        close(fd);
}

/* Files that the server has open in its folder, the store aside. */
static int open_files(void) {
        char path[64], link[256];
        int n = 0;
        snprintf(path, sizeof path, "/proc/%d/fd", (int) t.pid);
        DIR *dir = opendir(path);
        assert_non_null(dir);
        for (struct dirent *e; (e = readdir(dir));) {
                char name[512];
                snprintf(name, sizeof name, "%s/%s", path, e->d_name);
                ssize_t k = readlink(name, link, sizeof link - 1);
                n += k > 0 && memcmp(link, work_dir, strlen(work_dir)) == 0 && !memmem(link, (size_t) k, ".db", 3);
        }
        closedir(dir);
        return n;
}

/* The server closes a moment after its answer is out. */
static bool nothing_is_left(void) {
        for (int i = 0; i < 50 && open_files() > 0; i++)
                pause_ms(20);
        return open_files() == 0;
}

static void arrives(void **state) {
        unsigned char bytes[70000];
        long long sum = 0;
        char wanted[200];
        (void) state;
        for (size_t i = 0; i < sizeof bytes; i++)
                sum += bytes[i] = (unsigned char) (i * 7 % 251 == 13 ? '\r' : i * 31 % 256);
        start(true);
        add(TEXT("tekst", "caf\xc3\xa9 %41+&=") FILE_HEAD("bestand", "C:\\map\\verslag \xe2\x80\xae 2026.pdf"));
        add_n((const char *) bytes, sizeof bytes);
        add("\r\n" FILE_HEAD("tweede", "b.txt") "--grens\r\n--gren\r\n\r\n--gren" END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 200);
        snprintf(wanted, sizeof wanted, "tekst=caf\xc3\xa9 %%41+&= naam=verslag  2026.pdf grootte=70000 som=%lld tweede=25 links=0\n", sum);
        assert_string_equal(a.body, wanted);
        assert_true(nothing_is_left());
}

/* A client that first asks whether it may go on, as curl does with a large form. */
static void told_to_go_on(void **state) {
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "a.pdf") "xyz" END);
        int fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Expect: 100-continue\r\nContent-Length: %zu\r\n\r\n", body_n);
        hear(fd, &a, false);
        assert_int_equal(a.status, 100);
        say(fd, body, body_n);
        hear(fd, &a, false);
        assert_int_equal(a.status, 200);
        assert_non_null(strstr(a.body, "grootte=3 "));
        close(fd);
}

static void without_a_file(void **state) {
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "") END);              /* what a browser sends when nothing was chosen */
        send_to("/sturen", "");
        assert_int_equal(a.status, 422);
        assert_string_equal(a.body, "fout: Kies een bestand.\n");
        start(true);
        add(FILE_HEAD("bestand", "leeg.pdf") END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 422);
        assert_non_null(strstr(a.body, "Het bestand is leeg"));
        /* the same form without its enctype */
        char token[128], form[256];
        fresh_token(&t, token, sizeof token);
        snprintf(form, sizeof form, "csrf=%s&tekst=a", token);
        ask(&t, &a, "POST /sturen", "Content-Type: application/x-www-form-urlencoded\r\n", form);
        assert_int_equal(a.status, 422);
        snprintf(form, sizeof form, "csrf=%s&bestand=a.pdf", token);
        ask(&t, &a, "POST /sturen", "Content-Type: application/x-www-form-urlencoded\r\n", form);
        assert_int_equal(a.status, 400);
}

static void forms_that_are_not_ours(void **state) {
        static const struct { const char *rest; int status; } cases[] = {
                { FILE_HEAD("onbekend", "a.pdf") "x" END, 400 }, { FILE_HEAD("tekst", "a.pdf") "x" END, 400 },
                { FILE_HEAD("bestand", "a.pdf") "x\r\n" FILE_HEAD("bestand", "b.pdf") "y" END, 400 },
                { TEXT("bestand", "geen bestand") END, 400 }, { TEXT("onbekend", "x") FILE_HEAD("bestand", "a.pdf") "x" END, 400 },
                { TEXT("tekst", "\xff") FILE_HEAD("bestand", "a.pdf") "x" END, 400 },
                { FILE_HEAD("bestand", "a.pdf") "afgebroken", 400 },
                { "--grens\r\nContent-Disposition: form-data; name=\"bestand\"; filename*=UTF-8''a.pdf\r\n\r\nx" END, 400 },
        };
        (void) state;
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                start(true);
                add(cases[i].rest);
                send_to("/sturen", "");
                assert_int_equal(a.status, cases[i].status);
        }
        start(true);
        add(FILE_HEAD("bestand", "a.pdf") "x" END);
        send_to("/sturen", "Origin: https://evil.nl\r\n");
        assert_int_equal(a.status, 403);
        send_to("/notities", "");
        assert_int_equal(a.status, 415);                /* takes no files */
        assert_non_null(strstr(a.body, "zonder bestand"));
        send_to("/nergens", "");
        assert_int_equal(a.status, 404);
        assert_true(nothing_is_left());
}

static void the_token_comes_first(void **state) {
        char token[128];
        (void) state;
        start(false);
        add(FILE_HEAD("bestand", "a.pdf") "x" END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 403);
        fresh_token(&t, token, sizeof token);
        body_n = 0;
        add(FILE_HEAD("bestand", "a.pdf") "x\r\n--grens\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n");
        add(token);
        add(END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 403);
        /* and while such a file is still coming in, it is not on disk */
        int fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Content-Length: 9000\r\n\r\n" FILE_HEAD("bestand", "a.pdf") "xxxxxxxx");
        pause_ms(100);
        assert_int_equal(open_files(), 0);
        close(fd);
}

static void only_for_who_may(void **state) {
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "a.pdf"));
        memset(body + body_n, 'x', 5000000);
        body_n += 5000000;
        send_to("/eigen/sturen", "");                   /* far beyond the limit, but that is not what is told */
        assert_int_equal(a.status, 403);
        int fd = dial(&t);
        sayf(fd, "POST /eigen/sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Expect: 100-continue\r\nContent-Length: 900\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 403);
        assert_non_null(strstr(a.body, "niet meer ingelogd"));
        close(fd);
}

static void too_large(void **state) {
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "a.pdf"));
        memset(body + body_n, 'x', 100001);
        body_n += 100001;
        add(END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 413);
        assert_non_null(strstr(a.body, "hoogstens 97 kB"));
        assert_true(nothing_is_left());
        /* refused at the head: a gigabyte is announced, and nothing of it is sent */
        int fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Content-Length: 1073741824\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 413);
        assert_non_null(strstr(a.body, "Wat u stuurt is te groot"));
        close(fd);
        fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Expect: 100-continue\r\nContent-Length: 500000\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 413);
        close(fd);
        /* without a length it stops where the limit is */
        fd = dial(&t);
        start(true);
        add(FILE_HEAD("bestand", "a.pdf"));
        memset(body + body_n, 'x', 150000);
        body_n += 150000;
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Transfer-Encoding: chunked\r\n\r\n%zx\r\n", body_n);
        say(fd, body, body_n);
        sayf(fd, "\r\n0\r\n\r\n");
        hear(fd, &a, false);
        assert_int_equal(a.status, 413);
        close(fd);
        start(true);                                    /* the texts have the limit of every form */
        add("--grens\r\nContent-Disposition: form-data; name=\"tekst\"\r\n\r\n");
        memset(body + body_n, 'x', 66000);
        body_n += 66000;
        add(END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 413);
}

static void as_large_as_may_be(void **state) {
        size_t most = (size_t) 10 << 20;
        char wanted[100];
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "groot.bin"));
        memset(body + body_n, 1, most);
        body_n += most;
        add(END);
        send_to("/sturen-groot", "");
        assert_int_equal(a.status, 200);
        snprintf(wanted, sizeof wanted, "grootte=%zu som=%zu ", most, most);
        assert_non_null(strstr(a.body, wanted));
}

/* Many parts, or one with endless headers, end before they fill anything. */
static void parts_without_end(void **state) {
        (void) state;
        start(true);
        for (int i = 0; i < 150; i++)
                add(TEXT("tekst", ""));
        add(END + 2);
        send_to("/sturen", "");
        assert_int_equal(a.status, 413);
        start(true);
        add("--grens\r\nX-Kop: ");
        memset(body + body_n, 'x', 5000);
        body_n += 5000;
        add("\r\n\r\n" END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 413);
}

static void a_sender_that_leaves(void **state) {
        (void) state;
        start(true);
        add(FILE_HEAD("bestand", "a.pdf") "xxxxxxxxxxxxxxxxxxxx");
        int fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Content-Length: 90000\r\n\r\n");
        say(fd, body, body_n);
        pause_ms(100);
        assert_int_equal(open_files(), 1);
        close(fd);
        assert_true(nothing_is_left());
}

/* body_ms passes, but the bytes keep coming: 4 kB each 100 ms is above the rate; a byte each 100 ms is not. */
static void slow_but_steady(void **state) {
        struct target slow = target_start("own_db=1 body_ms=500 upload_rate=20000"), kept = t;
        char *part = malloc(4096);
        (void) state;
        assert_non_null(part);
        memset(part, 'x', 4096);
        t = slow;
        for (int steady = 0; steady < 2; steady++) {
                size_t step = steady ? 4096 : 1;
                start(true);
                add(FILE_HEAD("bestand", "a.pdf"));
                int fd = dial(&t);
                sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Content-Length: %zu\r\n\r\n", body_n + 12 * 4096 + strlen(END));
                say(fd, body, body_n);
                for (int i = 0; i < 12; i++) {
                        say(fd, part, step);
                        pause_ms(100);
                }
                if (steady)
                        say(fd, END, strlen(END));
                hear(fd, &a, false);
                assert_int_equal(a.status, steady ? 200 : 408);
                close(fd);
        }
        t = kept;
        target_stop(&slow);
        free(part);
}

static void not_too_many_at_once(void **state) {
        struct target small = target_start("own_db=1 uploads=2"), kept = t;
        int fd[2];
        (void) state;
        t = small;
        for (int i = 0; i < 2; i++) {
                fd[i] = dial(&t);
                sayf(fd[i], "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" TYPE "Content-Length: 5000\r\n\r\n");
        }
        pause_ms(100);
        start(true);
        add(FILE_HEAD("bestand", "a.pdf") "x" END);
        send_to("/sturen", "");
        assert_int_equal(a.status, 503);
        assert_string_equal(HEADER("Retry-After"), "10");
        close(fd[0]);
        close(fd[1]);
        for (int i = 0; i < 50 && a.status == 503; i++) {
                pause_ms(20);
                send_to("/sturen", "");
        }
        assert_int_equal(a.status, 200);
        t = kept;
        target_stop(&small);
}

static void a_full_disk(void **state) {
        struct target full = target_start("own_db=1 disk=400000"), kept = t;
        (void) state;
        t = full;
        start(true);
        add(FILE_HEAD("bestand", "groot.bin"));
        memset(body + body_n, 'x', 500000);
        body_n += 500000;
        add(END);
        send_to("/sturen-groot", "");
        assert_int_equal(a.status, 503);
        assert_non_null(strstr(a.body, "nu geen ruimte"));
        assert_true(nothing_is_left());
        start(true);
        add(FILE_HEAD("bestand", "klein.bin") "x" END);
        send_to("/sturen-groot", "");
        assert_int_equal(a.status, 200);
        t = kept;
        target_stop(&full);
}

static void a_file_as_answer(void **state) {
        (void) state;
        ask(&t, &a, "GET /teruggeven?als=verslag%20%C3%A9.pdf", "", NULL);
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, "<svg/>");
        assert_string_equal(HEADER("Content-Type"), "application/pdf");
        assert_string_equal(HEADER("Content-Disposition"), "attachment; filename=\"verslag __.pdf\"; filename*=UTF-8''verslag%20%C3%A9.pdf");
        assert_string_equal(HEADER("X-Content-Type-Options"), "nosniff");
        assert_string_equal(HEADER("Content-Security-Policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_string_equal(HEADER("Cross-Origin-Resource-Policy"), "same-origin");
        assert_string_equal(HEADER("Cache-Control"), "public, max-age=31536000, immutable");
        assert_string_equal(HEADER("ETag"), "\"0123abcd\"");
        assert_string_equal(HEADER("Content-Length"), "6");
        ask(&t, &a, "GET /teruggeven", "If-None-Match: \"0123abcd\"\r\n", NULL);
        assert_int_equal(a.status, 304);
        assert_int_equal(a.n, 0);
        ask(&t, &a, "HEAD /teruggeven", "", NULL);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Content-Disposition"), "");
        ask(&t, &a, "GET /teruggeven/stuk", "", NULL);
        assert_int_equal(a.status, 500);
        assert_string_equal(HEADER("Content-Type"), "text/html; charset=utf-8");
        ask(&t, &a, "GET /teruggeven", "Cookie: __Host-schouders=anna\r\n", NULL);
        assert_string_equal(HEADER("Cache-Control"), "private, no-cache");
        assert_true(nothing_is_left());
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(arrives), cmocka_unit_test(told_to_go_on), cmocka_unit_test(without_a_file), cmocka_unit_test(forms_that_are_not_ours),
                cmocka_unit_test(the_token_comes_first), cmocka_unit_test(only_for_who_may), cmocka_unit_test(too_large),
                cmocka_unit_test(as_large_as_may_be), cmocka_unit_test(parts_without_end), cmocka_unit_test(a_sender_that_leaves),
                cmocka_unit_test(slow_but_steady), cmocka_unit_test(not_too_many_at_once), cmocka_unit_test(a_full_disk), cmocka_unit_test(a_file_as_answer),
        };
        if (!client_setup(argc, argv))
                return 1;
        body = malloc((size_t) 12 << 20);
        if (!body)
                return 1;
        t = target_start("");
        int failed = client_end(&t, &a, cmocka_run_group_tests_name("uploads", tests, NULL, NULL));
        free(body);
        return failed;
}
