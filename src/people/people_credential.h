/* people_credential.h - what people prove with who they are: password, authenticator app, recovery codes, passkeys; and how
 * often somebody failed to. Everything that changes a credential runs inside a POST and writes the trail; the caller then
 * ends the person's sessions with session_renew() or session_end_all() (OWASP ASVS 4, 3.3.3), and tells the person by mail. */
#ifndef PEOPLE_PEOPLE_CREDENTIAL_H
#define PEOPLE_PEOPLE_CREDENTIAL_H
#include "db.h"
#include "http.h"
#include "recovery.h"
#include "totp.h"
#include "webauthn.h"

struct site;

/* What PERSON has. */
struct credential_factors {
        bool has_password, has_totp;            /* has_totp: confirmed with a code */
        int64_t passkeys, recovery_left;
        bool needs_second;                      /* holds a role that counts only after a second factor */
        int64_t password_ms;                    /* when the password was chosen; 0 without */
};
_must_use_ enum err credential_factors(struct db *db, struct arena *a, int64_t person_id, struct credential_factors *ret);

/* Passwords. HASH is what password_hash() gave: hashing takes long, so it happens in route.prepare. */
_must_use_ enum err credential_password_set(struct req *rq, int64_t person_id, struct str hash);
/* *HASH has p NULL when there is none. */
_must_use_ enum err credential_password(struct db *db, struct arena *a, int64_t person_id, struct str *hash);
/* The same password under today's parameters: no change for the person, so no trail. Nothing happens when OLD_HASH is no
 * longer the one that is stored. */
_must_use_ enum err credential_password_rehash(struct db *db, int64_t person_id, struct str old_hash, struct str hash);
/* Takes the password away; writes the trail. */
_must_use_ enum err credential_password_remove(struct req *rq, int64_t person_id);

/* The authenticator app. Start stores a new secret, sealed, that counts after credential_totp_confirm(); what was there before
 * ends, so the caller has asked for it. */
struct credential_totp {
        bool is_set, confirmed;
        unsigned char secret[TOTP_SECRET];
        int64_t last_step;                      /* for totp_check() */
};
_must_use_ enum err credential_totp_start(struct req *rq, int64_t person_id, const unsigned char secret[TOTP_SECRET]);
/* ERR_INVALID (logged) when the key file is not that of this row. */
_must_use_ enum err credential_totp(struct req *rq, int64_t person_id, struct credential_totp *ret);
/* STEP is that of the first code, from totp_check(). ERR_CONFLICT when it was confirmed already, or not started. */
_must_use_ enum err credential_totp_confirm(struct req *rq, int64_t person_id, int64_t step);
/* Uses a step up. ERR_CONFLICT when this step or a later one was used: the code does not count (RFC 6238, section 5.2). */
_must_use_ enum err credential_totp_step(struct req *rq, int64_t person_id, int64_t step);
/* The recovery codes go with it. */
_must_use_ enum err credential_totp_remove(struct req *rq, int64_t person_id);

/* Recovery codes: set replaces all; use takes one away when it is good. */
_must_use_ enum err credential_recovery_set(struct req *rq, int64_t person_id, char codes[RECOVERY_CODES][RECOVERY_TEXT]);
_must_use_ enum err credential_recovery_count(struct db *db, struct arena *a, int64_t person_id, int64_t *ret);
_must_use_ enum err credential_recovery_use(struct req *rq, int64_t person_id, struct str typed, bool *good);

/* Passkeys. */
struct credential_passkey {
        int64_t id, person_id, created_ms;
        struct opt_i64 used_ms;
        struct str name;                        /* as the person calls it */
        struct webauthn_key key;                /* aaguid is not kept */
};
struct credential_passkeys { struct credential_passkey *v; size_t n, cap; };
/* Oldest first. */
_must_use_ enum err credential_passkeys(struct db *db, struct arena *a, int64_t person_id, struct credential_passkeys *ret);
/* ERR_CONFLICT when this key is registered already, by anybody (WebAuthn 7.1, step 22); ERR_LIMIT when the person has
 * WEBAUTHN_KEYS_MAX. */
_must_use_ enum err credential_passkey_add(struct req *rq, int64_t person_id, const struct webauthn_key *key, struct str name);
/* CREDENTIAL_ID as base64url, as the browser sends it. */
_must_use_ enum err credential_passkey_by_id(struct db *db, struct arena *a, struct str credential_id,
                                             struct credential_passkey *ret, bool *found);
/* Notes that it was used; COUNTER is what webauthn_verify() gave. */
_must_use_ enum err credential_passkey_used(struct req *rq, int64_t id, uint32_t counter);
/* Only the name that its owner reads; ERR_NOT_FOUND when PERSON has no such passkey. Writes the trail, without the name. */
_must_use_ enum err credential_passkey_rename(struct req *rq, int64_t person_id, int64_t id, struct str name);
/* ERR_NOT_FOUND when it is not one of PERSON. */
_must_use_ enum err credential_passkey_remove(struct req *rq, int64_t person_id, int64_t id);
/* The user handle of a person: WEBAUTHN_USER_ID_MAX bytes without personal data (14.6.1), always the same. In rq->arena. */
struct str credential_user_handle(struct req *rq, int64_t person_id);
/* Our side for passkeys: origin and host of the site. False when browsers do no passkeys at such an address. Borrows. */
bool credential_webauthn_site(const struct site *site, struct webauthn_site *ret);
/* Uses a challenge up; *FRESH is false when it was used before. CHALLENGE raw, CREDENTIAL_CHALLENGE_MS from when it was made. */
#define CREDENTIAL_CHALLENGE_MS ((int64_t) 10 * 60 * 1000)
_must_use_ enum err credential_challenge_use(struct req *rq, struct str challenge, bool *fresh);

/* Failed attempts, counted in the store, so that processes share them, under keyed hashes. WHAT is a word for the kind of
 * attempt ("wachtwoord"), WHO the account as it was typed, so that accounts that do not exist are counted alike. The address
 * prefix of the request counts too, ATTEMPT_SHARED times milder, since a town hall may stand behind one address. */
#define ATTEMPT_SHARED 10
#define ATTEMPT_KEEP_MS ((int64_t) 24 * 60 * 60 * 1000)
/* Milliseconds until somebody may try (again), 0 for now. */
_must_use_ enum err attempt_wait(struct req *rq, const char *what, struct str who, int64_t *wait_ms);
/* Counts a failure, and deletes what is older than ATTEMPT_KEEP_MS. Inside a POST that is kept (answers OK). */
_must_use_ enum err attempt_failed(struct req *rq, const char *what, struct str who);
/* After success: the account starts anew, the address prefix does not. */
_must_use_ enum err attempt_forgive(struct req *rq, const char *what, struct str who);

/* For the job of the night: attempts that are too old, challenges that ended. */
_must_use_ enum err credential_forget(struct db *db, int64_t now_ms);
/* Deletes everything that PERSON proved with; no trail. */
_must_use_ enum err credential_forget_person(struct db *db, int64_t person_id);

extern const struct db_stmt *const credential_statements[];

#endif
