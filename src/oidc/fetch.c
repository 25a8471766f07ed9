#include "fetch.h"
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include "buf.h"
#include "strict.h"

/* One request: what the callbacks need to know. */
struct transfer {
        const struct oidc_http *http;
        bool https;
        bool refused;           /* an address was refused */
        struct buf body;
};

static void start_curl(void) {
        (void) curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void url_done(CURLU **u) {
        curl_url_cleanup(*u);
}

static void text_done(char **s) {
        curl_free(*s);
}

static bool is_loopback_name(const char *host) {
        struct in_addr four;
        if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
                return true;
        return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

static bool has_part(CURLU *u, CURLUPart part) {
        _cleanup_(text_done) char *s = NULL;
        return curl_url_get(u, part, &s, 0) == CURLUE_OK;
}

bool fetch_allows(const struct oidc_http *h, struct str url) {
        bool https = str_starts(url, S("https://")), http = str_starts(url, S("http://")) && h->allow_loopback_http;
        if (!strict_visible(url, FETCH_URL_BYTES) || !(https || http) || str_index(url, '\\') < url.n ||
            str_index(url, '#') < url.n || str_find(url, S(":///")) < url.n)
                return false;
        char z[FETCH_URL_BYTES + 1];
        memcpy(z, url.p, url.n);
        z[url.n] = 0;
        _cleanup_(url_done) CURLU *u = curl_url();
        _cleanup_(text_done) char *host = NULL;
        if (!u || curl_url_set(u, CURLUPART_URL, z, CURLU_DISALLOW_USER) != CURLUE_OK || has_part(u, CURLUPART_USER) ||
            curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK || !*host)
                return false;
        return https || is_loopback_name(host);
}

enum place { PLACE_FINE, PLACE_LOOPBACK, PLACE_REFUSED };

static enum place place_of_four(uint32_t a) {
        if (a >> 24 == 127)
                return PLACE_LOOPBACK;
        bool refused = a >> 24 == 0 || a >> 16 == 0xa9fe || a >> 28 >= 0xe;      /* 0/8, 169.254/16, from 224 on */
        return refused ? PLACE_REFUSED : PLACE_FINE;
}

static enum place place_of_six(const struct in6_addr *a) {
        /* Addresses of version 4 in the clothes of version 6: mapped, compatible (::/96), NAT64 and 6to4. */
        static const unsigned char nat64[12] = { 0, 0x64, 0xff, 0x9b };
        uint32_t four;
        bool six_to_four = a->s6_addr[0] == 0x20 && a->s6_addr[1] == 0x02;
        if (IN6_IS_ADDR_LOOPBACK(a))
                return PLACE_LOOPBACK;
        if (IN6_IS_ADDR_V4MAPPED(a) || IN6_IS_ADDR_V4COMPAT(a) || memcmp(a, nat64, sizeof nat64) == 0 || six_to_four) {
                memcpy(&four, a->s6_addr + (six_to_four ? 2 : 12), sizeof four);
                return place_of_four(ntohl(four));
        }
        /* The old name of the metadata service of a large cloud: fd00:ec2::254. */
        static const unsigned char metadata[16] = { 0xfd, 0, 0x0e, 0xc2, [14] = 0x02, [15] = 0x54 };
        bool refused = IN6_IS_ADDR_UNSPECIFIED(a) || IN6_IS_ADDR_LINKLOCAL(a) || IN6_IS_ADDR_MULTICAST(a) ||
                       memcmp(a, metadata, sizeof metadata) == 0;
        return refused ? PLACE_REFUSED : PLACE_FINE;
}

bool fetch_may_connect(const struct oidc_http *h, bool https, const struct sockaddr *peer) {
        enum place p = PLACE_REFUSED;
        if (peer->sa_family == AF_INET)
                p = place_of_four(ntohl(((const struct sockaddr_in *) (const void *) peer)->sin_addr.s_addr));
        else if (peer->sa_family == AF_INET6)
                p = place_of_six(&((const struct sockaddr_in6 *) (const void *) peer)->sin6_addr);
        /* Without TLS the answer is only as true as the network: nothing but this machine will do. */
        return p == PLACE_LOOPBACK ? h->allow_loopback_http : p == PLACE_FINE && https;
}

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *peer) {
        struct transfer *t = ctx;
        (void) purpose;
        if (t->http->proxy.n == 0 && !fetch_may_connect(t->http, t->https, &peer->addr)) {
                t->refused = true;
                return CURL_SOCKET_BAD;
        }
        return socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
}

static size_t take_body(char *p, size_t one, size_t n, void *ctx) {
        struct transfer *t = ctx;
        buf_put(&t->body, p, one * n);
        return t->body.full ? 0 : one * n;
}

static enum oidc_fault fault_of(CURLcode code, const struct transfer *t) {
        if (t->body.full || code == CURLE_FILESIZE_EXCEEDED)
                return OIDC_TOO_LARGE;
        if (t->refused && code == CURLE_COULDNT_CONNECT)
                return OIDC_ADDRESS;
        switch ((int) code) {
        case CURLE_OK:
                return OIDC_OK;
        case CURLE_OPERATION_TIMEDOUT:
                return OIDC_TIMEOUT;
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
                return OIDC_TLS;
        case CURLE_URL_MALFORMAT:
        case CURLE_UNSUPPORTED_PROTOCOL:
                return OIDC_URL;
        default:
                return OIDC_UNREACHABLE;
        }
}

static void easy_done(CURL **c) {
        curl_easy_cleanup(*c);
}

static void list_done(struct curl_slist **l) {
        curl_slist_free_all(*l);
}

/* Every setting must be taken: one that this libcurl does not know would leave a door open. */
static bool configure(CURL *c, struct transfer *t, struct arena *a) {
        const struct oidc_http *h = t->http;
        CURLcode e = 0;
        e |= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, t->https ? "https" : "http");
        e |= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
        e |= curl_easy_setopt(c, CURLOPT_PROXY, str_z(a, h->proxy));    /* "" also switches the environment off */
        e |= curl_easy_setopt(c, CURLOPT_NOPROXY, "");
        e |= curl_easy_setopt(c, CURLOPT_NETRC, (long) CURL_NETRC_IGNORED);
        e |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
        e |= curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
        e |= curl_easy_setopt(c, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
        if (h->ca_file.n)
                e |= curl_easy_setopt(c, CURLOPT_CAINFO, str_z(a, h->ca_file));
        e |= curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long) (h->connect_ms ? h->connect_ms : FETCH_CONNECT_MS));
        e |= curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long) (h->total_ms ? h->total_ms : FETCH_TOTAL_MS));
        e |= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
        e |= curl_easy_setopt(c, CURLOPT_USERAGENT, "Schouders");
        e |= curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long) FETCH_BYTES);
        e |= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
        e |= curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
        e |= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, open_socket);
        e |= curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
        return e == CURLE_OK;
}

