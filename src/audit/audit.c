/* audit.c - adding to the trail and looking things up in it. */
#include "audit.h"
#include <string.h>
#include "chain.h"
#include "vec.h"

static const struct str actors[] = { S_INIT("person"), S_INIT("system"), S_INIT("command") };

static bool is_code(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !(s.p[i] >= '0' && s.p[i] <= '9') && !memchr("._-", s.p[i], 3))
                        return false;
        return s.n > 0 && s.n <= AUDIT_CODE_MAX;
}

/* An e-mail address has no place in the trail. */
static bool is_plain(struct str s, size_t max) {
        return s.n <= max && str_index(s, '@') == s.n;
}

static const char *mistake(const struct audit_entry *e) {
        if (!is_code(e->action) || !is_code(e->subject_kind))
                return "action and subject_kind are codes";
        if (!e->subject_id.p || !is_plain(e->subject_id, AUDIT_TEXT_MAX) || !is_plain(e->request_id, AUDIT_TEXT_MAX))
                return "subject_id or request_id is missing, too long or an address";
        if (!is_plain(e->before, AUDIT_JSON_MAX) || !is_plain(e->after, AUDIT_JSON_MAX))
                return "before or after is too long or holds an address";
        if (e->actor == AUDIT_PERSON && !e->person.is_set)
                return "a person without an id";
        return NULL;
}

/* The head first: whoever else adds a row waits there and then runs again, instead of meeting a row with the same id. */
static enum err append(struct db *db, struct arena *a, const struct audit_full *r) {
        struct audit_head_move_row moved = { 0 };
        bool found = false;
        enum err e = audit_head_move(db, a, r->id, r->hash, r->previous, &moved, &found);
        if (e == OK && !found)
                e = ERR_BUSY;           /* outside a transaction only: somebody came between */
        return e != OK ? e : audit_append(db, r->id, r->at_ms, r->person_id, r->actor, r->action, r->subject_kind, r->subject_id,
                                          r->organisation_id, r->before_json, r->after_json, r->request_id, r->previous, r->hash);
}

enum err audit_add(struct db *db, const struct audit_entry *entry) {
        struct arena a _cleanup_(arena_done) = { 0 };
        struct audit_head_get_row head = { 0 };
        char hash[65];
        const char *why = mistake(entry);
        if (why)
                return err_log(ERR_INVALID, "audit %.*s: %s", STR(entry->action), why);
        enum err e = audit_head_get(db, &a, &head);
        if (e == ERR_NOT_FOUND)
                return err_log(ERR_INTERNAL, "audit: the trail has lost its head");
        if (e != OK)
                return e;
        struct audit_full row = {
                .id = head.rows + 1, .at_ms = entry->at_ms, .person_id = entry->person, .actor = actors[entry->actor],
                .action = entry->action, .subject_kind = entry->subject_kind, .subject_id = entry->subject_id,
                .organisation_id = entry->organisation, .before_json = entry->before, .after_json = entry->after,
                .request_id = entry->request_id, .previous = head.hash,
        };
        chain_hash(&row, hash);
        row.hash = str_of(hash);
        return append(db, &a, &row);
}

static enum audit_actor actor_of(struct str s) {
        return str_eq(s, actors[AUDIT_PERSON]) ? AUDIT_PERSON : str_eq(s, actors[AUDIT_SYSTEM]) ? AUDIT_SYSTEM : AUDIT_COMMAND;
}

/* By the index that leaves the fewest rows. */
static enum err ask(struct db *db, struct arena *a, const struct audit_filter *f, int64_t before_ms, int64_t before_id,
                    struct audit_line_list *ret) {
        if (f->subject_id.p)
                return audit_of_subject(db, a, f->subject_kind, f->subject_id, f->person, f->organisation, f->action, f->from_ms,
                                        before_ms, before_id, f->limit, ret);
        if (f->person.is_set)
                return audit_of_person(db, a, f->person.v, f->organisation, f->action, f->subject_kind, f->from_ms, before_ms,
                                       before_id, f->limit, ret);
        if (f->organisation.is_set)
                return audit_of_organisation(db, a, f->organisation.v, f->action, f->subject_kind, f->from_ms, before_ms, before_id,
                                             f->limit, ret);
        if (f->action.p)
                return audit_of_action(db, a, f->action, f->subject_kind, f->from_ms, before_ms, before_id, f->limit, ret);
        return audit_of_time(db, a, f->subject_kind, f->from_ms, before_ms, before_id, f->limit, ret);
}

/* Where the page starts: before (*ms, *id), whichever of the end of the time and the last page comes first. */
static enum err start(struct db *db, struct arena *a, const struct audit_filter *f, int64_t *ms, int64_t *id) {
        struct audit_time_row last = { 0 };
        bool found = true;
        *ms = f->to_ms ? f->to_ms : INT64_MAX;
        *id = 0;                        /* ids start at 1: nothing at *ms itself */
        if (!f->before_id)
                return OK;
        enum err e = audit_time(db, a, f->before_id, &last, &found);
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK && last.at_ms < *ms) {
                *ms = last.at_ms;
                *id = f->before_id;
        }
        return e;
}

enum err audit_search(struct db *db, struct arena *a, const struct audit_filter *f, struct audit_items *ret) {
        struct audit_line_list rows = { 0 };
        int64_t ms, id;
        *ret = (struct audit_items) { 0 };
        if (f->limit < 1 || f->limit > AUDIT_PAGE_MAX || (f->subject_id.p && !f->subject_kind.p))
                return err_log(ERR_INVALID, "audit: a filter that cannot be asked");
        enum err e = start(db, a, f, &ms, &id);
        if (e == OK)
                e = ask(db, a, f, ms, id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct audit_line *r = &rows.v[i];
                *vec_push(a, ret) = (struct audit_item) { r->id, {
                        .at_ms = r->at_ms, .person = r->person_id, .actor = actor_of(r->actor), .action = r->action,
                        .subject_kind = r->subject_kind, .subject_id = r->subject_id, .organisation = r->organisation_id,
                        .before = r->before_json, .after = r->after_json, .request_id = r->request_id } };
        }
        return e;
}

enum err audit_end(struct db *db, struct arena *a, struct audit_end *ret) {
        struct audit_head_get_row head = { 0 };
        enum err e = audit_head_get(db, a, &head);
        *ret = (struct audit_end) { head.rows, head.hash };
        return e;
}
