/* Sessions: "anna" (1) manages organisation alfa, "bea" (2) has the right everywhere, "cor" (3) has none. The token in the cookie
 * is the name. */
#include "test_accounts.h"
#include <time.h>
#include <unistd.h>
#include "db.h"
#include "html.h"

#define RIGHT 1
#define NOTE_MS 60000
const char *gate;

static enum err run(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n) {
        return db_exec(db, st, v, n);
}

static enum err first(struct db *db, const struct db_stmt *st, struct str value, int64_t number, int64_t *ret, size_t n, bool *found) {
        struct db_val v[] = { db_val_str(value), db_val_i64(number) };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        enum err e = db_query(db, st, v, (size_t) st->params, &rows);
        if (!e)
                e = db_next(&rows, found);
        for (size_t i = 0; !e && *found && i < n; i++)
                ret[i] = db_i64(&rows, (int) i);
        return e;
}

/* "storing": the store is away. */
static enum err identify(struct req *rq, struct str token) {
        static const struct db_stmt get = { "SELECT id, rights, used_ms FROM visit WHERE token = $1", "test:visit", 1 };
        int64_t v[3];
        bool found = false;
        if (str_eq(token, S("storing")))
                return ERR_BUSY;
        enum err e = first(rq->db, &get, token, 0, v, 3, &found);
        if (!e && found)
                rq->viewer = (struct viewer) { v[0], v[0], str_dup(rq->arena, token), (uint64_t) v[1], rq->now_ms - v[2] > NOTE_MS };
        return e;
}

static enum err permit(struct req *rq) {
        static const struct db_stmt exists = { "SELECT 1 FROM house WHERE slug = $1", "test:house", 1 };
        static const struct db_stmt member = { "SELECT 1 FROM member WHERE slug = $1 AND person = $2", "test:member", 2 };
        bool found = true;
        int64_t one;
        bool everywhere = rq->viewer.rights & (uint64_t) rq->route->right;
        enum err e = OK;
        if (rq->route->organisation)
                e = first(rq->db, &exists, rq->param[rq->route->organisation - 1], 0, &one, 1, &found);
        if (e || everywhere)
                return e ? e : found ? OK : ERR_NOT_FOUND;
        if (rq->route->organisation)
                e = first(rq->db, &member, rq->param[rq->route->organisation - 1], rq->viewer.person_id, &one, 1, &found);
        return e ? e : found && rq->route->organisation ? OK : ERR_DENIED;
}

static enum err touch(struct db *db, int64_t session_id, int64_t now_ms) {
        static const struct db_stmt note = { "UPDATE visit SET used_ms = $1, touched = touched + 1 WHERE id = $2", "test:touch", 2 };
        struct db_val v[] = { db_val_i64(now_ms), db_val_i64(session_id) };
        return run(db, &note, v, 2);
}

const struct accounts test_accounts = { identify, permit, touch, "/inloggen" };

enum err accounts_make(struct db *db) {
        static const struct db_stmt all[] = {
                { "CREATE TABLE IF NOT EXISTS visit (id INTEGER PRIMARY KEY, token TEXT UNIQUE, rights INTEGER, used_ms INTEGER, "
                  "touched INTEGER NOT NULL DEFAULT 0)", "test:a", 0 },
                { "CREATE TABLE IF NOT EXISTS house (slug TEXT PRIMARY KEY)", "test:b", 0 },
                { "CREATE TABLE IF NOT EXISTS member (slug TEXT, person INTEGER)", "test:c", 0 },
                { "DELETE FROM visit", "test:d", 0 }, { "DELETE FROM house", "test:e", 0 }, { "DELETE FROM member", "test:f", 0 },
                { "INSERT INTO visit(id, token, rights, used_ms) VALUES (1, 'anna', 0, 0), (2, 'bea', 1, 0), (3, 'cor', 0, 0)", "test:g", 0 },
                { "INSERT INTO house VALUES ('alfa'), ('beta')", "test:h", 0 }, { "INSERT INTO member VALUES ('alfa', 1)", "test:i", 0 },
        };
        enum err e = OK;
        for (size_t i = 0; !e && i < sizeof all / sizeof *all; i++)
                e = run(db, &all[i], NULL, 0);
        return e;
}

static enum err own_page(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "csrf=%.*s\nwie=%.*s\n", STR(rq->csrf), STR(rq->viewer.name));
        return OK;
}

