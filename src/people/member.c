/* member.c - people, and the roles they ask for, get and lose. */
#include "people.h"
#include "people_mail.h"
#include "people_session.h"
#include "utf8.h"

struct str email_fold(struct arena *a, struct str email) {
        return utf8_fold(a, email);
}

enum err person_make(struct db *db, struct arena *a, struct str email, struct str name, bool is_demo, bool verified,
                     int64_t now_ms, int64_t *ret) {
        struct person same;
        bool found = false;
        struct str fold = email_fold(a, email);
        enum err e = email.n == 0 || name.n == 0 ? ERR_INVALID : person_by_email(db, a, fold, &same, &found);
        if (e == OK && found)
                e = ERR_CONFLICT;
        if (e == OK)
                e = person_add(db, email, fold, name, is_demo, now_ms, verified ? opt_i64(now_ms) : (struct opt_i64) { 0 }, ret);
        return e;
}

static struct opt_i64 organisation_or_none(int64_t id) {
        return id ? opt_i64(id) : (struct opt_i64) { 0 };
}

static struct str as_json(struct arena *a, struct str role, bool granted) {
        return str_fmt(a, "{\"role\":\"%.*s\",\"granted\":%s}", STR(role), granted ? "true" : "false");
}

static enum err trail(struct req *rq, const char *action, int64_t person_id, int64_t organisation_id, struct str before,
                      struct str after) {
        return people_trail(rq, action, "person", person_id, organisation_or_none(organisation_id), before, after);
}

/* Not a role at an organisation that does not exist or takes no part any more. */
static enum err takes_part(struct req *rq, int64_t organisation_id) {
        struct organisation o;
        bool found = false;
        if (organisation_id == 0)
                return OK;
        enum err e = organisation_by_id(rq->db, rq->arena, organisation_id, &o, &found);
        return e != OK || (found && !o.closed_ms.is_set) ? e : ERR_INVALID;
}

enum err role_ask(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id, bool *granted) {
        struct role_once_row held;
        bool found = false, at_once = role->entry == ENTRY_OPEN && organisation_id == 0;
        int64_t id;
        *granted = false;
        if (role->entry == ENTRY_INVITATION || (organisation_id == 0 && !role->alone))
                return ERR_INVALID;
        enum err e = takes_part(rq, organisation_id);
        if (e == OK)
                e = role_once(rq->db, rq->arena, person_id, role->code, organisation_id, &held, &found);
        if (e != OK || found) {
                *granted = e == OK && held.granted_ms.is_set;
                return e;
        }
        *granted = at_once;
        e = role_add(rq->db, person_id, organisation_or_none(organisation_id), role->code, rq->now_ms,
                     at_once ? opt_i64(rq->now_ms) : (struct opt_i64) { 0 }, (struct opt_i64) { 0 }, &id);
        if (e == OK && !at_once)
                e = people_tell_asked(rq, person_id, role, organisation_id);
        return e == OK ? trail(rq, "role.ask", person_id, organisation_id, S(""), as_json(rq->arena, role->code, at_once)) : e;
}

enum err role_give(struct req *rq, int64_t person_id, const struct role *role, int64_t organisation_id) {
        struct role_once_row held = { 0 };
        bool found = false;
        int64_t id;
        struct opt_i64 by = organisation_or_none(rq->viewer.person_id);
        enum err e = organisation_id == 0 && !role->alone ? ERR_INVALID : takes_part(rq, organisation_id);
        if (e == OK)
                e = role_once(rq->db, rq->arena, person_id, role->code, organisation_id, &held, &found);
        if (e != OK || (found && held.granted_ms.is_set))
                return e;
        if (found)
                e = role_set_granted(rq->db, held.id, rq->now_ms, by);
        else
                e = role_add(rq->db, person_id, organisation_or_none(organisation_id), role->code, rq->now_ms, opt_i64(rq->now_ms),
                             by, &id);
        if (e == OK)
                e = session_end_all(rq->db, person_id, 0);
        if (e == OK && found)
                e = people_tell_decided(rq, person_id, role, organisation_id, true);
        if (e == OK)
                e = trail(rq, "role.give", person_id, organisation_id, found ? as_json(rq->arena, role->code, false) : S(""),
                          as_json(rq->arena, role->code, true));
        return e;
}

/* Would nobody with an open account be administrator without R? */
static enum err is_last_administrator(struct req *rq, const struct role_get_row *r, bool *ret) {
        struct holders_row_list rows;
        *ret = false;
        if (!str_eq(r->role, S("beheerder")))
                return OK;
        enum err e = holders(rq->db, rq->arena, r->role, &rows);
        *ret = e == OK && rows.n == 1 && rows.v[0].id == r->person_id;
        return e;
}

/* Somebody else refuses what was asked; who takes a question back knows. */
static enum err tell_refused(struct req *rq, const struct role_get_row *r) {
        const struct role *role = role_find(r->role);
        if (r->granted_ms.is_set || !role || rq->viewer.person_id == r->person_id)
                return OK;
        return people_tell_decided(rq, r->person_id, role, r->organisation_id.is_set ? r->organisation_id.v : 0, false);
}

enum err role_take(struct req *rq, int64_t role_id) {
        struct role_get_row r;
        bool found = false, last = false;
        enum err e = role_get(rq->db, rq->arena, role_id, &r, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        if (e == OK && r.granted_ms.is_set)
                e = is_last_administrator(rq, &r, &last);
        if (e == OK && last)
                e = ERR_CONFLICT;
        if (e == OK)
                e = role_delete(rq->db, role_id);
        if (e == OK && r.granted_ms.is_set)
                e = session_end_all(rq->db, r.person_id, 0);
        if (e == OK)
                e = tell_refused(rq, &r);
        if (e == OK)
                e = trail(rq, r.granted_ms.is_set ? "role.take" : "role.refuse", r.person_id,
                          r.organisation_id.is_set ? r.organisation_id.v : 0, as_json(rq->arena, r.role, r.granted_ms.is_set), S(""));
        return e;
}
