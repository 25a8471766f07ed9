#include "kept.h"
#include "base64url.h"

#define TIME_DIGITS 15

struct str oidc_kept_write(struct arena *a, const struct oidc_kept *k) {
        struct str issuer = base64url_write(a, k->issuer), path = base64url_write(a, k->return_path);
        return str_fmt(a, "1.%lld.%.*s.%.*s.%.*s.%.*s.%.*s", (long long) k->started_ms, STR(k->state), STR(k->nonce),
                       STR(k->verifier), STR(issuer), STR(path));
}

bool kept_is_return(struct str path) {
        if (path.n == 0)
                return true;
        if (path.n > KEPT_RETURN_BYTES || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/'))
                return false;
        for (size_t i = 0; i < path.n; i++)
                if ((unsigned char) path.p[i] <= ' ' || path.p[i] == 0x7f || path.p[i] == '\\')
                        return false;
        return true;
}

static bool read_time(struct str s, int64_t *ret) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        return s.n > 0 && s.n <= TIME_DIGITS && (s.n == 1 || s.p[0] != '0') && str_to_i64(s, ret);
}

static bool read_token(struct arena *a, struct str s, struct str *ret) {
        struct str bytes;
        if (s.n != KEPT_TOKEN || !base64url_read(a, s, &bytes))
                return false;
        *ret = str_dup(a, s);
        return true;
}

static bool is_visible(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] <= ' ' || s.p[i] >= 0x7f)
                        return false;
        return s.n > 0;
}

bool oidc_kept_read(struct arena *a, struct str text, struct oidc_kept *ret) {
        struct str part[7];
        size_t n = 0;
        *ret = (struct oidc_kept) { .started_ms = 0 };
        if (text.n == 0 || text.n > KEPT_BYTES)
                return false;
        while (n < 7 && str_split(&text, '.', &part[n]))
                n++;
        if (n != 7 || text.p || !str_eq(part[0], S("1")))
                return false;
        return read_time(part[1], &ret->started_ms) && read_token(a, part[2], &ret->state) &&
               read_token(a, part[3], &ret->nonce) && read_token(a, part[4], &ret->verifier) &&
               base64url_read(a, part[5], &ret->issuer) && ret->issuer.n <= KEPT_ISSUER_BYTES && is_visible(ret->issuer) &&
               base64url_read(a, part[6], &ret->return_path) && kept_is_return(ret->return_path);
}
