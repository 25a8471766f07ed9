/* stats DATABASE ROOT INDICATORS QUARTERS [THREADS]: releases of 342 municipalities in an empty store (a path or a URL), and how long they
 * take: all cells, one new quarter, one corrected figure; and reading a page's results. Then all cells once more as a server does it, beside the
 * writer, and how long another write waits meanwhile. ROOT is the folder with content/ and data/.
 * The figures are made up: sizes as in debt help (half of the municipalities below 87 cases a quarter), real differences of 6.4 points.
 * R does the work of some cells in the same run, when it is installed. Prints a line of text for each; times in seconds. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>
#include "benchmark.h"
#include "benchmark_release.h"
#include "benchmark_series.h"
#include "clock.h"
#include "network.h"
#include "schema.h"
#include "writer.h"

#define FIRST 20161
#define READS 200
#define CORRECTIONS 5
#define PAUSE_US 20000          /* between two writes of somebody else */
#define WAITS_MAX 100000

struct bench {
        struct arena a;
        struct db *db;
        struct municipality_current_list all;
        int indicators, quarters;
        unsigned threads;
        int64_t at;
};

static void must(enum err e, const char *what) {
        if (e == OK)
                return;
        fprintf(stderr, "%s: %s\n", what, err_name(e));
        exit(1);
}

static uint64_t mix(uint64_t z) {
        z += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
}
static double uniform(uint64_t *s) {
        *s = mix(*s + 1);
        return (double) (*s >> 11) * 0x1p-53;
}
static double normal(uint64_t *s) {
        double sum = -6;
        for (int i = 0; i < 12; i++)
                sum += uniform(s);
        return sum;
}

static void sql(struct bench *b, const char *text) {
        struct db_stmt *st = arena_new(&b->a, struct db_stmt);  /* known to the store by its place */
        *st = (struct db_stmt) { .sql = text, .name = "stats.sql:prepare" };
        must(db_exec(b->db, st, NULL, 0), text);
}

/* Indicators that are only here: T01, T02 ... like the share that drops out. */
static void invent_indicators(struct bench *b) {
        for (int i = 1; i <= b->indicators; i++) {
                sql(b, str_fmt(&b->a, "INSERT INTO indicator(code, slug, position, name, definition, numerator_text, denominator_text, unit, kind, "
                        "decimals, polarity, phase, theme, scope, period_kind, source, source_url, licence, note, note_html, fictitious) "
                        "SELECT 'T%02d', 't%02d', 90000 + %d, name, definition, numerator_text, denominator_text, unit, kind, decimals, polarity, "
                        "phase, theme, scope, period_kind, source, source_url, licence, note, note_html, 0 FROM indicator WHERE code = 'SHV10'",
                        i, i, i).p);
                sql(b, str_fmt(&b->a, "INSERT INTO indicator_version(indicator_code, version, owner, review_on, delivery, aggregation, name, "
                        "definition, numerator_text, denominator_text) SELECT 'T%02d', 1, owner, review_on, delivery, aggregation, name, "
                        "definition, numerator_text, denominator_text FROM indicator_version WHERE indicator_code = 'SHV10'", i).p);
        }
}

static void start(struct bench *b, const char *database, const char *root) {
        struct load l = { .a = &b->a, .root = str_of(root) };
        must(db_open(&b->db, str_of(database), DB_WRITE), database);
        must(schema_migrate(b->db), "migrate");
        must(db_begin(b->db), "begin");
        must(network_load(b->db, &l), "network");
        must(municipalities_current(b->db, &b->a, 2025, &b->all), "municipalities");
        for (size_t i = 0; i < b->all.n; i++)
                must(benchmark_put_participant(b->db, false, (struct participant) { b->all.v[i].code, FIRST, 0 }), "participant");
        must(benchmark_load(b->db, &l), "indicators");
        must(benchmark_pages_write(b->db, &b->a), "pages");
        invent_indicators(b);
        must(db_commit(b->db), "commit");
}

static struct delivered figure(struct bench *b, size_t place, int indicator, int64_t period) {
        uint64_t p = mix(place * 7919 + 1), own = mix(place * 104729 + (uint64_t) indicator * 31), now = mix(own ^ (uint64_t) period);
        double size = 87 * (1 + .9 * normal(&p)), n, chance = .35 + .05 * (indicator % 5) + .064 * normal(&own), x = 0;
        size = size < 20 ? 20 + 20 * uniform(&p) : size;
        n = (double) (int64_t) (size * (.9 + .2 * uniform(&now)));
        chance = chance < .02 ? .02 : chance > .98 ? .98 : chance;
        for (double i = 0; i < n; i++)
                x += uniform(&now) < chance;
        return (struct delivered) { str_fmt(&b->a, "T%02d", indicator), b->all.v[place].code, S(""), period, x, n, (double) NAN, S(""), S("") };
}

