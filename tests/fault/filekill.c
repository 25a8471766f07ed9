/* filekill [--lie] [ROUNDS [SEED]]: a child puts files and makes their rows as fast as it can; we kill -9 it at a random moment and look:
 * every row has its bytes, whole, and what has no row is gone after the night's sweep. --lie lets the child make the row first, to show
 * that this test can fail. */
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "blob.h"
#include "clock.h"
#include "fault.h"
#include "writer.h"

static bool lie;

struct item {
        struct str hash;
};

static enum err add_row(struct db *db, void *arg) {
        static const struct db_stmt add = { "INSERT INTO kept (hash) VALUES ($1)", "filekill:add(t)", 1 };
        struct item *it = arg;
        struct db_val v = db_val_str(it->hash);
        return db_exec(db, &add, &v, 1);
}

static void child(struct str url, struct str root, unsigned number) {
        static char bytes[200000];
        struct writer *w = NULL;
        if (writer_start(&w, url, 2) != OK)
                _exit(2);
        for (unsigned i = 0;; i++) {
                struct arena a = { 0 };
                char hash[BLOB_NAME];
                unsigned char sum[32];
                snprintf(bytes, sizeof bytes, "%u %u", number, i);
                crypto_hash_sha256(sum, (unsigned char *) bytes, sizeof bytes);
                sodium_bin2hex(hash, sizeof hash, sum, sizeof sum);
                struct item it = { str_of(hash) };
                if (lie && writer_run(w, add_row, &it) != OK)
                        _exit(3);
                if (blob_put(&a, root, (struct str) { bytes, sizeof bytes }, hash) != OK)
                        _exit(4);
                if (!lie && writer_run(w, add_row, &it) != OK)
                        _exit(5);
                arena_done(&a);
        }
}

static enum err is_known(void *arg, struct str hash, bool *ret) {
        static const struct db_stmt get = { "SELECT 1 FROM kept WHERE hash = $1", "filekill:get(t)", 1 };
        struct db_val v = db_val_str(hash);
        struct db_rows rows _cleanup_(db_rows_done) = { 0 };
        enum err e = db_query(arg, &get, &v, 1, &rows);
        return e ? e : db_next(&rows, ret);
}

/* Rows, and how many of them have no bytes, or broken ones. */
static size_t check_rows(struct db *db, struct str root, int *bad) {
        static const struct db_stmt all = { "SELECT hash FROM kept", "filekill:all", 0 };
        struct db_rows rows _cleanup_(db_rows_done) = { 0 };
        bool more = false;
        size_t n = 0;
        must(db_query(db, &all, NULL, 0, &rows), "rows");
        for (; db_next(&rows, &more) == OK && more; n++) {
                struct arena a = { 0 };
                char bytes[200001], hash[BLOB_NAME];
                unsigned char sum[32];
                int fd = -1;
                int64_t size = 0;
                enum err e = blob_open(&a, root, db_str(&rows, 0), &fd, &size);
                ssize_t got = e == OK ? read(fd, bytes, sizeof bytes) : -1;
                crypto_hash_sha256(sum, (unsigned char *) bytes, got > 0 ? (size_t) got : 0);
                sodium_bin2hex(hash, sizeof hash, sum, sizeof sum);
                *bad += !str_eq(str_of(hash), db_str(&rows, 0));
                if (e == OK)
                        close(fd);
                arena_done(&a);
        }
        return n;
}

static int count_files(struct str root) {
        struct arena a = { 0 };
        char line[32] = "-1";
        FILE *p = popen(str_fmt(&a, "find '%.*s' -type f ! -name .lock | wc -l", STR(root)).p, "r");
        if (p && !fgets(line, sizeof line, p))
                line[0] = '\0';
        if (p)
                pclose(p);
        arena_done(&a);
        return atoi(line);
}

static bool round_of(struct str url, struct str root, int number, int wait_ms) {
        struct arena a = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        int status, bad = 0, removed = 0;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0)
                child(url, root, (unsigned) number);
        nanosleep(&(struct timespec) { .tv_nsec = (long) wait_ms * 1000000 }, NULL);
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
        must(db_open(&db, url, DB_READ), "db_open");
        size_t n = check_rows(db, root, &bad);
        int before = count_files(root);
        must(blob_sweep(&a, root, ".zip-", clock_now_ms() + 1000, is_known, db, &removed), "blob_sweep");
        arena_done(&a);
        bool good = WIFSIGNALED(status) && bad == 0 && count_files(root) == (int) n && before == (int) n + removed;
        printf("round %d: killed after %d ms, %zu rows, %d without bytes, %d orphans removed%s\n", number, wait_ms, n, bad, removed,
               good ? "" : " - FAILED");
        return good;
}

static bool all_rounds(const char *name, struct str url, int rounds, unsigned seed) {
        struct arena a = { 0 };
        char root[] = "/tmp/schouders-filekill.XXXXXX";
        bool good = mkdtemp(root) != NULL;
        printf("%s, seed %u\n", name, seed);
        run_sql(url, "CREATE TABLE kept (hash TEXT PRIMARY KEY)");
        for (int i = 1; i <= rounds && good; i++)
                good = round_of(url, str_of(root), i, 60 + rand_r(&seed) % 120);
        if (system(str_fmt(&a, "rm -rf '%s'", root).p) != 0)
                good = false;
        arena_done(&a);
        return good;
}

static bool on_postgres(const char *server, int rounds, unsigned seed) {
        struct arena a = { 0 };
        struct str schema = str_fmt(&a, "filekill_%d", (int) getpid());
        char mark = str_index(str_of(server), '?') < strlen(server) ? '&' : '?';
        run_sql(str_of(server), str_fmt(&a, "CREATE SCHEMA %s", schema.p).p);
        bool good = all_rounds("postgresql", str_fmt(&a, "%s%coptions=-csearch_path%%3D%s", server, mark, schema.p), rounds, seed);
        run_sql(str_of(server), str_fmt(&a, "SET client_min_messages=error; DROP SCHEMA %s CASCADE", schema.p).p);
        arena_done(&a);
        return good;
}

int main(int argc, char **argv) {
        const char *server = getenv("SCHOUDERS_TEST_PG");
        struct arena a = { 0 };
        char folder[] = "/tmp/schouders-filekill.XXXXXX";
        lie = argc > 1 && !strcmp(argv[1], "--lie");
        argc -= lie;
        argv += lie;
        int rounds = argc > 1 ? atoi(argv[1]) : 15;
        unsigned seed = argc > 2 ? (unsigned) atoi(argv[2]) : (unsigned) time(NULL);
        if (sodium_init() < 0 || !mkdtemp(folder))
                return 1;
        bool good = all_rounds("sqlite", str_fmt(&a, "%s/test.db", folder), rounds, seed);
        if (!lie && server && *server)
                good = on_postgres(server, rounds, seed) && good;
        else if (!lie)
                printf("postgresql: skipped, SCHOUDERS_TEST_PG is not set (see tests/pg)\n");
        if (system(str_fmt(&a, "rm -rf '%s'", folder).p) != 0)
                good = false;
        arena_done(&a);
        puts(good ? "good" : "FAILED");
        return good ? 0 : 1;
}
