/* test_house.h - for the tests of this room: a store with two people in it, and requests as the server makes them. */
#ifndef ACCOUNT_TEST_HOUSE_H
#define ACCOUNT_TEST_HOUSE_H
#include "page_testing.h"
#include <stdio.h>
#include <sodium.h>
#include <string.h>
#include "account.h"
#include "keys.h"
#include "mail.h"
#include "mail.sql.h"
#include "password.h"
#include "people.h"
#include "people_credential.h"
#include "people_kept.h"
#include "people_mail.h"
#include "people_retention.h"
#include "people_session.h"
#include "schema.h"

#define NOW ((int64_t) 1790000000000)
#define DAY RETENTION_DAY_MS
#define SECRET "kangoeroe fietst door regen"

static struct keys keys = { { 7, 7, 7 } };
static const struct kept *const kept_lists[] = { people_kept, NULL };
static const struct retention_rule *const rules[] = { people_retention, NULL };
static struct site site = { .keys = &keys, .origin = S_INIT("https://schouders.example"), .kept = kept_lists, .retention = rules };

struct house {
        struct test_store *s;
        struct db *db;
        int64_t now_ms, organisation;
        int64_t jo, kim;                        /* two people */
        int64_t jo_session, kim_session;
};

static inline struct req request_of(struct house *h, int64_t who) {
        struct req rq = { .arena = &h->s->arena, .db = h->db, .now_ms = h->now_ms, .app = &site, .csrf = S("token"), .id = S("test"),
                          .idempotency = S(""), .query = S(""), .agent = S("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0") };
        rq.viewer.person_id = who;
        rq.viewer.session_id = who == h->jo ? h->jo_session : who == h->kim ? h->kim_session : 0;
        return rq;
}

/* WHO 0: nobody. */
static inline struct reply request(struct house *h, int64_t who, enum method method, const char *pattern, int64_t id, struct str fields) {
        static const struct route *const tables[] = { account_routes, NULL };
        struct req rq = request_of(h, who);
        rq.param[0] = str_fmt(&h->s->arena, "%lld", (long long) id);
        return reply_of(&(struct door) { .tables = tables }, &rq, method, pattern, str_z(&h->s->arena, fields));
}

static inline struct reply get(struct house *h, int64_t who, const char *pattern, struct str fields) {
        return request(h, who, GET, pattern, 0, fields);
}
static inline struct reply post(struct house *h, int64_t who, const char *pattern, struct str fields) {
        return request(h, who, POST, pattern, 0, fields);
}
static inline void went_to(struct reply r, const char *path) {
        assert_int_equal(r.e, OK);
        assert_int_equal(r.rs.status, 303);
        assert_string_equal(r.rs.location.p, path);
}
/* The form again with this mistake; nothing changed. */
static inline void refused(struct reply r, const char *text) {
        assert_int_equal(r.e, OK);
        assert_int_equal(r.rs.status, 422);
        assert_true(has(r, "<title>Fout: ") && has(r, "error-summary"));
        if (!has(r, text))
                fail_msg("no \"%s\"", text);
}

static inline int64_t count(struct house *h, const char *sql) {
        return test_number(h->db, sql);
}

static inline int64_t person(struct house *h, const char *email, const char *name) {
        int64_t id = 0;
        assert_int_equal(person_make(h->db, &h->s->arena, str_of(email), str_of(name), false, true, h->now_ms, &id), OK);
        return id;
}

static inline int64_t sign_in(struct house *h, int64_t who) {
        struct req rq = request_of(h, who);
        struct resp rs = { 0 };
        rq.viewer.session_id = 0;
        assert_int_equal(session_start(&rq, &rs, who, 1, S("wachtwoord")), OK);
        return test_number(h->db, "SELECT max(id) FROM session");
}

static inline void password(struct house *h, int64_t who) {
        struct req rq = request_of(h, who);
        char hash[crypto_pwhash_STRBYTES];
        assert_int_equal(password_hash(S(SECRET), hash), OK);
        assert_int_equal(credential_password_set(&rq, who, str_of(hash)), OK);
}

static inline void give(struct house *h, int64_t who, const char *role, int64_t organisation) {
        struct req rq = request_of(h, 0);
        assert_int_equal(role_give(&rq, who, role_find(str_of(role)), organisation), OK);
}

static inline struct house house(void **state) {
        struct house h = { .s = test_store(state), .now_ms = NOW };
        assert_true(sodium_init() >= 0);
        h.db = test_open(h.s, DB_WRITE);
        assert_int_equal(schema_migrate(h.db), OK);
        assert_int_equal(organisation_make(h.db, &h.s->arena, &(struct organisation_new) { .name = S("Sociaal Werk Noord"), .kind = S("sociaal-werk") },
                                           NOW, &h.organisation), OK);
        h.jo = person(&h, "Jo.Jansen@werk.example", "Jo Jansen");
        h.kim = person(&h, "kim@werk.example", "Kim Visser");
        h.jo_session = sign_in(&h, h.jo);
        h.kim_session = sign_in(&h, h.kim);
        return h;
}

/* The text of the last mail to ADDRESS, and the token of the link in it. */
static inline struct str mail_to(struct house *h, struct str address) {
        struct mail_brief_list l;
        struct mail_row m = { 0 };
        assert_int_equal(mail_list(h->db, &h->s->arena, S("waiting"), 100, 0, &l), OK);
        for (size_t i = 0; i < l.n; i++)
                if (str_eq(l.v[i].to_address, address)) {
                        assert_int_equal(mail_get(h->db, &h->s->arena, l.v[i].id, &m), OK);
                        return m.text;
                }
        return S("");
}
static inline struct str token_in(struct house *h, struct str text) {
        size_t at = str_find(text, S("?t="));
        assert_true(at < text.n);
        return str_fmt(&h->s->arena, "t=%.*s", 43, text.p + at + 3);
}

static inline void add_passkey(struct house *h, int64_t who, const char *id) {
        struct req rq = request_of(h, who);
        struct webauthn_key key = { .id = str_of(id), .public_key = S("0123456789012345678901234567890123456789012345678901234567890123"),
                                    .alg = WEBAUTHN_ES256 };
        assert_int_equal(credential_passkey_add(&rq, who, &key, S("Laptop")), OK);
}


#endif