static void deliver(struct bench *b, int64_t period) {
        struct delivered_list l = { 0 };
        for (size_t i = 0; i < b->all.n; i++)
                for (int k = 1; k <= b->indicators; k++)
                        *vec_push(&b->a, &l) = figure(b, i, k, period);
        must(db_begin(b->db), "begin");
        must(benchmark_put_delivered(b->db, &b->a, false, l.v, l.n, b->at), "deliver");
        must(db_commit(b->db), "commit");
}

/* Seconds on the clock, and of all processors for this program: on a busy machine only the second tells something. */
struct took {
        double clock, processor;
};
static struct took now(void) {
        struct rusage u;
        getrusage(RUSAGE_SELF, &u);
        return (struct took) { (double) clock_monotonic_us() / 1e6, (double) (u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
                (double) (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6 };
}
static struct took since(struct took begin) {
        struct took t = now();
        return (struct took) { t.clock - begin.clock, t.processor - begin.processor };
}

static void release(struct bench *b, int64_t through) {
        struct arena a = { 0 };
        struct release_request r = { .through = through, .note = S("meting"), .threads = b->threads };
        int64_t id;
        must(db_begin(b->db), "begin");
        must(benchmark_release(b->db, &a, &r, b->at, &id), "release");
        must(db_commit(b->db), "commit");
        b->at += 1000;
        arena_done(&a);
}

static void print_full(struct bench *b, int64_t last) {
        for (int64_t p = FIRST; p <= last; p = period_add(p, 1))
                deliver(b, p);
        struct took begin = now();
        release(b, last);
        struct took t = since(begin);
        printf("full: %zu municipalities x %d indicators x %d quarters with exact ranks, all tables: %.1f s, processors %.1f s (aim 150)\n",
                b->all.n, b->indicators, b->quarters, t.clock, t.processor);
        fflush(stdout);
}

static void print_quarter(struct bench *b, int64_t next) {
        deliver(b, next);
        struct took begin = now();
        release(b, next);
        struct took t = since(begin);
        printf("one new quarter: %.2f s, processors %.2f s (aim 6)\n", t.clock, t.processor);
        fflush(stdout);
}

/* The mean of a few, each of another indicator. */
static void print_correction(struct bench *b, int64_t last) {
        struct took begin = now();
        for (int k = 1; k <= CORRECTIONS; k++) {
                struct delivered f = figure(b, 17, 1 + k % b->indicators, last);
                f.numerator = f.numerator > 10 ? f.numerator - 1 : f.numerator + 1;
                must(db_begin(b->db), "begin");
                must(benchmark_put_delivered(b->db, &b->a, false, &f, 1, b->at), "correct");
                must(db_commit(b->db), "commit");
                release(b, last);
        }
        struct took t = since(begin);
        printf("one corrected figure, delivered and visible everywhere: %.3f s, processors %.3f s (aim 0.3)\n", t.clock / CORRECTIONS,
                t.processor / CORRECTIONS);
        fflush(stdout);
}

static void print_reading(struct bench *b, int64_t last) {
        int64_t begin = clock_monotonic_us();
        for (int i = 0; i < READS; i++) {
                struct arena a = { 0 };
                struct cell c;
                struct series_set s;
                bool found;
                struct str code = str_fmt(&a, "T%02d", 1 + i % b->indicators);
                must(benchmark_cell(b->db, &a, 0, BENCHMARK_PUBLIC, code, S(""), last, &c, &found), "cell");
                must(found && c.n == b->all.n ? OK : ERR_INTERNAL, "cell");
                must(benchmark_series(b->db, &a, 0, BENCHMARK_PUBLIC, code, S(""), S(""), &s, &found), "series");
                must(found && s.n == b->all.n ? OK : ERR_INTERNAL, "series");
                arena_done(&a);
        }
        printf("results of one indicator page, cell and all series: %.2f ms (aim 5)\n", (double) (clock_monotonic_us() - begin) / 1e3 / READS);
}

struct making {
        struct bench *b;
        const char *database;
        struct writer *writer;
        int64_t id, through;
        _Atomic bool ended;
};

static enum err ask(struct db *db, void *arg) {
        struct making *m = arg;
        struct release_request r = { .through = m->through, .note = S("meting") };
        return benchmark_release_ask(db, &m->b->a, &r, m->b->at, &m->id);
}

static void *make(void *arg) {
        struct making *m = arg;
        struct arena a = { 0 };
        struct release_making how = { .writer = m->writer, .asked_at = m->b->at, .at = m->b->at + 1 };
        must(db_open(&how.db, str_of(m->database), DB_READ), m->database);
        must(benchmark_release_make(&how, &a, m->id), "release beside the writer");
        db_close(how.db);
        arena_done(&a);
        m->ended = true;
        return NULL;
}

static enum err small_write(struct db *db, void *arg) {
        const struct bench *b = arg;
        return benchmark_put_participant(db, false, (struct participant) { b->all.v[0].code, FIRST, 0 });
}

static int by_size(const void *x, const void *y) {
        const int64_t *a = x, *b = y;
        return (*a > *b) - (*a < *b);
}

/* All cells changed: how long do others wait for their write? */
static void print_waiting(struct bench *b, const char *database, int64_t last) {
        struct making m = { .b = b, .database = database, .through = last };
        int64_t *waits = arena_many(&b->a, int64_t, WAITS_MAX);
        size_t n = 0;
        pthread_t thread;
        must(db_begin(b->db), "begin");
        sql(b, "UPDATE delivered_cell SET stamp = stamp + 1000000");
        must(db_commit(b->db), "commit");
        db_closep(&b->db);
        must(writer_start(&m.writer, str_of(database), 4), "writer");
        must(writer_run(m.writer, ask, &m), "ask");
        struct took begin = now();
        if (pthread_create(&thread, NULL, make, &m))
                exit(1);
        while (!m.ended && n < WAITS_MAX) {
                int64_t at = clock_monotonic_us();
                must(writer_run(m.writer, small_write, b), "write");
                waits[n++] = clock_monotonic_us() - at;
                usleep(PAUSE_US);
        }
        pthread_join(thread, NULL);
        struct took t = since(begin);
        writer_stop(m.writer);
        must(db_open(&b->db, str_of(database), DB_WRITE), database);
        qsort(waits, n, sizeof *waits, by_size);
        printf("all cells beside the writer: %.1f s, processors %.1f s; %zu other writes meanwhile waited %.1f ms (half), %.0f ms (1 in 100), "
                "%.0f ms at most (aim 1000)\n", t.clock, t.processor, n, (double) waits[n / 2] / 1e3, (double) waits[n - 1 - n / 100] / 1e3,
                (double) waits[n - 1] / 1e3);
        fflush(stdout);
}

/* The same cell in R: intervals, a beta prior by maximum likelihood, 10,000 draws of 342 ranks. */
static void print_r(const struct bench *b) {
        static const char script[] =
                "set.seed(1); k <- 342; n <- pmax(20, round(rnorm(k, 87, 60))); x <- rbinom(k, n, pmin(.98, pmax(.02, rnorm(k, .45, .064))))\n"
                "cell <- function() { p <- x/n; z <- qnorm(.975); w <- z*sqrt(p*(1-p)/n + z^2/4/n^2); qbeta(.025, x, n-x+1); qbeta(.975, x+1, n-x)\n"
                "pbinom(x, n, mean(p)); f <- function(t) -sum(lbeta(exp(t[1])+x, exp(t[2])+n-x) - lbeta(exp(t[1]), exp(t[2])))\n"
                "t <- exp(optim(c(3, 3), f)$par); qbeta(.025, t[1]+x, t[2]+n-x); qbeta(.975, t[1]+x, t[2]+n-x)\n"
                "d <- matrix(rbeta(10000*k, rep(t[1]+x, each=10000), rep(t[2]+n-x, each=10000)), 10000)\n"
                "r <- t(apply(d, 1, rank)); apply(r, 2, quantile, c(.025, .5, .975)) }\n"
                "s <- system.time(for (i in 1:3) cell())[['elapsed']]/3; cat(sprintf('%.3f', s))\n";
        if (system("command -v Rscript > /dev/null 2>&1") != 0) {
                puts("R: absent, not compared (apt-get install r-base-core)");
                return;
        }
        char name[] = "/tmp/schouders-stats-XXXXXX";
        int file = mkstemp(name);
        if (file < 0 || write(file, script, sizeof script - 1) != (ssize_t) sizeof script - 1)
                exit(1);
        close(file);
        FILE *r = popen(str_fmt(&(struct arena) { 0 }, "Rscript --vanilla %s", name).p, "r");
        double s = 0;
        if (!r || fscanf(r, "%lf", &s) != 1)
                s = 0;
        if (r)
                pclose(r);
        unlink(name);
        printf("R, one cell on one core with 10,000 drawn ranks: %.2f s, so %.0f s for all %d cells\n", s,
                s * b->indicators * b->quarters, b->indicators * b->quarters);
}

int main(int argc, char **argv) {
        if (argc < 5 || argc > 6) {
                fputs("stats DATABASE ROOT INDICATORS QUARTERS [THREADS]\n", stderr);
                return 2;
        }
        struct bench b = { .indicators = atoi(argv[3]), .quarters = atoi(argv[4]), .threads = argc > 5 ? (unsigned) atoi(argv[5]) : 2,
                .at = 1800000000000 };
        if (b.indicators < 1 || b.indicators > 99 || b.quarters < 1 || b.quarters > 80)
                return 2;
        int64_t last = period_add(FIRST, b.quarters - 1), next = period_add(last, 1);
        start(&b, argv[1], argv[2]);
        print_full(&b, last);
        print_quarter(&b, next);
        print_correction(&b, next);
        print_reading(&b, next);
        print_waiting(&b, argv[1], next);
        print_r(&b);
        db_close(b.db);
        arena_done(&b.a);
        return 0;
}
