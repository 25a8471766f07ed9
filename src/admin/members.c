/* members.c - who belongs to an organisation, and deciding about one role. The path names the organisation and the role; a role
 * of another organisation does not exist here, and only who may give a role may decide about it. */
#include "address.h"
#include "internal.h"
#include "members.tmpl.h"
#include "people_invitation.h"
#include "views.h"

/* May the visitor give and take CODE, with RIGHTS at the organisation? */
static bool may_change(const struct req *rq, uint64_t rights, struct str code) {
        const struct role *r = role_find(code);
        return r && role_may_give(r, rq->viewer.rights, rights);
}

static void add_role(struct req *rq, struct members_view *v, uint64_t rights, const struct members_row *r) {
        struct member *m = v->members.n ? &v->members.v[v->members.n - 1] : NULL;
        if (!m || m->person_id != r->person_id) {
                m = vec_push(rq->arena, &v->members);
                *m = (struct member) { .person_id = r->person_id, .name = r->name, .email = r->email, .signed_in_ms = r->signed_in_ms,
                                       .blocked = r->blocked_ms.is_set };
        }
        *vec_push(rq->arena, &m->roles) = (struct member_role) {
                r->id, r->asked_ms, role_label(r->role), r->granted_ms.is_set, may_change(rq, rights, r->role) };
        v->held += r->granted_ms.is_set && !m->holds;
        m->holds |= r->granted_ms.is_set;
        v->waiting += !r->granted_ms.is_set;
}

static enum err load_invited(struct req *rq, struct members_view *v, uint64_t rights) {
        struct invitation_line_list rows;
        enum err e = invitations_of(rq->db, rq->arena, v->o.id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct invitation_line *r = &rows.v[i];
                *vec_push(rq->arena, &v->invited) = (struct invited) {
                        r->id, r->ends_ms, r->email, role_label(r->role), may_change(rq, rights, r->role), r->ends_ms <= rq->now_ms };
        }
        return e;
}

