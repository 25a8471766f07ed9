/* people_link.h - links that work once, sent by mail or printed on the command line. The link holds a token; the store holds
 * its keyed hash. A GET only looks (mail scanners follow links); the POST behind it uses the link up. */
#ifndef PEOPLE_PEOPLE_LINK_H
#define PEOPLE_PEOPLE_LINK_H
#include "http.h"

/* What a link is for. A token of one purpose is worth nothing for another. */
#define LINK_VERIFY "bevestigen"                /* detail: "ROLE ORGANISATION-ID" that is asked for, 0 for none; person set */
#define LINK_PASSWORD "wachtwoord"              /* person set */
#define LINK_EMAIL "e-mail"                     /* detail: the new address; person set */
#define LINK_SIGN_IN "inloggen"                 /* person set; made by a demo or the command line */
#define LINK_INVITATION "uitnodiging"           /* detail: for invitation_of_link */
#define LINK_ADMINISTRATOR "beheerder"          /* detail: the address, or "" when it must be filled in */
#define LINK_UNSUBSCRIBE "afmelden"             /* detail: the kind of mail; person set */

#define LINK_HOUR_MS ((int64_t) 60 * 60 * 1000)
#define LINK_DAY_MS (24 * LINK_HOUR_MS)

struct keys;
/* Makes a link for PERSON (0 for nobody) that ends LASTS_MS from now; *TOKEN goes behind ?t= and is in A. Older links of the
 * same person and purpose end, but for LINK_UNSUBSCRIBE. */
_must_use_ enum err link_make(struct db *db, struct arena *a, const struct keys *keys, const char *purpose, int64_t person_id,
                              struct str detail, int64_t now_ms, int64_t lasts_ms, struct str *token);

struct link_found {
        int64_t person_id;              /* 0 for nobody */
        struct str detail;
};
/* Looks at a link without using it. ERR_NOT_FOUND for one that is wrong, for another purpose, used or too old: the four
 * look the same from outside. */
_must_use_ enum err link_look(struct req *rq, const char *purpose, struct str token, struct link_found *ret);
/* The same, and uses it up; inside a POST. */
_must_use_ enum err link_take(struct req *rq, const char *purpose, struct str token, struct link_found *ret);
/* Deletes links that ended. */
_must_use_ enum err link_forget(struct db *db, int64_t now_ms);
/* Deletes every link of a person. */
_must_use_ enum err link_forget_person(struct db *db, int64_t person_id);

#endif
