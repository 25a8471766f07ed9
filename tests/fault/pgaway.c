/* pgaway PG_SCRIPT: PostgreSQL is killed under a busy writer and comes back, three times. Nothing confirmed is lost, and what
 * is written afterwards goes well without a restart of ours. Starts a server of its own. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "fault.h"
#include "writer.h"

static const struct db_stmt one = { "SELECT 1", "pgaway:one()", 0 };

struct load {
        struct writer *w;
        struct arena a;
        struct ids acked;
        int64_t next;
        int busy, other;
        _Atomic bool stop;
        pthread_mutex_t mutex;
};

static enum err run(struct db *db, void *arg) {
        return write_pair(db, *(int64_t *) arg, S("tekst"));
}

static enum err write_next(struct load *l) {
        int64_t id = ++l->next;
        enum err e = writer_run(l->w, run, &id);
        if (e == OK)
                *vec_push(&l->a, &l->acked) = id;
        l->busy += e == ERR_BUSY;
        l->other += e != OK && e != ERR_BUSY;
        return e;
}

static void *keep_writing(void *arg) {
        struct load *l = arg;
        while (!l->stop)
                (void) !write_next(l);
        return NULL;
}

static bool pg(const char *script, const char *what, const char *dir, char url[300]) {
        char command[600] = "", line[300] = "";
        snprintf(command, sizeof command, "%s %s %s", script, what, dir);
        FILE *p = popen(command, "r");
        bool got = p && fgets(line, sizeof line, p) != NULL;
        if (url && got) {
                line[strcspn(line, "\n")] = '\0';
                memcpy(url, line, sizeof line);
        }
        return p && pclose(p) == 0;
}

static void nap_ms(long ms) {
        nanosleep(&(struct timespec) { ms / 1000, ms % 1000 * 1000000 }, NULL);
}

static bool survive(const char *script, const char *dir, struct str url) {
        struct load l = { 0 };
        struct db *reader = NULL;
        pthread_t t;
        make_tables(url);
        must(writer_start(&l.w, url, 3), "writer_start");
        must(db_open(&reader, url, DB_READ), "reader");
        for (int i = 0; i < 3; i++) {
                size_t before = l.acked.n;
                l.stop = false;
                if (pthread_create(&t, NULL, keep_writing, &l))
                        return false;
                nap_ms(150);
                bool crashed = pg(script, "crash", dir, NULL);
                bool reader_knows = db_exec(reader, &one, NULL, 0) == ERR_BUSY && !db_alive(reader);
                bool long_away = i == 2;        /* a short absence is bridged by trying again, a long one is told */
                nap_ms(long_away ? 2000 : 0);
                bool back = pg(script, "start", dir, NULL);
                nap_ms(150);
                l.stop = true;
                pthread_join(t, NULL);
                printf("kill %d: %zu confirmed, %d busy\n", i + 1, l.acked.n - before, l.busy);
                enum err after = write_next(&l);
                if (!crashed || !reader_knows || !back || (long_away && l.busy == 0) || after != OK) {
                        printf("crash %d, reader knows %d, start %d, write after: %s\n", crashed, reader_knows, back, err_name(after));
                        exit(1);
                }
                db_closep(&reader);
                must(db_open(&reader, url, DB_READ), "reader again");
        }
        writer_stop(l.w);
        db_close(reader);
        bool good = l.other == 0 && check_store(url, &l.acked, false);
        arena_done(&l.a);
        return good;
}

int main(int argc, char **argv) {
        char dir[] = "/tmp/schouders-pgaway.XXXXXX", url[300] = "";
        if (argc != 2 || !mkdtemp(dir))
                return 1;
        if (!pg(argv[1], "start", dir, url)) {
                rmdir(dir);
                puts("skipped: PostgreSQL cannot be started here");
                return 77;
        }
        bool good = survive(argv[1], dir, str_of(url));
        good = pg(argv[1], "stop", dir, NULL) && good;
        rmdir(dir);
        puts(good ? "good" : "FAILED");
        return good ? 0 : 1;
}