enum err members_get(struct req *rq, struct resp *rs) {
        struct members_view v = { 0 };
        struct members_row_list rows;
        uint64_t rights = 0;
        enum err e = admin_organisation(rq, &v.o);
        if (e == OK)
                e = viewer_rights_at(rq, v.o.id, &rights);
        if (e == OK)
                e = organisation_places(rq->db, rq->arena, v.o.id, &v.places);
        if (e == OK)
                e = members(rq->db, rq->arena, v.o.id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                add_role(rq, &v, rights, &rows.v[i]);
        v.may_manage = rights & RIGHT_MEMBERS_MANAGE;
        v.may_edit = rights & RIGHT_ORGANISATION_EDIT;
        v.may_close = viewer_may(rq, RIGHT_ORGANISATIONS);
        if (e == OK && v.may_manage)
                e = load_invited(rq, &v, rights);
        if (e != OK)
                return e;
        struct page p = admin_page(rq, rs, v.o.name);
        if (v.may_close)
                page_crumb(&p, S("Organisaties"), S("/beheer/organisaties"));
        page_crumb(&p, v.o.name, rq->path);
        members_page(&p, &v);
        return page_done(&p);
}

/* One role. ERR_NOT_FOUND when it is of another organisation or gone, ERR_DENIED for a role that is not the visitor's to
 * decide about. */
static enum err load(struct req *rq, struct role_view *v) {
        struct role_get_row row = { 0 };
        uint64_t rights = 0;
        bool found = false;
        enum err e = admin_organisation(rq, &v->o);
        if (e == OK)
                e = viewer_rights_at(rq, v->o.id, &rights);
        if (e == OK)
                e = role_get(rq->db, rq->arena, admin_id(rq, 2), &row, &found);
        if (e == OK && (!found || !row.organisation_id.is_set || row.organisation_id.v != v->o.id))
                e = ERR_NOT_FOUND;
        if (e == OK && !may_change(rq, rights, row.role))
                e = ERR_DENIED;
        if (e == OK)
                e = person_get(rq->db, rq->arena, row.person_id, &v->person, &found);
        v->role = role_find(row.role);
        v->id = row.id;
        v->granted = row.granted_ms.is_set;
        v->own = row.person_id == rq->viewer.person_id;
        return e;
}

static enum err draw(struct req *rq, struct resp *rs, const struct role_view *v) {
        struct page p = admin_page(rq, rs, v->granted ? S("Rol intrekken?") : S("Verzoek om een rol"));
        page_crumb(&p, v->o.name, organisation_path(rq->arena, v->o.slug, ""));
        page_crumb(&p, S("Rol"), rq->path);
        role_page(&p, v);
        return page_done(&p);
}

enum err role_get_page(struct req *rq, struct resp *rs) {
        struct role_view v = { 0 };
        enum err e = load(rq, &v);
        return e == OK ? draw(rq, rs, &v) : e;
}

static enum err done(struct req *rq, struct resp *rs, const char *code) {
        return page_noted(rq, rs, organisation_path(rq->arena, rq->param[0], ""), code);
}

/* Somebody else was first: the role is no longer what the page showed. GRANTED is what it must be. */
static enum err load_still(struct req *rq, struct role_view *v, bool granted, bool *late) {
        enum err e = load(rq, v);
        *late = e == ERR_NOT_FOUND || (e == OK && v->granted != granted);
        return *late ? OK : e;
}

enum err role_approve(struct req *rq, struct resp *rs) {
        struct role_view v = { 0 };
        bool late = false;
        enum err e = load_still(rq, &v, false, &late);
        if (e != OK || late)
                return e != OK ? e : done(rq, rs, "al-besloten");
        e = role_give(rq, v.person.id, v.role, v.o.id);
        return e == OK ? done(rq, rs, "toegelaten") : e;
}

enum err role_refuse(struct req *rq, struct resp *rs) {
        struct role_view v = { 0 };
        bool late = false;
        enum err e = load_still(rq, &v, false, &late);
        if (e != OK || late)
                return e != OK ? e : done(rq, rs, "al-besloten");
        e = role_take(rq, v.id);
        return e == OK ? done(rq, rs, "geweigerd") : e;
}

enum err role_withdraw(struct req *rq, struct resp *rs) {
        struct role_view v = { 0 };
        bool late = false;
        enum err e = load_still(rq, &v, true, &late);
        if (e != OK || late)
                return e != OK ? e : done(rq, rs, "al-besloten");
        e = role_take(rq, v.id);
        if (e == ERR_CONFLICT) {
                req_error(rq, "intrekken", S("Dit is de laatste beheerder. Nodig eerst een andere beheerder uit."));
                return page_refused(rs, draw(rq, rs, &v));
        }
        return e == OK ? done(rq, rs, "ingetrokken") : e;
}

/* Inviting. */

const struct field invite_fields[] = {
        { .name = "email", .type = FIELD_TEXT, .max = MAIL_ADDRESS_MAX, .required = true, .missing = "Vul het e-mailadres in", .personal = true },
        { .name = "rol", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies een rol" },
        { 0 },
};

static enum err draw_invite(struct req *rq, struct resp *rs, const struct invite_view *v) {
        struct page p = admin_page(rq, rs, str_fmt(rq->arena, "Iemand uitnodigen voor %.*s", STR(v->o.name)));
        page_crumb(&p, v->o.name, organisation_path(rq->arena, v->o.slug, ""));
        page_crumb(&p, S("Uitnodigen"), rq->path);
        invite_page(&p, v);
        return page_done(&p);
}

static enum err load_invite(struct req *rq, struct invite_view *v) {
        enum err e = admin_organisation(rq, &v->o);
        return e == OK ? viewer_rights_at(rq, v->o.id, &v->rights) : e;
}

enum err invite_get(struct req *rq, struct resp *rs) {
        struct invite_view v = { 0 };
        enum err e = load_invite(rq, &v);
        return e == OK ? draw_invite(rq, rs, &v) : e;
}

enum err invite_post(struct req *rq, struct resp *rs) {
        struct invite_view v = { .email = req_text(rq, "email"), .role = req_text(rq, "rol") };
        enum err e = load_invite(rq, &v);
        if (e != OK)
                return e;
        if (v.o.closed_ms.is_set)
                req_error(rq, "email", S("Deze organisatie is gesloten. Open haar eerst weer."));
        if (v.role.n && !may_change(rq, v.rights, v.role))
                req_error(rq, "rol", S("Kies een van de rollen die hier staan"));
        if (rq->errors.n == 0)
                e = invitation_make(rq, v.o.id, v.email, role_find(v.role));
        if (e == ERR_INVALID)
                req_error(rq, "email", S("Vul een heel e-mailadres in, zoals naam@gemeente.nl"));
        if (e == ERR_CONFLICT)
                req_error(rq, "email", S("Iemand met dit e-mailadres heeft deze rol al"));
        if (rq->errors.n)
                return page_refused(rs, draw_invite(rq, rs, &v));
        return e == OK ? done(rq, rs, "uitgenodigd") : e;
}

/* The invitation in the path, of this organisation and for a role that is the visitor's to give. */
static enum err find_invitation(struct req *rq, struct organisation *o, struct invitation_line *ret) {
        struct invitation_line_list rows;
        uint64_t rights = 0;
        enum err e = admin_organisation(rq, o);
        if (e == OK)
                e = viewer_rights_at(rq, o->id, &rights);
        if (e == OK)
                e = invitations_of(rq->db, rq->arena, o->id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                if (rows.v[i].id == admin_id(rq, 2)) {
                        *ret = rows.v[i];
                        return may_change(rq, rights, rows.v[i].role) ? OK : ERR_DENIED;
                }
        return e == OK ? ERR_NOT_FOUND : e;
}

enum err invitation_again(struct req *rq, struct resp *rs) {
        struct organisation o;
        struct invitation_line i;
        enum err e = find_invitation(rq, &o, &i);
        if (e == OK)
                e = invitation_make(rq, o.id, i.email, role_find(i.role));
        if (e == ERR_NOT_FOUND || e == ERR_CONFLICT)
                return done(rq, rs, "al-besloten");
        return e == OK ? done(rq, rs, "uitgenodigd") : e;
}

enum err invitation_stop(struct req *rq, struct resp *rs) {
        struct organisation o;
        struct invitation_line i;
        enum err e = find_invitation(rq, &o, &i);
        if (e == OK)
                e = invitation_withdraw(rq, i.id);
        if (e == ERR_NOT_FOUND)
                return done(rq, rs, "al-besloten");
        return e == OK ? done(rq, rs, "uitnodiging-weg") : e;
}
