/* files_server.c - a small server with the real files room, and one route that sends a file to it:
 *   files_server db=PATH static=FOLDER ...    as test_server
 * The session of "anna" is person 1; organisation 1 is hers. Its files stand in FOLDER/files. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include "files.h"
#include "html.h"
#include "log.h"
#include "page.h"
#include "schema.h"
#include "server.h"
#include "writer.h"

static enum err identify(struct req *rq, struct str token) {
        rq->viewer = (struct viewer) { .person_id = str_eq(token, S("anna")) ? 1 : 0, .session_id = 1, .name = S("Anna") };
        return OK;
}

static enum err form(struct req *rq, struct resp *rs) {
        buf_fmt(&rs->body, "csrf=%.*s\n", STR(rq->csrf));
        return OK;
}

static enum err prepare(struct req *rq) {
        return files_prepare(rq, "bestand", FILES_ALL, (struct file_ready **) &rq->prepared);
}

/* Answers with the address of the file. */
static enum err take(struct req *rq, struct resp *rs) {
        int64_t id = 0;
        struct file_wish w = { .alt = req_text(rq, "alt"), .is_decorative = req_has(rq, "decoratief"),
                               .organisation_id = req_integer(rq, "organisatie", 0), .quota = req_integer(rq, "quotum", 0) };
        struct file_row f;
        enum err e = rq->errors.n ? ERR_INVALID : files_keep(rq, rq->prepared, &w, &id);
        if (e == ERR_INVALID)
                for (size_t i = 0; i < rq->errors.n; i++)
                        buf_fmt(&rs->body, "%s: %.*s\n", rq->errors.v[i].field, STR(rq->errors.v[i].message));
        if (e == OK && req_has(rq, "openbaar"))
                e = files_publish(rq->db, id, true);
        if (e == OK)
                e = files_get(rq->db, rq->arena, id, &f);
        return e == OK ? resp_redirect(rs, file_path(rq->arena, &f)) : e;
}

static const struct field fields[] = {
        { .name = "bestand", .type = FIELD_FILE, .required = true }, PAGE_ALT_FIELDS, { .name = "openbaar", .type = FIELD_CODE, .max = 2 },
        { .name = "organisatie", .type = FIELD_INTEGER }, { .name = "quotum", .type = FIELD_INTEGER }, { 0 },
};
static const struct route routes[] = {
        { GET, "/formulier", ACCESS_PUBLIC, form, NULL },
        { POST, "/sturen", ACCESS_SIGNED_IN, take, fields, .prepare = prepare, .lane = LANE_FILE },
        { 0 },
};

static const char *option(int argc, char **argv, const char *key) {
        size_t n = strlen(key);
        for (int i = 1; i < argc; i++)
                if (strncmp(argv[i], key, n) == 0 && argv[i][n] == '=')
                        return argv[i] + n + 1;
        return "";
}

static enum err fill(const char *path) {
        static const struct db_stmt house = {
                "INSERT INTO organisation(id, slug, name, sort_key, kind, created_ms) VALUES (1, 'alfa', 'Alfa', 'alfa', 'gemeente', 0)", "test:house", 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        enum err e = db_open(&db, str_of(path), DB_WRITE);
        if (!e)
                e = schema_migrate(db);
        return e ? e : db_exec(db, &house, NULL, 0);
}

int main(int argc, char **argv) {
        static const struct route *const rooms[] = { routes, files_routes, NULL };
        struct arena a = { 0 };
        struct str folder = str_of(option(argc, argv, "static"));
        struct site site = { .files = str_fmt(&a, "%.*s/files", STR(folder)) };
        struct server_config c = {
                .address = "127.0.0.1", .threads = 2, .rooms = rooms, .upload_dir = str_fmt(&a, "%.*s/upload", STR(folder)),
                .database = str_of(option(argc, argv, "db")), .key = "not a secret: this is for tests", .accounts = { identify, NULL, NULL, "/inloggen" },
                .app = &site, .limits = { .post_burst = -1 },
        };
        struct server *s;
        sigset_t stop;
        int sig;
        sigemptyset(&stop);
        sigaddset(&stop, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &stop, NULL);
        log_set_level(LOG_WARN);
        if (sodium_init() < 0 || fill(option(argc, argv, "db")) || files_folders(site.files, c.upload_dir) ||
            writer_start(&c.writer, c.database, 1) || server_start(&s, &c))
                return 2;
        printf("port %d\n", server_port(s));
        fflush(stdout);
        sigwait(&stop, &sig);
        server_stop(s, 2000);
        writer_stop(c.writer);
        arena_done(&a);
        return 0;
}
