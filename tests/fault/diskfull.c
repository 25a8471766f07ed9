/* The disk fills up under SQLite, by a limit on the size of files: writes answer ERR_BUSY, nothing that was confirmed is lost,
 * nothing that was refused is kept, and with room again the same connection goes on. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
#include "fault.h"
#include "writer.h"

#define TASKS 400
#define SMALL 4000
#define LARGE 100000           /* a group does not fit in SQLite's cache: the disk is full in the middle of it */

struct item {
        int64_t id;
        struct str body;
        enum err result;
        bool finished;
};

static enum err run(struct db *db, void *arg) {
        struct item *it = arg;
        return write_pair(db, it->id, it->body);
}

static void done(void *arg, enum err e) {
        struct item *it = arg;
        it->result = e;
        it->finished = true;
}

static void limit_files(rlim_t bytes) {
        struct rlimit r;
        getrlimit(RLIMIT_FSIZE, &r);
        r.rlim_cur = bytes < r.rlim_max ? bytes : r.rlim_max;
        if (setrlimit(RLIMIT_FSIZE, &r) != 0)
                must(ERR_INTERNAL, "setrlimit");
}

/* Writes TASKS pairs of SIZE bytes and counts by result. */
static bool write_many(struct arena *a, struct str url, int64_t from, size_t size, struct ids *acked, int *busy) {
        struct item *items = arena_many(a, struct item, TASKS);
        struct str body = { memset(arena_alloc(a, size), 'x', size), size };
        struct writer *w = NULL;
        int other = 0;
        *busy = 0;
        must(writer_start(&w, url, 1), "writer_start");
        for (int i = 0; i < TASKS; i++) {
                items[i] = (struct item) { .id = from + i, .body = body };
                must(writer_submit(w, (struct write_task) { run, done, &items[i] }), "writer_submit");
                if (i % 7 == 0 && size <= SMALL)
                        usleep(500);            /* groups of several sizes */
        }
        writer_stop(w);
        for (int i = 0; i < TASKS; i++) {
                if (items[i].finished && items[i].result == OK)
                        *vec_push(a, acked) = items[i].id;
                else if (items[i].finished && items[i].result == ERR_BUSY)
                        ++*busy;
                else
                        other++;
        }
        printf("%d writes: %d busy, %d with another result, %zu confirmed so far\n", TASKS, *busy, other, acked->n);
        return other == 0;
}

static bool fill_and_recover(struct arena *a, struct str url) {
        struct ids acked = { 0 };
        int busy;
        make_tables(url);
        bool good = write_many(a, url, 1000, SMALL, &acked, &busy) && busy == 0 && check_store(url, &acked, true);
        for (int k = 0; k < 4 && good; k++) {
                /* less than what is written: the log stops growing, and checkpoints fail on the file itself */
                limit_files((rlim_t) 700000 + (rlim_t) k * 600000);
                good = write_many(a, url, 10000 * (k + 1), SMALL, &acked, &busy);
                limit_files(RLIM_INFINITY);
                good = good && busy > 0 && check_store(url, &acked, true);
        }
        if (good) {
                limit_files((rlim_t) 20 << 20);
                good = write_many(a, url, 70000, LARGE, &acked, &busy);
                limit_files(RLIM_INFINITY);
                good = good && busy > 0 && check_store(url, &acked, true);
        }
        return good && write_many(a, url, 100000, SMALL, &acked, &busy) && busy == 0 && check_store(url, &acked, true);
}

int main(void) {
        struct arena a = { 0 };
        char folder[] = "/tmp/schouders-full.XXXXXX";
        static const char *const end[] = { "", "-wal", "-shm", ".lock" };
        signal(SIGXFSZ, SIG_IGN);
        if (!mkdtemp(folder))
                return 1;
        struct str url = str_fmt(&a, "%s/test.db", folder);
        bool good = fill_and_recover(&a, url);
        for (size_t i = 0; i < 4; i++)
                unlink(str_fmt(&a, "%s%s", url.p, end[i]).p);
        rmdir(folder);
        arena_done(&a);
        puts(good ? "good" : "FAILED");
        return good ? 0 : 1;
}
