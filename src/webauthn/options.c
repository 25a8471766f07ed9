#include "json.h"
#include "webauthn.h"

#define NAME_MAX_BYTES 1024     /* of a name; authenticators cut theirs at 64 */

static const int algs[] = { WEBAUTHN_ES256, WEBAUTHN_EDDSA, WEBAUTHN_RS256 };

static void put_bytes(struct arena *a, struct json *j, const char *key, struct str bytes) {
        json_str(j, key, webauthn_encode(a, bytes));
}

static void put_keys(struct arena *a, struct json *j, const char *key, const struct str *ids, size_t n) {
        json_array(j, key);
        for (size_t i = 0; i < n; i++) {
                json_object(j, NULL);
                json_str(j, "type", S("public-key"));
                put_bytes(a, j, "id", ids[i]);
                json_end_object(j);
        }
        json_end_array(j);
}

static bool are_fine(const struct webauthn_site *site, struct str challenge, const struct str *ids, size_t n,
                     int timeout_ms) {
        for (size_t i = 0; i < n && n <= WEBAUTHN_KEYS_MAX; i++)
                if (ids[i].n < WEBAUTHN_ID_MIN || ids[i].n > WEBAUTHN_ID_MAX)
                        return false;
        return webauthn_site_valid(site) && challenge.n == WEBAUTHN_CHALLENGE && n <= WEBAUTHN_KEYS_MAX &&
               timeout_ms >= 1000 && timeout_ms <= 600000;
}

static struct str verification(bool require_uv) {
        return require_uv ? S("required") : S("preferred");
}

static enum err finish(struct arena *a, const struct buf *out, struct str *ret) {
        if (out->full)
                return err_log(ERR_INTERNAL, "passkey: the options are too large");
        *ret = str_dup(a, buf_view(out));
        return OK;
}

enum err webauthn_creation_json(struct arena *a, const struct webauthn_site *site, const struct webauthn_creation *ask,
                                struct str *ret) {
        _cleanup_(buf_done) struct buf out = { .max = 0 };
        struct json j = { .out = &out };
        *ret = S("");
        if (!are_fine(site, ask->challenge, ask->exclude, ask->excluded, ask->timeout_ms) || ask->user_id.n == 0 ||
            ask->user_id.n > WEBAUTHN_USER_ID_MAX || ask->name.n == 0 || ask->name.n > NAME_MAX_BYTES ||
            ask->display_name.n > NAME_MAX_BYTES)
                return err_log(ERR_INTERNAL, "passkey: a part of the creation options is out of range");
        json_object(&j, NULL);
        put_bytes(a, &j, "challenge", ask->challenge);
        json_object(&j, "rp");
        json_str(&j, "id", site->rp_id);
        json_str(&j, "name", site->rp_name);
        json_end_object(&j);
        json_object(&j, "user");
        put_bytes(a, &j, "id", ask->user_id);
        json_str(&j, "name", ask->name);
        json_str(&j, "displayName", ask->display_name);
        json_end_object(&j);
        json_array(&j, "pubKeyCredParams");
        for (size_t i = 0; i < sizeof algs / sizeof *algs; i++) {
                json_object(&j, NULL);
                json_str(&j, "type", S("public-key"));
                json_i64(&j, "alg", algs[i]);
                json_end_object(&j);
        }
        json_end_array(&j);
        put_keys(a, &j, "excludeCredentials", ask->exclude, ask->excluded);
        json_str(&j, "attestation", S("none"));
        json_object(&j, "authenticatorSelection");
        json_str(&j, "residentKey", ask->resident ? S("required") : S("preferred"));
        json_bool(&j, "requireResidentKey", ask->resident);     /* the same for browsers of Level 1 (5.4.4) */
        json_str(&j, "userVerification", verification(ask->require_uv));
        json_end_object(&j);
        json_i64(&j, "timeout", ask->timeout_ms);
        json_end_object(&j);
        return finish(a, &out, ret);
}

enum err webauthn_request_json(struct arena *a, const struct webauthn_site *site, const struct webauthn_request *ask,
                               struct str *ret) {
        _cleanup_(buf_done) struct buf out = { .max = 0 };
        struct json j = { .out = &out };
        *ret = S("");
        if (!are_fine(site, ask->challenge, ask->allow, ask->allowed, ask->timeout_ms))
                return err_log(ERR_INTERNAL, "passkey: a part of the request options is out of range");
        json_object(&j, NULL);
        put_bytes(a, &j, "challenge", ask->challenge);
        json_str(&j, "rpId", site->rp_id);
        put_keys(a, &j, "allowCredentials", ask->allow, ask->allowed);
        json_str(&j, "userVerification", verification(ask->require_uv));
        json_i64(&j, "timeout", ask->timeout_ms);
        json_end_object(&j);
        return finish(a, &out, ret);
}
