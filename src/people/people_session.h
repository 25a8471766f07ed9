/* people_session.h - being signed in: sessions and their cookie. */
#ifndef PEOPLE_PEOPLE_SESSION_H
#define PEOPLE_PEOPLE_SESSION_H
#include "http.h"
#include "people_keep.h"

/* A session ends after this much time without use, and in any case after SESSION_MAX_MS. Longer than OWASP ASVS 4, 3.3.2 has it
 * at level 2, on purpose: docs/threat-model.md. */
#define SESSION_IDLE_MS ((int64_t) 60 * 60 * 1000 * 8)
#define SESSION_MAX_MS ((int64_t) 60 * 60 * 1000 * 24 * KEEP_SESSION_DAYS)
/* For roles that need a second factor: what 3.3.2 has. */
#define SESSION_STRICT_IDLE_MS ((int64_t) 30 * 60 * 1000)
#define SESSION_STRICT_MAX_MS ((int64_t) 60 * 60 * 1000 * 12)
/* The time of last use is noted at most this often. */
#define SESSION_NOTE_MS 60000

/* Starts a session for PERSON and sets its cookie; the session the request came with ends. LEVEL is the number of factors
 * shown: 2 for a second factor, or a passkey with user verification. METHOD says in Dutch how ("wachtwoord en code").
 * Inside a POST. ERR_DENIED for an account that is closed or whose address is not proved. */
_must_use_ enum err session_start(struct req *rq, struct resp *rs, int64_t person_id, int level, struct str method);
/* Ends the session of this request and removes its cookie. */
_must_use_ enum err session_end(struct req *rq, struct resp *rs);
/* Ends one session of PERSON; ERR_NOT_FOUND when it is not one of them. */
_must_use_ enum err session_end_one(struct db *db, struct arena *a, int64_t person_id, int64_t session_id);
/* Ends all sessions of PERSON but KEEP (0: all). Called whenever rights or credentials change. */
_must_use_ enum err session_end_all(struct db *db, int64_t person_id, int64_t keep);
/* A new token and up to date rights for the session of this request, after a change of one's own rights or credentials; the
 * other sessions of the person end. */
_must_use_ enum err session_renew(struct req *rq, struct resp *rs);

struct session_info {
        int64_t id, created_ms, used_ms;
        struct str method, device;
        bool is_this;
};
struct session_infos { struct session_info *v; size_t n, cap; };
/* The sessions of PERSON that are still good, last used first. */
_must_use_ enum err session_list(struct req *rq, int64_t person_id, struct session_infos *ret);
/* The number of factors that the session of this request showed. */
_must_use_ enum err session_level(struct req *rq, int *ret);
/* Deletes sessions that ended. */
_must_use_ enum err session_forget(struct db *db, int64_t now_ms);

#endif
