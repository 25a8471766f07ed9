/* ddas.c - `schouders ddas FILE...`: aggregates of DDAS deliveries on standard output, mistakes on standard error. Runs on the
 * municipality's own computer: it opens no database and no connection, and writes no file. */
#include "ddas.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "benchmark_period.h"
#include "commands.h"
#include "generate.h"

enum { CHUNK = 256 << 10, WARNINGS_SHOWN = 20 };

static int open_file(struct str path) {
        return str_eq(path, S("-")) ? STDIN_FILENO : open(path.p, O_RDONLY | O_CLOEXEC);
}

/* Pushes one file. False, with a sentence, when it cannot be read. */
static bool read_file(struct ddas *d, struct str path, char *chunk) {
        int fd = open_file(path);
        ssize_t n = fd < 0 ? -1 : 0;
        ddas_begin(d);
        while (fd >= 0 && ((n = read(fd, chunk, CHUNK)) > 0 || (n < 0 && errno == EINTR)))
                if (n > 0)
                        ddas_push(d, chunk, (size_t) n);
        if (n < 0)
                fprintf(stderr, "schouders: %s is niet te lezen: %s.\n", path.p, strerror(errno));
        if (fd > STDIN_FILENO)
                close(fd);
        ddas_end(d);
        return n == 0;
}

static bool can_read_again(const struct options *o) {
        for (size_t i = 1; i < o->args_n; i++) {
                struct stat st;
                if (str_eq(o->args[i], S("-")) || stat(o->args[i].p, &st) != 0 || !S_ISREG(st.st_mode))
                        return false;
        }
        return true;
}

static bool read_all(const struct options *o, struct ddas *d, char *chunk) {
        for (;;) {
                for (size_t i = 1; i < o->args_n; i++)
                        if (!read_file(d, o->args[i], chunk))
                                return false;
                if (ddas_round(d) == DDAS_DONE)
                        return true;
                if (!can_read_again(o)) {
                        ddas_cannot_again(d);
                        return true;
                }
        }
}

static void print_mistakes(const struct options *o, const struct ddas *d, bool soft, uint32_t most) {
        const struct ddas_mistake *m;
        for (uint32_t i = 0; i < most && (m = ddas_mistake(d, soft, i)); i++) {
                const char *file = m->file + 1 < o->args_n ? o->args[m->file + 1].p : "-";
                fprintf(stderr, "%s: %s: regel %llu, byte %llu%s%s: %s\n", file, soft ? "let op" : "fout", (unsigned long long) m->line, (unsigned long long) m->offset,
                        m->path[0] ? ", " : "", m->path, m->reason);
        }
        uint64_t n;
        bool is_soft;
        const char *name;
        for (uint32_t i = 0; (name = ddas_kind(d, i, &is_soft, &n)); i++)
                if (is_soft == soft && n > 0)
                        fprintf(stderr, "  %llu keer: %s\n", (unsigned long long) n, name);
}

static void write_out(void *arg, const char *p, size_t n) {
        fwrite(p, 1, n, arg);
}

static int report(const struct options *o, const struct ddas *d) {
        print_mistakes(o, d, false, DDAS_MISTAKES);
        print_mistakes(o, d, true, WARNINGS_SHOWN);
        fprintf(stderr, "%llu trajecten (%llu na samenloop), %llu vroegsignalen en %llu vroegsignaalzaken gelezen in %llu keer.\n",
                (unsigned long long) ddas_count(d, DDAS_TRAJECTORIES), (unsigned long long) ddas_count(d, DDAS_MERGED), (unsigned long long) ddas_count(d, DDAS_SIGNALS),
                (unsigned long long) ddas_count(d, DDAS_CASES), (unsigned long long) ddas_count(d, DDAS_ROUNDS));
        if (ddas_count(d, DDAS_ERRORS) > 0) {
                fprintf(stderr, "Er zijn fouten, dus er zijn geen cijfers gemaakt.\n");
                return 1;
        }
        ddas_csv(d, write_out, stdout);
        if (fflush(stdout) != 0) {
                fprintf(stderr, "schouders: de cijfers zijn niet te schrijven: %s.\n", strerror(errno));
                return 1;
        }
        return 0;
}

/* What ddas_period found good; without, last year's form of a delivery. */
static void set_period(struct ddas_plan *plan, struct str text) {
        int64_t period;
        if (!period_read(text, &period))
                period = 2024;
        plan->year = (int) period_year(period);
        plan->quarter = period_quarter(period);
}

static int generate(const struct options *o, struct arena *a) {
        struct ddas_plan *plan = arena_new(a, struct ddas_plan);
        *plan = (struct ddas_plan) { .n = (uint64_t) o->generate, .seed = (uint64_t) o->seed, .signals = o->signals };
        struct str rest = o->place, code;
        set_period(plan, o->period);
        while (plan->places_n < GENERATE_PLACES_MAX && str_split(&rest, ',', &code))
                plan->places[plan->places_n++] = str_z(a, code);
        ddas_generate(plan, write_out, stdout);
        return fflush(stdout) == 0 ? 0 : 1;
}

int command_ddas(struct options *o, struct arena *a) {
        uint64_t key[2];
        randombytes_buf(key, sizeof key);
        struct ddas *d = ddas_open(arena_alloc(a, DDAS_MEMORY), DDAS_MEMORY, key);
        if (o->period.n && !ddas_period(d, str_z(a, o->period))) {
                fprintf(stderr, "schouders: --periode is een jaar (2024) of een kwartaal (2024-Q3).\n");
                return 2;
        }
        if (o->generate > 0)
                return generate(o, a);
        if (o->args_n < 2) {
                fprintf(stderr, "schouders: ddas FILE... leest DDAS-leveringen; - is standaardinvoer.\n");
                return 2;
        }
        if (!read_all(o, d, arena_alloc(a, CHUNK)))
                return 1;
        return report(o, d);
}
