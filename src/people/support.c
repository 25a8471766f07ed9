#include "people_support.h"
#include "people.h"
#include "people_credential.h"
#include "people_link.h"
#include "people_session.h"
#include "utf8.h"

struct search {
        struct arena *a;
        struct str text;
        size_t most;
        struct support_people *ret;
};

static bool word_starts(struct str name, struct str text) {
        for (size_t i = 0; i < name.n; i++)
                if ((i == 0 || name.p[i - 1] == ' ' || name.p[i - 1] == '-') && str_starts(str_sub(name, i, name.n), text))
                        return true;
        return false;
}

static enum err compare(void *arg, const struct support_person *p) {
        struct search *s = arg;
        if (s->ret->n >= s->most || !(str_starts(p->email_fold, s->text) || word_starts(utf8_fold(s->a, p->name), s->text)))
                return OK;
        *vec_push(s->a, s->ret) = (struct support_person) {
                .id = p->id, .email = str_dup(s->a, p->email), .email_fold = str_dup(s->a, p->email_fold),
                .name = str_dup(s->a, p->name), .blocked_ms = p->blocked_ms, .signed_in_ms = p->signed_in_ms };
        return OK;
}

enum err people_find(struct db *db, struct arena *a, struct str text, size_t most, struct support_people *ret) {
        struct search s = { a, utf8_fold(a, str_trim(text)), most, ret };
        *ret = (struct support_people) { 0 };
        return s.text.n ? support_people(db, compare, &s) : OK;
}

static enum err is_last_administrator(struct req *rq, int64_t person_id, bool *ret) {
        struct holders_row_list rows;
        enum err e = holders(rq->db, rq->arena, S("beheerder"), &rows);
        size_t others = 0;
        for (size_t i = 0; e == OK && i < rows.n; i++)
                others += rows.v[i].id != person_id;
        *ret = e == OK && rows.n > 0 && others == 0;
        return e;
}

/* The person as it is now, or ERR_NOT_FOUND. */
static enum err get(struct req *rq, int64_t person_id, struct person *ret) {
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, person_id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

static enum err trail(struct req *rq, const char *action, int64_t person_id, struct str after) {
        return people_trail(rq, action, "person", person_id, (struct opt_i64) { 0 }, S(""), after);
}

enum err person_close(struct req *rq, int64_t person_id) {
        struct person p;
        bool last = false;
        enum err e = get(rq, person_id, &p);
        if (e != OK || p.blocked_ms.is_set)
                return e;
        e = is_last_administrator(rq, person_id, &last);
        if (e == OK && last)
                e = ERR_CONFLICT;
        if (e == OK)
                e = person_set_blocked(rq->db, person_id, opt_i64(rq->now_ms));
        if (e == OK)
                e = session_end_all(rq->db, person_id, 0);
        if (e == OK)
                e = link_forget_person(rq->db, person_id);
        return e == OK ? trail(rq, "account.close", person_id, S("")) : e;
}

enum err person_reopen(struct req *rq, int64_t person_id) {
        struct person p;
        enum err e = get(rq, person_id, &p);
        if (e != OK || !p.blocked_ms.is_set)
                return e;
        e = person_set_blocked(rq->db, person_id, (struct opt_i64) { 0 });
        return e == OK ? trail(rq, "account.open", person_id, S("")) : e;
}

static enum err remove_passkeys(struct req *rq, int64_t person_id) {
        struct credential_passkeys keys;
        enum err e = credential_passkeys(rq->db, rq->arena, person_id, &keys);
        for (size_t i = 0; e == OK && i < keys.n; i++)
                e = credential_passkey_remove(rq, person_id, keys.v[i].id);
        return e;
}

enum err person_remove_factors(struct req *rq, int64_t person_id, struct str reason, struct str check) {
        struct person p;
        struct credential_factors has = { 0 };
        enum err e = get(rq, person_id, &p);
        if (e == OK)
                e = credential_factors(rq->db, rq->arena, person_id, &has);
        if (e == OK && (has.has_totp || has.recovery_left))
                e = credential_totp_remove(rq, person_id);
        if (e == OK)
                e = remove_passkeys(rq, person_id);
        if (e == OK)
                e = session_end_all(rq->db, person_id, 0);
        return e == OK ? trail(rq, "factor.remove", person_id, str_fmt(rq->arena, "{\"reason\":\"%.*s\",\"check\":\"%.*s\"}",
                                                                       STR(reason), STR(check))) : e;
}

enum err people_single_factor(struct db *db, struct arena *a, struct single_factor *ret) {
        struct support_single_factor_row_list rows;
        enum err e = support_single_factor(db, a, &rows);
        *ret = (struct single_factor) { 0 };
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct role *r = role_find(rows.v[i].role);
                if (r && r->second_factor)
                        *vec_push(a, ret) = rows.v[i];
        }
        return e;
}
