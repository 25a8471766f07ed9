/* Passkeys as a proof, and a new one, with a device and a browser in software; on both stores. */
#include "test_house.h"
#include "authenticator.h"

static struct scene scene_of(struct house *h, const struct device *d, struct str challenge) {
        struct scene s = scene_new(&h->s->arena, d);
        assert_true(credential_webauthn_site(&site, &s.site));
        s.origin = s.site.origin;
        s.rp = s.site.rp_id;
        s.challenge = challenge;
        s.counter = 0;
        s.flags = WEBAUTHN_UP | WEBAUTHN_UV;
        return s;
}

/* The text between BEFORE and the next quote, of either kind. */
static struct str between(struct reply r, struct str before) {
        size_t at = str_find(r.html, before);
        assert_true(at < r.html.n);
        struct str rest = str_sub(r.html, at + before.n, r.html.n);
        size_t entity = str_find(rest, S("&quot;")), quote = str_index(rest, '"');
        return str_sub(rest, 0, entity < quote ? entity : quote);
}

/* The two things that a page with a passkey in it sends along: the challenge, raw, and the same sealed. */
struct question { struct str challenge, sealed; };
static struct question question_in(struct house *h, struct reply r) {
        struct question q = { .sealed = between(r, S("name=\"vraag\" value=\"")) };
        assert_int_equal(webauthn_decode(&h->s->arena, between(r, S("&quot;challenge&quot;:&quot;")), WEBAUTHN_CHALLENGE, &q.challenge), OK);
        return q;
}

static struct str id_of(struct house *h, const struct device *d) {
        struct scene s = scene_of(h, d, S("0123456789abcdef0123456789abcdef"));
        struct webauthn_key key;
        assert_int_equal(scene_register(&s, &key), WEBAUTHN_FINE);
        return key.id;
}

/* What a form sends whose passkey is that of D, as an answer to Q. */
static struct str answer(struct house *h, const struct device *d, struct question q) {
        struct arena *a = &h->s->arena;
        struct scene s = scene_of(h, d, q.challenge);
        struct str data = scene_client_data(&s, "webauthn.get"), auth = scene_auth_data(&s, false);
        struct str signature = webauthn_encode(a, device_sign(a, d, auth, data));       /* another each time, of another length */
        return str_fmt(a, "zeker=ja&vraag=%.*s&credential=%.*s&client_data=%.*s&authenticator_data=%.*s&signature=%.*s&user_handle=",
                       STR(q.sealed), STR(webauthn_encode(a, id_of(h, d))), STR(webauthn_encode(a, data)), STR(webauthn_encode(a, auth)),
                       STR(signature));
}

static void register_key(struct house *h, int64_t who, const struct device *d) {
        struct arena *a = &h->s->arena;
        struct reply r = post(h, who, "/account/passkeys/begin", S(""));
        assert_int_equal(r.rs.status, 303);
        r = get(h, who, "/account/passkeys/nieuw", str_sub(r.rs.location, str_index(r.rs.location, '?') + 1, 500));
        struct question q = question_in(h, r);
        struct scene s = scene_of(h, d, q.challenge);
        struct str data = scene_client_data(&s, "webauthn.create"), attestation = scene_attestation(&s, scene_auth_data(&s, true));
        struct str fields = str_fmt(a, "naam=Laptop&vraag=%.*s&credential=%.*s&client_data=%.*s&attestation=%.*s", STR(q.sealed),
                                    STR(webauthn_encode(a, id_of(h, d))), STR(webauthn_encode(a, data)), STR(webauthn_encode(a, attestation)));
        went_to(post(h, who, "/account/passkeys/nieuw", fields), "/account/passkeys?klaar=passkey");
        *(who == h->jo ? &h->jo_session : &h->kim_session) = count(h, "SELECT max(id) FROM session");
        went_to(post(h, who, "/account/passkeys/nieuw", fields), "/account/passkeys");  /* not again: another session by now */
}

static void a_passkey_proves_it_once(void **state) {
        struct house h = house(state);
        struct device *laptop = device_new(WEBAUTHN_ES256, 'a');
        register_key(&h, h.jo, laptop);
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey"), 1);
        struct str fields = answer(&h, laptop, question_in(&h, get(&h, h.jo, "/account/wachtwoord", S(""))));
        struct str first = str_sub(fields, 9, fields.n);        /* without "zeker=ja&" */
        went_to(post(&h, h.jo, "/account/wachtwoord", str_fmt(&h.s->arena, "nieuw=" SECRET "&%.*s", STR(first))), "/account/wachtwoord?klaar=wachtwoord");
        h.jo_session = count(&h, "SELECT max(id) FROM session");
        test_script(h.db, "DELETE FROM person_password");
        refused(post(&h, h.jo, "/account/verwijderen", fields), "niet gelukt met uw passkey");  /* another session by now */
        struct question q = question_in(&h, get(&h, h.jo, "/account/verwijderen", S("")));
        fields = answer(&h, laptop, q);
        h.now_ms += CREDENTIAL_CHALLENGE_MS + 1;
        refused(post(&h, h.jo, "/account/verwijderen", fields), "niet gelukt met uw passkey");  /* too late */
        h.now_ms = NOW;
        went_to(post(&h, h.jo, "/account/verwijderen", fields), "/account/verwijderd");
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey"), 0);
        device_done(laptop);
        db_close(h.db);
}

/* Who takes over a session may well have a passkey: his own. */
static void the_passkey_of_another_proves_nothing(void **state) {
        struct house h = house(state);
        struct device *jo = device_new(WEBAUTHN_ES256, 'a'), *kim = device_new(WEBAUTHN_ES256, 'b');
        register_key(&h, h.jo, jo);
        register_key(&h, h.kim, kim);
        struct question q = question_in(&h, get(&h, h.jo, "/account/verwijderen", S("")));
        refused(post(&h, h.jo, "/account/verwijderen", answer(&h, kim, q)), "niet gelukt met uw passkey");
        q = question_in(&h, get(&h, h.kim, "/account/verwijderen", S("")));
        refused(post(&h, h.jo, "/account/verwijderen", answer(&h, jo, q)), "niet gelukt met uw passkey");       /* the question of another */
        assert_int_equal(count(&h, "SELECT count(*) FROM person"), 2);
        device_done(jo);
        device_done(kim);
        db_close(h.db);
}

/* The last second step of somebody whose role needs one. */
static void a_needed_passkey_stays(void **state) {
        struct house h = house(state);
        struct device *laptop = device_new(WEBAUTHN_ES256, 'a');
        register_key(&h, h.jo, laptop);
        give(&h, h.jo, "beoordelaar", h.organisation);
        h.jo_session = sign_in(&h, h.jo);
        password(&h, h.jo);
        int64_t id = count(&h, "SELECT id FROM passkey");
        refused(request(&h, h.jo, POST, "/account/passkeys/{id}/weg", id, S("huidig=" SECRET)), "Stel eerst een app in");
        assert_int_equal(count(&h, "SELECT count(*) FROM passkey"), 1);
        device_done(laptop);
        db_close(h.db);
}

int main(void) {
        const struct CMUnitTest tests[] = {
                TEST_BOTH(a_passkey_proves_it_once), TEST_BOTH(the_passkey_of_another_proves_nothing), TEST_BOTH(a_needed_passkey_stays),
        };
        return cmocka_run_group_tests_name("account-passkey", tests, NULL, NULL);
}
