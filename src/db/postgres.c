/* postgres.c - the same port on PostgreSQL. Values and results travel as text; bytea as hex. */
#include <libpq-fe.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "buf.h"
#include "closed.h"
#include "engine.h"

/* Whom the server takes us for: the owner of the tables, or from ROLE_OPEN on a role of grants.c. */
enum { ROLE_UNKNOWN = -1, ROLE_OWNER, ROLE_OPEN, ROLE_FILE };

struct postgres {
        struct db base;
        PGconn *c;
        int role;
        bool lost;              /* the library itself notices a dead server one statement later */
};

static struct postgres *of(struct db *db) {
        return (struct postgres *) db;
}

static enum err failed(struct postgres *p, PGresult *r, const char *what) {
        const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
        /* the first line only: the details quote the row, and content does not belong in a log */
        const char *text = state ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
        bool lost_race = state && (!strcmp(state, "40001") || !strcmp(state, "40P01"));
        enum err e = ERR_INTERNAL;
        p->role = ROLE_UNKNOWN;         /* the server takes a SET ROLE back with the rest */
        if (!state || !strncmp(state, "08", 2) || !strncmp(state, "57P", 3))
                p->lost = true;
        if (PQstatus(p->c) == CONNECTION_BAD || !state || !strncmp(state, "08", 2) || !strncmp(state, "57", 2) ||
            !strncmp(state, "53", 2))
                e = ERR_BUSY;
        else if (lost_race)
                p->base.retry = true;
        else if (!strcmp(state, "23505"))
                e = ERR_CONFLICT;
        else if (!strncmp(state, "23", 2))
                e = ERR_INVALID;
        if (e != ERR_CONFLICT && !lost_race)
                e = err_log(e, "%s: %s", what, text ? text : PQerrorMessage(p->c));
        PQclear(r);
        return e;
}

static void postgres_close(struct db *db) {
        PQfinish(of(db)->c);
        free(db);
}

static bool is_good(const PGresult *r) {
        ExecStatusType t = PQresultStatus(r);
        return t == PGRES_TUPLES_OK || t == PGRES_COMMAND_OK;
}

static enum err postgres_control(struct db *db, const char *sql) {
        PGresult *r = PQexec(of(db)->c, sql);
        if (!is_good(r))
                return failed(of(db), r, sql);
        if (!strncmp(sql, "ROLLBACK", 8))
                of(db)->role = ROLE_UNKNOWN;
        PQclear(r);
        return OK;
}

static enum err postgres_script(struct db *db, const char *sql) {
        struct postgres *p = of(db);
        enum err e = p->role == ROLE_OWNER ? OK : postgres_control(db, "RESET ROLE");
        if (e == OK)
                e = postgres_control(db, sql);
        p->role = e == OK ? ROLE_OWNER : ROLE_UNKNOWN;
        return e;
}

/* The role in which ST must run: ROLE_FILE and the place of its file in the list, or ROLE_OPEN. */
static int role_of_file(const struct db_stmt *st) {
        struct str file = db_file(st);
        for (const struct db_closed *r = schema_closed; r->table; r++)
                if (str_eq(file, str_of(r->file)))
                        return ROLE_FILE + (int) (r - schema_closed);
        return ROLE_OPEN;
}

#define PARAMS_MAX 64

/* Left to itself the server takes the 1 in ":n + 1" as a hint that :n has 32 bits, and cannot see a type in
 * ":n IS NULL" at all. */
static int declared_types(const struct db_stmt *st, Oid types[PARAMS_MAX]) {
        int n = 0;
        const char *t = strchr(st->name, '(');
        for (t = t ? t + 1 : ")"; *t && *t != ')' && n < PARAMS_MAX; t++)
                types[n++] = *t == 'i' ? 20 : *t == 'r' ? 701 : *t == 't' ? 25 : 17;    /* int8 float8 text bytea */
        return n;
}

