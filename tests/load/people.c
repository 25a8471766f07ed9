/* people DATA N: fills the store of a program that does not run with N people ("p0@load.example" and on) who have the password
 * PASSWORD and a session each, and measures how long it takes to find out who a session token is. Prints one line of JSON: a token,
 * and microseconds for a check inside the transaction that a page has open anyway, and with a transaction of its own. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include "auth_token.h"
#include "clock.h"
#include "keys.h"
#include "page.h"
#include "password.h"
#include "people.h"
#include "people_credential.h"
#include "people_session.h"

#define PASSWORD "vier paarden op een trap"
#define ROUNDS 100000

struct bench {
        struct arena a, small;
        struct site site;
        struct keys keys;
        struct str *token;
        int64_t n;
};

static struct req request(struct bench *b, struct db *db, struct arena *a) {
        return (struct req) { .arena = a, .db = db, .app = &b->site, .now_ms = clock_now_ms(), .id = S("load"), .agent = S("") };
}

static enum err make_one(struct bench *b, struct db *db, int64_t i, struct str hash) {
        struct req rq = request(b, db, &b->small);
        struct resp rs = { 0 };
        int64_t id;
        struct str email = str_fmt(&b->small, "p%lld@load.example", (long long) i);
        enum err e = person_make(db, &b->small, email, S("Iemand"), false, true, rq.now_ms, &id);
        if (!e)
                e = credential_password_set(&rq, id, hash);
        if (!e)
                e = session_start(&rq, &rs, id, 1, S("wachtwoord"));
        if (!e)
                b->token[i] = str_dup(&b->a, rs.cookie[COOKIE_SESSION].value);
        arena_reset(&b->small);
        return e;
}

static enum err make(struct bench *b, struct str path) {
        _cleanup_(db_closep) struct db *db = NULL;
        char hash[crypto_pwhash_STRBYTES];
        enum err e = password_hash(S(PASSWORD), hash);
        if (!e)
                e = db_open(&db, path, DB_WRITE);
        if (!e)
                e = db_begin(db);
        for (int64_t i = 0; !e && i < b->n; i++)
                e = make_one(b, db, i, str_of(hash));
        return e ? e : db_commit(db);
}

/* OWN: a transaction for each check. The tokens are asked in an order that helps no cache. */
static enum err measure(struct bench *b, struct db *db, bool own, double *us) {
        int64_t start = clock_monotonic_us();
        enum err e = own ? OK : db_begin(db);
        for (int64_t i = 0; !e && i < ROUNDS; i++) {
                struct req rq = request(b, db, &b->small);
                if (own)
                        e = db_begin(db);
                if (!e)
                        e = people_identify(&rq, b->token[i * 7919 % b->n]);
                if (!e && !rq.viewer.person_id)
                        e = ERR_DENIED;
                if (!e && own)
                        e = db_commit(db);
                arena_reset(&b->small);
        }
        *us = (double) (clock_monotonic_us() - start) / ROUNDS;
        return e || own ? e : db_commit(db);
}

int main(int argc, char **argv) {
        struct bench b = { 0 };
        struct db *db = NULL;
        double inside = 0, alone = 0;
        if (argc != 3 || sodium_init() < 0 || !str_to_i64(str_of(argv[2]), &b.n) || b.n < 1)
                return 2;
        struct str path = str_fmt(&b.a, "%s/schouders.db", argv[1]);
        b.token = arena_many(&b.a, struct str, (size_t) b.n);
        b.site.keys = &b.keys;
        enum err e = keys_read(str_fmt(&b.a, "%s/secret.key", argv[1]), &b.keys);
        if (!e)
                e = make(&b, path);
        if (!e)
                e = db_open(&db, path, DB_READ);
        if (!e)
                e = measure(&b, db, false, &inside);
        if (!e)
                e = measure(&b, db, true, &alone);
        db_close(db);
        if (!e)
                printf("{\"token\": \"%.*s\", \"us\": %.2f, \"us_alone\": %.2f}\n", STR(b.token[0]), inside, alone);
        arena_done(&b.small);
        arena_done(&b.a);
        return e ? 1 : 0;
}
