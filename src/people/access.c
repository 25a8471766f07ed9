/* access.c - may the visitor do this? From roles to rights. */
#include "access.sql.h"
#include "audit.h"
#include "internal.h"
#include "people.h"

static bool counts(const struct role *r, int level) {
        return r && (!r->second_factor || level >= 2);
}

enum err standing_of(struct db *db, struct arena *a, int64_t person_id, int level, struct standing *ret) {
        struct access_roles_row_list rows;
        enum err e = access_roles(db, a, person_id, &rows);
        *ret = (struct standing) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct role *r = role_find(rows.v[i].role);
                if (!counts(r, level))
                        continue;
                ret->everywhere |= r->everywhere | (r->own && rows.v[i].organisation_id.is_set ? RIGHT_SOMEWHERE : 0);
                ret->strict = ret->strict || r->second_factor;
        }
        return e;
}

bool viewer_may(const struct req *rq, enum right r) {
        return rq->viewer.rights & r;
}

enum err viewer_rights_at(struct req *rq, int64_t organisation_id, uint64_t *ret) {
        struct access_roles_at_row_list rows;
        struct access_level_row session;
        bool found = false;
        *ret = rq->viewer.rights;
        if (!rq->viewer.person_id)
                return OK;
        enum err e = access_level(rq->db, rq->arena, rq->viewer.session_id, &session, &found);
        if (e == OK)
                e = access_roles_at(rq->db, rq->arena, rq->viewer.person_id, organisation_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct role *r = role_find(rows.v[i].role);
                if (counts(r, found ? (int) session.level : 0))
                        *ret |= r->own;
        }
        return e;
}

enum err viewer_places(struct req *rq, struct viewer_place_list *ret) {
        struct access_places_row_list rows = { 0 };
        *ret = (struct viewer_place_list) { 0 };
        enum err e = rq->viewer.person_id ? access_places(rq->db, rq->arena, rq->viewer.person_id, &rows) : OK;
        for (size_t i = 0; e == OK && i < rows.n; i++)
                *vec_push(rq->arena, ret) = rows.v[i].municipality;
        return e;
}

enum err people_permit(struct req *rq) {
        const struct route *r = rq->route;
        uint64_t rights = rq->viewer.rights;
        if (r->organisation > 0) {
                struct access_organisation_row o;
                bool found = false;
                enum err e = access_organisation(rq->db, rq->arena, rq->param[r->organisation - 1], &o, &found);
                if (e == OK && !found)
                        e = rq->viewer.rights & (uint64_t) r->right ? ERR_NOT_FOUND : ERR_DENIED;
                if (e == OK)
                        e = viewer_rights_at(rq, o.id, &rights);
                if (e != OK)
                        return e;
        }
        return rights & (uint64_t) r->right ? OK : ERR_DENIED;
}

enum err people_trail(struct req *rq, const char *action, const char *subject_kind, int64_t subject_id,
                      struct opt_i64 organisation, struct str before, struct str after) {
        const struct viewer *v = &rq->viewer;
        return audit_add(rq->db, &(struct audit_entry) {
                .at_ms = rq->now_ms, .person = v->person_id ? opt_i64(v->person_id) : (struct opt_i64) { 0 },
                .actor = v->person_id ? AUDIT_PERSON : rq->route ? AUDIT_SYSTEM : AUDIT_COMMAND, .action = str_of(action),
                .subject_kind = str_of(subject_kind), .subject_id = str_fmt(rq->arena, "%lld", (long long) subject_id),
                .organisation = organisation, .before = before.n ? before : (struct str) { 0 },
                .after = after.n ? after : (struct str) { 0 }, .request_id = rq->id });
}
