#include "people_invitation.h"
#include "invitation.tmpl.h"
#include "invitation.txt.tmpl.h"
#include "invite.h"
#include "mail.h"
#include "page.h"
#include "people.h"
#include "people_link.h"

/* The link names the invitation and when it was made: keys of deleted rows come back, and so does a row that is made anew. */
static struct str detail_of(struct req *rq, int64_t id, int64_t created_ms) {
        return str_fmt(rq->arena, "%lld %lld", (long long) id, (long long) created_ms);
}

static enum err check(struct req *rq, int64_t organisation_id, struct str email, const struct role *role, struct organisation *ret) {
        struct person p;
        struct role_once_row held;
        bool found = false;
        if (!mail_address_ok(email))
                return ERR_INVALID;
        enum err e = organisation_by_id(rq->db, rq->arena, organisation_id, ret, &found);
        if (e == OK && (!found || ret->closed_ms.is_set))
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = person_by_email(rq->db, rq->arena, email_fold(rq->arena, email), &p, &found);
        if (e != OK || !found)
                return e;
        e = role_once(rq->db, rq->arena, p.id, role->code, organisation_id, &held, &found);
        return e == OK && found && held.granted_ms.is_set ? ERR_CONFLICT : e;
}

static enum err send(struct req *rq, const struct organisation *o, struct str email, const struct role *role, struct str token) {
        const struct site *site = rq->app;
        struct letter l _cleanup_(letter_done) = letter_new(rq->arena, site->origin,
                str_fmt(rq->arena, "Uitnodiging van %.*s voor Schouders", STR(o->name)),
                str_fmt(rq->arena, "iemand van %.*s dit adres heeft opgegeven", STR(o->name)));
        struct mail_new n = { 0 };
        struct invite i = { rq->viewer.name, o->name, role->name, role->does,
                            letter_url(&l, str_fmt(rq->arena, "/uitnodiging?t=%.*s", STR(token))) };
        invitation_html(&l, &i);
        invitation_text(&l, &i);
        enum err e = letter_finish(&l, &n);
        n.to_address = email;
        n.kind = S("uitnodiging");
        n.now_ms = rq->now_ms;
        return e == OK ? mail_queue(rq->db, rq->arena, &n, NULL) : e;
}

static enum err trail(struct req *rq, const char *action, int64_t id, int64_t organisation_id, struct str after) {
        return people_trail(rq, action, "invitation", id, opt_i64(organisation_id), S(""), after);
}

enum err invitation_make(struct req *rq, int64_t organisation_id, struct str email, const struct role *role) {
        const struct site *site = rq->app;
        struct organisation o;
        struct str address = mail_address_tidy(rq->arena, email), token = S("");
        int64_t id = 0;
        enum err e = check(rq, organisation_id, address, role, &o);
        if (e == OK)
                e = invitation_put(rq->db, organisation_id, address, email_fold(rq->arena, address), role->code, rq->viewer.person_id,
                                   rq->now_ms, rq->now_ms + INVITATION_LASTS_MS, &id);
        if (e == OK)
                e = link_make(rq->db, rq->arena, site->keys, LINK_INVITATION, 0, detail_of(rq, id, rq->now_ms), rq->now_ms,
                              INVITATION_LASTS_MS, &token);
        if (e == OK)
                e = send(rq, &o, address, role, token);
        return e == OK ? trail(rq, "invitation.make", id, organisation_id,
                               str_fmt(rq->arena, "{\"role\":\"%.*s\"}", STR(role->code))) : e;
}

enum err invitation_withdraw(struct req *rq, int64_t id) {
        struct invitation_by_id_row row;
        bool found = false;
        enum err e = invitation_by_id(rq->db, rq->arena, id, &row, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = invitation_delete(rq->db, id);
        return e == OK ? trail(rq, "invitation.withdraw", id, row.organisation_id, S("")) : e;
}

enum err invitation_of_link(struct req *rq, struct str detail, struct invitation *ret) {
        struct str rest = detail, first = S(""), second = S("");
        int64_t id, created_ms;
        bool found = false;
        if (!str_split(&rest, ' ', &first) || !str_split(&rest, ' ', &second) || !str_to_i64(first, &id) ||
            !str_to_i64(second, &created_ms))
                return ERR_NOT_FOUND;
        enum err e = invitation_get(rq->db, rq->arena, id, created_ms, rq->now_ms, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err invitation_accept(struct req *rq, const struct invitation *i, int64_t person_id) {
        const struct role *role = role_find(i->role);
        enum err e = role ? invitation_delete(rq->db, i->id) : ERR_NOT_FOUND;
        if (e == OK)
                e = role_give(rq, person_id, role, i->organisation_id);
        return e == OK ? trail(rq, "invitation.accept", i->id, i->organisation_id,
                               str_fmt(rq->arena, "{\"person\":%lld,\"invited_by\":%lld}", (long long) person_id,
                                       (long long) i->invited_by)) : e;
}
