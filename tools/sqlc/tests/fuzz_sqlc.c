/* Fuzzes the compiler of queries: any text in, and either C or messages out. tests/fuzz runs it for long; the build
 * replays its corpus. */
#include <stdio.h>
#include <stdlib.h>
#include "sqlc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static sqlite3 *schema(void) {
        static sqlite3 *h;
        if (!h && (sqlite3_open(":memory:", &h) != SQLITE_OK ||
                   sqlite3_exec(h, "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT NOT NULL, x REAL, b BLOB) STRICT;"
                                "CREATE TABLE u(id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL) STRICT;"
                                "CREATE INDEX u_by_t ON u(t_id)", NULL, NULL, NULL) != SQLITE_OK))
                abort();
        return h;
}

/* Outside literals the generated C has balanced braces, and no literal runs over a line. */
static bool is_sane(struct str c) {
        long depth = 0;
        char quote = 0;
        for (size_t i = 0; i < c.n; i++) {
                char ch = c.p[i];
                if (quote && ch == '\\')
                        i++;
                else if (quote && (ch == '\n' || (unsigned char) ch >= 0x80))
                        return false;
                else if (quote)
                        quote = ch == quote ? 0 : quote;
                else if (ch == '"' || ch == '\'')
                        quote = ch;
                else if (ch == '{' || ch == '}')
                        depth += ch == '{' ? 1 : -1;
                if (depth < 0)
                        return false;
        }
        return depth == 0 && quote == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a _cleanup_(arena_done) = { 0 };
        struct buf c _cleanup_(buf_done) = { 0 };
        struct buf h _cleanup_(buf_done) = { 0 };
        struct buf errors _cleanup_(buf_done) = { 0 };
        struct queries q = { .file = S("f.sql"), .prefix = S("f"), .errors = &errors };
        /* a copy, so that reading past the end is seen */
        parse_queries(&a, &q, str_dup(&a, (struct str) { (const char *) data, n }));
        if (!q.failed)
                describe_queries(&a, &q, schema());
        struct str said = buf_view(&errors);
        if (q.failed != (said.n > 0) || (q.failed && !str_starts(said, S("f.sql:"))))
                abort();
        if (q.failed)
                return 0;
        emit_source(&c, &q);
        emit_header(&h, &q);
        if (!is_sane(buf_view(&c)) || str_find(buf_view(&h), S("f_statements[]")) == h.n)
                abort();
        return 0;
}
