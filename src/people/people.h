/* people.h - who takes part: organisations, people, the roles they have there, and what a role may do. Other rooms ask
 * here who may do what; how somebody gets in is people_session.h and people_credential.h. */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H
#include "http.h"
#include "people.sql.h"

/* What a role may do. A right is held for one organisation, or everywhere. Routes name them (route.right). */
enum right {
        RIGHT_MEMBERS_SEE = 1 << 0,             /* see who belongs to the organisation */
        RIGHT_MEMBERS_MANAGE = 1 << 1,          /* invite, approve, give and take roles */
        RIGHT_ORGANISATION_EDIT = 1 << 2,       /* name, municipalities, the organisation's own sign-in */
        RIGHT_ORGANISATIONS = 1 << 3,           /* add and close organisations */
        RIGHT_PEOPLE = 1 << 4,                  /* close accounts, help who lost the second factor */
        RIGHT_TRAIL = 1 << 5,                   /* read the trail of changes */
        RIGHT_MAIL = 1 << 6,                    /* read outgoing mail and background work */
        RIGHT_SYSTEM = 1 << 7,                  /* security of the installation, record of processing, table of roles */
        RIGHT_FEEDBACK = 1 << 8,                /* read what visitors report */
        RIGHT_EDIT = 1 << 9,                    /* write, check and publish texts */
        RIGHT_ASSESS = 1 << 10,                 /* sit in a committee that judges approaches */
        RIGHT_COMMITTEE = 1 << 11,              /* lead assessments: quick scan, committee, decision */
        RIGHT_MODERATE = 1 << 12,               /* act on reports about what people wrote */
        RIGHT_DELIVER = 1 << 13,                /* fill in and deliver figures */
        RIGHT_ACCEPT = 1 << 14,                 /* see deliveries, and approve what a colleague delivered */
        RIGHT_RELEASE = 1 << 15,                /* see who delivered, make a release of all accepted figures */
        RIGHT_METHODS = 1 << 16,                /* record which working methods a municipality uses, and hold benchlearning meetings */
};
#define RIGHTS_ALL ((uint64_t) (1 << 17) - 1)
/* In viewer.rights: some role of the visitor gives rights in its own organisation, so that the menu shows the way there. */
#define RIGHT_SOMEWHERE ((uint64_t) 1 << 62)
/* The right as a Dutch sentence part: "mensen uitnodigen en rollen geven". */
struct str right_label(enum right r);

/* How somebody gets a role. */
enum role_entry {
        ENTRY_OPEN,             /* at once, when asked on one's own; within an organisation its manager approves */
        ENTRY_APPROVAL,         /* the organisation's manager approves */
        ENTRY_INVITATION,       /* by invitation only */
};
/* Who may give and take a role. */
enum role_giver { GIVER_MANAGER, GIVER_PROGRAMME, GIVER_ADMINISTRATOR };

/* The twelve roles of product.md, and those that the others need: who manages an organisation, who assesses, who delivers figures. */
struct role {
        struct str code, name, does;            /* Dutch; DOES is one sentence */
        uint64_t own, everywhere;               /* rights in the role's organisation, and in all */
        enum role_entry entry;
        enum role_giver giver;
        bool second_factor;                     /* counts only after a second factor */
        bool alone;                             /* can be held without an organisation */
};
extern const struct role roles[];               /* ends with an empty code */
/* The role, or NULL. */
const struct role *role_find(struct str code);
/* May somebody with these rights give or take ROLE? RIGHTS are those held at the organisation concerned. */
bool role_may_give(const struct role *role, uint64_t everywhere, uint64_t at_organisation);

/* Where holders of ROLE may call ROUTE: everybody may, or it takes the right that the role gives. */
enum role_reach { REACH_NONE, REACH_OWN, REACH_EVERYWHERE, REACH_EVERYBODY };
enum role_reach role_reach(const struct role *role, const struct route *route);

