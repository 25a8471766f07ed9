/* test_server.c - a small server with every kind of route, driven by http_blackbox.c:
 *   test_server KEY=VALUE ...    address, port, threads, db, static, proxy, quiet, head_ms, body_ms, idle_ms,
 *                                burst, refill_ms, uploads, upload_rate, disk, origin, gate, fault (full, commit, figures)
 * Prints "port N" when it listens; stops on SIGTERM. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include "closed.h"
#include "db.h"
#include "html.h"
#include "log.h"
#include "server.h"
#include "test_accounts.h"
#include "test_uploads.h"
#include "writer.h"

/* A schema of our own, without closed tables. */
const struct db_closed schema_closed[] = { { NULL, NULL, 0 } };

static enum err empty(struct req *rq, struct resp *rs) {
        (void) rq, (void) rs;
        return OK;
}

static enum err big(struct req *rq, struct resp *rs) {
        (void) rq;
        for (int i = 0; i < 20 * 1024 / 32; i++)
                html_lit(&rs->body, "<p>0123456789 0123456789 01234\n");
        return OK;
}

static enum err echo(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "[%.*s]", STR(rq->param[0]));
        return OK;
}

static enum err search(struct req *rq, struct resp *rs) {
        struct str *kind;
        size_t n = req_many(rq, "soort", &kind);
        buf_fmt(&rs->body, "q=[%.*s] pagina=%lld soort=", STR(req_text(rq, "q")),
                (long long) req_integer(rq, "pagina", 1));
        for (size_t i = 0; i < n; i++)
                buf_fmt(&rs->body, "[%.*s]", STR(kind[i]));
        return OK;
}

static enum err form(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "csrf=%.*s\n", STR(rq->csrf));
        return OK;
}

static enum err list(struct req *rq, struct resp *rs) {
        static const struct db_stmt all = { "SELECT body FROM note ORDER BY id", "test:all", 0 };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more;
        if (!rq->db)
                return ERR_BUSY;
        enum err e = db_query(rq->db, &all, NULL, 0, &rows);
        while (!e && !(e = db_next(&rows, &more)) && more) {
                html_text(&rs->body, db_str(&rows, 0));
                html_lit(&rs->body, "\n");
        }
        return e;
}

static enum err post_note(struct req *rq, struct resp *rs) {
        static const struct db_stmt insert = { "INSERT INTO note (body, once) VALUES ($1, $2)", "test:insert", 2 };
        struct db_val v[] = { db_val_str(req_text(rq, "tekst")), db_val_str(rq->idempotency) };
        enum err e = db_exec(rq->db, &insert, v, 2);
        if (e)
                return e;
        /* written and then refused: must be undone */
        if (rq->errors.n || str_eq(req_text(rq, "tekst"), S("weiger"))) {
                buf_fmt(&rs->body, "fout: %.*s\n", STR(req_error_of(rq, "tekst")));
                return ERR_INVALID;
        }
        return resp_redirect(rs, S("/notities"));
}

/* What a mail reader sends by itself. */
static enum err unsubscribe(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "afgemeld: %.*s\n", STR(req_text(rq, "t")));
        return OK;
}

static enum err machine(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "%.*s stuurt %.*s", STR(rq->bearer), STR(rq->body));
        return OK;
}

static enum err slow(struct req *rq, struct resp *rs) {
        (void) rq;
        nanosleep(&(struct timespec) { .tv_nsec = 400000000 }, NULL);
        html_lit(&rs->body, "langzaam\n");
        return OK;
}

static enum err fail(struct req *rq, struct resp *rs) {
        (void) rs;
        return (enum err) -req_integer(rq, "code", 7);
}

static enum err things(struct req *rq, struct resp *rs) {
        (void) rq;
        rs->content_type = "application/json";
        html_lit(&rs->body, "{}");
        return OK;
}

static enum err download(struct req *rq, struct resp *rs) {
        (void) rq;
        rs->content_type = "text/csv; charset=utf-8";
        rs->filename = S("cijfers 2026 \"é\".csv");
        html_lit(&rs->body, "a;b\n");
        return OK;
}

static const struct field search_fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 100 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 1000 },
        { .name = "soort", .type = FIELD_CODE, .max = 20, .many = true },
        { 0 },
};
static const struct field note_fields[] = {
        { .name = "tekst", .type = FIELD_MULTILINE, .max = 50000, .required = true, .missing = "Vul een tekst in" },
        { 0 },
};
static const struct field token_fields[] = { { .name = "t", .type = FIELD_TOKEN, .max = 50 }, { 0 } };
static const struct field fail_fields[] = { { .name = "code", .type = FIELD_INTEGER }, { 0 } };

static const struct route routes[] = {
        { GET, "/", ACCESS_PUBLIC, form, NULL },
        { GET, "/leeg", ACCESS_PUBLIC, empty, NULL },
        { GET, "/rekenen", ACCESS_PUBLIC, empty, NULL, .wasm = true },
        { GET, "/groot", ACCESS_PUBLIC, big, NULL },
        { GET, "/gemeenten/{slug}", ACCESS_PUBLIC, echo, NULL },
        { GET, "/cijfers/{code}.csv", ACCESS_PUBLIC, download, NULL },
        { GET, "/zoeken", ACCESS_PUBLIC, search, search_fields },
        { GET, "/formulier", ACCESS_PUBLIC, form, NULL },
        { GET, "/notities", ACCESS_PUBLIC, list, NULL },
        { POST, "/notities", ACCESS_PUBLIC, post_note, note_fields },
        { POST, "/afmelden", ACCESS_PUBLIC, unsubscribe, token_fields, .machine = true },
        { POST, "/api/v1/machine", ACCESS_PUBLIC, machine, NULL, .machine = true },
        { POST, "/alleen-post", ACCESS_PUBLIC, slow, NULL },
        { GET, "/traag", ACCESS_PUBLIC, slow, NULL },
        { GET, "/fout", ACCESS_PUBLIC, fail, fail_fields },
        { GET, "/api/v1/dingen", ACCESS_PUBLIC, things, search_fields },
        { .pattern = NULL },
};

