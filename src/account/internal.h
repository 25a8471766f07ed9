/* internal.h - what the files of this room share. */
#ifndef ACCOUNT_INTERNAL_H
#define ACCOUNT_INTERNAL_H
#include "page.h"
#include "views.h"

/* proof.c. Routes whose form asks for a proof have PROOF_FIELDS among their fields, account_prepare and LANE_HASH. */
#define PROOF_FIELDS \
        { .name = "huidig", .type = FIELD_SECRET, .max = PASSWORD_MAX }, { .name = "code", .type = FIELD_TEXT, .max = 20 }, \
        { .name = "vraag", .type = FIELD_TOKEN, .max = 400 }, \
        { .name = "credential", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_ID_MAX) }, \
        { .name = "client_data", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_CLIENT_DATA_MAX) }, \
        { .name = "authenticator_data", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_AUTH_DATA_MAX) }, \
        { .name = "signature", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_SIGNATURE_MAX) }, \
        { .name = "user_handle", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_USER_ID_MAX) }

/* What is prepared in a lane: is the current password right, and the hash of the new one. */
struct prepared {
        bool checked;                   /* a password was given and compared */
        bool good;
        struct str stored;              /* the hash that it was compared with */
        struct str hash;                /* of the field "nieuw", when the route has one */
        struct str why;                 /* Dutch: what is wrong with "nieuw"; "" for nothing */
};
enum err account_prepare(struct req *rq);
/* What the form has to ask for. */
_must_use_ enum err proof_view(struct req *rq, struct proof_view *ret);
/* Looks at what was sent, in the POST. When it is not good there is a mistake in rq->errors and a failure was counted: the form
 * is drawn with account_refused(). */
_must_use_ enum err proof_check(struct req *rq, bool *good);

/* challenge.c: a random challenge that the page carries, sealed, for PURPOSE and the session of this request only. */
_must_use_ enum err challenge_make(struct req *rq, const char *purpose, struct str *raw, struct str *sealed);
/* ERR_INVALID for one that is not ours, of another session, or older than CREDENTIAL_CHALLENGE_MS. */
_must_use_ enum err challenge_open(struct req *rq, const char *purpose, struct str sealed, struct str *raw);

/* account.c. A page of this room under "Mijn account"; TITLE and PATH make the last crumb. */
struct page account_page(struct req *rq, struct resp *rs, struct str title, struct str path);
/* What the query says was done ("?klaar=naam"), in words. The routes of pages have DONE_FIELD. */
struct done account_done(struct req *rq);
#define DONE_FIELD { .name = "klaar", .type = FIELD_CODE, .max = 30 }
/* The form was drawn by DRAWN with mistakes. Status 422; what was counted is kept. */
_must_use_ enum err account_refused(struct resp *rs, enum err drawn);
/* The person of this request. */
_must_use_ enum err account_person(struct req *rq, struct person *ret);
/* Mails the person of this request that something about signing in changed. */
_must_use_ enum err account_tell(struct req *rq, struct str subject, struct str line);
/* The session goes on with a new token, after all sessions of the person ended; the level stays, or becomes LEVEL when that is
 * more, with EXTRA behind the method. */
_must_use_ enum err account_go_on(struct req *rq, struct resp *rs, int level, struct str extra);
/* The last {id} of the path. ERR_NOT_FOUND when that is no number. */
_must_use_ enum err account_id(const struct req *rq, int64_t *ret);
/* A page that says one thing: TITLE and LINE, with a link to PATH called LABEL. */
_must_use_ enum err account_note(struct req *rq, struct resp *rs, struct str title, struct str line, struct str path, struct str label);

/* data.c: the parts of the page and the file, and what the file is. */
_must_use_ enum err data_gather(struct req *rq, struct data_view *ret);

/* The handlers, by page. */
handler account_get;
handler account_details_get, account_name_post, account_email_post, account_email_get, account_email_confirm_post;
handler account_roles_get, account_roles_post, account_role_end_get, account_role_end_post;
handler account_password_get, account_password_post;
handler account_second_get, account_second_begin_post, account_second_on_post, account_second_off_get, account_second_off_post, account_codes_get, account_codes_post;
handler account_passkeys_get, account_passkey_permit_post, account_passkey_new_get, account_passkey_new_post, account_passkey_end_get, account_passkey_end_post,
        account_passkey_name_get, account_passkey_name_post;
handler account_devices_get, account_device_end_post, account_devices_end_post;
handler account_post_get, account_post_post, account_unsubscribe_get, account_unsubscribe_post;
handler account_data_get, account_data_zip_get, account_erase_get, account_erase_post, account_erased_get;

#endif
