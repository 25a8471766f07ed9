#include "webauthn.h"

enum { HOST_MAX = 253, PORT_MAX = 65535 };

/* Labels of lower-case letters, digits and hyphens; the last not all digits, or it would be an address. */
static bool is_host(struct str s) {
        struct str rest = s, label = S("");
        if (s.n == 0 || s.n > HOST_MAX)
                return false;
        bool word = false;
        while (str_split(&rest, '.', &label)) {
                if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
                        return false;
                word = false;
                for (size_t i = 0; i < label.n; i++) {
                        char c = label.p[i];
                        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
                                return false;
                        word |= c >= 'a';
                }
        }
        return word;
}

static bool is_port(struct str s, bool tls) {
        int64_t n;
        return s.n > 0 && s.n <= 5 && s.p[0] >= '1' && s.p[0] <= '9' && str_to_i64(s, &n) && n <= PORT_MAX &&
               n != (tls ? 443 : 80);   /* a browser leaves the usual port out */
}

static bool is_below(struct str host, struct str rp_id) {
        return str_eq(host, rp_id) ||
               (host.n > rp_id.n && str_ends(host, rp_id) && host.p[host.n - rp_id.n - 1] == '.');
}

bool webauthn_site_valid(const struct webauthn_site *site) {
        bool tls = str_starts(site->origin, S("https://"));
        if ((!tls && !str_starts(site->origin, S("http://"))) || site->rp_name.n == 0)
                return false;
        struct str rest = str_sub(site->origin, tls ? 8 : 7, site->origin.n);
        size_t colon = str_index(rest, ':');
        struct str host = str_sub(rest, 0, colon);
        if (colon < rest.n && !is_port(str_sub(rest, colon + 1, rest.n), tls))
                return false;
        /* Browsers hand out passkeys without TLS to this name only. */
        bool local = str_eq(host, S("localhost")) || str_ends(host, S(".localhost"));
        return is_host(host) && is_host(site->rp_id) && is_below(host, site->rp_id) && (tls || local);
}
