#include "assertion.h"
#include "json.h"

struct str assertion_claims(struct arena *a, struct str client_id, struct str audience, struct str jti, int64_t now_s,
                            int64_t life_s) {
        _cleanup_(buf_done) struct buf b = { .max = 8192 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        json_str(&j, "iss", client_id);
        json_str(&j, "sub", client_id);
        json_str(&j, "aud", audience);
        json_str(&j, "jti", jti);
        json_i64(&j, "iat", now_s);
        json_i64(&j, "exp", now_s + life_s);
        json_end_object(&j);
        return str_dup(a, buf_view(&b));
}
