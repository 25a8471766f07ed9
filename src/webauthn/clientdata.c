#include "clientdata.h"
/* jansson and base/json.h share names (json_object), so no file may include both. */
#include <jansson.h>
#include <sodium.h>
#include "base64url.h"

#define BRACKETS_MAX 64

/* jansson goes one call deeper for each bracket; honest client data has about two. */
static bool is_flat(struct str json) {
        size_t n = 0;
        for (size_t i = 0; i < json.n; i++)
                n += json.p[i] == '{' || json.p[i] == '[';
        return n <= BRACKETS_MAX;
}

static void drop(json_t **j) {
        json_decref(*j);
}

/* The text of member KEY; p is NULL when it is absent or no text. */
static struct str text(const json_t *object, const char *key) {
        const json_t *v = json_object_get(object, key);
        return (struct str) { json_string_value(v), v ? json_string_length(v) : 0 };
}

static bool is_challenge(struct str sent, struct str ours) {
        unsigned char raw[WEBAUTHN_CHALLENGE];
        size_t n;
        return ours.n == sizeof raw && base64url_decode(sent, raw, sizeof raw, &n) && n == sizeof raw &&
               sodium_memcmp(raw, ours.p, n) == 0;
}

/* TLS with token binding is not spoken here; a browser that used it spoke to somebody else (7.1, step 10). */
static bool is_token_bound(const json_t *object) {
        const json_t *binding = json_object_get(object, "tokenBinding");
        struct str status = text(binding, "status");
        return binding && (!status.p || str_eq(status, S("present")));
}

static enum webauthn_fault check(const struct webauthn_site *site, struct str type, struct str challenge,
                                 const json_t *object) {
        struct str t = text(object, "type"), c = text(object, "challenge"), o = text(object, "origin");
        const json_t *cross = json_object_get(object, "crossOrigin");
        if (!t.p || !c.p || !o.p || (cross && !json_is_boolean(cross)) || is_token_bound(object))
                return WEBAUTHN_CLIENT_DATA;
        if (!str_eq(t, type))
                return WEBAUTHN_TYPE;
        if (!is_challenge(c, challenge))
                return WEBAUTHN_CHALLENGE_OTHER;
        if (!str_eq(o, site->origin))
                return WEBAUTHN_ORIGIN;
        /* topOrigin is Level 3: present only in a frame of another site. */
        if (json_is_true(cross) || json_object_get(object, "topOrigin"))
                return WEBAUTHN_CROSS_ORIGIN;
        return WEBAUTHN_FINE;
}

enum webauthn_fault clientdata_check(const struct webauthn_site *site, struct str type, struct str challenge,
                                     struct str json) {
        if (json.n > WEBAUTHN_CLIENT_DATA_MAX)
                return WEBAUTHN_TOO_LARGE;
        if (json.n == 0 || !is_flat(json))
                return WEBAUTHN_CLIENT_DATA;
        json_error_t error;
        _cleanup_(drop) json_t *object = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &error);
        return json_is_object(object) ? check(site, type, challenge, object) : WEBAUTHN_CLIENT_DATA;
}
