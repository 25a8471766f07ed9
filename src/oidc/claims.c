#include "claims.h"
#include <sodium.h>
#include "base64url.h"
#include "jws.h"
#include "strict.h"

#define AUDIENCES 64
#define URL_BYTES 2048

static bool equal_in_constant_time(struct str x, struct str y) {
        return x.n == y.n && sodium_memcmp(x.p, y.p, x.n) == 0;
}

/* Core section 3.1.3.7, rules 3 to 5. */
static enum oidc_fault check_audience(struct arena *a, const json_t *c, struct str client_id) {
        const json_t *aud = json_object_get(c, "aud"), *one;
        struct str azp = { NULL, 0 };
        size_t i, n = 1;
        bool found = false;
        enum member party = strict_text(a, c, "azp", URL_BYTES, &azp);
        if (json_is_string(aud)) {
                found = str_eq((struct str) { json_string_value(aud), json_string_length(aud) }, client_id);
        } else {
                n = json_array_size(aud);
                if (!json_is_array(aud) || n == 0 || n > AUDIENCES)
                        return OIDC_CLAIMS;
                json_array_foreach (aud, i, one) {
                        if (!json_is_string(one))
                                return OIDC_CLAIMS;
                        found = found || str_eq((struct str) { json_string_value(one), json_string_length(one) }, client_id);
                }
        }
        if (!found)
                return OIDC_AUDIENCE;
        if (party == MEMBER_BAD || (party == MEMBER_ABSENT && n > 1) || (party == MEMBER_GOOD && !str_eq(azp, client_id)))
                return OIDC_PARTY;
        return OIDC_OK;
}

/* Core section 3.1.3.7, rules 9 and 10. */
static enum oidc_fault check_times(const json_t *c, int64_t now_s) {
        int64_t exp, iat, nbf = 0;
        if (strict_seconds(c, "exp", &exp) != MEMBER_GOOD || strict_seconds(c, "iat", &iat) != MEMBER_GOOD ||
            strict_seconds(c, "nbf", &nbf) == MEMBER_BAD)
                return OIDC_CLAIMS;
        if (exp + CLAIMS_LEEWAY_S <= now_s)
                return OIDC_EXPIRED;
        if (iat > now_s + CLAIMS_LEEWAY_S || nbf > now_s + CLAIMS_LEEWAY_S)
                return OIDC_FUTURE;
        return iat + CLAIMS_AGE_S + CLAIMS_LEEWAY_S < now_s ? OIDC_OLD : OIDC_OK;
}

static enum oidc_fault read_sub(struct arena *a, const json_t *c, struct str *ret) {
        switch (strict_text(a, c, "sub", CLAIMS_SUB_BYTES, ret)) {
        case MEMBER_ABSENT:
                return OIDC_CLAIMS;
        case MEMBER_BAD:
                return OIDC_SUBJECT;
        case MEMBER_GOOD:
                break;
        }
        for (size_t i = 0; i < ret->n; i++)
                if ((unsigned char) ret->p[i] >= 0x80)
                        return OIDC_SUBJECT;
        return OIDC_OK;
}

/* Core section 3.1.3.6: the left half of the hash of the access token; all three algorithms hash with SHA-256. */
static enum oidc_fault check_token_hash(struct arena *a, const json_t *c, struct str access_token) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        struct str hash;
        enum member m = strict_text(a, c, "at_hash", 64, &hash);
        if (m == MEMBER_ABSENT || access_token.n == 0)
                return OIDC_OK;
        crypto_hash_sha256(digest, (const unsigned char *) access_token.p, access_token.n);
        struct str want = base64url_write(a, (struct str) { (const char *) digest, sizeof digest / 2 });
        return m == MEMBER_GOOD && str_eq(hash, want) ? OIDC_OK : OIDC_TOKEN_HASH;
}

/* The claim called NAME, or behind the points of NAME ("realm_access.roles"). A name with points may also stand as it is:
 * some providers use URLs. */
