#include "oidc.h"
#include <sodium.h>
#include "base64url.h"
#include "exchange.h"
#include "html.h"
#include "log.h"
#include "strict.h"

#define CODE_BYTES 4096

void oidc_init(struct oidc *o, const struct oidc_http *http) {
        o->http = *http;
        cache_init(&o->cache);
}

void oidc_done(struct oidc *o) {
        cache_done(&o->cache);
}

static enum oidc_fault say(enum oidc_fault f, struct str issuer, const struct oidc_note *note) {
        if (f != OIDC_OK)
                log_event(LOG_WARN, "oidc", LOG_STR("code", str_of(oidc_fault_name(f))),
                          LOG_STR("text", str_of(oidc_fault_text(f))), LOG_STR("issuer", str_sub(issuer, 0, 200)),
                          LOG_INT("status", note->status),
                          LOG_STR("reason", note->reason ? str_of(note->reason) : S("")));
        return f;
}

enum oidc_fault oidc_discover(struct oidc *o, struct arena *a, struct str issuer, int64_t now_ms,
                              struct oidc_provider *ret) {
        struct oidc_note note = { .status = 0 };
        return say(cache_provider(&o->cache, &o->http, a, issuer, now_ms, &note, ret), issuer, &note);
}

/* Words of visible letters with one space between, "openid" among them (RFC 6749 section 3.3). */
static bool is_scope(struct str scope) {
        struct str word;
        bool openid = false;
        while (str_split(&scope, ' ', &word)) {
                if (!strict_visible(word, 255))
                        return false;
                openid = openid || str_eq(word, S("openid"));
        }
        return openid;
}

static struct str scope_of(const struct oidc_client *client) {
        return client->scope.n ? client->scope : S(OIDC_SCOPE);
}

/* RFC 6749 appendix A.1: spaces are allowed. */
static bool is_client_id(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < ' ' || s.p[i] >= 0x7f)
                        return false;
        return s.n > 0 && s.n <= 255;
}

static bool is_complete(const struct oidc_client *client, const struct oidc_provider *p) {
        return str_eq(client->issuer, p->issuer) && is_client_id(client->client_id) &&
               (client->private_key_pem.n || client->client_secret.n) && client->client_secret.n <= 1024 &&
               strict_visible(client->redirect_uri, FETCH_URL_BYTES) &&
               client->roles_claim.n <= 255 && client->scope.n <= 1024 && is_scope(scope_of(client));
}

static void parameter(struct buf *b, const char *name, struct str value) {
        buf_fmt(b, "&%s=", name);
        html_urlpart(b, value);
}

enum oidc_fault oidc_begin(struct arena *a, const struct oidc_client *client, const struct oidc_provider *p,
                           struct str return_path, int64_t now_ms, struct oidc_kept *kept, struct str *url) {
        struct oidc_note note = { .status = 0 };
        unsigned char digest[crypto_hash_sha256_BYTES];
        _cleanup_(buf_done) struct buf b = { .max = (size_t) 16 << 10 };
        if (!is_complete(client, p))
                return say(OIDC_CLIENT, client->issuer, &note);
        if (sodium_init() < 0)
                return say(OIDC_CRYPTO, client->issuer, &note);
        *kept = (struct oidc_kept) {
                .started_ms = now_ms, .state = exchange_random(a), .nonce = exchange_random(a),
                .verifier = exchange_random(a), .issuer = client->issuer,
                .return_path = kept_is_return(return_path) ? return_path : S(""),
        };
        /* RFC 7636 section 4.2 */
        crypto_hash_sha256(digest, (const unsigned char *) kept->verifier.p, kept->verifier.n);
        /* RFC 6749 section 3.1: a query that the endpoint has already stays. */
        bool has_query = str_index(p->authorization_endpoint, '?') < p->authorization_endpoint.n;
        buf_str(&b, p->authorization_endpoint);
        buf_fmt(&b, "%sresponse_type=code", has_query ? "&" : "?");
        parameter(&b, "client_id", client->client_id);
        parameter(&b, "redirect_uri", client->redirect_uri);
        parameter(&b, "scope", scope_of(client));
        parameter(&b, "state", kept->state);
        parameter(&b, "nonce", kept->nonce);
        parameter(&b, "code_challenge", base64url_write(a, (struct str) { (const char *) digest, sizeof digest }));
        parameter(&b, "code_challenge_method", S("S256"));
        *url = str_dup(a, buf_view(&b));
        return b.full ? say(OIDC_CLIENT, client->issuer, &note) : OIDC_OK;
}

/* What can be said of the callback without asking anybody. The order matters: nothing of a callback that is not ours is
 * looked at. */
