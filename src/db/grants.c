/* grants.c - closed tables on PostgreSQL: a role for each file of schema/closed.txt and one for all other files. The server
 * itself tells what is missing, as the commands that would mend it; none means that the tables are closed. */
#include <stdio.h>
#include "closed.h"
#include "engine.h"
#include "json.h"
#include "schema.h"

enum step { STEP_PREFIX, STEP_ROLE, STEP_MEMBER, STEP_SCHEMA, STEP_TABLE, STEP_MISSING };

/* $1: [{"role": "audit", "tab": "audit", "may": 3} ...] for every role and closed table. Roles belong to the whole server, so
 * their names hold that of the database. */
static const struct db_stmt todo = {
        "WITH wish AS (SELECT * FROM json_to_recordset($1::json) AS x(role text, tab text, may int)),"
        " me AS (SELECT 'schouders_' || CASE WHEN d ~ '^[A-Za-z0-9_-]{1,32}$' THEN d ELSE md5(d) END || '_' AS prefix"
        "  FROM (SELECT current_database()::text) AS c(d)),"
        " role AS (SELECT me.prefix || w.role AS name, w.role AS short, r.oid"
        "  FROM (SELECT DISTINCT role FROM wish) AS w CROSS JOIN me LEFT JOIN pg_roles r ON r.rolname = me.prefix || w.role),"
        " tab AS (SELECT c.oid, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        "  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v') AND pg_has_role(current_user, c.relowner, 'USAGE')),"
        " pair AS (SELECT t.name AS tab, role.name AS role, w.tab IS NOT NULL AS closed, coalesce(w.may, 15) AS want,"
        "  CASE WHEN has_table_privilege(role.oid, t.oid, 'SELECT') THEN 1 ELSE 0 END +"
        "  CASE WHEN has_table_privilege(role.oid, t.oid, 'INSERT') THEN 2 ELSE 0 END +"
        "  CASE WHEN has_table_privilege(role.oid, t.oid, 'UPDATE') THEN 4 ELSE 0 END +"
        "  CASE WHEN has_table_privilege(role.oid, t.oid, 'DELETE') THEN 8 ELSE 0 END AS has"
        "  FROM tab t CROSS JOIN role LEFT JOIN wish w ON w.tab = t.name AND w.role = role.short)"
        " SELECT 0, prefix FROM me"
        " UNION ALL SELECT 1, format('CREATE ROLE %I NOLOGIN;', name) FROM role WHERE oid IS NULL"
        " UNION ALL SELECT 2, format('GRANT %I TO %I;', name, session_user) FROM role"
        "  WHERE oid IS NULL OR NOT pg_has_role(session_user, oid, 'MEMBER')"
        " UNION ALL SELECT 3, format('GRANT USAGE ON SCHEMA %I TO %I;', current_schema(), name) FROM role"
        "  WHERE oid IS NULL OR NOT has_schema_privilege(oid, current_schema(), 'USAGE')"
        " UNION ALL SELECT 4, CASE WHEN closed THEN format('REVOKE ALL ON %I FROM PUBLIC, %I;', tab, role) ELSE '' END ||"
        "  CASE WHEN want > 0 THEN format('GRANT %s ON %I TO %I;', concat_ws(', ', CASE WHEN want & 1 > 0 THEN 'SELECT' END,"
        "   CASE WHEN want & 2 > 0 THEN 'INSERT' END, CASE WHEN want & 4 > 0 THEN 'UPDATE' END,"
        "   CASE WHEN want & 8 > 0 THEN 'DELETE' END), tab, role) ELSE '' END"
        "  FROM pair WHERE has <> want"
        " UNION ALL SELECT 5, tab FROM wish WHERE tab NOT IN (SELECT name FROM tab)"
        " ORDER BY 1, 2", "grants:todo(t)", 1 };
static const struct db_stmt may_make_roles = {
        "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole)", "grants:may_make_roles", 0 };
/* "$user" in it would mean another schema after SET ROLE. */
static const struct db_stmt keep_path = {
        "SELECT set_config('search_path', string_agg(quote_ident(s), ', ' ORDER BY n), false)"
        " FROM unnest(current_schemas(false)) WITH ORDINALITY AS x(s, n)", "grants:keep_path", 0 };

struct plan {
        struct buf admin;       /* what only a login that may make roles can do */
        struct buf owner;       /* what the owner of the tables can do */
        bool missing;           /* a closed table does not exist: not migrated */
};

