/* people.c - what a test of signing in needs from the store while no server runs, or looks up while one does.
 *   people add DATABASE KEYFILE EMAIL PASSWORD APP KEY ID   somebody of the programme office with a password, an authenticator
 *       app (its secret, hex) and a passkey (x and y of a P-256 key, hex; its id, base64url). Prints the user handle.
 *   people mail DATABASE EMAIL      the text of the newest mail to EMAIL that is in the store */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "clock.h"
#include "db.h"
#include "keys.h"
#include "mail.h"
#include "mail.sql.h"
#include "page.h"
#include "password.h"
#include "people.h"
#include "people_credential.h"

#define CHECK(call) \
        do { \
                enum err e_ = (call); \
                if (e_ != OK) { \
                        fprintf(stderr, "%s: %s\n", #call, err_name(e_)); \
                        return e_; \
                } \
        } while (0)

static enum err fill(struct req *rq, char **argv) {
        char hash[crypto_pwhash_STRBYTES];
        unsigned char secret[TOTP_SECRET], point[64];
        struct webauthn_key key = { .alg = WEBAUTHN_ES256, .flags = WEBAUTHN_UP | WEBAUTHN_UV };
        int64_t office, person;
        if (sodium_hex2bin(secret, sizeof secret, argv[6], strlen(argv[6]), NULL, NULL, NULL) ||
            sodium_hex2bin(point, sizeof point, argv[7], strlen(argv[7]), NULL, NULL, NULL))
                return ERR_INVALID;
        key.public_key = (struct str) { (const char *) point, sizeof point };
        CHECK(webauthn_decode(rq->arena, str_of(argv[8]), WEBAUTHN_ID_MAX, &key.id));
        CHECK(password_hash(str_of(argv[5]), hash));
        CHECK(organisation_make(rq->db, rq->arena, &(struct organisation_new) { .name = S("Bureau van de test"), .kind = S("programmabureau") },
                                rq->now_ms, &office));
        CHECK(person_make(rq->db, rq->arena, str_of(argv[4]), S("Jo de Vries"), false, true, rq->now_ms, &person));
        CHECK(credential_password_set(rq, person, str_of(hash)));
        CHECK(role_give(rq, person, role_find(S("programmamanager")), office));
        CHECK(credential_totp_start(rq, person, secret));
        CHECK(credential_totp_confirm(rq, person, 1));
        CHECK(credential_passkey_add(rq, person, &key, S("apparaat van de test")));
        puts(credential_user_handle(rq, person).p);
        return OK;
}

static enum err add(struct arena *a, char **argv) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct keys keys;
        struct site site = { .keys = &keys };
        CHECK(keys_read(str_of(argv[3]), &keys));
        CHECK(db_open(&db, str_of(argv[2]), DB_WRITE));
        struct req rq = { .arena = a, .db = db, .app = &site, .now_ms = clock_now_ms(), .id = S("test"), .path = S("") };
        CHECK(db_begin(db));
        CHECK(fill(&rq, argv));
        return db_commit(db);
}

/* Ids are handed out in order, so the newest has the highest, in whatever state it is. */
static enum err show_mail(struct arena *a, char **argv) {
        static const char *const states[] = { "waiting", "kept", "dead" };
        _cleanup_(db_closep) struct db *db = NULL;
        struct mail_brief_list l;
        struct mail_row m;
        int64_t newest = 0;
        CHECK(db_open(&db, str_of(argv[2]), DB_READ));
        for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
                CHECK(mail_list(db, a, str_of(states[i]), 1000, 0, &l));
                for (size_t k = 0; k < l.n; k++)
                        if (str_eq(l.v[k].to_address, str_of(argv[3])) && l.v[k].id > newest)
                                newest = l.v[k].id;
        }
        CHECK(mail_get(db, a, newest, &m));
        printf("%.*s\n%.*s", STR(m.kind), STR(m.text));
        return OK;
}

int main(int argc, char **argv) {
        struct arena a = { 0 };
        enum err e = ERR_INVALID;
        if (sodium_init() < 0)
                return 1;
        if (argc == 9 && !strcmp(argv[1], "add"))
                e = add(&a, argv);
        else if (argc == 4 && !strcmp(argv[1], "mail"))
                e = show_mail(&a, argv);
        arena_done(&a);
        return e == OK ? 0 : 1;
}
