#include "people_kept.h"
#include "audit.h"
#include "credential.sql.h"
#include "kept.sql.h"
#include "mail.h"
#include "mail.sql.h"
#include "people.h"
#include "people_credential.h"
#include "people_link.h"
#include "people_mail.h"
#include "people_session.h"

typedef const struct kept_person_row who;

int64_t kept_person_id(who *p) {
        return p->id;
}

void kept_begin(struct kept_rows *k) {
        vec_push(k->arena, &k->rows);
}

static struct kept_value *value(struct kept_rows *k, const char *key, struct str label) {
        struct kept_row *row = &k->rows.v[k->rows.n - 1];
        struct kept_value *v = vec_push(k->arena, row);
        v->key = key;
        v->label = label;
        return v;
}

void kept_text(struct kept_rows *k, const char *key, struct str label, struct str text) {
        if (text.n)
                value(k, key, label)->text = text;
}

void kept_time(struct kept_rows *k, const char *key, struct str label, int64_t ms) {
        value(k, key, label)->ms = (struct opt_ms) { true, ms };
}

static void maybe_time(struct kept_rows *k, const char *key, struct str label, struct opt_i64 ms) {
        if (ms.is_set)
                kept_time(k, key, label, ms.v);
}

static enum err show_person(struct db *db, who *p, struct kept_rows *k) {
        (void) db;
        kept_begin(k);
        kept_text(k, "nummer", S("Nummer"), str_fmt(k->arena, "%lld", (long long) p->id));
        kept_text(k, "naam", S("Naam"), p->name);
        kept_text(k, "e-mail", S("E-mailadres"), p->email);
        kept_time(k, "gemaakt", S("Account gemaakt"), p->created_ms);
        maybe_time(k, "bevestigd", S("E-mailadres bevestigd"), p->verified_ms);
        maybe_time(k, "ingelogd", S("Laatste keer ingelogd"), p->signed_in_ms);
        maybe_time(k, "gewaarschuwd", S("Gewaarschuwd dat het account verdwijnt"), p->warned_ms);
        maybe_time(k, "gesloten", S("Gesloten door een beheerder"), p->blocked_ms);
        return OK;
}

static enum err erase_person(struct db *db, struct arena *a, who *p) {
        (void) a;
        return person_delete(db, p->id);
}

static struct str role_name(struct str code) {
        const struct role *r = role_find(code);
        return r ? r->name : code;
}

static enum err show_roles(struct db *db, who *p, struct kept_rows *k) {
        struct role_held_list rows;
        enum err e = roles_of(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "rol", S("Rol"), role_name(rows.v[i].role));
                kept_text(k, "organisatie", S("Organisatie"), rows.v[i].organisation);
                kept_time(k, "gevraagd", S("Gevraagd"), rows.v[i].asked_ms);
                maybe_time(k, "gegeven", S("Gegeven"), rows.v[i].granted_ms);
        }
        return e;
}

static enum err erase_roles(struct db *db, struct arena *a, who *p) {
        (void) a;
        return person_roles_delete(db, p->id);
}

static enum err show_sessions(struct db *db, who *p, struct kept_rows *k) {
        struct kept_sessions_row_list rows;
        enum err e = kept_sessions(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "apparaat", S("Apparaat"), rows.v[i].device);
                kept_text(k, "manier", S("Ingelogd met"), rows.v[i].method);
                kept_time(k, "begonnen", S("Begonnen"), rows.v[i].created_ms);
                kept_time(k, "gebruikt", S("Laatst gebruikt"), rows.v[i].used_ms);
                kept_time(k, "eindigt", S("Eindigt uiterlijk"), rows.v[i].ends_ms);
        }
        return e;
}

static enum err erase_sessions(struct db *db, struct arena *a, who *p) {
        (void) a;
        return session_end_all(db, p->id, 0);
}

static enum err show_password(struct db *db, who *p, struct kept_rows *k) {
        struct cred_password_get_row row;
        bool found = false;
        enum err e = cred_password_get(db, k->arena, p->id, &row, &found);
        if (e != OK || !found)
                return e;
        kept_begin(k);
        kept_text(k, "wachtwoord", S("Wachtwoord"), S("Alleen als hash, die wij niet terug kunnen rekenen"));
        kept_time(k, "gekozen", S("Gekozen"), row.changed_ms);
        return OK;
}

static enum err show_totp(struct db *db, who *p, struct kept_rows *k) {
        struct cred_totp_get_row row;
        bool found = false;
        enum err e = cred_totp_get(db, k->arena, p->id, &row, &found);
        if (e != OK || !found)
                return e;
        kept_begin(k);
        kept_text(k, "geheim", S("Geheim van uw app"), S("Versleuteld"));
        maybe_time(k, "bevestigd", S("Aangezet"), row.confirmed_ms);
        return OK;
}

