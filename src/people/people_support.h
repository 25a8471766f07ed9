/* people_support.h - what an administrator does for others: finding somebody, closing an account and opening it again, and
 * helping who lost the second factor. Changes end the person's sessions and write the trail. */
#ifndef PEOPLE_PEOPLE_SUPPORT_H
#define PEOPLE_PEOPLE_SUPPORT_H
#include "http.h"
#include "support.sql.h"

struct support_people { struct support_person *v; size_t n, cap; };
/* People whose e-mail address, or a word of whose name, begins with TEXT, without regard to accents and capitals; in order of
 * address, at most MOST. Nobody for an empty text. */
_must_use_ enum err people_find(struct db *db, struct arena *a, struct str text, size_t most, struct support_people *ret);

/* Closes the account: nobody can sign in with it, its sessions and links end. ERR_CONFLICT for the last administrator,
 * ERR_NOT_FOUND. */
_must_use_ enum err person_close(struct req *rq, int64_t person_id);
/* Opens it again. */
_must_use_ enum err person_reopen(struct req *rq, int64_t person_id);

/* Takes away codes of an app, recovery codes and passkeys, so that the person can start again with the password (OWASP ASVS
 * 4, 2.5.6). REASON and CHECK are codes for the trail: why, and how it was made sure who asked. */
_must_use_ enum err person_remove_factors(struct req *rq, int64_t person_id, struct str reason, struct str check);

struct single_factor { struct support_single_factor_row *v; size_t n, cap; };
/* Who holds a role that needs a second factor and has none, once for each such role. */
_must_use_ enum err people_single_factor(struct db *db, struct arena *a, struct single_factor *ret);

#endif