/* The server-side name of a statement is its number on this connection. */
static enum err prepare(struct postgres *p, const struct db_stmt *st, char name[24], int *role) {
        struct db_cached *c = db_cache_slot(&p->base, st);
        if (!c->prepared) {
                Oid types[PARAMS_MAX];
                int n = declared_types(st, types);
                snprintf(name, 24, "s%u", p->base.prepares + 1);
                PGresult *r = PQprepare(p->c, name, st->sql, n, types);
                if (PQresultStatus(r) != PGRES_COMMAND_OK)
                        return failed(p, r, st->name);
                PQclear(r);
                p->base.prepares++;
                c->prepared = (void *) (uintptr_t) p->base.prepares;
                c->role = role_of_file(st);
        }
        snprintf(name, 24, "s%u", (unsigned) (uintptr_t) c->prepared);
        *role = p->base.closed && p->base.roles[0] && !p->base.exempt ? c->role : ROLE_OWNER;
        return OK;
}

static void put_value(struct buf *b, const struct db_val *v) {
        static const char digits[] = "0123456789abcdef";
        switch (v->type) {
        case DB_I64: buf_i64(b, v->i); break;
        case DB_F64: buf_fmt(b, "%.17g", v->f); break;
        case DB_STR: buf_str(b, v->s); break;
        case DB_BLOB:
                buf_str(b, S("\\x"));
                for (size_t i = 0; i < v->s.n; i++)
                        buf_put(b, (char[]) { digits[(unsigned char) v->s.p[i] >> 4], digits[v->s.p[i] & 15] }, 2);
                break;
        case DB_NULL: break;
        }
        buf_char(b, 0);
}

static enum err postgres_prepare(struct db *db, const struct db_stmt *st) {
        char name[24];
        int role;
        return prepare(of(db), st, name, &role);
}

/* The result of what was sent up to the last PQpipelineSync: the first failure, else the last result. */
static PGresult *collect(PGconn *c) {
        PGresult *kept = NULL;
        bool ended = false;             /* each result is followed by NULL; twice NULL is a lost server */
        for (;;) {
                PGresult *r = PQgetResult(c);
                if (!r && ended)
                        return kept;
                ended = !r;
                if (!r)
                        continue;
                if (PQresultStatus(r) == PGRES_PIPELINE_SYNC) {
                        PQclear(r);
                        return kept;
                }
                if (!kept || is_good(kept)) {
                        PQclear(kept);
                        kept = r;
                } else {
                        PQclear(r);
                }
        }
}

/* Changes the role and runs NAME in one round trip. */
static PGresult *run_as(struct postgres *p, int role, const char *name, int n, const char *const *value) {
        char set[160] = "RESET ROLE";
        if (role != ROLE_OWNER) {
                struct str file = role == ROLE_OPEN ? S("") : str_of(schema_closed[role - ROLE_FILE].file);
                snprintf(set, sizeof set, "SET ROLE \"%s%.*s\"", p->base.roles, STR(grants_role(file)));
        }
        if (!PQenterPipelineMode(p->c))
                return NULL;
        bool sent = PQsendQueryParams(p->c, set, 0, NULL, NULL, NULL, NULL, 0) &&
                PQsendQueryPrepared(p->c, name, n, value, NULL, NULL, 0) && PQpipelineSync(p->c);
        PGresult *r = sent ? collect(p->c) : NULL;
        PQexitPipelineMode(p->c);
        p->role = role;
        return r;
}

static enum err postgres_query(struct db *db, const struct db_stmt *st, const struct db_val *v, size_t n,
                               struct db_rows *ret) {
        struct postgres *p = of(db);
        _cleanup_(buf_done) struct buf text = { 0 };
        const char *value[PARAMS_MAX];
        size_t at[PARAMS_MAX];
        char name[24];
        int role;
        if (n > PARAMS_MAX)
                return err_log(ERR_INTERNAL, "%s has too many values", st->name);
        enum err e = prepare(p, st, name, &role);
        if (e != OK)
                return e;
        for (size_t i = 0; i < n; i++) {
                at[i] = text.n;
                put_value(&text, &v[i]);
        }
        for (size_t i = 0; i < n; i++)
                value[i] = v[i].type == DB_NULL ? NULL : text.p + at[i];
        PGresult *r = role == p->role ? PQexecPrepared(p->c, name, (int) n, value, NULL, NULL, 0)
                : run_as(p, role, name, (int) n, value);
        if (!is_good(r))
                return failed(p, r, st->name);
        *ret = (struct db_rows) { .db = db, .st = st, .cursor = r, .row = -1 };
        return OK;
}

