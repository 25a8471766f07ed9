/* files_test.c - a file from the form to the address where it is served, over the wire. */
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
#define ANNA "Cookie: __Host-schouders=anna\r\n"
#define PDF "%PDF-1.7\n1 0 obj\nendobj\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n"

/* One pixel, with a text of the camera behind the picture. */
static const unsigned char png[] = {
        0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde,
        0, 0, 0, 12, 'I', 'D', 'A', 'T', 8, 0xd7, 0x63, 0xf8, 0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0,
        0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82, 'G', 'P', 'S', '-', 'P', 'L', 'A', 'A', 'T', 'S',
};

struct sent {
        char body[400000];
        size_t n;
};

static void put(struct sent *s, const char *p, size_t n) {
        assert_true(s->n + n <= sizeof s->body);
        memcpy(s->body + s->n, p, n);
        s->n += n;
}

static void part(struct sent *s, const char *name, const char *filename, const void *p, size_t n) {
        char head[400];
        int k = snprintf(head, sizeof head, filename ? "--g\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
                         : "--g\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n", name, filename);
        put(s, head, (size_t) k);
        put(s, p, n);
        put(s, "\r\n", 2);
}

/* Sends FILENAME with one more field; the token is that of Anna. */
static void send_file(struct answer *r, const char *filename, const void *p, size_t n, const char *field, const char *value) {
        struct sent *s = calloc(1, sizeof *s);
        struct answer form = { 0 };
        char token[128] = "";
        assert_non_null(s);
        ask(&t, &form, "GET /formulier", ANNA, NULL);
        assert_int_equal(sscanf(form.body, "csrf=%127s", token), 1);
        part(s, "csrf", NULL, token, strlen(token));
        part(s, field, NULL, value, strlen(value));
        part(s, "organisatie", NULL, "1", 1);
        part(s, "quotum", NULL, "300000", 6);
        part(s, "bestand", filename, p, n);
        put(s, "--g--\r\n", 7);
        int fd = dial(&t);
        sayf(fd, "POST /sturen HTTP/1.1\r\nHost: localhost\r\n" ANNA "Content-Type: multipart/form-data; boundary=g\r\nContent-Length: %zu\r\n\r\n", s->n);
        say(fd, s->body, s->n);
        hear(fd, r, false);
        close(fd);
        free(form.body);
        free(s);
}

static void get(const char *path, const char *headers) {
        char line[320];
        snprintf(line, sizeof line, "GET %s", path);
        ask(&t, &a, line, headers, NULL);
}

static void an_image_is_shown_where_it_stands(void **state) {
        char path[300];
        (void) state;
        send_file(&a, "Foto \xc3\xa9\xc3\xa9n.png", png, sizeof png, "alt", "Een stip");
        assert_int_equal(a.status, 303);
        snprintf(path, sizeof path, "%s", HEADER("Location"));
        assert_non_null(strstr(path, "/foto-een.png"));
        get(path, "");
        assert_int_equal(a.status, 404);                /* not public, and not told that it is there */
        get(path, ANNA);
        assert_int_equal(a.status, 200);
        assert_string_equal(HEADER("Content-Type"), "image/png");
        assert_string_equal(HEADER("Content-Disposition"), "");
        assert_string_equal(HEADER("Cache-Control"), "private, no-cache");
        assert_string_equal(HEADER("X-Content-Type-Options"), "nosniff");
        assert_memory_equal(a.body, png, 8);
        assert_null(memmem(a.body, a.n, "GPS-PLAATS", 10));
        char etag[200], again[300];
        snprintf(etag, sizeof etag, "%s", HEADER("ETag"));
        assert_int_equal(strlen(etag), 66);
        snprintf(again, sizeof again, ANNA "If-None-Match: %s\r\n", etag);
        get(path, again);
        assert_int_equal(a.status, 304);
}

static void a_document_is_for_saving(void **state) {
        char path[300];
        (void) state;
        send_file(&a, "Verslag \xe2\x82\xac.pdf", PDF, strlen(PDF), "openbaar", "ja");
        assert_int_equal(a.status, 303);
        snprintf(path, sizeof path, "%s", HEADER("Location"));
        get(path, "");
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, PDF);
        assert_string_equal(HEADER("Content-Disposition"), "attachment; filename=\"Verslag ___.pdf\"; filename*=UTF-8''Verslag%20%E2%82%AC.pdf");
        assert_string_equal(HEADER("Content-Security-Policy"), "default-src 'none'; sandbox; frame-ancestors 'none'");
        assert_string_equal(HEADER("Cache-Control"), "public, max-age=31536000, immutable");
}

static void what_is_refused_tells_why(void **state) {
        static const char svg[] = "<svg onload=\"alert(1)\"/>";
        (void) state;
        send_file(&a, "a.png", svg, strlen(svg), "alt", "x");
        assert_int_equal(a.status, 422);
        assert_non_null(strstr(a.body, "bestand: Een SVG nemen wij niet aan"));
        send_file(&a, "a.png", png, sizeof png, "alt", "");
        assert_int_equal(a.status, 422);
        assert_non_null(strstr(a.body, "alt: Beschrijf"));
        send_file(&a, "a.png", png, sizeof png, "decoratief", "ja");
        assert_int_equal(a.status, 303);
}

struct sender {
        pthread_t thread;
        struct answer r;
        char text[120000];
};

static void *send_text(void *arg) {
        struct sender *s = arg;
        send_file(&s->r, "tekst.txt", s->text, sizeof s->text, "alt", "");
        return NULL;
}

/* The organisation has 300.000 bytes: two of these fit, however many come together. */
static void many_at_once_share_the_room(void **state) {
        static struct sender s[6];
        int good = 0, refused = 0;
        (void) state;
        for (int i = 0; i < 6; i++) {
                memset(s[i].text, 'a' + i, sizeof s[i].text);
                assert_int_equal(pthread_create(&s[i].thread, NULL, send_text, &s[i]), 0);
        }
        for (int i = 0; i < 6; i++) {
                pthread_join(s[i].thread, NULL);
                good += s[i].r.status == 303;
                refused += s[i].r.status == 422 && strstr(s[i].r.body, "De ruimte van uw organisatie is vol") != NULL;
                free(s[i].r.body);
        }
        assert_int_equal(good, 2);
        assert_int_equal(refused, 4);
}

int main(int argc, char **argv) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_image_is_shown_where_it_stands), cmocka_unit_test(a_document_is_for_saving),
                cmocka_unit_test(what_is_refused_tells_why), cmocka_unit_test(many_at_once_share_the_room),
        };
        if (!client_setup(argc, argv))
                return 1;
        t = target_start("");
        return client_end(&t, &a, cmocka_run_group_tests_name("files over the wire", tests, NULL, NULL));
}