static enum err show_recovery(struct db *db, who *p, struct kept_rows *k) {
        int64_t n;
        enum err e = credential_recovery_count(db, k->arena, p->id, &n);
        if (e != OK || n == 0)
                return e;
        kept_begin(k);
        kept_text(k, "aantal", S("Aantal codes over"), str_fmt(k->arena, "%lld", (long long) n));
        return OK;
}

static enum err show_passkeys(struct db *db, who *p, struct kept_rows *k) {
        struct cred_passkey_list rows;
        enum err e = cred_passkeys(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "naam", S("Naam"), rows.v[i].name);
                kept_text(k, "nummer", S("Nummer van de sleutel"), rows.v[i].credential_id);
                kept_text(k, "openbaar", S("Openbare sleutel"), webauthn_encode(k->arena, rows.v[i].public_key));
                kept_time(k, "gemaakt", S("Toegevoegd"), rows.v[i].created_ms);
                maybe_time(k, "gebruikt", S("Laatst gebruikt"), rows.v[i].used_ms);
        }
        return e;
}

static enum err erase_credentials(struct db *db, struct arena *a, who *p) {
        (void) a;
        return credential_forget_person(db, p->id);
}

static enum err show_oidc(struct db *db, who *p, struct kept_rows *k) {
        struct kept_oidc_row_list rows;
        enum err e = kept_oidc(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "organisatie", S("Organisatie"), rows.v[i].name);
                kept_text(k, "nummer", S("Uw nummer daar"), rows.v[i].subject);
        }
        return e;
}

static enum err erase_oidc(struct db *db, struct arena *a, who *p) {
        (void) a;
        return kept_oidc_delete(db, p->id);
}

static enum err show_links(struct db *db, who *p, struct kept_rows *k) {
        struct kept_links_row_list rows;
        enum err e = kept_links(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "doel", S("Waarvoor"), rows.v[i].purpose);
                kept_text(k, "bij", S("Hoort bij"), rows.v[i].detail);
                kept_time(k, "gemaakt", S("Gemaakt"), rows.v[i].created_ms);
                kept_time(k, "eindigt", S("Eindigt"), rows.v[i].ends_ms);
        }
        return e;
}

static enum err erase_links(struct db *db, struct arena *a, who *p) {
        (void) a;
        enum err e = link_forget_person(db, p->id);
        return e == OK ? kept_links_about(db, p->email) : e;
}

static enum err show_invitations(struct db *db, who *p, struct kept_rows *k) {
        struct kept_invitations_row_list rows;
        enum err e = kept_invitations(db, k->arena, p->email_fold, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "organisatie", S("Organisatie"), rows.v[i].name);
                kept_text(k, "rol", S("Rol"), role_name(rows.v[i].role));
                kept_time(k, "gemaakt", S("Uitgenodigd"), rows.v[i].created_ms);
                kept_time(k, "eindigt", S("Eindigt"), rows.v[i].ends_ms);
        }
        return e;
}

static enum err erase_invitations(struct db *db, struct arena *a, who *p) {
        (void) a;
        return kept_invitations_delete(db, p->email_fold);
}

static enum err show_refusals(struct db *db, who *p, struct kept_rows *k) {
        struct kept_refusals_row_list rows;
        enum err e = kept_refusals(db, k->arena, p->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct mail_kind *kind = mail_kind_find(rows.v[i].kind);
                kept_begin(k);
                kept_text(k, "soort", S("Niet sturen"), kind ? kind->label : rows.v[i].kind);
        }
        return e;
}

static enum err erase_refusals(struct db *db, struct arena *a, who *p) {
        (void) a;
        return kept_refusals_delete(db, p->id);
}

static enum err show_mail(struct db *db, who *p, struct kept_rows *k) {
        struct mail_brief_list rows;
        enum err e = mail_of_person(db, k->arena, p->id, p->email, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                kept_begin(k);
                kept_text(k, "onderwerp", S("Onderwerp"), rows.v[i].subject);
                kept_text(k, "aan", S("Aan"), rows.v[i].to_address);
                kept_time(k, "geschreven", S("Geschreven"), rows.v[i].created_ms);
                maybe_time(k, "verstuurd", S("Verstuurd"), rows.v[i].sent_ms);
        }
        return e;
}

static enum err erase_mail(struct db *db, struct arena *a, who *p) {
        enum err e = mail_forget_person(db, p->id);
        return e == OK ? mail_forget_address(db, a, p->email) : e;
}

