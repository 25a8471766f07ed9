#include "people_testing.h"
#include <sodium.h>
#include <stdio.h>
#include "schema.h"

void house_open(struct house *h, void **state) {
        *h = (struct house) { .s = test_store(state) };
        assert_true(sodium_init() >= 0);
        assert_int_equal(keys_parse(S("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), &h->keys), OK);
        h->site.keys = &h->keys;
        h->db = test_open(h->s, DB_WRITE);
        assert_int_equal(schema_migrate(h->db), OK);
}

void house_close(struct house *h) {
        db_close(h->db);
}

struct req request(struct house *h, int64_t now_ms) {
        return (struct req) { .arena = &h->s->arena, .db = h->db, .app = &h->site, .now_ms = now_ms, .id = S("r1"),
                              .agent = S("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0") };
}

struct req request_of(struct house *h, struct str token, int64_t now_ms) {
        struct req rq = request(h, now_ms);
        assert_int_equal(people_identify(&rq, token), OK);
        return rq;
}

struct viewer who(struct house *h, struct str token, int64_t now_ms) {
        return request_of(h, token, now_ms).viewer;
}

int64_t somebody(struct house *h, const char *name) {
        int64_t id = 0;
        struct str email = str_fmt(&h->s->arena, "%s@voorbeeld.nl", name);
        assert_int_equal(person_make(h->db, &h->s->arena, email, str_of(name), false, true, NOW, &id), OK);
        return id;
}

int64_t somebody_with(struct house *h, const char *name, const char *role, int64_t organisation_id) {
        int64_t id = somebody(h, name);
        struct req rq = request(h, NOW);
        assert_int_equal(TX(h, role_give(&rq, id, role_find(str_of(role)), organisation_id)), OK);
        return id;
}

struct str sign_in(struct house *h, int64_t person, int level, int64_t now_ms) {
        struct req rq = request(h, now_ms);
        struct resp rs = { 0 };
        assert_int_equal(TX(h, session_start(&rq, &rs, person, level, S("wachtwoord"))), OK);
        assert_true(rs.cookie[COOKIE_SESSION].is_set);
        return rs.cookie[COOKIE_SESSION].value;
}

int64_t organisation(struct house *h, const char *name) {
        int64_t id = 0;
        struct organisation_new o = { .name = str_of(name), .kind = S("gemeente") };
        assert_int_equal(organisation_make(h->db, &h->s->arena, &o, NOW, &id), OK);
        return id;
}

int64_t number_of(struct house *h, const char *sql, int64_t id) {
        char text[400];
        snprintf(text, sizeof text, sql, (long long) id);
        return test_number(h->db, text);
}