static enum oidc_fault check_callback(const struct oidc_client *client, const struct oidc_kept *kept,
                                      const struct oidc_callback *back, int64_t now_ms) {
        if (kept->state.n != KEPT_TOKEN || kept->verifier.n != KEPT_TOKEN || !str_eq(kept->issuer, client->issuer))
                return OIDC_KEPT;
        if (now_ms - kept->started_ms > OIDC_SIGN_IN_MS || kept->started_ms - now_ms > CLAIMS_LEEWAY_S * 1000)
                return OIDC_LATE;
        if (back->state.n != KEPT_TOKEN || sodium_memcmp(back->state.p, kept->state.p, KEPT_TOKEN) != 0)
                return OIDC_STATE;
        if (back->iss.n && !str_eq(back->iss, client->issuer))
                return OIDC_CALLBACK_ISSUER;
        if (back->error.n)
                return OIDC_DECLINED;
        return strict_visible(back->code, CODE_BYTES) ? OIDC_OK : OIDC_CODE;
}

/* One sign-in on its way through the checks. */
struct finish {
        struct oidc *o;
        struct arena *a;
        const struct oidc_client *client;
        const struct oidc_kept *kept;
        int64_t now_ms;
        struct oidc_provider provider;
        struct exchange_tokens tokens;
        struct oidc_note note;
};

static enum oidc_fault check_signature(struct finish *s, const struct jws *t, bool again) {
        struct jwk key;
        enum oidc_fault f = cache_key(&s->o->cache, &s->o->http, s->a, s->client->issuer, t->alg, t->kid, again, s->now_ms,
                                      &s->note, &key);
        return f == OIDC_OK ? jws_verify(t, &key) : f;
}

static enum oidc_fault check_token(struct finish *s, struct oidc_identity *ret) {
        struct jws t;
        enum oidc_fault f = jws_read(s->a, s->tokens.id_token, &t);
        if (f != OIDC_OK)
                return f;
        if (!(t.alg & s->provider.id_token_algs))
                return OIDC_TOKEN_ALG;
        f = check_signature(s, &t, false);
        /* A provider with one nameless key may have changed it. */
        if (f == OIDC_SIGNATURE && t.kid.n == 0)
                f = check_signature(s, &t, true);
        if (f != OIDC_OK)
                return f;
        struct claims_wanted want = { .issuer = s->client->issuer, .client_id = s->client->client_id,
                                      .nonce = s->kept->nonce, .roles_claim = s->client->roles_claim,
                                      .access_token = s->tokens.access_token };
        return claims_check(s->a, t.payload, &want, s->now_ms, ret);
}

/* Core section 5.4: with a code flow many providers keep email and profile for the UserInfo endpoint. */
static enum oidc_fault ask_userinfo(struct finish *s, struct oidc_identity *who) {
        struct str answer;
        bool complete = who->email.n && who->name.n && (who->has_roles || s->client->roles_claim.n == 0);
        if (complete || s->provider.userinfo_endpoint.n == 0 || s->tokens.access_token.n == 0)
                return OIDC_OK;
        enum oidc_fault f = exchange_userinfo(&s->o->http, s->a, &s->provider, s->tokens.access_token, &s->note, &answer);
        return f == OIDC_OK ? claims_add(s->a, answer, s->client->roles_claim, who) : f;
}

static enum oidc_fault run(struct finish *s, const struct oidc_callback *back, struct oidc_identity *ret) {
        enum oidc_fault f = check_callback(s->client, s->kept, back, s->now_ms);
        if (f == OIDC_OK)
                f = cache_provider(&s->o->cache, &s->o->http, s->a, s->client->issuer, s->now_ms, &s->note, &s->provider);
        if (f == OIDC_OK && s->provider.names_issuer && back->iss.n == 0)
                f = OIDC_CALLBACK_ISSUER;
        if (f == OIDC_OK && !is_complete(s->client, &s->provider))
                f = OIDC_CLIENT;
        if (f == OIDC_OK)
                f = exchange_code(&s->o->http, s->a, s->client, &s->provider, s->kept, back->code, s->now_ms, &s->note,
                                  &s->tokens);
        s->note = f == OIDC_OK ? (struct oidc_note) { .status = 0 } : s->note;
        if (f == OIDC_OK)
                f = check_token(s, ret);
        return f == OIDC_OK ? ask_userinfo(s, ret) : f;
}

enum oidc_fault oidc_finish(struct oidc *o, struct arena *a, const struct oidc_client *client,
                            const struct oidc_kept *kept, const struct oidc_callback *callback, int64_t now_ms,
                            struct oidc_identity *ret) {
        struct finish s = { .o = o, .a = a, .client = client, .kept = kept, .now_ms = now_ms };
        struct oidc_identity who;
        *ret = (struct oidc_identity) { .roles = NULL };
        enum oidc_fault f = run(&s, callback, &who);
        if (f == OIDC_OK)
                *ret = who;
        return say(f, client->issuer, &s.note);
}
