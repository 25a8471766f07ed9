/* routes.c - the paths of this room. */
#include "account.h"
#include "internal.h"
#include "mail.h"
#include "password.h"

#define PROVEN .prepare = account_prepare, .lane = LANE_HASH

static const struct field done_fields[] = { DONE_FIELD, { 0 } };
static const struct field name_fields[] = {
        { .name = "naam", .type = FIELD_TEXT, .max = PERSON_NAME_MAX, .required = true, .missing = "Vul uw naam in", .personal = true },
        { 0 },
};
static const struct field email_fields[] = {
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .required = true, .missing = "Vul uw nieuwe e-mailadres in",
          .personal = true },
        PROOF_FIELDS, { 0 },
};
static const struct field token_fields[] = { { .name = "t", .type = FIELD_TOKEN, .max = 100 }, { 0 } };
static const struct field role_fields[] = {
        { .name = "rol", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies een rol" },
        { .name = "organisatie", .type = FIELD_CODE, .max = 200 },
        { 0 },
};
static const struct field password_fields[] = {
        { .name = "nieuw", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Kies een nieuw wachtwoord" },
        { .name = "gebruiker", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .personal = true },
        PROOF_FIELDS, { 0 },
};
static const struct field proof_fields[] = { PROOF_FIELDS, { 0 } };
static const struct field code_fields[] = {
        { .name = "app-code", .type = FIELD_TEXT, .max = 20, .required = true, .missing = "Vul de code van uw app in" }, { 0 },
};
static const struct field question_fields[] = { { .name = "vraag", .type = FIELD_TOKEN, .max = 400 }, { 0 } };
#define PASSKEY_NAME { .name = "naam", .type = FIELD_TEXT, .max = 100, .required = true, .missing = "Geef de passkey een naam" }
static const struct field passkey_name_fields[] = { PASSKEY_NAME, { 0 } };
static const struct field passkey_fields[] = {
        PASSKEY_NAME,
        { .name = "vraag", .type = FIELD_TOKEN, .max = 400, .required = true },
        { .name = "credential", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_ID_MAX) },
        { .name = "client_data", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_CLIENT_DATA_MAX) },
        { .name = "attestation", .type = FIELD_TOKEN, .max = WEBAUTHN_TEXT(WEBAUTHN_ATTESTATION_MAX) },
        { 0 },
};
static const struct field post_fields[] = { { .name = "soort", .type = FIELD_CODE, .max = 40, .many = true }, { 0 } };
static const struct field erase_fields[] = { { .name = "zeker", .type = FIELD_CODE, .max = 5 }, PROOF_FIELDS, { 0 } };

const struct route account_routes[] = {
        { GET, "/account", ACCESS_SIGNED_IN, account_get, done_fields },
        { GET, "/account/gegevens", ACCESS_SIGNED_IN, account_details_get, done_fields },
        { POST, "/account/gegevens", ACCESS_SIGNED_IN, account_name_post, name_fields },
        { POST, "/account/e-mail", ACCESS_SIGNED_IN, account_email_post, email_fields, PROVEN },
        { GET, "/account/e-mail", ACCESS_PUBLIC, account_email_get, token_fields },
        { POST, "/account/e-mail/bevestigen", ACCESS_PUBLIC, account_email_confirm_post, token_fields },
        { GET, "/account/rollen", ACCESS_SIGNED_IN, account_roles_get, done_fields },
        { POST, "/account/rollen", ACCESS_SIGNED_IN, account_roles_post, role_fields },
        { GET, "/account/rollen/{id}/weg", ACCESS_SIGNED_IN, account_role_end_get, NULL },
        { POST, "/account/rollen/{id}/weg", ACCESS_SIGNED_IN, account_role_end_post, NULL },
        { GET, "/account/wachtwoord", ACCESS_SIGNED_IN, account_password_get, done_fields },
        { POST, "/account/wachtwoord", ACCESS_SIGNED_IN, account_password_post, password_fields, PROVEN },
        { GET, "/account/tweede-stap", ACCESS_SIGNED_IN, account_second_get, done_fields },
        { POST, "/account/tweede-stap/begin", ACCESS_SIGNED_IN, account_second_begin_post, proof_fields, PROVEN },
        { POST, "/account/tweede-stap/aan", ACCESS_SIGNED_IN, account_second_on_post, code_fields },
        { GET, "/account/tweede-stap/codes", ACCESS_SIGNED_IN, account_codes_get, NULL },
        { GET, "/account/tweede-stap/uit", ACCESS_SIGNED_IN, account_second_off_get, NULL },
        { POST, "/account/tweede-stap/codes", ACCESS_SIGNED_IN, account_codes_post, proof_fields, PROVEN },
        { POST, "/account/tweede-stap/uit", ACCESS_SIGNED_IN, account_second_off_post, proof_fields, PROVEN },
        { GET, "/account/passkeys", ACCESS_SIGNED_IN, account_passkeys_get, done_fields },
        { POST, "/account/passkeys/begin", ACCESS_SIGNED_IN, account_passkey_permit_post, proof_fields, PROVEN },
        { GET, "/account/passkeys/nieuw", ACCESS_SIGNED_IN, account_passkey_new_get, question_fields },
        { POST, "/account/passkeys/nieuw", ACCESS_SIGNED_IN, account_passkey_new_post, passkey_fields },
        { GET, "/account/passkeys/{id}/naam", ACCESS_SIGNED_IN, account_passkey_name_get, NULL },
        { POST, "/account/passkeys/{id}/naam", ACCESS_SIGNED_IN, account_passkey_name_post, passkey_name_fields },
        { GET, "/account/passkeys/{id}/weg", ACCESS_SIGNED_IN, account_passkey_end_get, NULL },
        { POST, "/account/passkeys/{id}/weg", ACCESS_SIGNED_IN, account_passkey_end_post, proof_fields, PROVEN },
        { GET, "/account/apparaten", ACCESS_SIGNED_IN, account_devices_get, done_fields },
        { POST, "/account/apparaten/{id}/uitloggen", ACCESS_SIGNED_IN, account_device_end_post, NULL },
        { POST, "/account/apparaten/andere", ACCESS_SIGNED_IN, account_devices_end_post, NULL },
        { GET, "/account/post", ACCESS_SIGNED_IN, account_post_get, done_fields },
        { POST, "/account/post", ACCESS_SIGNED_IN, account_post_post, post_fields },
        { GET, "/account/mijn-gegevens", ACCESS_SIGNED_IN, account_data_get, NULL },
        { GET, "/account/mijn-gegevens/bestand", ACCESS_SIGNED_IN, account_data_zip_get, NULL },
        { GET, "/account/verwijderen", ACCESS_SIGNED_IN, account_erase_get, NULL },
        { POST, "/account/verwijderen", ACCESS_SIGNED_IN, account_erase_post, erase_fields, PROVEN },
        { GET, "/account/verwijderd", ACCESS_PUBLIC, account_erased_get, NULL },
        { GET, "/afmelden", ACCESS_PUBLIC, account_unsubscribe_get, token_fields },
        { POST, "/afmelden", ACCESS_PUBLIC, account_unsubscribe_post, token_fields, .machine = true },
        { 0 },
};
