/* views.h - what this room's pages show. */
#ifndef ADMIN_VIEWS_H
#define ADMIN_VIEWS_H
#include "findings.h"
#include "feedback.h"
#include "internal.h"
#include "people_credential.h"
#include "people_support.h"
#include "search.h"
#include "search.sql.h"

struct hub_link {
        enum right right;
        struct str path, title, what;
};
struct hub_view {
        const struct hub_link *links;           /* ends without a right */
        struct { struct role_held *v; size_t n, cap; } own;
        struct roles_waiting_row_list waiting;
        bool any;                               /* some link is for this visitor */
};

struct organisations_view {
        struct str query;
        struct organisation_line_list rows;
        struct str next;                        /* address of the next page, "" for none */
};

/* The form of an organisation: as stored, or as typed. */
struct organisation_form {
        struct str action, back, name, kind, website, places;
        bool is_new;
};

struct organisation_view {
        struct organisation o;
        struct organisation_places_row_list places;
        struct str obstacle;                    /* why it cannot be closed, "" when it can */
};

struct member_role {
        int64_t id, asked_ms;
        struct str name;
        bool granted, may_change;               /* the visitor may decide about it */
};
struct member {
        int64_t person_id;
        struct str name, email;
        struct opt_i64 signed_in_ms;
        bool blocked, holds;                    /* holds: has at least one granted role here */
        struct { struct member_role *v; size_t n, cap; } roles;
};
struct invited {
        int64_t id, ends_ms;
        struct str email, role;
        bool may_change, ended;
};
struct members_view {
        struct organisation o;
        struct organisation_places_row_list places;
        struct { struct member *v; size_t n, cap; } members;
        struct { struct invited *v; size_t n, cap; } invited;
        size_t waiting, held;
        bool may_manage, may_edit, may_close;
};
/* One role of one person, to decide about. */
struct role_view {
        struct organisation o;
        struct person person;
        const struct role *role;
        int64_t id;
        bool granted, own;
};
struct invite_view {
        struct organisation o;
        uint64_t rights;                        /* of the visitor, there */
        struct str email, role;
};

struct persons_view {
        struct str query;
        struct support_people found;
};
struct person_view {
        struct person p;
        struct role_held_list roles;
        struct credential_factors factors;
        bool own;                               /* the visitor's own account */
        struct str obstacle;
};
/* A choice with its words; ends with an empty code. */
struct choice { struct str code, label; };
struct factors_view {
        struct person p;
        const struct choice *reasons, *checks;
        struct str reason, check;
};

struct trail_line {
        int64_t id, at_ms;
        struct str who, action, subject, subject_href, organisation, before, after;
};
struct trail_view {
        struct { struct trail_line *v; size_t n, cap; } lines;
        const struct choice *actions, *kinds;
        struct str from, until, who, action, subject_kind, subject_id;     /* the filters as typed */
        struct str mistake;                     /* about the filters; "" for none */
        struct str next, csv;
        int64_t rows;
        struct str hash;
        struct str checked;                     /* a sentence about the last check */
        bool is_broken;
};

struct outbox_line {
        int64_t id, created_ms;
        struct str to, subject, error;
};
struct outbox_view {
        struct { struct outbox_line *v; size_t n, cap; } lines;
        struct { struct str code, label; int64_t n; } states[4];
        struct str state, next;
};
struct letter_view {
        int64_t id, created_ms, attempts;
        struct str to, subject, state, error, text, html;
        struct opt_i64 sent_ms;
        bool may_retry;
};
struct job_line {
        int64_t id, run_at_ms, created_ms;
        struct str kind, error;
};
struct jobs_view {
        struct { struct job_line *v; size_t n, cap; } lines;
        int64_t waiting, running;
        struct str next;
};

struct role_route {
        struct str method, pattern;
        bool own;                               /* in the role's own organisation only */
};
struct role_routes {
        const struct role *role;
        struct { struct role_route *v; size_t n, cap; } routes;
};
struct role_table_view {
        struct { struct role_routes *v; size_t n, cap; } roles;
};
struct messages_view {
        struct feedback_messages messages;
        struct str next;
};

struct safety_view {
        struct findings found;
        bool can_send;                  /* there is a mail server to try */
        const struct str *tried;        /* what that gave, "" for good; NULL when it was not tried */
};

/* For editors: what is not found, and what stands first. */
struct bet_line {
        int64_t id, place;
        struct str words, path;
};
struct searching_view {
        struct search_miss_list misses;
        struct { struct bet_line *v; size_t n, cap; } bets;
        int64_t from;                           /* bets before this page */
        struct str next;
        struct str words, address;              /* the form as typed */
        int64_t place;
};
struct group_lines {
        struct group_line { int64_t id; struct str words; } *v;
        size_t n, cap;
};
struct groups_view {
        struct group_lines own, off;
        struct { struct str *v; size_t n, cap; } shipped;
        int64_t from, found;                    /* of the shipped ones */
        struct str query, typed, next;
};

#endif
