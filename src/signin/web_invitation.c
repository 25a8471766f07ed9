/* web_invitation.c - /uitnodiging: taking an invitation, with the account one has or a new one. The link came by mail, so it
 * proves the address. */
#include "account.tmpl.h"
#include "people_invitation.h"
#include "rules.h"
#include "signin.h"
#include "views.h"

/* The invitation, and who has an account with its address: id 0 when nobody has. ERR_NOT_FOUND when the link is none (any
 * more). */
struct guest {
        struct invitation invitation;
        const struct role *role;
        struct person person;
};

static enum err look(struct req *rq, struct guest *ret) {
        struct link_found l;
        bool found = false;
        *ret = (struct guest) { 0 };
        enum err e = link_look(rq, LINK_INVITATION, req_text(rq, "t"), &l);
        if (e == OK)
                e = invitation_of_link(rq, l.detail, &ret->invitation);
        if (e == OK)
                e = person_by_email(rq->db, rq->arena, ret->invitation.email_fold, &ret->person, &found);
        ret->role = e == OK ? role_find(ret->invitation.role) : NULL;
        if (!found)
                ret->person.id = 0;
        return e == OK && (!ret->role || (found && ret->person.blocked_ms.is_set)) ? ERR_NOT_FOUND : e;
}

/* An account whose address was never proved is nobody's yet: it becomes that of the guest. */
static bool has_account(const struct guest *g) {
        return g->person.id && g->person.verified_ms.is_set;
}

static enum err gone(struct req *rq, struct resp *rs) {
        return signin_link_gone(rq, rs, S("/account-maken"), S("Maak zelf een account"));
}

static enum err show(struct req *rq, struct resp *rs, const struct guest *g) {
        struct str token = req_text(rq, "t");
        struct invitation_view v = {
                .token = token, .organisation = g->invitation.organisation, .role = g->role->name, .does = g->role->does,
                .email = g->invitation.email, .verder = str_fmt(rq->arena, "/uitnodiging?t=%.*s", STR(token)),
                .name = rq->method == POST ? req_text(rq, "naam") : S(""),
        };
        if (rq->viewer.person_id)
                v.who = rq->viewer.person_id == g->person.id ? INVITED_SELF : INVITED_OTHER;
        else
                v.who = has_account(g) ? INVITED_KNOWN : INVITED_NEW;
        struct page p = signin_page(rq, rs, str_fmt(rq->arena, "Uitnodiging van %.*s", STR(v.organisation)));
        invitation_page(&p, &v);
        return page_done(&p);
}

static enum err invitation_get_page(struct req *rq, struct resp *rs) {
        struct guest g;
        enum err e = look(rq, &g);
        if (e == ERR_NOT_FOUND)
                return gone(rq, rs);
        return e == OK ? show(rq, rs, &g) : e;
}

/* How this session was started, to start it anew with the new rights. */
static enum err session_method(struct req *rq, int *level, struct str *method) {
        struct session_infos l;
        *method = S("uitnodiging");
        enum err e = session_level(rq, level);
        if (e == OK)
                e = session_list(rq, rq->viewer.person_id, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                if (l.v[i].is_this)
                        *method = l.v[i].method;
        return e;
}

static enum err accept(struct req *rq, struct resp *rs, const struct guest *g) {
        struct link_found l;
        struct str method;
        int level = 0;
        enum err e = session_method(rq, &level, &method);
        if (e == OK)
                e = link_take(rq, LINK_INVITATION, req_text(rq, "t"), &l);
        if (e == OK)
                e = invitation_accept(rq, &g->invitation, g->person.id);
        if (e == OK)
                e = session_start(rq, rs, g->person.id, level, method);
        return e == OK ? resp_redirect(rs, g->role->second_factor && level < 2 ? S("/account/tweede-stap") : S("/account")) : e;
}

static enum err accept_post(struct req *rq, struct resp *rs) {
        struct guest g;
        enum err e = look(rq, &g);
        if (e == ERR_NOT_FOUND)
                return gone(rq, rs);
        if (e == OK && (rq->viewer.person_id != g.person.id || !has_account(&g)))
                return ERR_DENIED;
        return e == OK ? accept(rq, rs, &g) : e;
}

static enum err join_prepare(struct req *rq) {
        struct guest g;
        enum err e = look(rq, &g);
        if (e != OK)                    /* run tells about the link */
                return e == ERR_NOT_FOUND ? OK : e;
        return new_password_prepare(rq, req_text(rq, "wachtwoord"), g.invitation.email, req_text(rq, "naam"));
}

static enum err make_person(struct req *rq, const struct guest *g, int64_t *ret) {
        if (!g->person.id)
                return person_make(rq->db, rq->arena, g->invitation.email, req_text(rq, "naam"), false, true, rq->now_ms, ret);
        *ret = g->person.id;
        enum err e = person_set_name(rq->db, *ret, req_text(rq, "naam"));
        return e == OK ? person_set_verified(rq->db, *ret, rq->now_ms) : e;
}

static enum err join(struct req *rq, struct resp *rs, const struct guest *g) {
        struct link_found l;
        int64_t person = 0;
        enum err e = link_take(rq, LINK_INVITATION, req_text(rq, "t"), &l);
        if (e == OK)
                e = make_person(rq, g, &person);
        if (e == OK)
                e = credential_password_set(rq, person, new_password_hash(rq));
        if (e == OK)
                e = invitation_accept(rq, &g->invitation, person);
        return e == OK ? signin_finish(rq, rs, person, S("uitnodiging"), S("/account-maken/klaar")) : e;
}

static enum err join_post(struct req *rq, struct resp *rs) {
        struct guest g;
        enum err e = look(rq, &g);
        if (e == ERR_NOT_FOUND)
                return gone(rq, rs);
        if (e == OK && (rq->viewer.person_id || has_account(&g)))
                return ERR_DENIED;
        if (e != OK)
                return e;
        if (new_password_good(rq))
                return join(rq, rs, &g);
        e = show(rq, rs, &g);
        return e == OK ? ERR_INVALID : e;
}

#define TOKEN_FIELD { .name = "t", .type = FIELD_TOKEN, .max = 100, .required = true }
static const struct field token_fields[] = { TOKEN_FIELD, { 0 } };
/* The same name and password as in web_register.c; here the address is known. */
static const struct field join_fields[] = {
        TOKEN_FIELD,
        { .name = "naam", .type = FIELD_TEXT, .max = PERSON_NAME_MAX, .required = true, .missing = "Vul uw naam in", .personal = true },
        { .name = "wachtwoord", .type = FIELD_SECRET, .max = PASSWORD_MAX, .required = true, .missing = "Kies een wachtwoord" },
        { 0 },
};

const struct route signin_invitation_routes[] = {
        { GET, "/uitnodiging", ACCESS_PUBLIC, invitation_get_page, token_fields },
        { POST, "/uitnodiging", ACCESS_SIGNED_IN, accept_post, token_fields },
        { POST, "/uitnodiging/account", ACCESS_PUBLIC, join_post, join_fields, .prepare = join_prepare, .lane = LANE_HASH },
        { 0 },
};