/* All rows of the trail that F asks for, a page at a time. */
static enum err show_trail(struct db *db, struct kept_rows *k, struct audit_filter f) {
        struct audit_items items = { 0 };
        enum err e = OK;
        f.limit = AUDIT_PAGE_MAX;
        do {
                e = audit_search(db, k->arena, &f, &items);
                for (size_t i = 0; e == OK && i < items.n; i++) {
                        const struct audit_item *it = &items.v[i];
                        kept_begin(k);
                        kept_text(k, "handeling", S("Handeling"), it->e.action);
                        kept_text(k, "over", S("Over"), str_fmt(k->arena, "%.*s %.*s", STR(it->e.subject_kind), STR(it->e.subject_id)));
                        kept_text(k, "ervoor", S("Ervoor"), it->e.before);
                        kept_text(k, "erna", S("Erna"), it->e.after);
                        kept_time(k, "moment", S("Moment"), it->e.at_ms);
                        f.before_id = it->id;
                }
        } while (e == OK && items.n == AUDIT_PAGE_MAX);
        return e;
}

static enum err show_trail_by(struct db *db, who *p, struct kept_rows *k) {
        return show_trail(db, k, (struct audit_filter) { .person = opt_i64(p->id) });
}

static enum err show_trail_about(struct db *db, who *p, struct kept_rows *k) {
        return show_trail(db, k, (struct audit_filter) { .subject_kind = S("person"),
                                                         .subject_id = str_fmt(k->arena, "%lld", (long long) p->id) });
}

#define GONE S_INIT("Wordt gewist.")
#define NUMBER_STAYS S_INIT("Blijft staan als nummer, dat dan niemand meer aanwijst.")

const struct kept people_kept[] = {
        { "person", "email email_fold", "account", S_INIT("Uw account"), S_INIT("Om te weten wie u bent en u te kunnen bereiken."),
          GONE, show_person, erase_person },
        { "person_role", "person_id", "rollen", S_INIT("Uw rollen"), S_INIT("Om te weten wat u mag zien en doen."),
          GONE, show_roles, erase_roles },
        { "person_role", "granted_by", NULL, S_INIT("Rollen die u aan anderen gaf"), S_INIT("Om te weten wie een rol gaf."),
          NUMBER_STAYS, NULL, NULL },
        { "session", "person_id", "apparaten", S_INIT("Waar u bent ingelogd"), S_INIT("Om u ingelogd te houden, en u te laten zien waar."),
          GONE, show_sessions, erase_sessions },
        { "person_password", "person_id", "wachtwoord", S_INIT("Uw wachtwoord"), S_INIT("Om te controleren dat u het bent."),
          GONE, show_password, erase_credentials },
        { "person_totp", "person_id", "tweede-stap", S_INIT("Uw tweede stap"), S_INIT("Om codes van uw app te controleren."),
          GONE, show_totp, erase_credentials },
        { "recovery_code", "person_id", "herstelcodes", S_INIT("Uw herstelcodes"), S_INIT("Voor als u uw app kwijt bent. Wij bewaren alleen een hash."),
          GONE, show_recovery, erase_credentials },
        { "passkey", "person_id", "passkeys", S_INIT("Uw passkeys"), S_INIT("Om te controleren dat u het bent."),
          GONE, show_passkeys, erase_credentials },
        { "person_oidc", "person_id", "inloggen-organisatie", S_INIT("Inloggen via uw organisatie"), S_INIT("Om u te herkennen als u zo inlogt."),
          GONE, show_oidc, erase_oidc },
        { "link", "person_id", "links", S_INIT("Links die wij u stuurden"), S_INIT("Om te weten of een link nog mag werken. De link zelf bewaren wij niet."),
          GONE, show_links, erase_links },
        { "invitation", "email email_fold", "uitnodigingen", S_INIT("Uitnodigingen aan uw adres"), S_INIT("Om u te laten meedoen als u de uitnodiging aanneemt."),
          GONE, show_invitations, erase_invitations },
        { "invitation", "invited_by", NULL, S_INIT("Uitnodigingen die u aan anderen stuurde"), S_INIT("Om te weten wie uitnodigde."),
          NUMBER_STAYS, NULL, NULL },
        { "mail_refusal", "person_id", "post", S_INIT("E-mail die u niet wilt"), S_INIT("Om u die niet te sturen."),
          GONE, show_refusals, erase_refusals },
        { "mail_outbox", "person_id to_address", "e-mail", S_INIT("E-mail aan u"),
          S_INIT("Om te zien of een bericht is aangekomen. De tekst wissen wij na het versturen."),
          S_INIT("Wordt gewist. Staat uw naam in een e-mail aan een ander, dan verdwijnt die uit onze opslag zodra hij is verstuurd, "
                 "en anders na 90 dagen."), show_mail, erase_mail },
        { "audit", "person_id", "spoor", S_INIT("Wat u veranderde"), S_INIT("Om te kunnen verantwoorden wie wat deed. Zonder naam of adres."),
          NUMBER_STAYS, show_trail_by, NULL },
        { "audit", "subject_id", "spoor-over-u", S_INIT("Wat er over u veranderde"), S_INIT("Om te kunnen verantwoorden wie rechten gaf of nam."),
          NUMBER_STAYS, show_trail_about, NULL },
        { .table = NULL },
};
