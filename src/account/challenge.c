/* challenge.c - challenges for passkeys without a row in the store: the page carries them, sealed. */
#include <sodium.h>
#include <string.h>
#include "internal.h"
#include "keys.h"

struct sealed {
        unsigned char challenge[WEBAUTHN_CHALLENGE];
        int64_t made_ms;
};

static struct str belongs_to(struct req *rq, const char *purpose) {
        return str_fmt(rq->arena, "%s:%lld", purpose, (long long) rq->viewer.session_id);
}

enum err challenge_make(struct req *rq, const char *purpose, struct str *raw, struct str *sealed) {
        const struct site *site = rq->app;
        struct sealed s = { .made_ms = rq->now_ms };
        randombytes_buf(s.challenge, sizeof s.challenge);
        *raw = str_dup(rq->arena, (struct str) { (const char *) s.challenge, sizeof s.challenge });
        return keys_seal_text(site->keys, rq->arena, (struct str) { (const char *) &s, sizeof s }, belongs_to(rq, purpose), sealed);
}

enum err challenge_open(struct req *rq, const char *purpose, struct str sealed, struct str *raw) {
        const struct site *site = rq->app;
        struct sealed s;
        struct str plain;
        enum err e = keys_unseal_text(site->keys, rq->arena, sealed, 300, belongs_to(rq, purpose), &plain);
        if (e != OK || plain.n != sizeof s)
                return ERR_INVALID;
        memcpy(&s, plain.p, sizeof s);
        if (rq->now_ms - s.made_ms > CREDENTIAL_CHALLENGE_MS || rq->now_ms < s.made_ms - CREDENTIAL_CHALLENGE_MS)
                return ERR_INVALID;
        *raw = str_dup(rq->arena, (struct str) { (const char *) s.challenge, sizeof s.challenge });
        return OK;
}
