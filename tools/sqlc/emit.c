/* emit.c - writes x.sql.h and x.sql.c. */
#include "sqlc.h"

static const char *c_type(const struct column *c) {
        switch (c->type) {
        case TYPE_INTEGER: return c->nullable ? "struct opt_i64 " : "int64_t ";
        case TYPE_REAL: return "double ";
        default: return "struct str ";
        }
}

void emit_literal(struct buf *out, struct str s) {
        buf_char(out, '"');
        for (size_t i = 0, col = 0; i < s.n; i++, col++) {
                unsigned char c = (unsigned char) s.p[i];
                if (c == '\n') {
                        buf_str(out, S("\\n\"\n        \""));
                        col = 0;
                } else if (c == '"' || c == '\\' || c == '?') {
                        buf_fmt(out, "\\%c", c);
                } else if (c < 0x20 || c >= 0x7f) {
                        buf_fmt(out, "\\%03o", c);
                } else {
                        if (c == ' ' && col > 90) {
                                buf_str(out, S(" \"\n        \""));
                                col = 0;
                                continue;
                        }
                        buf_char(out, (char) c);
                }
        }
        buf_char(out, '"');
}

static bool has_rows(const struct query *y) {
        return y->kind == KIND_ONE || y->kind == KIND_OPTIONAL || y->kind == KIND_MANY || y->kind == KIND_EACH;
}

static void emit_row(struct buf *out, const struct query *y) {
        buf_fmt(out, "struct %.*s {\n", STR(y->row));
        for (size_t i = 0; i < y->columns.n; i++)
                buf_fmt(out, "        %s%.*s;%s\n", c_type(&y->columns.v[i]), STR(y->columns.v[i].name),
                        y->columns.v[i].nullable ? "        /* may be missing */" : "");
        buf_fmt(out, "};\nstruct %.*s_list { struct %.*s *v; size_t n, cap; };\n", STR(y->row), STR(y->row));
}

static void emit_signature(struct buf *out, const struct query *y) {
        buf_fmt(out, "enum err %.*s(struct db *db", STR(y->name));
        if (has_rows(y) && y->kind != KIND_EACH)
                buf_str(out, S(", struct arena *a"));
        for (size_t i = 0; i < y->params.n; i++)
                buf_fmt(out, ", %s%.*s", c_type(&y->params.v[i]), STR(y->params.v[i].name));
        switch (y->kind) {
        case KIND_ONE: buf_fmt(out, ", struct %.*s *ret", STR(y->row)); break;
        case KIND_OPTIONAL: buf_fmt(out, ", struct %.*s *ret, bool *found", STR(y->row)); break;
        case KIND_MANY: buf_fmt(out, ", struct %.*s_list *ret", STR(y->row)); break;
        case KIND_EACH: buf_fmt(out, ", enum err (*each)(void *arg, const struct %.*s *row), void *arg", STR(y->row)); break;
        case KIND_INSERT: buf_str(out, S(", int64_t *ret")); break;
        case KIND_EXEC: break;
        }
        buf_char(out, ')');
}

void emit_header(struct buf *out, const struct queries *q) {
        buf_fmt(out, "/* Written by sqlc from %.*s.sql. */\n#pragma once\n#include \"db.h\"\n\n", STR(q->prefix));
        for (size_t i = 0; i < q->list.n; i++) {
                const struct query *y = &q->list.v[i];
                if (has_rows(y) && y->row_is_new)
                        emit_row(out, y);
                buf_str(out, S("_must_use_ "));
                emit_signature(out, y);
                buf_str(out, S(";\n\n"));
        }
        buf_fmt(out, "/* Every statement above, NULL-ended: for tests that prepare them on both stores. */\n"
                     "extern const struct db_stmt *const %.*s_statements[];\n", STR(q->prefix));
}

static void emit_values(struct buf *out, const struct query *y) {
        static const char *const make[] = { "db_val_i64", "db_val_f64", "db_val_str", "db_val_blob" };
        if (y->markers == 0)
                return;
        buf_str(out, S("        struct db_val v[] = { "));
        for (size_t k = 0; k < y->markers; k++) {
                const struct column *c = &y->params.v[y->order[k]];
                buf_fmt(out, "%s%s(%.*s)", k ? ", " : "", c->type == TYPE_INTEGER && c->nullable ? "db_val_opt" : make[c->type],
                        STR(c->name));
        }
        buf_str(out, S(" };\n"));
}

