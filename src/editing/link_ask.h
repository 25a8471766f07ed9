/* link_ask.h - does an address still answer? Asked with HEAD and, where that does not do, GET, of which nothing is read. Only http and
 * https; every address that is connected to must be a public one, also behind a redirect, so that a text cannot make this program look
 * into its own network (OWASP ASVS 5.0, 1.3.6; RFC 6890). */
#ifndef EDITING_LINK_ASK_H
#define EDITING_LINK_ASK_H
#include <sys/socket.h>
#include "str.h"

#define LINK_CONNECT_MS 5000
#define LINK_TOTAL_MS 10000
#define LINK_REDIRECTS 5

struct link_rules {
        bool allow_loopback;            /* for tests: addresses of this machine */
        int total_ms;                   /* 0 for LINK_TOTAL_MS */
};
/* "" when URL answers, or refuses programs only (401, 403, 429); else why not: a Dutch sentence part, static. Waits at most twice
 * total_ms. */
struct str link_ask(const struct link_rules *rules, struct str url);

/* May PEER be connected to? */
bool link_may_connect(const struct link_rules *rules, const struct sockaddr *peer);

#endif
