/* Links are asked at night, against a server of our own: which fail, since when, and what never may be asked. */
#include "test_desk.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "editing.h"
#include "link_ask.h"
#include "writer.h"

#define NIGHT ((int64_t) 24 * 3600 * 1000)

static int server = -1, port;
static pthread_t thread;
static atomic_int heads, gets;

static void say(int fd, const char *text) {
        (void) !send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void answer_to(int fd, const char *request) {
        bool head = strncmp(request, "HEAD", 4) == 0;
        atomic_fetch_add(head ? &heads : &gets, 1);
        if (strstr(request, " /ok"))
                say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /get-only"))
                say(fd, head ? "HTTP/1.1 405 No\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nVeel data");
        else if (strstr(request, " /moved"))
                say(fd, "HTTP/1.1 301 Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /round"))
                say(fd, "HTTP/1.1 302 Found\r\nLocation: /round\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /inside"))
                say(fd, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /file"))
                say(fd, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /robots"))
                say(fd, "HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /error"))
                say(fd, "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(request, " /slow"))
                usleep(400000);
        else
                say(fd, "HTTP/1.1 404 Gone\r\nContent-Length: 0\r\n\r\n");
}

static void *serve(void *ctx) {
        (void) ctx;
        for (int fd; (fd = accept(server, NULL, NULL)) >= 0; close(fd)) {
                char request[4096] = { 0 };
                size_t n = 0;
                for (ssize_t k = 1; k > 0 && n + 1 < sizeof request && !strstr(request, "\r\n\r\n"); n += k > 0 ? (size_t) k : 0)
                        k = recv(fd, request + n, sizeof request - 1 - n, 0);
                answer_to(fd, request);
        }
        return NULL;
}

static int open_server(void **state) {
        (void) state;
        struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof at;
        server = socket(AF_INET, SOCK_STREAM, 0);
        if (server < 0 || bind(server, (struct sockaddr *) &at, n) || listen(server, 16) || getsockname(server, (struct sockaddr *) &at, &n))
                return -1;
        port = ntohs(at.sin_port);
        return pthread_create(&thread, NULL, serve, NULL);
}

static int close_server(void **state) {
        (void) state;
        shutdown(server, SHUT_RDWR);
        close(server);
        return pthread_join(thread, NULL);
}

static struct str url(struct arena *a, const char *path) {
        return str_fmt(a, "http://127.0.0.1:%d%s", port, path);
}

static const struct link_rules here = { .allow_loopback = true, .total_ms = 200 };

static void says(struct arena *a, const char *path, const char *want) {
        struct str got = link_ask(&here, url(a, path));
        if (!str_eq(got, str_of(want)))
                fail_msg("%s: %.*s", path, STR(got));
}

static void an_address_is_asked_politely(void **state) {
        (void) state;
        struct arena a = { 0 };
        atomic_store(&heads, 0);
        atomic_store(&gets, 0);
        says(&a, "/ok", "");
        assert_true(atomic_load(&heads) == 1 && atomic_load(&gets) == 0);
        says(&a, "/get-only", "");
        assert_int_equal(atomic_load(&gets), 1);
        says(&a, "/moved", "");
        says(&a, "/robots", "");
        says(&a, "/gone", "de pagina bestaat niet meer");
        says(&a, "/error", "de server van de pagina geeft een fout");
        says(&a, "/round", "de pagina verwijst steeds door");
        says(&a, "/slow", "de site antwoordt niet op tijd");
        assert_true(str_eq(link_ask(&here, S("http://127.0.0.1:1/")), S("de site is niet te bereiken")));
        assert_true(str_eq(link_ask(&here, S("https://naam.invalid/")), S("de naam van de site bestaat niet meer")));
        assert_true(str_eq(link_ask(&here, S("ftp://a.example/")), S("het adres is geen goed webadres")));
        arena_done(&a);
}

static void addresses_inside_are_never_asked(void **state) {
        (void) state;
        struct arena a = { 0 };
        static const struct link_rules strict = { .total_ms = 200 };
        struct str inside = S("het adres is niet openbaar te bereiken");
        int before = atomic_load(&heads) + atomic_load(&gets);
        assert_true(str_eq(link_ask(&strict, url(&a, "/ok")), inside));
        assert_true(str_eq(link_ask(&strict, str_fmt(&a, "http://localhost:%d/ok", port)), inside));
        assert_true(str_eq(link_ask(&strict, str_fmt(&a, "http://0x7f.1:%d/ok", port)), inside));
        assert_true(str_eq(link_ask(&strict, str_fmt(&a, "http://[::ffff:127.0.0.1]:%d/ok", port)), inside));
        assert_int_equal(atomic_load(&heads) + atomic_load(&gets), before);
        says(&a, "/inside", "het adres is niet openbaar te bereiken");
        says(&a, "/file", "het adres is geen goed webadres");
        arena_done(&a);
}

static bool may(const char *text) {
        static const struct link_rules strict;
        struct sockaddr_in four = { .sin_family = AF_INET };
        struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
        if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
                return link_may_connect(&strict, (const struct sockaddr *) &four);
        assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
        return link_may_connect(&strict, (const struct sockaddr *) &six);
}

static void only_public_addresses_are_connected_to(void **state) {
        (void) state;
        static const char *const open[] = { "93.184.216.34", "9.255.255.255", "11.0.0.1", "172.15.255.255", "172.32.0.1", "192.167.1.1", "100.63.1.1",
                                            "100.128.0.1", "223.255.255.255", "2606:2800::1", "2a00::1" };
        static const char *const closed[] = { "0.0.0.0", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254",
                "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
                "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12::1", "fe80::1", "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1",
                "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::1" };
        for (size_t i = 0; i < sizeof open / sizeof *open; i++)
                if (!may(open[i]))
                        fail_msg("%s should be open", open[i]);
        for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
                if (may(closed[i]))
                        fail_msg("%s should be closed", closed[i]);
        struct sockaddr other = { .sa_family = AF_UNIX };
        assert_false(link_may_connect(&here, &other));
}

/* What jobs find in job_context.app, and the clock. */
static struct { struct site site; int64_t now_ms; } night;

static int64_t now(void *app) {
        (void) app;
        return night.now_ms;
}

/* Everything that is due in one night. */
static void run_night(const char *store, int days) {
        static const struct job_kind kinds[] = { EDITING_LINKS_JOB, { 0 } };
        struct jobs *j = NULL;
        struct jobs_config c = { .database = str_of(store), .kinds = kinds, .now = now, .app = &night };
        bool worked = true;
        night.site.asks_loopback = true;
        night.now_ms = NOW_MS + days * NIGHT;
        assert_int_equal(writer_start(&c.writer, c.database, 1), OK);
        assert_int_equal(jobs_open(&j, &c), OK);
        while (worked)
                assert_int_equal(jobs_step(j, &worked), OK);
        jobs_close(j);
        writer_stop(c.writer);
}

static void links_that_fail_three_nights_stand_on_the_work_list(void **state) {
        struct desk *d = desk_open(state);
        const char *store = str_z(d->a, d->w.s->url);
        struct arena *a = d->a;
        published(d, "Aanpak", str_fmt(a, "bron: Weg | | | %.*s\nbron: Goed | | | %.*s\nelement: E | zie %.*s) | %.*s\n", STR(url(a, "/weg")), STR(url(a, "/ok?a=1")),
                  STR(url(a, "/ok")), STR(url(a, "/ok?a=1"))).p);
        int64_t gone = published(d, "Tweede", str_fmt(a, "bron: Ook | | | %.*s\n", STR(url(a, "/weg"))).p);
        test_script(d->h.db, "DELETE FROM job");
        house_close(&d->h);
        for (int n = 0; n < 4; n++) {
                run_night(store, n);
                d->h.db = test_open(d->w.s, DB_WRITE);
                d->w.db = d->h.db;
                /* b.example of the whole text, /weg and /ok?a=1; the element's text is not an address as a whole */
                if (n > 0) {    /* the first run only plans the next night */
                        assert_int_equal(count(d, "SELECT count(*) FROM link_check WHERE url LIKE 'http://127%'"), 2);
                        assert_int_equal(count(d, "SELECT count(*) FROM link_check WHERE url LIKE '%/ok?a=1' AND failures = 0"), 1);
                        assert_int_equal(count(d, "SELECT failures FROM link_check WHERE url LIKE '%/weg'"), n);
                }
                assert_int_equal(has(get(d, d->ann, "/redactie"), "de pagina bestaat niet meer"), n >= 3);
                if (n < 3)
                        house_close(&d->h);
        }
        assert_int_equal(count(d, "SELECT count(*) FROM link_place p JOIN link_check l ON l.id = p.link_id WHERE l.url LIKE '%/weg'"), 2);
        assert_int_equal(post(d, d->ann, "/redactie/kennis/tweede/intrekken", "reden=Oud.").e, OK);
        house_close(&d->h);
        run_night(store, 4);
        d->h.db = test_open(d->w.s, DB_WRITE);
        assert_int_equal(count(d, at(d, "SELECT count(*) FROM link_place WHERE item_id = #", gone)), 0);
        db_close(d->h.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(an_address_is_asked_politely), cmocka_unit_test(addresses_inside_are_never_asked),
                cmocka_unit_test(only_public_addresses_are_connected_to), TEST_BOTH(links_that_fail_three_nights_stand_on_the_work_list),
        };
        return cmocka_run_group_tests_name("editing-links", tests, open_server, close_server);
}
