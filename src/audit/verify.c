/* verify.c - the hash of a row, and the walk along the chain. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "audit.h"
#include "chain.h"

#define STEP 1000               /* rows at once: PostgreSQL hands over a whole result */

static void put_number(crypto_generichash_state *h, char kind, uint64_t n) {
        unsigned char raw[9] = { (unsigned char) kind };
        for (int i = 0; i < 8; i++)
                raw[i + 1] = (unsigned char) (n >> (8 * i));
        crypto_generichash_update(h, raw, sizeof raw);
}

static void put_optional(crypto_generichash_state *h, struct opt_i64 v) {
        if (v.is_set)
                put_number(h, 'i', (uint64_t) v.v);
        else
                crypto_generichash_update(h, (const unsigned char *) "n", 1);
}

static void put_text(crypto_generichash_state *h, struct str s) {
        if (!s.p) {
                crypto_generichash_update(h, (const unsigned char *) "n", 1);
                return;
        }
        put_number(h, 't', s.n);
        crypto_generichash_update(h, (const unsigned char *) s.p, s.n);
}

void chain_hash(const struct audit_full *r, char ret[65]) {
        crypto_generichash_state h;
        unsigned char raw[32];
        crypto_generichash_init(&h, NULL, 0, sizeof raw);
        crypto_generichash_update(&h, (const unsigned char *) "schouders audit 1", 17);
        put_number(&h, 'i', (uint64_t) r->id);
        put_number(&h, 'i', (uint64_t) r->at_ms);
        put_optional(&h, r->person_id);
        put_text(&h, r->actor);
        put_text(&h, r->action);
        put_text(&h, r->subject_kind);
        put_text(&h, r->subject_id);
        put_optional(&h, r->organisation_id);
        put_text(&h, r->before_json);
        put_text(&h, r->after_json);
        put_text(&h, r->request_id);
        put_text(&h, r->previous);
        crypto_generichash_final(&h, raw, sizeof raw);
        sodium_bin2hex(ret, 65, raw, sizeof raw);
}

struct walk {
        struct audit_result *r;
        int64_t last;           /* id of the last row seen */
        bool moved;             /* the last step found rows */
};

static enum audit_fault check(const struct walk *w, const struct audit_full *row) {
        char hash[65];
        if (row->id != w->last + 1)
                return AUDIT_GAP;
        chain_hash(row, hash);
        if (!str_eq(row->hash, str_of(hash)))
                return AUDIT_CHANGED;
        return str_eq(row->previous, str_of(w->r->hash)) ? AUDIT_WHOLE : AUDIT_FORK;
}

static enum err see(void *arg, const struct audit_full *row) {
        struct walk *w = arg;
        w->moved = true;
        if (w->r->fault != AUDIT_WHOLE)
                return OK;
        w->r->fault = check(w, row);
        w->last++;
        if (w->r->fault != AUDIT_WHOLE) {
                w->r->broken_id = w->last;
                return OK;
        }
        w->r->rows++;
        snprintf(w->r->hash, sizeof w->r->hash, "%.*s", STR(row->hash));
        return OK;
}

static enum err walk(struct db *db, struct arena *a, struct audit_result *ret) {
        struct audit_head_get_row head = { 0 };
        struct walk w = { .r = ret, .moved = true };
        enum err e = audit_head_get(db, a, &head);
        bool beheaded = e == ERR_NOT_FOUND;
        if (beheaded)
                e = OK;
        while (e == OK && w.moved && ret->fault == AUDIT_WHOLE) {
                w.moved = false;
                e = audit_walk(db, w.last, STEP, see, &w);
        }
        if (e != OK || ret->fault != AUDIT_WHOLE)
                return e;
        if (!beheaded && head.rows == ret->rows && str_eq(head.hash, str_of(ret->hash)))
                return OK;
        ret->fault = AUDIT_END;
        ret->broken_id = beheaded || head.rows >= ret->rows ? ret->rows + 1 : head.rows + 1;
        return OK;
}

enum err audit_verify(struct db *db, struct arena *a, struct audit_result *ret) {
        bool own = !db_in_transaction(db);
        *ret = (struct audit_result) { 0 };
        enum err e = own ? db_begin(db) : OK;
        if (e != OK)
                return e;
        e = walk(db, a, ret);
        if (own && e == OK)
                e = db_commit(db);
        else if (own)
                db_rollback(db);
        return e;
}

const char *audit_fault_text(enum audit_fault fault) {
        switch (fault) {
        case AUDIT_WHOLE: return "is whole";
        case AUDIT_CHANGED: return "was changed";
        case AUDIT_GAP: return "is gone";
        case AUDIT_FORK: return "does not follow the row before it";
        case AUDIT_END: return "is not the end that was noted: rows were cut off or added";
        }
        return "";
}
