/* internal.h - what the files of this room share. */
#ifndef PEOPLE_INTERNAL_H
#define PEOPLE_INTERNAL_H
#include "auth_token.h"
#include "http.h"

/* session.c: the key of a session in the store. ERR_INVALID when TOKEN has not the form of one. */
_must_use_ enum err session_digest(const struct req *rq, struct str token, struct token_digest *ret);
/* device.c: words for a User-Agent header, in A. */
struct str device_of(struct arena *a, struct str agent);
/* access.c: what the granted roles of PERSON give with LEVEL factors shown: rights held everywhere, and whether a role that
 * needs a second factor is among them, which makes the session stricter. */
struct standing {
        uint64_t everywhere;
        bool strict;
};
_must_use_ enum err standing_of(struct db *db, struct arena *a, int64_t person_id, int level, struct standing *ret);

#endif
