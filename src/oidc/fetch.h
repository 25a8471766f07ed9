/* fetch.h - HTTP to providers, by libcurl: short, small, never redirected.
 *
 * TLS from 1.2 on, certificate and name checked. Addresses come from administrators (issuer) and from what the issuer
 * publishes. Private addresses are allowed, because identity providers of municipalities stand on internal networks;
 * refused are link-local ones (where clouds keep credentials), multicast, "this host" and, unless allow_loopback_http,
 * loopback. The check is on the address that is connected to, so that a name cannot change between check and use. With a
 * proxy the proxy resolves names, and the check is the proxy's task. */
#ifndef OIDC_FETCH_H
#define OIDC_FETCH_H
#include <sys/socket.h>
#include "oidc_fault.h"

#define FETCH_BYTES ((size_t) 256 << 10)        /* of an answer */
#define FETCH_URL_BYTES 2048
#define FETCH_CONNECT_MS 3000
#define FETCH_TOTAL_MS 8000

struct oidc_request {
        struct str url;
        struct str form;        /* application/x-www-form-urlencoded for a POST; form.p NULL for a GET */
        struct str authorization; /* value of the Authorization header, or "" */
};
struct oidc_answer {
        long status;            /* 0 when there was no answer */
        struct str body;
        const char *reason;     /* static text for the log, of a connection that failed */
};

/* Settings of all requests; zeroes are fine. Texts are borrowed for as long as it is used. */
struct oidc_http {
        bool allow_loopback_http;       /* for tests: http and https to 127.0.0.0/8, ::1 and "localhost" */
        struct str proxy;               /* "" for none: the environment is not looked at */
        struct str ca_file;             /* PEM with trusted authorities; "" for those of the system */
        int connect_ms, total_ms;       /* 0 for FETCH_CONNECT_MS and FETCH_TOTAL_MS */
        /* For tests: answers instead of the network. Must be safe for several threads. */
        enum oidc_fault (*send)(void *ctx, struct arena *a, const struct oidc_request *r, struct oidc_answer *ret);
        void *ctx;
};

/* True for an https URL (or http to a loopback host when that is allowed) of visible ASCII, at most FETCH_URL_BYTES, with a
 * host, without user, password or fragment (OIDC Discovery section 3, RFC 6749 section 3.1). */
bool fetch_allows(const struct oidc_http *h, struct str url);

/* True when PEER, a socket address, may be connected to for a URL with https (or without). */
bool fetch_may_connect(const struct oidc_http *h, bool https, const struct sockaddr *peer);

/* Sends R and waits: at most total_ms. OIDC_OK for any HTTP status, also 3xx, with the body in A; else OIDC_URL,
 * OIDC_UNREACHABLE, OIDC_TLS, OIDC_TIMEOUT, OIDC_TOO_LARGE, OIDC_ADDRESS. Logs nothing. Safe for several threads. */
_must_use_ enum oidc_fault fetch(const struct oidc_http *h, struct arena *a, const struct oidc_request *r,
                                 struct oidc_answer *ret);

#endif
