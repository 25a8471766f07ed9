/* fetch() against a server of our own on loopback, and the rules about addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "clock.h"
#include "fetch.h"

static struct arena a;
static int server = -1;
static int port;
static pthread_t thread;
static char seen[8192];         /* the last request */

static void put(int fd, const char *p, size_t n) {
        while (n) {
                ssize_t k = send(fd, p, n, MSG_NOSIGNAL);
                if (k <= 0)
                        return;
                p += k;
                n -= (size_t) k;
        }
}

static void puts_(int fd, const char *text) {
        put(fd, text, strlen(text));
}

/* N bytes without saying beforehand how many. */
static void put_many(int fd, size_t n) {
        char block[1024];
        memset(block, 'x', sizeof block);
        puts_(fd, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
        for (; n >= sizeof block; n -= sizeof block)
                put(fd, block, sizeof block);
        put(fd, block, n);
}

static void serve(int fd) {
        size_t n = 0;
        const char *end = NULL;
        while (n + 1 < sizeof seen && !end) {
                ssize_t k = recv(fd, seen + n, sizeof seen - 1 - n, 0);
                if (k <= 0)
                        break;
                n += (size_t) k;
                seen[n] = 0;
                if (seen[0] == 0x16)    /* TLS */
                        break;
                end = strstr(seen, "\r\n\r\n");
                if (end && strncmp(seen, "POST", 4) == 0 && !strstr(seen, "end=1"))
                        end = NULL;
        }
        if (strstr(seen, " /ok"))
                puts_(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        else if (strstr(seen, " /redirect"))
                puts_(fd, "HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n");
        else if (strstr(seen, " /full"))
                put_many(fd, FETCH_BYTES);
        else if (strstr(seen, " /more"))
                put_many(fd, FETCH_BYTES + 1);
        else if (strstr(seen, " /announced"))
                puts_(fd, "HTTP/1.1 200 OK\r\nContent-Length: 262145\r\n\r\n");
        else if (strstr(seen, " /slow"))
                poll(NULL, 0, 600);
        else if (strstr(seen, " /nothing"))
                puts_(fd, "");
}

static void *run(void *ctx) {
        (void) ctx;
        for (int fd; (fd = accept(server, NULL, NULL)) >= 0; close(fd))
                serve(fd);
        return NULL;
}

static struct str at(const char *host, const char *path) {
        return str_fmt(&a, "http://%s:%d%s", host, port, path);
}

static enum oidc_fault get(const struct oidc_http *h, struct str url, struct oidc_answer *ret) {
        struct oidc_request r = { .url = url };
        return fetch(h, &a, &r, ret);
}

static const struct oidc_http local = { .allow_loopback_http = true, .total_ms = 3000 };

static void test_get_and_post(void **state) {
        (void) state;
        struct oidc_answer r;
        setenv("http_proxy", "http://127.0.0.1:9", 1);
        setenv("all_proxy", "http://127.0.0.1:9", 1);
        assert_int_equal(get(&local, at("127.0.0.1", "/ok"), &r), OIDC_OK);
        assert_int_equal(r.status, 200);
        assert_true(str_eq(r.body, S("{}")));
        assert_non_null(strstr(seen, "User-Agent: Schouders\r\n"));
        assert_non_null(strstr(seen, "Accept: application/json\r\n"));
        assert_null(strstr(seen, "Authorization"));
        assert_int_equal(get(&local, at("localhost", "/ok"), &r), OIDC_OK);
        struct oidc_request post = { .url = at("127.0.0.1", "/ok"), .form = S("a=b&end=1"), .authorization = S("Basic eA==") };
        assert_int_equal(fetch(&local, &a, &post, &r), OIDC_OK);
        assert_true(strncmp(seen, "POST /ok HTTP/1.1\r\n", 19) == 0);
        assert_non_null(strstr(seen, "Authorization: Basic eA==\r\n"));
        assert_non_null(strstr(seen, "Content-Type: application/x-www-form-urlencoded\r\n"));
        assert_non_null(strstr(seen, "\r\n\r\na=b&end=1"));
        assert_null(strstr(seen, "Expect:"));
        unsetenv("http_proxy");
        unsetenv("all_proxy");
}

static void test_limits(void **state) {
        (void) state;
        struct oidc_answer r;
        struct oidc_http hasty = { .allow_loopback_http = true, .total_ms = 200 };
        assert_int_equal(get(&local, at("127.0.0.1", "/redirect"), &r), OIDC_OK);
        assert_int_equal(r.status, 302);
        assert_int_equal(get(&local, at("127.0.0.1", "/full"), &r), OIDC_OK);
        assert_int_equal(r.body.n, FETCH_BYTES);
        assert_int_equal(get(&local, at("127.0.0.1", "/more"), &r), OIDC_TOO_LARGE);
        assert_int_equal(get(&local, at("127.0.0.1", "/announced"), &r), OIDC_TOO_LARGE);
        assert_int_equal(get(&local, at("127.0.0.1", "/nothing"), &r), OIDC_UNREACHABLE);
        int64_t start = clock_monotonic_us();
        assert_int_equal(get(&hasty, at("127.0.0.1", "/slow"), &r), OIDC_TIMEOUT);
        assert_true(clock_monotonic_us() - start < 2000000);
        /* A port where nobody listens, a name that nobody has, and no TLS behind https. */
        assert_int_equal(get(&local, S("http://127.0.0.1:1/"), &r), OIDC_UNREACHABLE);
        assert_int_equal(get(&local, S("https://name.invalid/"), &r), OIDC_UNREACHABLE);
        assert_int_equal(get(&local, str_fmt(&a, "https://127.0.0.1:%d/ok", port), &r), OIDC_TLS);
        assert_non_null(r.reason);
}

static void test_addresses_are_refused(void **state) {
        (void) state;
        struct oidc_answer r;
        struct oidc_http strict = { .allow_loopback_http = false };
        assert_int_equal(get(&strict, at("127.0.0.1", "/ok"), &r), OIDC_URL);
        assert_int_equal(get(&strict, str_fmt(&a, "https://127.0.0.1:%d/ok", port), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, str_fmt(&a, "https://localhost:%d/ok", port), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, S("https://169.254.169.254/latest"), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, S("https://2130706433/"), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, S("https://0x7f.1/"), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, S("https://[::ffff:127.0.0.1]/"), &r), OIDC_ADDRESS);
        assert_int_equal(get(&strict, S("https://0.0.0.0/"), &r), OIDC_ADDRESS);
}

static bool may(const struct oidc_http *h, bool https, const char *text) {
        struct sockaddr_in four = { .sin_family = AF_INET };
        struct sockaddr_in6 six = { .sin6_family = AF_INET6 };
        if (inet_pton(AF_INET, text, &four.sin_addr) == 1)
                return fetch_may_connect(h, https, (const struct sockaddr *) &four);
        assert_int_equal(inet_pton(AF_INET6, text, &six.sin6_addr), 1);
        return fetch_may_connect(h, https, (const struct sockaddr *) &six);
}

static void test_places(void **state) {
        (void) state;
        struct oidc_http strict = { .allow_loopback_http = false };
        static const char *const fine[] = { "93.184.216.34", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.253.1.1", "223.255.1.1",
                                            "2606:2800::1", "fd12::1", "::ffff:10.0.0.1" };
        static const char *const loopback[] = { "127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1" };
        static const char *const refused[] = { "0.0.0.0", "0.1.2.3", "169.254.0.1", "169.254.169.254", "224.0.0.1", "255.255.255.255", "240.0.0.1",
                "::", "fe80::1", "ff02::1", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::ffff:0.0.0.0" };
        for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
                assert_true(may(&strict, true, fine[i]) && !may(&strict, false, fine[i]) && !may(&local, false, fine[i]));
        for (size_t i = 0; i < sizeof loopback / sizeof *loopback; i++)
                assert_true(!may(&strict, true, loopback[i]) && !may(&strict, false, loopback[i]) && may(&local, false, loopback[i]));
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
                assert_true(!may(&local, true, refused[i]) && !may(&strict, true, refused[i]));
        struct sockaddr other = { .sa_family = AF_UNIX };
        assert_false(fetch_may_connect(&local, true, &other));
}

static void test_urls(void **state) {
        (void) state;
        struct oidc_http strict = { .allow_loopback_http = false };
        static const char *const good[] = { "https://a.example", "https://a.example:8443/x?y=z", "https://[2001:db8::1]/" };
        static const char *const test_only[] = { "http://localhost:80/x", "http://127.1.2.3", "http://[::1]:9/" };
        static const char *const bad[] = { "", "a", "https://", "https:///x", "HTTPS://a.example", "http://a.example", "http://127.0.0.1.evil.example",
                "http://localhost.evil.example", "http://localhost@evil.example", "https://u@a.example", "https://u:p@a.example", "https://a.example#f",
                "https://a.example\\@b", "https://a b", "https://a.example/\n", "https://a.example/\xc3\xa9", "ftp://a.example", "file:///etc/passwd",
                "https://a.example:99999/", "javascript:alert(1)", "gopher://a.example" };
        for (size_t i = 0; i < sizeof good / sizeof *good; i++)
                assert_true(fetch_allows(&strict, str_of(good[i])) && fetch_allows(&local, str_of(good[i])));
        for (size_t i = 0; i < sizeof test_only / sizeof *test_only; i++)
                assert_true(!fetch_allows(&strict, str_of(test_only[i])) && fetch_allows(&local, str_of(test_only[i])));
        for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
                assert_false(fetch_allows(&local, str_of(bad[i])));
        struct str url = str_fmt(&a, "https://a.example/%0*d", FETCH_URL_BYTES - 18, 0);
        assert_true(fetch_allows(&strict, url));
        assert_false(fetch_allows(&strict, str_fmt(&a, "%.*s0", STR(url))));
}

static int set_up(void **state) {
        (void) state;
        struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof here;
        server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (server < 0 || bind(server, (struct sockaddr *) &here, n) < 0 || listen(server, 8) < 0 ||
            getsockname(server, (struct sockaddr *) &here, &n) < 0)
                return -1;
        port = ntohs(here.sin_port);
        return pthread_create(&thread, NULL, run, NULL);
}

static int tear_down(void **state) {
        (void) state;
        shutdown(server, SHUT_RDWR);
        pthread_join(thread, NULL);
        close(server);
        arena_done(&a);
        return 0;
}

int main(void) {
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_get_and_post), cmocka_unit_test(test_limits), cmocka_unit_test(test_addresses_are_refused),
                cmocka_unit_test(test_places), cmocka_unit_test(test_urls),
        };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