static void emit_read(struct buf *out, const struct query *y, const char *target) {
        for (size_t i = 0; i < y->columns.n; i++) {
                const struct column *c = &y->columns.v[i];
                buf_fmt(out, "                %s->%.*s = ", target, STR(c->name));
                switch (c->type) {
                case TYPE_INTEGER:
                        if (c->nullable)
                                buf_fmt(out, "(struct opt_i64) { !db_is_null(&rows, %zu), db_is_null(&rows, %zu) ? 0 : db_i64(&rows, %zu) };\n", i, i, i);
                        else
                                buf_fmt(out, "db_i64(&rows, %zu);\n", i);
                        break;
                case TYPE_REAL:
                        buf_fmt(out, "db_f64(&rows, %zu);\n", i);
                        break;
                case TYPE_TEXT:
                        if (y->kind == KIND_EACH)
                                buf_fmt(out, "db_str(&rows, %zu);\n", i);
                        else if (c->nullable)
                                buf_fmt(out, "db_is_null(&rows, %zu) ? (struct str) { 0 } : str_dup(a, db_str(&rows, %zu));\n", i, i);
                        else
                                buf_fmt(out, "str_dup(a, db_str(&rows, %zu));\n", i);
                        break;
                case TYPE_BLOB:
                        buf_fmt(out, "db_blob(&rows, %zu, a);\n", i);
                        break;
                }
        }
}

/* Does a row of Y need memory of its own? */
static bool copies_text(const struct query *y) {
        for (size_t i = 0; i < y->columns.n; i++)
                if (y->columns.v[i].type == TYPE_TEXT || y->columns.v[i].type == TYPE_BLOB)
                        return true;
        return false;
}

static void emit_body(struct buf *out, const struct query *y) {
        static const char *const start =
                "        _cleanup_(db_rows_done) struct db_rows rows = { 0 };\n"
                "        bool more = false;\n";
        const char *values = y->markers ? "v" : "NULL";
        if (y->kind == KIND_EXEC) {
                buf_fmt(out, "        return db_exec(db, &q_%.*s, %s, %zu);\n", STR(y->name), values, y->markers);
                return;
        }
        buf_fmt(out, "%s        enum err e = db_query(db, &q_%.*s, %s, %zu, &rows);\n", start, STR(y->name), values, y->markers);
        if (y->kind == KIND_MANY || y->kind == KIND_EACH) {
                if (y->kind == KIND_MANY)
                        buf_fmt(out, "        *ret = (struct %.*s_list) { 0 };\n", STR(y->row));
                buf_str(out, S("        while (e == OK && (e = db_next(&rows, &more)) == OK && more) {\n"));
                if (y->kind == KIND_MANY)
                        buf_fmt(out, "                struct %.*s *row = vec_push(a, ret);\n", STR(y->row));
                else
                        buf_fmt(out, "                struct %.*s r = { 0 }, *row = &r;\n", STR(y->row));
                emit_read(out, y, "row");
                if (y->kind == KIND_EACH)
                        buf_str(out, S("                e = each(arg, row);\n"));
                buf_str(out, S("        }\n        return e;\n"));
                return;
        }
        if (y->kind != KIND_INSERT && !copies_text(y))
                buf_str(out, S("        (void) a;\n"));
        buf_str(out, S("        if (e == OK)\n                e = db_next(&rows, &more);\n"));
        if (y->kind == KIND_INSERT) {
                buf_str(out, S("        if (e == OK && !more)\n                e = ERR_CONFLICT;\n"
                               "        if (e == OK) {\n                *ret = db_i64(&rows, 0);\n"
                               "                e = db_next(&rows, &more);\n        }\n        return e;\n"));
                return;
        }
        if (y->kind == KIND_OPTIONAL)
                buf_str(out, S("        *found = e == OK && more;\n"));
        buf_str(out, S("        if (e == OK && more) {\n"));
        emit_read(out, y, "ret");
        buf_fmt(out, "        }\n        return e == OK && !more ? %s : e;\n", y->kind == KIND_ONE ? "ERR_NOT_FOUND" : "OK");
}

void emit_source(struct buf *out, const struct queries *q) {
        buf_fmt(out, "/* Written by sqlc from %.*s.sql. */\n#include \"%.*s.sql.h\"\n#include \"vec.h\"\n\n", STR(q->prefix), STR(q->prefix));
        for (size_t i = 0; i < q->list.n; i++) {
                const struct query *y = &q->list.v[i];
                buf_fmt(out, "static const struct db_stmt q_%.*s = {\n        ", STR(y->name));
                emit_literal(out, y->sql);
                buf_fmt(out, ",\n        \"%.*s.sql:%.*s(", STR(q->prefix), STR(y->name));
                for (size_t k = 0; k < y->markers; k++)
                        buf_char(out, "irtb"[y->params.v[y->order[k]].type]);
                buf_fmt(out, ")\", %zu };\n\n", y->markers);
                emit_signature(out, y);
                buf_str(out, S(" {\n"));
                emit_values(out, y);
                emit_body(out, y);
                buf_str(out, S("}\n\n"));
        }
        buf_fmt(out, "const struct db_stmt *const %.*s_statements[] = {\n", STR(q->prefix));
        for (size_t i = 0; i < q->list.n; i++)
                buf_fmt(out, "        &q_%.*s,\n", STR(q->list.v[i].name));
        buf_str(out, S("        NULL,\n};\n"));
}