static const json_t *find_claim(struct arena *a, const json_t *c, struct str name) {
        const json_t *v = json_object_get(c, str_z(a, name));
        struct str part;
        if (v)
                return v;
        for (v = c; v && str_split(&name, '.', &part);)
                v = json_object_get(v, str_z(a, part));
        return v;
}

static bool add_role(struct arena *a, const json_t *v, struct oidc_identity *who) {
        struct str s = { json_string_value(v), json_string_length(v) };
        if (!json_is_string(v) || s.n > CLAIMS_ROLE_BYTES)
                return false;
        for (size_t i = 0; i < s.n; i++)
                if ((unsigned char) s.p[i] < ' ' || s.p[i] == 0x7f)
                        return false;
        if (s.n)
                who->roles[who->role_count++] = str_dup(a, s);
        return true;
}

static enum oidc_fault read_roles(struct arena *a, const json_t *c, struct str name, struct oidc_identity *who) {
        const json_t *v = name.n && !who->has_roles ? find_claim(a, c, name) : NULL, *one;
        size_t i, n = json_is_array(v) ? json_array_size(v) : 1;
        if (!v || json_is_null(v))
                return OIDC_OK;
        if (n > CLAIMS_ROLES)
                return OIDC_ROLES;
        who->roles = arena_many(a, struct str, n);
        who->has_roles = true;
        if (!json_is_array(v))
                return add_role(a, v, who) ? OIDC_OK : OIDC_ROLES;
        json_array_foreach (v, i, one)
                if (!add_role(a, one, who))
                        return OIDC_ROLES;
        return OIDC_OK;
}

static bool is_address(struct str s) {
        size_t at = str_index(s, '@');
        return at > 0 && at + 1 < s.n && str_index(str_sub(s, at + 1, s.n), '@') == s.n - at - 1;
}

/* Core section 5.1. email_verified counts only for the address that stands beside it. */
static void read_person(struct arena *a, const json_t *c, struct oidc_identity *who) {
        struct str s;
        if (who->email.n == 0 && strict_text(a, c, "email", 254, &s) == MEMBER_GOOD && is_address(s)) {
                who->email = s;
                who->email_verified = json_is_true(json_object_get(c, "email_verified"));
        }
        if (who->name.n == 0 && strict_text(a, c, "name", 255, &s) == MEMBER_GOOD)
                who->name = s;
}

enum oidc_fault claims_check(struct arena *a, struct str payload, const struct claims_wanted *want, int64_t now_ms,
                             struct oidc_identity *ret) {
        json_auto_t *c = strict_object(payload, JWS_BYTES);
        struct str nonce = { NULL, 0 };
        enum oidc_fault f;
        *ret = (struct oidc_identity) { .roles = NULL };
        if (!c || strict_text(a, c, "iss", URL_BYTES, &ret->issuer) != MEMBER_GOOD)
                return OIDC_CLAIMS;
        if (!str_eq(ret->issuer, want->issuer))
                return OIDC_ISSUER;
        if ((f = check_audience(a, c, want->client_id)) != OIDC_OK || (f = check_times(c, now_ms / 1000)) != OIDC_OK)
                return f;
        if (want->nonce.n == 0 || strict_text(a, c, "nonce", URL_BYTES, &nonce) != MEMBER_GOOD ||
            !equal_in_constant_time(nonce, want->nonce))
                return OIDC_NONCE;
        if ((f = read_sub(a, c, &ret->sub)) != OIDC_OK || (f = check_token_hash(a, c, want->access_token)) != OIDC_OK)
                return f;
        read_person(a, c, ret);
        return read_roles(a, c, want->roles_claim, ret);
}

enum oidc_fault claims_add(struct arena *a, struct str answer, struct str roles_claim, struct oidc_identity *who) {
        json_auto_t *c = strict_object(answer, JWS_BYTES);
        struct str sub;
        if (!c || read_sub(a, c, &sub) != OIDC_OK || !str_eq(sub, who->sub))
                return OIDC_USERINFO;
        read_person(a, c, who);
        return read_roles(a, c, roles_claim, who);
}