/* The pause lets the thread that took the request run on: what belongs to the writer must stay as the writer set it. */
static enum err note(struct req *rq, struct resp *rs) {
        static const struct db_stmt insert = { "INSERT INTO note (body) VALUES ($1)", "test:note", 1 };
        struct db_val v = db_val_str(rq->prepared ? str_of(rq->prepared) : rq->viewer.person_id ? rq->viewer.name : S("niemand"));
        nanosleep(&(struct timespec) { .tv_nsec = 2000000 }, NULL);
        if (!rq->db)
                return ERR_INTERNAL;
        enum err e = run(rq->db, &insert, &v, 1);
        return e ? e : resp_redirect(rs, S("/notities"));
}

static enum err prepare(struct req *rq) {
        rq->prepared = (void *) (uintptr_t) "voorbereid";
        while (gate && access(gate, F_OK) == 0)
                nanosleep(&(struct timespec) { .tv_nsec = 5000000 }, NULL);
        return rq->db ? OK : ERR_INTERNAL;
}

static enum err refuse(struct req *rq) {
        (void) rq;
        return ERR_DENIED;
}

static enum err take_away(struct req *rq, struct resp *rs) {
        static const struct db_stmt take = { "DELETE FROM member WHERE slug = $1", "test:take_away", 1 };
        struct db_val v = db_val_str(rq->param[0]);
        enum err e = run(rq->db, &take, &v, 1);
        return e ? e : resp_redirect(rs, S("/"));
}

static enum err end_session(struct req *rq, struct resp *rs) {
        static const struct db_stmt end = { "DELETE FROM visit WHERE token = $1", "test:end", 1 };
        struct db_val v = db_val_str(rq->param[0]);
        enum err e = run(rq->db, &end, &v, 1);
        return e ? e : resp_redirect(rs, S("/"));
}

static enum err uses(struct req *rq, struct resp *rs) {
        static const struct db_stmt get = { "SELECT touched FROM visit WHERE token = $1", "test:uses", 1 };
        int64_t n = -1;
        bool found;
        enum err e = first(rq->db, &get, rq->param[0], 0, &n, 1, &found);
        buf_fmt(&rs->body, "%lld", (long long) n);
        return e;
}

static enum err age(struct req *rq, struct resp *rs) {
        static const struct db_stmt back = { "UPDATE visit SET used_ms = used_ms - 61000 WHERE token = $1", "test:age", 1 };
        struct db_val v = db_val_str(rq->param[0]);
        enum err e = run(rq->db, &back, &v, 1);
        return e ? e : resp_redirect(rs, S("/"));
}

static enum err sign_in(struct req *rq, struct resp *rs) {
        resp_cookie(rs, COOKIE_SESSION, str_dup(rq->arena, rq->param[0]), 0);
        resp_cookie(rs, COOKIE_FLOW, S("stap-1"), 600);
        return resp_redirect(rs, S("/mij"));
}

static enum err sign_out(struct req *rq, struct resp *rs) {
        (void) rq;
        resp_cookie(rs, COOKIE_SESSION, S(""), 0);
        return resp_redirect(rs, S("/"));
}

const struct route account_routes[] = {
        { GET, "/mij", ACCESS_SIGNED_IN, own_page, NULL },
        { POST, "/mij", ACCESS_SIGNED_IN, note, NULL },
        { GET, "/api/v1/mij", ACCESS_SIGNED_IN, own_page, NULL },
        { GET, "/beheer", ACCESS_RIGHT, own_page, NULL, .right = RIGHT },
        { GET, "/organisaties/{slug}", ACCESS_RIGHT, own_page, NULL, .right = RIGHT, .organisation = 1 },
        { POST, "/organisaties/{slug}", ACCESS_RIGHT, note, NULL, .right = RIGHT, .organisation = 1, .prepare = prepare, .lane = LANE_NET },
        { POST, "/rekenen", ACCESS_PUBLIC, note, NULL, .prepare = prepare, .lane = LANE_HASH },
        { POST, "/vragen", ACCESS_PUBLIC, note, NULL, .prepare = prepare, .lane = LANE_NET },
        { POST, "/geweigerd", ACCESS_PUBLIC, note, NULL, .prepare = refuse, .lane = LANE_HASH },
        { GET, "/terug", ACCESS_PUBLIC, note, NULL, .writes = true },
        { POST, "/intrekken/{slug}", ACCESS_PUBLIC, take_away, NULL },
        { POST, "/eindig/{wie}", ACCESS_PUBLIC, end_session, NULL },
        { GET, "/gebruik/{wie}", ACCESS_PUBLIC, uses, NULL },
        { POST, "/ouder/{wie}", ACCESS_PUBLIC, age, NULL },
        { POST, "/in/{wie}", ACCESS_PUBLIC, sign_in, NULL },
        { POST, "/uit", ACCESS_PUBLIC, sign_out, NULL },
        { .pattern = NULL },
};