static const char *option(int argc, char **argv, const char *key, const char *otherwise) {
        size_t n = strlen(key);
        for (int i = 1; i < argc; i++)
                if (strncmp(argv[i], key, n) == 0 && argv[i][n] == '=')
                        return argv[i] + n + 1;
        return otherwise;
}

static int number(int argc, char **argv, const char *key) {
        return atoi(option(argc, argv, key, "0"));
}

/* fault=full: the writer's queue takes nothing; fault=commit: tasks run, but the commit that carries them fails;
 * fault=figures: the program's own figures fail halfway.
 * The program is linked with --wrap=writer_submit. */
static enum { NO_FAULT, FULL, COMMIT, FIGURES } fault;
enum err __real_writer_submit(struct writer *w, struct write_task t);
enum err __wrap_writer_submit(struct writer *w, struct write_task t);

static enum err broken_run(struct db *db, void *arg) {
        struct write_task *b = arg;
        enum err e = b->run(db, b->arg);
        return e ? e : ERR_BUSY;        /* undone, as by a commit that fails */
}

static void broken_done(void *arg, enum err result) {
        struct write_task *b = arg;
        b->done(b->arg, result);
        free(b);
}

enum err __wrap_writer_submit(struct writer *w, struct write_task t) {
        if (fault == FULL)
                return ERR_BUSY;
        if (fault != COMMIT)
                return __real_writer_submit(w, t);
        struct write_task *b = malloc(sizeof *b);
        if (!b)
                abort();
        *b = t;
        return __real_writer_submit(w, (struct write_task) { broken_run, broken_done, b });
}

static enum err make_table(struct db *db, void *arg) {
        static const struct db_stmt create = {
                "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, body TEXT NOT NULL, once TEXT UNIQUE)",
                "test:create", 0
        };
        (void) arg;
        enum err e = db_exec(db, &create, NULL, 0);
        return e ? e : accounts_make(db);
}

static enum err figures(struct db *db, struct arena *a, struct buf *out) {
        static const struct db_stmt count = { "SELECT count(*) FROM note", "test:count", 0 };
        _cleanup_(db_rows_done) struct db_rows rows = { 0 };
        bool more;
        (void) a;
        enum err e = db_query(db, &count, NULL, 0, &rows);
        if (!e)
                e = db_next(&rows, &more);
        if (e)
                return e;
        metric_write(out, "test_notes", "gauge", "Rows of the table.", db_i64(&rows, 0));
        return fault == FIGURES ? ERR_INTERNAL : OK;
}

int main(int argc, char **argv) {
        static const struct route *const rooms[] = { routes, account_routes, upload_routes, NULL };
        struct server_config c = {
                .address = option(argc, argv, "address", "127.0.0.1"), .port = number(argc, argv, "port"),
                .threads = number(argc, argv, "threads"), .rooms = rooms, .metrics = figures,
                .static_dir = str_of(option(argc, argv, "static", "")),
                .upload_dir = str_of(option(argc, argv, "static", "/tmp")),
                .database = str_of(option(argc, argv, "db", "")),
                .trust_proxy = number(argc, argv, "proxy"), .key = "not a secret: this is for tests",
                .version = "test", .accounts = test_accounts, .origin = str_of(option(argc, argv, "origin", "")),
                .limits = { .head_ms = number(argc, argv, "head_ms"), .body_ms = number(argc, argv, "body_ms"),
                            .idle_ms = number(argc, argv, "idle_ms"), .post_burst = number(argc, argv, "burst"),
                            .post_refill_ms = number(argc, argv, "refill_ms"),
                            .uploads = number(argc, argv, "uploads"), .upload_rate = number(argc, argv, "upload_rate") },
        };
        /* disk=BYTES: no file may become larger, as on a disk that is full */
        rlim_t disk = (rlim_t) number(argc, argv, "disk");
        signal(SIGXFSZ, SIG_IGN);
        if (disk && setrlimit(RLIMIT_FSIZE, &(struct rlimit) { disk, disk }) != 0)
                return 2;
        upload_source = option(argc, argv, "static", "");
        gate = option(argc, argv, "gate", NULL);
        const char *wanted = option(argc, argv, "fault", "");
        fault = strcmp(wanted, "full") == 0 ? FULL : strcmp(wanted, "commit") == 0 ? COMMIT :
                strcmp(wanted, "figures") == 0 ? FIGURES : NO_FAULT;
        sigset_t stop;
        sigemptyset(&stop);
        sigaddset(&stop, SIGTERM);
        sigaddset(&stop, SIGINT);
        pthread_sigmask(SIG_BLOCK, &stop, NULL);
        if (number(argc, argv, "quiet"))
                log_set_level(LOG_WARN);
        if (c.database.n && (writer_start(&c.writer, c.database, 1) || writer_run(c.writer, make_table, NULL)))
                return 2;
        struct server *s;
        enum err e = server_start(&s, &c);
        if (e)
                return e == ERR_BUSY ? 3 : 2;
        printf("port %d\n", server_port(s));
        fflush(stdout);
        int sig;
        sigwait(&stop, &sig);
        server_stop(s, 2000);
        writer_stop(c.writer);
        return 0;
}
