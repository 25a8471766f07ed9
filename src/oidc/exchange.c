#include "exchange.h"
#include <sodium.h>
#include <strings.h>
#include "assertion.h"
#include "base64url.h"
#include "html.h"
#include "strict.h"

#define ASSERTION_S 60
#define FORM_BYTES ((size_t) 16 << 10)
#define ACCESS_TOKEN_BYTES ((size_t) 16 << 10)
#define ASSERTION_TYPE "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

struct str exchange_random(struct arena *a) {
        unsigned char bytes[32];
        randombytes_buf(bytes, sizeof bytes);
        return base64url_write(a, (struct str) { (const char *) bytes, sizeof bytes });
}

static void field(struct buf *b, const char *name, struct str value) {
        buf_fmt(b, "%s%s=", b->n ? "&" : "", name);
        html_urlpart(b, value);
}

/* RFC 6749 section 2.3.1: both are form-encoded before the base64. */
static struct str basic(struct arena *a, const struct oidc_client *client) {
        _cleanup_(buf_done) struct buf b = { .max = FORM_BYTES };
        html_urlpart(&b, client->client_id);
        buf_char(&b, ':');
        html_urlpart(&b, client->client_secret);
        size_t room = sodium_base64_encoded_len(b.n, sodium_base64_VARIANT_ORIGINAL);
        char *text = arena_alloc(a, room);
        sodium_bin2base64(text, room, (const unsigned char *) b.p, b.n, sodium_base64_VARIANT_ORIGINAL);
        sodium_memzero(b.p, b.n);
        return str_fmt(a, "Basic %s", text);
}

/* Core section 9. The audience is the address it is sent to, so that nobody else can use what he was given. */
static enum oidc_fault add_assertion(struct arena *a, const struct oidc_client *client, const struct oidc_provider *p,
                                     int64_t now_ms, struct buf *form) {
        struct str jwt, claims = assertion_claims(a, client->client_id, p->token_endpoint, exchange_random(a),
                                                  now_ms / 1000, ASSERTION_S);
        enum oidc_fault f = jws_sign(a, client->private_key_pem, p->auth_algs, claims, &jwt);
        if (f != OIDC_OK)
                return f;
        field(form, "client_id", client->client_id);
        field(form, "client_assertion_type", S(ASSERTION_TYPE));
        field(form, "client_assertion", jwt);
        return OIDC_OK;
}

static enum oidc_fault authenticate(struct arena *a, const struct oidc_client *client, const struct oidc_provider *p,
                                    int64_t now_ms, struct buf *form, struct str *authorization) {
        if (client->private_key_pem.n)
                return p->auth_methods & OIDC_AUTH_KEY ? add_assertion(a, client, p, now_ms, form) : OIDC_AUTH_METHOD;
        if (client->client_secret.n == 0)
                return OIDC_CLIENT;
        if (p->auth_methods & OIDC_AUTH_BASIC) {
                *authorization = basic(a, client);
                return OIDC_OK;
        }
        if (!(p->auth_methods & OIDC_AUTH_POST))
                return OIDC_AUTH_METHOD;
        field(form, "client_id", client->client_id);
        field(form, "client_secret", client->client_secret);
        return OIDC_OK;
}

/* The error of an answer when it is one of RFC 6749 section 5.2: nothing else from outside goes into the log. */
static const char *known_error(struct arena *a, struct str body) {
        static const char *const known[] = { "invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
                                             "unsupported_grant_type", "invalid_scope" };
        json_auto_t *o = strict_object(body, FETCH_BYTES);
        struct str error;
        if (!o || strict_text(a, o, "error", 64, &error) != MEMBER_GOOD)
                return NULL;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (str_eq(error, str_of(known[i])))
                        return known[i];
        return NULL;
}

/* Core section 3.1.3.3. */
static enum oidc_fault read_tokens(struct arena *a, struct str body, struct exchange_tokens *ret) {
        json_auto_t *o = strict_object(body, FETCH_BYTES);
        struct str type;
        *ret = (struct exchange_tokens) { .id_token = { NULL, 0 } };
        if (!o || strict_text(a, o, "id_token", JWS_BYTES, &ret->id_token) != MEMBER_GOOD ||
            strict_text(a, o, "token_type", 32, &type) != MEMBER_GOOD || strcasecmp(type.p, "Bearer") != 0)
                return OIDC_TOKEN_ANSWER;
        enum member m = strict_text(a, o, "access_token", ACCESS_TOKEN_BYTES, &ret->access_token);
        bool good = m == MEMBER_ABSENT || (m == MEMBER_GOOD && strict_visible(ret->access_token, ACCESS_TOKEN_BYTES));
        return good ? OIDC_OK : OIDC_TOKEN_ANSWER;
}

enum oidc_fault exchange_code(const struct oidc_http *h, struct arena *a, const struct oidc_client *client,
                              const struct oidc_provider *p, const struct oidc_kept *kept, struct str code,
                              int64_t now_ms, struct oidc_note *note, struct exchange_tokens *ret) {
        _cleanup_(buf_done) struct buf form = { .max = FORM_BYTES };
        struct oidc_request r = { .url = p->token_endpoint };
        struct oidc_answer answer;
        field(&form, "grant_type", S("authorization_code"));
        field(&form, "code", code);
        field(&form, "redirect_uri", client->redirect_uri);
        field(&form, "code_verifier", kept->verifier);
        enum oidc_fault f = authenticate(a, client, p, now_ms, &form, &r.authorization);
        if (f != OIDC_OK)
                return f;
        if (form.full)
                return OIDC_CLIENT;
        r.form = buf_view(&form);
        f = fetch(h, a, &r, &answer);
        sodium_memzero(form.p, form.n);
        *note = (struct oidc_note) { answer.status, answer.reason };
        if (f != OIDC_OK)
                return f;
        if (answer.status == 400 || answer.status == 401 || answer.status == 403) {
                note->reason = known_error(a, answer.body);
                return OIDC_EXCHANGE;
        }
        return answer.status == 200 ? read_tokens(a, answer.body, ret) : OIDC_STATUS;
}

enum oidc_fault exchange_userinfo(const struct oidc_http *h, struct arena *a, const struct oidc_provider *p,
                                  struct str access_token, struct oidc_note *note, struct str *ret) {
        struct oidc_request r = { .url = p->userinfo_endpoint };
        struct oidc_answer answer;
        r.authorization = str_fmt(a, "Bearer %.*s", STR(access_token));
        enum oidc_fault f = fetch(h, a, &r, &answer);
        *note = (struct oidc_note) { answer.status, answer.reason };
        *ret = answer.body;
        return f == OIDC_OK && answer.status != 200 ? OIDC_STATUS : f;
}