static bool add_header(struct curl_slist **list, const char *line) {
        struct curl_slist *more = curl_slist_append(*list, line);
        *list = more ? more : *list;
        return more != NULL;
}

static bool put_request(CURL *c, const struct oidc_request *r, struct arena *a, struct curl_slist **headers) {
        CURLcode e = curl_easy_setopt(c, CURLOPT_URL, str_z(a, r->url));
        bool good = add_header(headers, "Accept: application/json");
        if (r->authorization.n)
                good = good && add_header(headers, str_fmt(a, "Authorization: %.*s", STR(r->authorization)).p);
        if (r->form.p) {
                e |= curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long) r->form.n);
                e |= curl_easy_setopt(c, CURLOPT_COPYPOSTFIELDS, r->form.p);
                good = good && add_header(headers, "Expect:");  /* no waiting for 100 Continue */
        }
        e |= curl_easy_setopt(c, CURLOPT_HTTPHEADER, *headers);
        return good && e == CURLE_OK;
}

enum oidc_fault fetch(const struct oidc_http *h, struct arena *a, const struct oidc_request *r,
                      struct oidc_answer *ret) {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        *ret = (struct oidc_answer) { .status = 0 };
        if (!fetch_allows(h, r->url))
                return OIDC_URL;
        if (h->send)
                return h->send(h->ctx, a, r, ret);
        pthread_once(&once, start_curl);
        struct transfer t = { .http = h, .https = str_starts(r->url, S("https:")), .body = { .max = FETCH_BYTES } };
        _cleanup_(list_done) struct curl_slist *headers = NULL;
        _cleanup_(easy_done) CURL *c = curl_easy_init();
        if (!c || !configure(c, &t, a) || !put_request(c, r, a, &headers)) {
                ret->reason = "libcurl does not take the settings";
                return OIDC_UNREACHABLE;
        }
        CURLcode code = curl_easy_perform(c);
        enum oidc_fault f = fault_of(code, &t);
        if (f == OIDC_OK) {
                (void) curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &ret->status);
                ret->body = str_dup(a, buf_view(&t.body));
        } else {
                ret->reason = curl_easy_strerror(code);
        }
        buf_done(&t.body);
        return f;
}