/* Kinds of organisation (domain.md). Ends with an empty code. */
struct organisation_kind {
        struct str code, label;
        bool many;                              /* serves several municipalities */
};
extern const struct organisation_kind organisation_kinds[];
const struct organisation_kind *organisation_kind(struct str code);

/* Hooks for server_config.accounts. rq->app is the site (page.h) and its keys are set. */
_must_use_ enum err people_identify(struct req *rq, struct str token);
_must_use_ enum err people_permit(struct req *rq);
_must_use_ enum err people_touch(struct db *db, int64_t session_id, int64_t now_ms);

/* For handlers: what the visitor may do, everywhere or at one organisation (rights held everywhere included). The second
 * asks the store. */
bool viewer_may(const struct req *rq, enum right r);
_must_use_ enum err viewer_rights_at(struct req *rq, int64_t organisation_id, uint64_t *ret);

/* Codes (GM0034) of the municipalities that the organisations serve where the visitor holds a role; none without an account. */
struct viewer_place_list { struct str *v; size_t n, cap; };
_must_use_ enum err viewer_places(struct req *rq, struct viewer_place_list *ret);

#define ORGANISATION_PLACES_MAX 60
/* What organisations are sorted and searched by, in A. "Gemeente Almere" is found under "a": the kind in front of a name says
 * nothing. */
struct str organisation_sort_key(struct arena *a, struct str name);
/* Makes an organisation. NAME is shown; its slug follows from it. PLACES are codes of municipalities (GM0034), N of them.
 * ERR_INVALID for an unknown kind or municipality, no name, or more places than the kind may have; ERR_CONFLICT when the name
 * is taken. */
struct organisation_new {
        struct str name, kind, website;         /* website p NULL for none */
        const struct str *places;
        size_t places_n;
        bool is_demo;
};
_must_use_ enum err organisation_make(struct db *db, struct arena *a, const struct organisation_new *o, int64_t now_ms,
                                      int64_t *ret);
/* Changes what organisation_make set; the slug stays, so that links keep working. */
_must_use_ enum err organisation_edit(struct db *db, struct arena *a, int64_t id, const struct organisation_new *o);

/* What two e-mail addresses are compared by: folded, in A. */
struct str email_fold(struct arena *a, struct str email);
#define PERSON_NAME_MAX 200                     /* letters */
/* Makes a person. VERIFIED says that the address was proved. ERR_CONFLICT when there is one with this address. */
_must_use_ enum err person_make(struct db *db, struct arena *a, struct str email, struct str name, bool is_demo,
                                bool verified, int64_t now_ms, int64_t *ret);

/* Asks for ROLE on behalf of PERSON; at once granted when the table says so (role.entry). ORGANISATION 0: on one's own.
 * OK when it was asked or held already. ERR_INVALID for a role that cannot be asked for there, or an organisation that is
 * not there or closed. *GRANTED tells. */
_must_use_ enum err role_ask(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id,
                             bool *granted);
/* Gives ROLE, or grants what was asked, and ends the person's sessions: rights are read when a session starts. Writes the
 * trail. ERR_INVALID when it needs an organisation, or one that is open. The caller has checked role_may_give(). */
_must_use_ enum err role_give(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id);
/* Takes the role with this id in person_role away, or refuses the request. Ends sessions, writes the trail. ERR_NOT_FOUND;
 * ERR_CONFLICT for the last administrator. */
_must_use_ enum err role_take(struct req *rq, int64_t role_id);

/* Adds a row to the trail about this request: who asks, now, and its id; a request without a route is the command line.
 * BEFORE and AFTER are JSON or S(""). */
_must_use_ enum err people_trail(struct req *rq, const char *action, const char *subject_kind, int64_t subject_id,
                                 struct opt_i64 organisation, struct str before, struct str after);

/* The table "who may do what", as text for `schouders check roles` and the golden file of the tests: every role with its
 * rights, then every route of ROOMS with who may call it. */
void people_print_roles(struct buf *b, const struct route *const *rooms);

#endif
