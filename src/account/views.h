/* views.h - what the pages of this room show. */
#ifndef ACCOUNT_VIEWS_H
#define ACCOUNT_VIEWS_H
#include "html.h"
#include "people.h"
#include "people_credential.h"
#include "people_kept.h"
#include "people_mail.h"
#include "people_session.h"
#include "qr.h"

/* How somebody shows again that it is him, before something that a thief of the session would like to do (OWASP ASVS 4, 3.7.1). */
enum proof_kind {
        PROOF_PASSWORD,
        PROOF_CODE,             /* of the app: no password */
        PROOF_PASSKEY,          /* neither */
        PROOF_FRESH,            /* nothing at all: signed in a short while ago */
};
struct proof_view {
        enum proof_kind kind;
        struct str ask;         /* PROOF_PASSKEY: for data-passkey-signin */
        struct str question;    /* and the sealed challenge, to send back */
};

/* A line that something was done; "" for none. */
struct done { struct str text; };

struct overview_view {
        struct person person;
        struct role_held_list roles;
        struct credential_factors factors;
        struct done done;
};

struct details_view {
        struct person person;
        struct proof_view proof;
        struct done done;
};

struct roles_view {
        struct role_held_list roles;
        struct organisations_open_row_list organisations;
        struct done done;
};

struct role_end_view {
        const struct role_held *role;
        struct str name;
};

struct password_view {
        struct str email;       /* for password managers */
        struct credential_factors factors;
        struct proof_view proof;
        struct done done;
};

struct second_view {
        struct credential_factors factors;
        struct proof_view proof;
        struct str secret;      /* "" when there is nothing to set up */
        struct str uri;
        struct qr qr;
        struct done done;
};

struct codes_view { char (*codes)[RECOVERY_TEXT]; };

struct passkeys_view {
        struct credential_passkeys keys;
        bool possible;          /* at this address of the site */
        struct proof_view proof;
        struct done done;
};

struct passkey_new_view { struct str ask, question; };

struct passkey_end_view {
        const struct credential_passkey *key;
        struct proof_view proof;
};

struct devices_view {
        struct session_infos sessions;
        struct done done;
};

struct post_view {
        const bool *wanted;     /* in the order of mail_kinds */
        struct done done;
};

/* Everything that is kept, as the page, the file and the page about deleting show it. */
struct kept_view { const struct kept *kept; struct kept_rows rows; };
struct data_view {
        VEC(struct kept_view) parts;
        struct str made;        /* when: Dutch date and time */
};

struct erase_view {
        bool is_last;           /* the last administrator cannot go */
        const struct kept *const *kept;
        struct proof_view proof;
};

/* A value as words. */
struct str kept_words(struct arena *a, const struct kept_value *v);

#endif
