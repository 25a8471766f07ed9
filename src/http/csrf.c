#include "csrf.h"
#include <sodium.h>
#include <string.h>
#include <strings.h>
#include "base64url.h"

#define MAC 32
#define SIGNED (CSRF_NONCE + 8)

/* The prefix keeps these signatures apart from others made with the same key. */
static void sign(const unsigned char key[32], struct str session, const unsigned char *p, unsigned char ret[MAC]) {
        static const char purpose[] = "form token 1";
        crypto_generichash_state st;
        crypto_generichash_init(&st, key, 32, MAC);
        crypto_generichash_update(&st, (const unsigned char *) purpose, sizeof purpose);
        crypto_generichash_update(&st, p, SIGNED);
        crypto_generichash_update(&st, (const unsigned char *) session.p, session.n);
        crypto_generichash_final(&st, ret, MAC);
}

void csrf_make(const unsigned char key[32], struct str session, const unsigned char nonce[CSRF_NONCE], int64_t now_ms,
               char ret[CSRF_TOKEN_MAX]) {
        unsigned char raw[SIGNED + MAC];
        memcpy(raw, nonce, CSRF_NONCE);
        for (int i = 0; i < 8; i++)
                raw[CSRF_NONCE + i] = (unsigned char) ((uint64_t) now_ms >> (56 - 8 * i));
        sign(key, session, raw, raw + SIGNED);
        sodium_bin2base64(ret, CSRF_TOKEN_MAX, raw, sizeof raw, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

enum csrf_result csrf_check(const unsigned char key[32], struct str session, struct str token, int64_t now_ms,
                            char ret[CSRF_NONCE_MAX]) {
        unsigned char raw[SIGNED + MAC], mac[MAC];
        size_t n = 0;
        ret[0] = '\0';
        if (!base64url_decode(token, raw, sizeof raw, &n) || n != sizeof raw)
                return CSRF_BAD;
        sign(key, session, raw, mac);
        if (sodium_memcmp(mac, raw + SIGNED, MAC) != 0)
                return CSRF_BAD;
        uint64_t ms = 0;
        for (int i = 0; i < 8; i++)
                ms = ms << 8 | raw[CSRF_NONCE + i];
        sodium_bin2base64(ret, CSRF_NONCE_MAX, raw, CSRF_NONCE, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        int64_t age = now_ms - (int64_t) ms;
        /* another server's clock may be a little ahead */
        return age > CSRF_AGE_MS || age < -5 * 60 * 1000 ? CSRF_OLD : CSRF_OK;
}

static bool equal_nocase(struct str a, struct str b) {
        return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

/* "https://site.nl:443/pad" -> "site.nl": host with a port that is not the scheme's own. "" when it is not a URL. */
static struct str authority(struct str url, struct str *port) {
        struct str rest;
        if (str_starts(url, S("https://"))) {
                rest = str_sub(url, 8, url.n);
                *port = S(":443");
        } else if (str_starts(url, S("http://"))) {
                rest = str_sub(url, 7, url.n);
                *port = S(":80");
        } else {
                return S("");
        }
        rest = str_sub(rest, 0, str_index(rest, '/'));
        return str_sub(rest, 0, str_index(rest, '?'));
}

static bool names_host(struct str url, struct str host) {
        struct str port = S(""), a = authority(url, &port);
        if (a.n == 0 || host.n == 0 || str_index(a, '@') < a.n)
                return false;
        if (str_ends(a, port))
                a.n -= port.n;
        if (str_ends(host, port))
                host.n -= port.n;
        return equal_nocase(a, host);
}

bool csrf_same_site(struct str host, struct str origin, struct str referer, struct str fetch_site) {
        if (fetch_site.p && !str_eq(fetch_site, S("same-origin")) && !str_eq(fetch_site, S("none")))
                return false;
        if (origin.p)
                return names_host(origin, host);
        return !referer.p || names_host(referer, host);
}
