#include "flow.h"
#include <sodium.h>
#include "buf.h"
#include "redirect.h"
#include "webauthn.h"

#define AD S("flow")
#define COOKIE_MAX 2048                 /* bytes inside the base64url */

_Static_assert(FLOW_CHALLENGE == WEBAUTHN_CHALLENGE && FLOW_VERDER_MAX == REDIRECT_MAX, "flow.h repeats these numbers");

struct flow flow_new(struct arena *a, enum flow_kind kind, int64_t person_id, struct str method, struct str verder, int64_t now_ms) {
        char challenge[FLOW_CHALLENGE];
        randombytes_buf(challenge, sizeof challenge);
        return (struct flow) {
                .kind = kind, .person_id = person_id, .started_ms = now_ms, .method = method,
                .verder = redirect_is_local(verder) ? verder : S(""),
                .challenge = str_dup(a, (struct str) { challenge, sizeof challenge }),
        };
}

static void put_number(struct buf *b, uint64_t v, int bytes) {
        for (int i = 0; i < bytes; i++)
                buf_char(b, (char) (v >> 8 * i & 0xff));
}

static bool take_number(struct str *s, int bytes, uint64_t *ret) {
        *ret = 0;
        if (s->n < (size_t) bytes)
                return false;
        for (int i = 0; i < bytes; i++)
                *ret |= (uint64_t) (unsigned char) s->p[i] << 8 * i;
        *s = str_sub(*s, (size_t) bytes, s->n);
        return true;
}

static bool take_text(struct str *s, size_t n, struct str *ret) {
        if (s->n < n)
                return false;
        *ret = str_sub(*s, 0, n);
        *s = str_sub(*s, n, s->n);
        return true;
}

struct str flow_write(struct arena *a, const struct flow *f) {
        _cleanup_(buf_done) struct buf b = { 0 };
        put_number(&b, f->kind, 1);
        put_number(&b, (uint64_t) f->person_id, 8);
        put_number(&b, (uint64_t) f->started_ms, 8);
        buf_str(&b, f->challenge);
        put_number(&b, f->method.n, 1);
        buf_str(&b, f->method);
        put_number(&b, f->verder.n, 2);
        buf_str(&b, f->verder);
        return str_dup(a, buf_view(&b));
}

enum err flow_parse(struct str bytes, struct flow *ret) {
        uint64_t kind, person, started, n;
        struct flow f = { 0 };
        *ret = f;
        if (!take_number(&bytes, 1, &kind) || !take_number(&bytes, 8, &person) || !take_number(&bytes, 8, &started) ||
            !take_text(&bytes, FLOW_CHALLENGE, &f.challenge))
                return ERR_INVALID;
        if (!take_number(&bytes, 1, &n) || n > FLOW_METHOD_MAX || !take_text(&bytes, n, &f.method))
                return ERR_INVALID;
        if (!take_number(&bytes, 2, &n) || n > FLOW_VERDER_MAX || !take_text(&bytes, n, &f.verder) || bytes.n)
                return ERR_INVALID;
        if ((kind != FLOW_SECOND && kind != FLOW_PASSKEY) || person > INT64_MAX || started > INT64_MAX ||
            (kind == FLOW_SECOND) != (person > 0))
                return ERR_INVALID;
        f.kind = (enum flow_kind) kind;
        f.person_id = (int64_t) person;
        f.started_ms = (int64_t) started;
        *ret = f;
        return OK;
}

enum err flow_seal(const struct keys *k, struct arena *a, const struct flow *f, struct str *ret) {
        if (f->method.n > FLOW_METHOD_MAX || f->verder.n > FLOW_VERDER_MAX || f->challenge.n != FLOW_CHALLENGE)
                return ERR_LIMIT;
        return keys_seal_text(k, a, flow_write(a, f), AD, ret);
}

enum err flow_open(const struct keys *k, struct arena *a, struct str cookie, enum flow_kind kind, int64_t now_ms, struct flow *ret) {
        struct str plain;
        *ret = (struct flow) { 0 };
        if (keys_unseal_text(k, a, cookie, COOKIE_MAX, AD, &plain) != OK)
                return ERR_INVALID;
        enum err e = flow_parse(plain, ret);
        /* a minute of grace for another machine's clock */
        if (e == OK && (ret->kind != kind || now_ms - ret->started_ms > FLOW_LASTS_MS || ret->started_ms - now_ms > 60000))
                e = ERR_INVALID;
        return e;
}
