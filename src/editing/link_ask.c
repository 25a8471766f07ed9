/* link_ask.c - see link_ask.h. */
#include "link_ask.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include "err.h"

#define URL_MAX 2000

/* Blocks of version 4 that are not public (RFC 6890): first address and length of the prefix. */
static const struct { uint32_t first; int bits; } closed_four[] = {
        { 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 }, { 0xac100000, 12 },
        { 0xc0000000, 24 }, { 0xc0000200, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 3 },
};

static bool is_public_four(const struct link_rules *rules, uint32_t a) {
        if (a >> 24 == 127)
                return rules->allow_loopback;
        for (size_t i = 0; i < sizeof closed_four / sizeof *closed_four; i++)
                if ((a ^ closed_four[i].first) >> (32 - closed_four[i].bits) == 0)
                        return false;
        return true;
}

/* Of version 6 only what is given out for the public (2000::/3), without tunnels that hide an address of version 4. */
static bool is_public_six(const struct link_rules *rules, const struct in6_addr *a) {
        uint32_t four;
        if (IN6_IS_ADDR_LOOPBACK(a))
                return rules->allow_loopback;
        if (IN6_IS_ADDR_V4MAPPED(a)) {
                memcpy(&four, a->s6_addr + 12, sizeof four);
                return is_public_four(rules, ntohl(four));
        }
        bool is_tunnel = a->s6_addr[0] == 0x20 && (a->s6_addr[1] == 0x02 || (a->s6_addr[1] == 0x01 && a->s6_addr[2] == 0 && a->s6_addr[3] == 0));
        return a->s6_addr[0] >> 5 == 1 && !is_tunnel;
}

bool link_may_connect(const struct link_rules *rules, const struct sockaddr *peer) {
        if (peer->sa_family == AF_INET)
                return is_public_four(rules, ntohl(((const struct sockaddr_in *) (const void *) peer)->sin_addr.s_addr));
        if (peer->sa_family == AF_INET6)
                return is_public_six(rules, &((const struct sockaddr_in6 *) (const void *) peer)->sin6_addr);
        return false;
}

struct asking {
        const struct link_rules *rules;
        bool refused;                   /* an address was not public */
};

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *peer) {
        struct asking *q = ctx;
        (void) purpose;
        if (!link_may_connect(q->rules, &peer->addr)) {
                q->refused = true;
                return CURL_SOCKET_BAD;
        }
        return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

/* The answer itself is of no interest: the first bytes end the request. */
static size_t enough(char *p, size_t one, size_t n, void *ctx) {
        (void) p;
        (void) one;
        (void) n;
        (void) ctx;
        return 0;
}

static void easy_done(CURL **c) {
        curl_easy_cleanup(*c);
}

/* Every setting must be taken: one that this libcurl does not know would leave a door open. */
static bool configure(CURL *c, struct asking *q, const char *url, bool head) {
        CURLcode e = 0;
        int total = q->rules->total_ms ? q->rules->total_ms : LINK_TOTAL_MS;
        e |= curl_easy_setopt(c, CURLOPT_URL, url);
        e |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
        e |= curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        e |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L);
        e |= curl_easy_setopt(c, CURLOPT_MAXREDIRS, (long) LINK_REDIRECTS);
        e |= curl_easy_setopt(c, CURLOPT_PROXY, "");            /* "" also switches the environment off */
        e |= curl_easy_setopt(c, CURLOPT_NOPROXY, "");
        e |= curl_easy_setopt(c, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
        e |= curl_easy_setopt(c, CURLOPT_NOBODY, head ? 1L : 0L);
        e |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long) (total < LINK_CONNECT_MS ? total : LINK_CONNECT_MS));
        e |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long) total);
        e |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
        e |= curl_easy_setopt(c, CURLOPT_USERAGENT, "Mozilla/5.0 (compatible; Schouders-links)");
        e |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, enough);
        e |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
        e |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, q);
        return e == CURLE_OK;
}

static struct str words_for_status(long status) {
        if (status == 404 || status == 410)
                return S("de pagina bestaat niet meer");
        if (status >= 500)
                return S("de server van de pagina geeft een fout");
        if (status == 401 || status == 403 || status == 429 || (status >= 200 && status < 400))
                return S("");
        return S("de pagina geeft geen goed antwoord");
}

static struct str words_for(CURLcode code, const struct asking *q, long status) {
        if (q->refused)
                return S("het adres is niet openbaar te bereiken");
        switch ((int) code) {
        case CURLE_OK: case CURLE_WRITE_ERROR:
                return words_for_status(status);
        case CURLE_COULDNT_RESOLVE_HOST:
                return S("de naam van de site bestaat niet meer");
        case CURLE_OPERATION_TIMEDOUT:
                return S("de site antwoordt niet op tijd");
        case CURLE_PEER_FAILED_VERIFICATION: case CURLE_SSL_CONNECT_ERROR:
                return S("het certificaat van de site klopt niet");
        case CURLE_TOO_MANY_REDIRECTS:
                return S("de pagina verwijst steeds door");
        case CURLE_URL_MALFORMAT: case CURLE_UNSUPPORTED_PROTOCOL:
                return S("het adres is geen goed webadres");
        default:
                return S("de site is niet te bereiken");
        }
}

static struct str ask(const struct link_rules *rules, const char *url, bool head) {
        struct asking q = { .rules = rules };
        _cleanup_(easy_done) CURL *c = curl_easy_init();
        long status = 0;
        if (!c || !configure(c, &q, url, head))
                return S("wij konden het adres niet nagaan");
        CURLcode code = curl_easy_perform(c);
        (void) curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        return words_for(code, &q, status);
}

static void start_curl(void) {
        (void) curl_global_init(CURL_GLOBAL_DEFAULT);
}

struct str link_ask(const struct link_rules *rules, struct str url) {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        char z[URL_MAX + 1];
        if (url.n > URL_MAX || !(str_starts(url, S("https://")) || str_starts(url, S("http://"))))
                return S("het adres is geen goed webadres");
        memcpy(z, url.p, url.n);
        z[url.n] = 0;
        pthread_once(&once, start_curl);
        struct str head = ask(rules, z, true);
        return head.n ? ask(rules, z, false) : head;    /* not every server knows HEAD */
}
