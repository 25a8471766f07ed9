/* register.c - the register of working methods: which municipality uses what, from when, and how it was changed. */
#include "internal.h"
#include "number.h"

const struct method_extent method_extents[] = {
        { S_INIT("proef"), S_INIT("Als proef, met een kleine groep") },
        { S_INIT("deel"), S_INIT("Voor een deel van de inwoners of wijken") },
        { S_INIT("iedereen"), S_INIT("Voor iedereen die ervoor in aanmerking komt") },
        { .code = { 0 } },
};

struct str method_extent_label(struct str code) {
        for (const struct method_extent *x = method_extents; x->code.n; x++)
                if (str_eq(x->code, code))
                        return x->label;
        return S("");
}

bool use_runs(int64_t starts, struct opt_i64 ends, int quarter) {
        return starts <= quarter && (!ends.is_set || ends.v >= quarter);
}

struct str use_when(struct arena *a, const struct method_use *u, int now) {
        struct str from = quarter_text(a, (int) u->starts);
        if (u->ends.is_set)
                return str_fmt(a, "van %.*s tot en met %.*s", STR(from), STR(quarter_text(a, (int) u->ends.v)));
        return str_fmt(a, "%s %.*s", u->starts > now ? "begint in" : "sinds", STR(from));
}

struct use_rows use_rows_of(struct arena *a, const struct method_use_list *l, int now) {
        struct use_rows rows = { 0 };
        for (size_t i = 0; i < l->n; i++) {
                const struct method_use *u = &l->v[i];
                struct str cost = u->cost.is_set ? str_fmt(a, "€ %.*s per jaar", STR(num_int(a, u->cost.v))) : S("");
                *vec_push(a, &rows) = (struct use_row) { u, use_when(a, u, now), cost };
        }
        return rows;
}

enum err use_record(struct req *rq, const struct use_new *u, int64_t *id) {
        struct use_at_start_row there;
        bool found = false;
        enum err e = use_at_start(rq->db, rq->arena, u->municipality, u->item_id, u->starts, 0, &there, &found);
        if (e != OK || found)
                return e != OK ? e : ERR_CONFLICT;
        e = use_add(rq->db, u->municipality, u->item_id, u->organisation_id, u->starts, u->ends, u->extent, u->adapted, u->cost, u->contact, u->is_demo,
                    rq->now_ms, rq->viewer.person_id, u->once, id);
        if (e == OK)
                e = use_change_add(rq->db, *id, rq->now_ms, rq->viewer.person_id, S("Vastgelegd."));
        if (e == OK && !u->is_demo)
                e = people_trail(rq, "method.record", "method_use", *id, u->organisation_id, S(""), S(""));
        return e;
}

struct str learn_mark(struct arena *a, struct str text) {
        return str_fmt(a, "%016llx", (unsigned long long) hash_str(text));
}

bool learn_is_current(struct req *rq, const char *field, struct str now, struct str message) {
        if (!req_has(rq, "was") || str_eq(req_text(rq, "was"), learn_mark(rq->arena, now)))
                return true;
        req_error(rq, field, message);
        return false;
}
