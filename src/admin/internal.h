/* internal.h - what the files of this room share. */
#ifndef ADMIN_INTERNAL_H
#define ADMIN_INTERNAL_H
#include "page.h"
#include "people.h"

/* Rows on one page of a list. */
#define ADMIN_PAGE 25

/* A page below "Beheer". */
struct page admin_page(struct req *rq, struct resp *rs, struct str title);
/* The note for a page that page_noted() led to; "" for none. Routes of such pages declare NOTE_FIELD. */
struct str admin_note(const struct req *rq);
/* The id in the N-th {…} part of the path; 0 for what is no id, which no row has. */
int64_t admin_id(const struct req *rq, int n);
/* The organisation in the first {…} part of the path. */
_must_use_ enum err admin_organisation(struct req *rq, struct organisation *ret);
/* "/beheer/organisaties/SLUG" with REST behind it. */
struct str organisation_path(struct arena *a, struct str slug, const char *rest);
/* "Gemeente" for "gemeente". */
struct str kind_label(struct str code);
/* The name of a role for its code. */
struct str role_label(struct str code);

/* Municipalities that an organisation serves, typed as one name on each line (places.c). */
struct place_codes { struct str *v; size_t n, cap; };
/* Their codes; a name that nobody knows is noted as a mistake in FIELD, with what it may have been. Old and other names count
 * ("Den Haag"), as long as they lead to one municipality. */
_must_use_ enum err places_read(struct req *rq, const char *field, struct str text, struct place_codes *ret);

/* Handlers, by the file they stand in. */
handler organisations_get, organisation_new_get, organisation_new_post, organisation_edit_get, organisation_edit_post,
        organisation_close_get, organisation_close_post, organisation_open_post, organisation_public_get;
handler members_get, role_get_page, role_approve, role_refuse, role_withdraw;
handler invite_get, invite_post, invitation_again, invitation_stop;
handler persons_get, person_page_get, person_close_get, person_close_post, person_open_post, factors_get, factors_post,
        password_link_post;
handler trail_page_get, trail_csv_get, trail_check_post;
handler outbox_get, letter_get, letter_retry_post, jobs_get, job_revive_post;
_must_use_ enum err mail_try(struct req *rq);                   /* in its lane, before mail_try_post */
handler safety_get, mail_try_post, role_table_get, processing_get, messages_get;
handler searching_get, miss_handled_post, bet_post, bet_remove_post, groups_get, group_add_post, group_off_post, group_remove_post;
extern const struct field searching_fields[], miss_fields[], bet_fields[], groups_fields[], group_fields[];
extern const struct field organisations_fields[], organisation_fields[], invite_fields[], persons_fields[], factors_fields[],
        trail_fields[], outbox_fields[], list_fields[], note_fields[];

#endif
