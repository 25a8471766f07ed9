/* roles.c - asking for a role, and giving one up. */
#include "internal.h"
#include "roles.tmpl.h"

#define PATH "/account/rollen"

static enum err draw(struct req *rq, struct resp *rs) {
        struct roles_view v = { .done = account_done(rq) };
        enum err e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &v.roles);
        if (e == OK)
                e = organisations_open(rq->db, rq->arena, &v.organisations);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Mijn rollen"), S(PATH));
        account_roles_page(&p, &v);
        return page_done(&p);
}

enum err account_roles_get(struct req *rq, struct resp *rs) {
        return draw(rq, rs);
}

/* What was chosen; mistakes go to rq->errors. */
static enum err chosen(struct req *rq, const struct role **role, int64_t *organisation_id) {
        struct str slug = req_text(rq, "organisatie");
        struct organisation o;
        bool found = false;
        *role = role_find(req_text(rq, "rol"));
        *organisation_id = 0;
        if (!*role || (*role)->entry == ENTRY_INVITATION)
                req_error(rq, "rol", S("Kies een rol uit de lijst."));
        enum err e = slug.n ? organisation_get(rq->db, rq->arena, slug, &o, &found) : OK;
        if (e == OK && slug.n && (!found || o.closed_ms.is_set))
                req_error(rq, "organisatie", S("Kies een organisatie uit de lijst."));
        else if (e == OK && !slug.n && rq->errors.n == 0 && !(*role)->alone)
                req_error(rq, "organisatie", S("Deze rol hoort bij een organisatie. Kies er een."));
        if (e == OK && found)
                *organisation_id = o.id;
        return e;
}

enum err account_roles_post(struct req *rq, struct resp *rs) {
        const struct role *role;
        int64_t organisation_id;
        bool granted = false;
        enum err e = rq->errors.n ? OK : chosen(rq, &role, &organisation_id);
        if (e == OK && rq->errors.n)
                return account_refused(rs, draw(rq, rs));
        if (e == OK)
                e = role_ask(rq, rq->viewer.person_id, role, organisation_id, &granted);
        if (e == OK && granted)
                e = session_renew(rq, rs);
        return e == OK ? resp_redirect(rs, granted ? S(PATH "?klaar=rol-nu") : S(PATH "?klaar=rol-wacht")) : e;
}

/* A role of this person, and of nobody else. */
static enum err own_role(struct req *rq, struct role_held *ret) {
        struct role_held_list l;
        int64_t id;
        enum err e = account_id(rq, &id);
        if (e == OK)
                e = roles_of(rq->db, rq->arena, rq->viewer.person_id, &l);
        for (size_t i = 0; e == OK && i < l.n; i++)
                if (l.v[i].id == id) {
                        *ret = l.v[i];
                        return OK;
                }
        return e == OK ? ERR_NOT_FOUND : e;
}

static enum err draw_end(struct req *rq, struct resp *rs, const struct role_held *r) {
        const struct role *role = role_find(r->role);
        struct role_end_view v = { .role = r, .name = role ? role->name : r->role };
        struct page p = account_page(rq, rs, r->granted_ms.is_set ? S("Rol opgeven") : S("Aanvraag intrekken"), rq->path);
        account_role_end_page(&p, &v);
        return page_done(&p);
}

enum err account_role_end_get(struct req *rq, struct resp *rs) {
        struct role_held r;
        enum err e = own_role(rq, &r);
        return e == OK ? draw_end(rq, rs, &r) : e;
}

enum err account_role_end_post(struct req *rq, struct resp *rs) {
        struct role_held r;
        bool last = false;
        enum err e = own_role(rq, &r);
        if (e == OK && r.granted_ms.is_set && str_eq(r.role, S("beheerder")))
                e = people_is_last_administrator(rq, rq->viewer.person_id, &last);
        if (e != OK)
                return e;
        if (last) {
                req_error(rq, "opgeven", S("U bent de enige beheerder. Maak eerst iemand anders beheerder."));
                return account_refused(rs, draw_end(rq, rs, &r));
        }
        /* role_take ends all sessions of who loses a role; the visitor stays signed in with what is left */
        struct session_infos l;
        int level = 0;
        struct str method = S("");
        e = session_list(rq, rq->viewer.person_id, &l);
        if (e == OK)
                e = session_level(rq, &level);
        for (size_t i = 0; e == OK && i < l.n; i++)
                if (l.v[i].is_this)
                        method = l.v[i].method;
        if (e == OK)
                e = role_take(rq, r.id);
        if (e == OK && r.granted_ms.is_set)
                e = session_start(rq, rs, rq->viewer.person_id, level, method);
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=rol-weg")) : e;
}