static enum err postgres_next(struct db_rows *r, bool *more) {
        *more = ++r->row < PQntuples(r->cursor);
        return OK;
}

static bool postgres_is_null(const struct db_rows *r, int col) {
        return PQgetisnull(r->cursor, (int) r->row, col);
}

static int64_t postgres_i64(const struct db_rows *r, int col) {
        const char *v = PQgetvalue(r->cursor, (int) r->row, col);
        return *v == 't' ? 1 : strtoll(v, NULL, 10);    /* a condition gives t or f here, 1 or 0 on SQLite */
}

static double postgres_f64(const struct db_rows *r, int col) {
        return postgres_is_null(r, col) ? (double) NAN : strtod(PQgetvalue(r->cursor, (int) r->row, col), NULL);
}

static struct str postgres_str(const struct db_rows *r, int col) {
        if (postgres_is_null(r, col))
                return (struct str) { 0 };
        return (struct str) { PQgetvalue(r->cursor, (int) r->row, col),
                              (size_t) PQgetlength(r->cursor, (int) r->row, col) };
}

static int hex_digit(char c) {
        return c <= '9' ? c - '0' : c - 'a' + 10;
}

static struct str postgres_blob(const struct db_rows *r, int col, struct arena *a) {
        struct str hex = postgres_str(r, col);
        if (!hex.p || hex.n < 2)
                return (struct str) { 0 };
        char *out = arena_alloc(a, hex.n / 2);
        for (size_t i = 2; i + 1 < hex.n; i += 2)
                out[i / 2 - 1] = (char) (hex_digit(hex.p[i]) << 4 | hex_digit(hex.p[i + 1]));
        return (struct str) { out, hex.n / 2 - 1 };
}

static void postgres_rows_done(struct db_rows *r) {
        PQclear(r->cursor);
}

static bool postgres_alive(struct db *db) {
        return !of(db)->lost && PQstatus(of(db)->c) == CONNECTION_OK;
}

static bool postgres_in_transaction(const struct db *db) {
        const struct postgres *p = (const struct postgres *) db;
        PGTransactionStatusType t = p->lost ? PQTRANS_UNKNOWN : PQtransactionStatus(p->c);
        return t == PQTRANS_INTRANS || t == PQTRANS_INERROR;
}

static const struct db_engine engine = {
        .name = "postgres", .close = postgres_close, .control = postgres_control, .script = postgres_script,
        .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        .begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE",
        .prepare = postgres_prepare, .query = postgres_query, .next = postgres_next, .is_null = postgres_is_null,
        .i64 = postgres_i64, .f64 = postgres_f64, .str = postgres_str, .blob = postgres_blob, .rows_done = postgres_rows_done,
        .alive = postgres_alive, .in_transaction = postgres_in_transaction,
};

static void silent(void *arg, const char *message) {
        (void) arg;
        (void) message;
}

enum err postgres_open(struct db **ret, struct str url, enum db_mode mode) {
        struct postgres *p = calloc(1, sizeof *p);
        struct arena a = { 0 };
        if (!p)
                abort();
        p->base = (struct db) { .engine = &engine, .mode = mode };
        p->role = ROLE_OWNER;
        p->c = PQconnectdb(str_z(&a, url));
        arena_done(&a);
        enum err e = OK;
        if (PQstatus(p->c) != CONNECTION_OK)
                e = err_log(ERR_BUSY, "cannot connect to PostgreSQL: %s", PQerrorMessage(p->c));
        if (e == OK) {
                PQsetNoticeProcessor(p->c, silent, NULL);
                e = postgres_control(&p->base, "SET client_encoding='UTF8'; SET TIME ZONE 'UTC'; SET extra_float_digits=1;"
                                               "SET statement_timeout='30s'; SET standard_conforming_strings=on");
        }
        if (e == OK && mode == DB_READ)
                e = postgres_control(&p->base, "SET default_transaction_read_only=on");
        if (e == OK)
                e = grants_look(&p->base);
        if (e != OK) {
                db_close(&p->base);
                return e;
        }
        *ret = &p->base;
        return OK;
}
