/* attempt.c - how often somebody failed to get in. */
#include "auth_token.h"
#include "backoff.h"
#include "credential.sql.h"
#include "keys.h"
#include "page.h"
#include "people_credential.h"

struct buckets {
        struct token_digest account, client;
};

static struct buckets buckets(struct req *rq, const char *what, struct str who) {
        const struct site *site = rq->app;
        unsigned char key[KEYS_KEY];
        struct buckets b;
        keys_derive(site->keys, "attempts", key);
        digest_bytes(key, str_fmt(rq->arena, "account %s %.*s", what, STR(who)), &b.account);
        digest_bytes(key, str_fmt(rq->arena, "client %016llx", (unsigned long long) rq->client), &b.client);
        return b;
}

static enum err wait_of(struct req *rq, const struct token_digest *bucket, int64_t share, int64_t *ret) {
        struct attempt_get_row row;
        bool found = false;
        enum err e = attempt_get(rq->db, rq->arena, str_of(bucket->hex), &row, &found);
        *ret = e == OK && found && rq->now_ms - row.last_ms < ATTEMPT_KEEP_MS
             ? backoff_wait_ms(row.failures / share, row.last_ms, rq->now_ms) : 0;
        return e;
}

enum err attempt_wait(struct req *rq, const char *what, struct str who, int64_t *wait_ms) {
        struct buckets b = buckets(rq, what, who);
        int64_t account = 0, client = 0;
        enum err e = wait_of(rq, &b.account, 1, &account);
        if (e == OK)
                e = wait_of(rq, &b.client, ATTEMPT_SHARED, &client);
        *wait_ms = account > client ? account : client;
        return e;
}

enum err attempt_failed(struct req *rq, const char *what, struct str who) {
        struct buckets b = buckets(rq, what, who);
        enum err e = attempt_delete_before(rq->db, rq->now_ms - ATTEMPT_KEEP_MS);
        if (e == OK)
                e = attempt_add(rq->db, str_of(b.account.hex), rq->now_ms);
        return e == OK ? attempt_add(rq->db, str_of(b.client.hex), rq->now_ms) : e;
}

enum err attempt_forgive(struct req *rq, const char *what, struct str who) {
        struct buckets b = buckets(rq, what, who);
        return attempt_delete(rq->db, str_of(b.account.hex));
}

enum err credential_forget(struct db *db, int64_t now_ms) {
        enum err e = attempt_delete_before(db, now_ms - ATTEMPT_KEEP_MS);
        return e == OK ? cred_once_forget(db, now_ms) : e;
}
