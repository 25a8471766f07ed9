/* oidc_person.c - who somebody of a provider is here, and which roles the organisation's rules give. */
#include "people_oidc.h"

enum err people_oidc_person(struct req *rq, int64_t organisation_id, struct str subject, int64_t *person_id) {
        struct oidc_linked_row row;
        bool found = false;
        enum err e = oidc_linked(rq->db, rq->arena, organisation_id, subject, &row, &found);
        *person_id = e == OK && found ? row.person_id : 0;
        return e;
}

enum err people_oidc_is_linked(struct req *rq, int64_t organisation_id, int64_t person_id, bool *ret) {
        struct oidc_links_of_row row = { 0 };
        enum err e = oidc_links_of(rq->db, rq->arena, organisation_id, person_id, &row);
        *ret = e == OK && row.n > 0;
        return e;
}

enum err people_oidc_link(struct req *rq, int64_t organisation_id, struct str subject, int64_t person_id) {
        enum err e = oidc_link_add(rq->db, organisation_id, subject, person_id);
        return e == OK ? people_trail(rq, "oidc.link", "person", person_id, opt_i64(organisation_id), S(""), S("")) : e;
}

static bool gives(const struct oidc_rules_row *rule, const struct str *values, size_t n) {
        if (rule->claim_value.n == 0)
                return true;
        for (size_t i = 0; i < n; i++)
                if (str_eq(values[i], rule->claim_value))
                        return true;
        return false;
}

static bool is_given(const struct oidc_rules_row_list *rules, struct str role, const struct str *values, size_t n) {
        for (size_t i = 0; i < rules->n; i++)
                if (str_eq(rules->v[i].role, role) && gives(&rules->v[i], values, n))
                        return true;
        return false;
}

static bool is_held(const struct oidc_roles_held_row_list *held, struct str role) {
        for (size_t i = 0; i < held->n; i++)
                if (str_eq(held->v[i].role, role) && held->v[i].granted_ms.is_set)
                        return true;
        return false;
}

static enum err give(struct req *rq, int64_t organisation_id, int64_t person_id, struct str code) {
        const struct role *role = role_find(code);
        if (!role || !people_oidc_may_map(role))        /* the table of roles may have changed since the rule was made */
                return OK;
        enum err e = role_give(rq, person_id, role, organisation_id);
        return e == OK ? oidc_role_mark(rq->db, person_id, organisation_id, code) : e;
}

enum err people_oidc_roles(struct req *rq, int64_t organisation_id, int64_t person_id, const struct str *values, size_t n) {
        struct oidc_rules_row_list rules;
        struct oidc_roles_held_row_list held;
        enum err e = oidc_rules(rq->db, rq->arena, organisation_id, &rules);
        if (e == OK)
                e = oidc_roles_held(rq->db, rq->arena, person_id, organisation_id, &held);
        for (size_t i = 0; e == OK && i < held.n; i++)
                if (held.v[i].by_claim && !is_given(&rules, held.v[i].role, values, n))
                        e = role_take(rq, held.v[i].id);
        for (const struct role *r = roles; e == OK && r->code.n; r++)
                if (is_given(&rules, r->code, values, n) && !is_held(&held, r->code))
                        e = give(rq, organisation_id, person_id, r->code);
        return e;
}
