#include "testprovider.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

struct testprovider provider;
struct arena a;
EVP_PKEY *first, *second, *ec;
struct oidc o;
const struct oidc_client client = {
        .issuer = S_INIT(ISSUER), .client_id = S_INIT("us & co"), .client_secret = S_INIT("s3cret:+%"),
        .redirect_uri = S_INIT("https://site.example/terug"), .roles_claim = S_INIT("groups"),
};

static struct str document(struct arena *to) {
        return str_fmt(to, "{\"issuer\":\"" ISSUER "\",\"authorization_endpoint\":\"" ISSUER "/auth?tenant=1\","
                       "\"token_endpoint\":\"" ISSUER "/token\",\"jwks_uri\":\"" ISSUER "/keys\","
                       "\"userinfo_endpoint\":\"" ISSUER "/me\",\"response_types_supported\":[\"code\"],"
                       "\"id_token_signing_alg_values_supported\":[\"RS256\",\"ES256\"]%s}", provider.more);
}

static enum oidc_fault answer(void *ctx, struct arena *to, const struct oidc_request *r, struct oidc_answer *ret) {
        (void) ctx;
        pthread_mutex_lock(&provider.lock);
        ret->status = provider.status ? provider.status : 200;
        if (str_eq(r->url, S(ISSUER "/.well-known/openid-configuration"))) {
                provider.discoveries++;
                ret->body = document(to);
        } else if (str_eq(r->url, S(ISSUER "/keys"))) {
                provider.key_fetches++;
                ret->body = str_dup(to, provider.keys);
        } else if (str_eq(r->url, S(ISSUER "/token"))) {
                provider.exchanges++;
                provider.form = str_dup(&provider.a, r->form);
                provider.authorization = str_dup(&provider.a, r->authorization);
                ret->status = provider.token_status ? provider.token_status : 200;
                ret->body = provider.token_answer;
        } else if (str_eq(r->url, S(ISSUER "/me"))) {
                provider.userinfos++;
                ret->body = provider.userinfo;
        } else {
                ret->status = 404;
        }
        pthread_mutex_unlock(&provider.lock);
        return OIDC_OK;
}

int testprovider_fresh(void **state) {
        (void) state;
        struct oidc_http http = { .send = answer };
        oidc_init(&o, &http);
        provider.more = "";
        provider.keys = str_fmt(&a, "{\"keys\":[%.*s]}", STR(testkeys_jwk(&a, first, "\"kid\":\"1\",")));
        provider.status = provider.token_status = 0;
        provider.discoveries = provider.key_fetches = provider.exchanges = provider.userinfos = 0;
        provider.userinfo = S("{\"sub\":\"s-1\"}");
        return 0;
}

int testprovider_done(void **state) {
        (void) state;
        oidc_done(&o);
        return 0;
}

struct walk begin(void) {
        struct walk w = { .client = client };
        struct oidc_provider p;
        struct str url;
        assert_int_equal(oidc_discover(&o, &a, client.issuer, NOW, &p), OIDC_OK);
        assert_int_equal(oidc_begin(&a, &client, &p, S("/kennis"), NOW, &w.kept, &url), OIDC_OK);
        w.back = (struct oidc_callback) { .code = S("c0de"), .state = w.kept.state };
        return w;
}

struct str claims(const struct walk *w, const char *aud, int64_t now_ms, const char *more) {
        return str_fmt(&a, "{\"iss\":\"" ISSUER "\",\"aud\":%s,\"exp\":%lld,\"iat\":%lld,\"nonce\":\"%.*s\",\"sub\":\"s-1\"%s}", aud,
                       (long long) (now_ms / 1000 + 300), (long long) (now_ms / 1000), STR(w->kept.nonce), more);
}

void give(struct str token) {
        provider.token_answer = str_fmt(&a, "{\"id_token\":\"%.*s\",\"access_token\":\"at\",\"token_type\":\"bearer\"}", STR(token));
}

void give_good(const struct walk *w, EVP_PKEY *key, const char *kid, int64_t now_ms) {
        give(testkeys_token(&a, key, "RS256", str_fmt(&a, "{\"alg\":\"RS256\"%s}", kid), claims(w, "\"us & co\"", now_ms, PERSON)));
}

enum oidc_fault finish(struct walk *w, int64_t now_ms) {
        return oidc_finish(&o, &a, &w->client, &w->kept, &w->back, now_ms, &w->who);
}

struct str parameter(struct str form, const char *name) {
        struct str one, key = str_fmt(&a, "%s=", name);
        while (str_split(&form, '&', &one))
                if (str_starts(one, key))
                        return str_sub(one, key.n, one.n);
        return (struct str) { NULL, 0 };
}

int testprovider_set_up(void **state) {
        (void) state;
        pthread_mutex_init(&provider.lock, NULL);
        first = testkeys_rsa(2048);
        second = testkeys_rsa(2048);
        ec = testkeys_ec("P-256");
        return 0;
}

int testprovider_tear_down(void **state) {
        (void) state;
        EVP_PKEY_free(first);
        EVP_PKEY_free(second);
        EVP_PKEY_free(ec);
        arena_done(&a);
        arena_done(&provider.a);
        return 0;
}