struct str grants_role(struct str file) {
        for (const struct db_closed *r = schema_closed; r->table; r++)
                if (str_eq(file, str_of(r->file)))
                        return str_sub(file, 0, file.n - 4);
        return S("open");
}

static bool is_first(const struct db_closed *r, bool by_file) {
        for (const struct db_closed *p = schema_closed; p < r; p++)
                if (str_eq(str_of(by_file ? p->file : p->table), str_of(by_file ? r->file : r->table)))
                        return false;
        return true;
}

static void wish(struct json *j, struct str file) {
        for (const struct db_closed *r = schema_closed; r->table; r++) {
                if (!is_first(r, false))
                        continue;
                json_object(j, NULL);
                json_str(j, "role", grants_role(file));
                json_str(j, "tab", str_of(r->table));
                json_i64(j, "may", closed_may(schema_closed, str_of(r->table), file));
                json_end_object(j);
        }
}

static void note(struct db *db, struct plan *p, enum step step, struct str text) {
        switch (step) {
        case STEP_PREFIX: snprintf(db->roles, sizeof db->roles, "%.*s", STR(text)); break;
        case STEP_ROLE:
        case STEP_MEMBER: buf_fmt(&p->admin, "%.*s\n", STR(text)); break;
        case STEP_SCHEMA:
        case STEP_TABLE: buf_fmt(&p->owner, "%.*s\n", STR(text)); break;
        case STEP_MISSING: p->missing = true; break;
        }
}

static enum err look(struct db *db, struct plan *ret) {
        _cleanup_(buf_done) struct buf text = { 0 };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        struct json j = { .out = &text };
        bool more = true;
        json_array(&j, NULL);
        for (const struct db_closed *r = schema_closed; r->table; r++)
                if (is_first(r, true))
                        wish(&j, str_of(r->file));
        wish(&j, S(""));
        json_end_array(&j);
        struct db_val v[] = { db_val_str(buf_view(&text)) };
        enum err e = db_query(db, &todo, v, 1, &rows);
        while (e == OK && (e = db_next(&rows, &more)) == OK && more)
                note(db, ret, (enum step) db_i64(&rows, 0), db_str(&rows, 1));
        return e;
}

static void plan_done(struct plan *p) {
        buf_done(&p->admin);
        buf_done(&p->owner);
}

enum err grants_look(struct db *db) {
        _cleanup_(plan_done) struct plan p = { 0 };
        db->closed = false;
        enum err e = schema_closed[0].table ? look(db, &p) : OK;
        bool closed = e == OK && !p.admin.n && !p.owner.n && !p.missing;
        if (closed && db->roles[0])
                e = db_exec(db, &keep_path, NULL, 0);
        db->closed = closed && e == OK;
        return e;
}

static enum err number(struct db *db, const struct db_stmt *st, int64_t *ret) {
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more = false;
        enum err e = db_query(db, st, NULL, 0, &rows);
        if (e == OK)
                e = db_next(&rows, &more);
        *ret = e == OK && more ? db_i64(&rows, 0) : 0;
        return e;
}

enum err grants_apply(struct db *db) {
        _cleanup_(plan_done) struct plan p = { 0 };
        int64_t may = 0;
        enum err e = schema_closed[0].table ? look(db, &p) : OK;
        if (e == OK && p.admin.n)
                e = number(db, &may_make_roles, &may);
        if (e != OK || !(p.admin.n || p.owner.n) || (p.admin.n && !may))
                return e;       /* nothing to do, or an administrator must come first */
        buf_str(&p.admin, buf_view(&p.owner));
        buf_char(&p.admin, 0);
        e = db_savepoint(db);
        if (e != OK)
                return e;
        if (db_script(db, p.admin.p) == OK)
                return db_release(db);
        db_rollback_to(db);     /* a store that is not closed is better than none: grants_look() will tell */
        return db_in_transaction(db) ? OK : ERR_BUSY;
}

enum err schema_grants(struct db *db, struct arena *a, struct str *ret) {
        _cleanup_(plan_done) struct plan p = { 0 };
        *ret = S("");
        if (!db_is_postgres(db) || !schema_closed[0].table)
                return OK;
        bool before = db->exempt;
        db->exempt = true;
        enum err e = look(db, &p);
        db->exempt = before;
        if (e == OK)
                *ret = str_dup(a, buf_view(&p.admin));
        return e;
}
