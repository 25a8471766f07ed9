/* Whom fetch() believes to be the provider: a server with TLS of our own, known or unknown, called by its name or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <signal.h>
#include <unistd.h>
#include "fetch.h"
#include "testkeys.h"

static struct arena a;
static int server = -1;
static int port;
static pthread_t thread;
static SSL_CTX *tls;
static char ca_file[] = "/tmp/schouders-tls-XXXXXX";

static void *run(void *ctx) {
        (void) ctx;
        char request[4096];
        for (int fd; (fd = accept(server, NULL, NULL)) >= 0; close(fd)) {
                SSL *s = SSL_new(tls);
                SSL_set_fd(s, fd);
                if (SSL_accept(s) == 1 && SSL_read(s, request, sizeof request) > 0)
                        SSL_write(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 40);
                SSL_free(s);
        }
        return NULL;
}

/* A certificate that signs itself, for the name "localhost" only. */
static X509 *certificate(EVP_PKEY *key) {
        X509 *c = X509_new();
        X509_set_version(c, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(c), 1);
        X509_gmtime_adj(X509_getm_notBefore(c), -3600);
        X509_gmtime_adj(X509_getm_notAfter(c), 3600);
        X509_set_pubkey(c, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_ASC, (const unsigned char *) "localhost", -1, -1, 0);
        X509_set_issuer_name(c, X509_get_subject_name(c));
        X509_EXTENSION *names = X509V3_EXT_conf_nid(NULL, NULL, NID_subject_alt_name, "DNS:localhost");
        X509_add_ext(c, names, -1);
        X509_EXTENSION_free(names);
        return X509_sign(c, key, EVP_sha256()) ? c : NULL;
}

static enum oidc_fault get(const char *host, struct str trusted) {
        struct oidc_http h = { .allow_loopback_http = true, .ca_file = trusted, .total_ms = 5000 };
        struct oidc_request r = { .url = str_fmt(&a, "https://%s:%d/", host, port) };
        struct oidc_answer answer;
        return fetch(&h, &a, &r, &answer);
}

static void test_trust(void **state) {
        (void) state;
        assert_int_equal(get("localhost", str_of(ca_file)), OIDC_OK);
        assert_int_equal(get("localhost", S("")), OIDC_TLS);
        assert_int_equal(get("127.0.0.1", str_of(ca_file)), OIDC_TLS);
        assert_int_equal(get("localhost", S("/nonexistent")), OIDC_TLS);
}

static void test_old_version(void **state) {
        (void) state;
        SSL_CTX_set_security_level(tls, 0);
        SSL_CTX_set_min_proto_version(tls, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(tls, TLS1_1_VERSION);
        assert_int_equal(get("localhost", str_of(ca_file)), OIDC_TLS);
}

static int set_up(void **state) {
        (void) state;
        struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
        socklen_t n = sizeof here;
        EVP_PKEY *key = testkeys_ec("P-256");
        X509 *cert = certificate(key);
        int fd = mkstemp(ca_file);
        FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
        tls = SSL_CTX_new(TLS_server_method());
        if (!f || !tls || !cert || PEM_write_X509(f, cert) != 1 || fclose(f) != 0 || SSL_CTX_use_certificate(tls, cert) != 1 ||
            SSL_CTX_use_PrivateKey(tls, key) != 1)
                return -1;
        X509_free(cert);
        EVP_PKEY_free(key);
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
        SSL_CTX_free(tls);
        unlink(ca_file);
        arena_done(&a);
        return 0;
}

int main(void) {
        signal(SIGPIPE, SIG_IGN);       /* as the program does: a peer that hangs up is an error, not the end */
        const struct CMUnitTest tests[] = { cmocka_unit_test(test_trust), cmocka_unit_test(test_old_version) };
        return cmocka_run_group_tests(tests, set_up, tear_down);
}
