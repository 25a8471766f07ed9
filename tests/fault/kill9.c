/* kill9 [--lie] [ROUNDS [SEED]]: a child writes as fast as it can and reports each confirmed write; we kill -9 it at a random
 * moment and look whether everything it reported is in the store. On SQLite, and on PostgreSQL with SCHOUDERS_TEST_PG.
 * --lie lets the child report before the commit, to show that this test can fail. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "fault.h"
#include "writer.h"

static bool lie;
static int report_fd;

struct item {
        int64_t id;
};

static void report(int64_t id) {
        if (write(report_fd, &id, sizeof id) != sizeof id)      /* atomic on a pipe */
                _exit(3);
}

static enum err run(struct db *db, void *arg) {
        struct item *it = arg;
        if (lie)
                report(it->id);
        return write_pair(db, it->id, S("Een regel tekst die ongeveer zo lang is als een echte."));
}

static void done(void *arg, enum err e) {
        struct item *it = arg;
        if (e == OK && !lie)
                report(it->id);
        free(it);
}

static void child(struct str url, int64_t first) {
        struct writer *w = NULL;
        if (writer_start(&w, url, 3) != OK)
                _exit(2);
        for (int64_t id = first;; id++) {
                struct item *it = malloc(sizeof *it);
                if (!it)
                        _exit(2);
                it->id = id;
                while (writer_submit(w, (struct write_task) { run, done, it }) == ERR_BUSY)
                        nanosleep(&(struct timespec) { .tv_nsec = 200000 }, NULL);
        }
}

/* Reads reports until UNTIL_MS after the first one; 0 reads what is left. */
static void read_reports(struct arena *a, int fd, int until_ms, struct ids *ret) {
        struct timespec start = { 0 }, t;
        int64_t id[512];
        for (;;) {
                struct pollfd p = { .fd = fd, .events = POLLIN };
                if (until_ms && start.tv_sec) {
                        clock_gettime(CLOCK_MONOTONIC, &t);
                        if ((t.tv_sec - start.tv_sec) * 1000 + (t.tv_nsec - start.tv_nsec) / 1000000 >= until_ms)
                                return;
                }
                int ready = poll(&p, 1, until_ms ? 1 : 10000);
                if (ready == 0)
                        continue;
                ssize_t n = ready < 0 ? -1 : read(fd, id, sizeof id);
                if (n <= 0)
                        return;
                if (!start.tv_sec)
                        clock_gettime(CLOCK_MONOTONIC, &start);
                for (size_t i = 0; i < (size_t) n / sizeof *id; i++)
                        *vec_push(a, ret) = id[i];
        }
}

static bool round_of(struct arena *a, struct str url, int number, int wait_ms, struct ids *acked) {
        int fd[2], status;
        size_t before = acked->n;
        if (pipe(fd) != 0)
                return false;
        fflush(stdout);
        pid_t pid = fork();
        if (pid == 0) {
                close(fd[0]);
                report_fd = fd[1];
                child(url, (int64_t) number * 10000000);
        }
        close(fd[1]);
        read_reports(a, fd[0], wait_ms, acked);
        kill(pid, SIGKILL);
        read_reports(a, fd[0], 0, acked);
        close(fd[0]);
        waitpid(pid, &status, 0);
        bool good = WIFSIGNALED(status) && acked->n > before && check_store(url, acked, false);
        printf("round %d: killed after %d ms, %zu confirmed%s\n", number, wait_ms, acked->n - before,
               good ? "" : " - FAILED");
        return good;
}

static bool all_rounds(const char *name, struct str url, int rounds, unsigned seed) {
        struct arena a = { 0 };
        struct ids acked = { 0 };
        bool good = true;
        printf("%s, seed %u\n", name, seed);
        make_tables(url);
        for (int i = 1; i <= rounds && good; i++)
                good = round_of(&a, url, i, 1 + rand_r(&seed) % 80, &acked);
        printf("%s: %zu confirmed writes in %d rounds: %s\n", name, acked.n, rounds, good ? "all there" : "FAILED");
        arena_done(&a);
        return good;
}

static bool on_sqlite(int rounds, unsigned seed) {
        struct arena a = { 0 };
        char folder[] = "/tmp/schouders-kill9.XXXXXX";
        if (!mkdtemp(folder))
                return false;
        bool good = all_rounds("sqlite", str_fmt(&a, "%s/test.db", folder), rounds, seed);
        static const char *const end[] = { "", "-wal", "-shm", ".lock" };
        for (size_t i = 0; i < 4; i++)
                unlink(str_fmt(&a, "%s/test.db%s", folder, end[i]).p);
        rmdir(folder);
        arena_done(&a);
        return good;
}

static bool on_postgres(const char *server, int rounds, unsigned seed) {
        struct arena a = { 0 };
        struct str schema = str_fmt(&a, "kill9_%d", (int) getpid());
        char mark = str_index(str_of(server), '?') < strlen(server) ? '&' : '?';
        run_sql(str_of(server), str_fmt(&a, "CREATE SCHEMA %s", schema.p).p);
        struct str url = str_fmt(&a, "%s%coptions=-csearch_path%%3D%s", server, mark, schema.p);
        bool good = all_rounds("postgresql", url, rounds, seed);
        run_sql(str_of(server), str_fmt(&a, "SET client_min_messages=error; DROP SCHEMA %s CASCADE", schema.p).p);
        arena_done(&a);
        return good;
}

int main(int argc, char **argv) {
        const char *server = getenv("SCHOUDERS_TEST_PG");
        lie = argc > 1 && !strcmp(argv[1], "--lie");
        argc -= lie;
        argv += lie;
        int rounds = argc > 1 ? atoi(argv[1]) : 20;
        unsigned seed = argc > 2 ? (unsigned) atoi(argv[2]) : (unsigned) time(NULL);
        signal(SIGPIPE, SIG_IGN);
        bool good = on_sqlite(rounds, seed);
        if (!lie && server && *server)
                good = on_postgres(server, rounds, seed) && good;
        else if (!lie)
                printf("postgresql: skipped, SCHOUDERS_TEST_PG is not set (see tests/pg)\n");
        return good ? 0 : 1;
}
