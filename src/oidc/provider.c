#include "provider.h"
#include "jwks.h"
#include "strict.h"

#define ITEMS 256               /* of a list that is looked through */

bool provider_is_issuer(const struct oidc_http *h, struct str issuer) {
        return issuer.n <= OIDC_ISSUER_BYTES && fetch_allows(h, issuer) && str_index(issuer, '?') == issuer.n;
}

struct str provider_document(struct arena *a, struct str issuer) {
        if (str_ends(issuer, S("/")))
                issuer.n--;
        return str_fmt(a, "%.*s/.well-known/openid-configuration", STR(issuer));
}

/* The items of list NAME as bits, by BIT_OF; FALLBACK when there is no list. False when it is no list of strings. */
static bool read_set(const json_t *doc, const char *name, unsigned fallback, unsigned (*bit_of)(struct str),
                     unsigned *ret) {
        const json_t *list = json_object_get(doc, name), *one;
        size_t i;
        *ret = list ? 0 : fallback;
        if (list && (!json_is_array(list) || json_array_size(list) > ITEMS))
                return false;
        json_array_foreach (list, i, one) {
                if (!json_is_string(one))
                        return false;
                *ret |= bit_of((struct str) { json_string_value(one), json_string_length(one) });
        }
        return true;
}

static unsigned auth_of(struct str name) {
        return str_eq(name, S("client_secret_basic")) ? OIDC_AUTH_BASIC :
               str_eq(name, S("client_secret_post")) ? OIDC_AUTH_POST :
               str_eq(name, S("private_key_jwt")) ? OIDC_AUTH_KEY : 0;
}

static unsigned is_code(struct str name) {
        return str_eq(name, S("code"));
}

static unsigned is_s256(struct str name) {
        return str_eq(name, S("S256"));
}

static enum oidc_fault read_endpoint(const struct oidc_http *h, struct arena *a, const json_t *doc, const char *name,
                                     struct str *ret) {
        if (strict_text(a, doc, name, FETCH_URL_BYTES, ret) != MEMBER_GOOD)
                return OIDC_METADATA;
        return fetch_allows(h, *ret) ? OIDC_OK : OIDC_URL;
}

static enum oidc_fault read_endpoints(const struct oidc_http *h, struct arena *a, const json_t *doc,
                                      struct oidc_provider *p) {
        enum oidc_fault f = read_endpoint(h, a, doc, "authorization_endpoint", &p->authorization_endpoint);
        if (f == OIDC_OK)
                f = read_endpoint(h, a, doc, "token_endpoint", &p->token_endpoint);
        if (f == OIDC_OK)
                f = read_endpoint(h, a, doc, "jwks_uri", &p->jwks_uri);
        if (f == OIDC_OK && json_object_get(doc, "userinfo_endpoint"))
                f = read_endpoint(h, a, doc, "userinfo_endpoint", &p->userinfo_endpoint);
        return f;
}

enum oidc_fault provider_read(const struct oidc_http *h, struct arena *a, struct str issuer, struct str text,
                              struct oidc_provider *ret) {
        json_auto_t *doc = strict_object(text, FETCH_BYTES);
        unsigned code, s256;
        *ret = (struct oidc_provider) { .names_issuer = false };
        if (!doc)
                return OIDC_JSON;
        if (strict_text(a, doc, "issuer", OIDC_ISSUER_BYTES, &ret->issuer) != MEMBER_GOOD)
                return OIDC_METADATA;
        if (!str_eq(ret->issuer, issuer))
                return OIDC_METADATA_ISSUER;
        enum oidc_fault f = read_endpoints(h, a, doc, ret);
        if (f != OIDC_OK)
                return f;
        if (!read_set(doc, "response_types_supported", 1, is_code, &code) ||
            !read_set(doc, "code_challenge_methods_supported", 1, is_s256, &s256) ||
            !read_set(doc, "id_token_signing_alg_values_supported", JWS_RS256, jws_alg_of, &ret->id_token_algs) ||
            !read_set(doc, "token_endpoint_auth_methods_supported", OIDC_AUTH_BASIC, auth_of, &ret->auth_methods) ||
            !read_set(doc, "token_endpoint_auth_signing_alg_values_supported", JWS_ALL, jws_alg_of, &ret->auth_algs))
                return OIDC_METADATA;
        ret->names_issuer = json_is_true(json_object_get(doc, "authorization_response_iss_parameter_supported"));
        return code && s256 && ret->id_token_algs ? OIDC_OK : OIDC_UNSUPPORTED;
}

struct oidc_provider provider_dup(struct arena *a, const struct oidc_provider *p) {
        struct oidc_provider copy = *p;
        copy.issuer = str_dup(a, p->issuer);
        copy.authorization_endpoint = str_dup(a, p->authorization_endpoint);
        copy.token_endpoint = str_dup(a, p->token_endpoint);
        copy.jwks_uri = str_dup(a, p->jwks_uri);
        copy.userinfo_endpoint = str_dup(a, p->userinfo_endpoint);
        return copy;
}
