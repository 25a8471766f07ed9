/* index DATABASE SHARE N: fills the search tables of a store with N made up documents, through the functions that rooms use
 * (N is 0: leaves them as they are), and measures in this process: starting, questions, completions, and changing one document. DATABASE is a path
 * or a URL, SHARE the folder with content/ and data/. Prints one line of JSON; times in milliseconds, memory in MB. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "clock.h"
#include "file.h"
#include "schema.h"
#include "search.h"
#include "vec.h"

#define LONG_WORD 6
#define WORD_MAX 100
#define BODY_WORDS 320
#define ROUNDS 4000
#define CHANGES 40

struct bench {
        struct arena a, small;
        struct analyser *an;
        struct db *db;
        uint64_t seed;
        VEC(struct str) words;          /* of the shipped texts, as often as they occur */
        VEC(struct str) longs;
};

static const char *const questions[] = { "schuldregeling", "vroegsignalering", "jongeren met schulden", "budgetbeheer", "wsnp", "huisbezoek",
        "moratorium", "schuldhulpverlening", "ondernemers", "vrijwilligers thuisadministratie", "beslagvrije voet", "saneringskrediet", "stress",
        "energiearmoede", "huurachterstand aanpak", "nazorg", "kosten van de aanpak", "almere", "shculden", "samenwerking gemeente",
        "schuldhulp -jongeren", "\"beslagvrije voet\"", "hulp bij schulden voor jongeren in de gemeente met werk en gezin" };
static const char *const beginnings[] = { "sc", "schu", "schuldh", "be", "besl", "jongeren met", "ge", "hu", "shculden", "vroeg", "aan", "nazo" };
#define N_OF(list) (sizeof list / sizeof *list)

/* splitmix64: the same documents for the same N. */
static size_t below(struct bench *b, size_t n) {
        uint64_t z = b->seed += 0x9e3779b97f4a7c15u;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
        z = (z ^ z >> 27) * 0x94d049bb133111ebu;
        return (size_t) ((z ^ z >> 31) % n);
}

static enum err read_words(struct bench *b, struct str share) {
        struct str_list files;
        struct str folder = str_fmt(&b->a, "%.*s/content/items", STR(share)), text;
        enum err e = file_list(&b->a, folder, S(".md"), &files);
        for (size_t i = 0; e == OK && i < files.n; i++) {
                e = file_read(&b->a, str_fmt(&b->a, "%.*s/%.*s", STR(folder), STR(files.v[i])), 1 << 20, &text);
                for (size_t at = 0, n; e == OK && at < text.n; at += n + 1) {
                        for (n = 0; at + n < text.n && ((text.p[at + n] >= 'a' && text.p[at + n] <= 'z') || (text.p[at + n] & 0x80));)
                                n++;
                        if (n >= 2)
                                *vec_push(&b->a, &b->words) = str_sub(text, at, n);
                        if (n >= LONG_WORD)
                                *vec_push(&b->a, &b->longs) = str_sub(text, at, n);
                }
        }
        return e == OK && b->longs.n == 0 ? ERR_NOT_FOUND : e;
}

static struct str two_longs(struct bench *b, const char *between) {
        struct str x = b->longs.v[below(b, b->longs.n)], y = b->longs.v[below(b, b->longs.n)];
        return str_fmt(&b->small, "%.*s%s%.*s", STR(x), between, STR(y));
}

/* One word in fifty is a new compound, because a larger collection has more words. */
static struct str words(struct bench *b, unsigned n) {
        struct str out = { arena_alloc(&b->small, (size_t) n * (WORD_MAX + 1)), 0 };
        char *p = (char *) (uintptr_t) out.p;
        for (unsigned i = 0; i < n; i++) {
                struct str w = b->words.v[below(b, b->words.n)];
                if (below(b, 50) == 0)
                        w = two_longs(b, "");
                if (w.n > WORD_MAX)
                        continue;
                memcpy(p + out.n, w.p, w.n);
                p[out.n + w.n] = i % 12 == 11 ? '.' : ' ';
                out.n += w.n + 1;
        }
        return out;
}

static struct search_entry entry(struct bench *b, int64_t n) {
        struct str title = two_longs(b, " ");
        return (struct search_entry) {
                .kind = n % 10 ? S("kennis") : S("gemeente"), .ref = str_fmt(&b->small, "d%lld", (long long) n),
                .title = str_fmt(&b->small, "%.*s %lld", STR(title), (long long) n),
                .label = S("Aanpak"), .summary = words(b, 12), .body = words(b, BODY_WORDS), .facets = n % 3 ? S("fase:nazorg thema:stress") : S("fase:nazorg"),
                .uses = (int64_t) below(b, 20),
        };
}

static enum err fill(struct bench *b, int64_t n, double *ms) {
        struct search_builder *builder;
        struct arena a = { 0 };
        int64_t start = clock_monotonic_us();
        enum err e = db_begin(b->db);
        if (e == OK)
                e = search_builder_new(b->db, &a, b->an, &builder);
        for (int64_t i = 0; e == OK && i < n; i++) {
                struct search_entry x = entry(b, i);
                e = search_builder_add(builder, &x);
                arena_reset(&b->small);
        }
        if (e == OK)
                e = search_builder_store(builder);
        if (e == OK)
                e = db_commit(b->db);
        arena_done(&a);
        if (e == OK)
                e = db_analyse(b->db);
        *ms = (double) (clock_monotonic_us() - start) / 1000;
        return e;
}

static int by_size(const void *x, const void *y) {
        double p = *(const double *) x, q = *(const double *) y;
        return (p > q) - (p < q);
}

struct times {
        double v[ROUNDS];
        size_t n;
};

static double part(struct times *t, double share) {
        qsort(t->v, t->n, sizeof *t->v, by_size);
        return t->v[(size_t) ((double) (t->n - 1) * share)];
}

static enum err ask_all(struct bench *b, const struct search *s, struct db *db, struct times *asked, struct times *completed) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < ROUNDS; i++) {
                struct search_result r;
                struct search_completions c;
                int64_t start = clock_monotonic_us();
                e = search_ask(s, db, &b->small, str_of(questions[i % N_OF(questions)]), S(""), 0, &r);
                int64_t middle = clock_monotonic_us();
                if (e == OK)
                        e = search_complete(s, db, &b->small, str_of(beginnings[i % N_OF(beginnings)]), &c);
                asked->v[asked->n++] = (double) (middle - start) / 1000;
                completed->v[completed->n++] = (double) (clock_monotonic_us() - middle) / 1000;
                arena_reset(&b->small);
        }
        return e;
}

/* From the start of the transaction to the commit, and until a question finds it. */
static enum err change_some(struct bench *b, const struct search *s, struct db *db, struct times *changed, struct times *seen) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < CHANGES; i++) {
                struct search_result r = { 0 };
                struct search_entry x = entry(b, (int64_t) (i * 7));
                x.title = str_fmt(&b->small, "zoekvoorbeeld%zu", i);
                int64_t start = clock_monotonic_us();
                e = db_begin(b->db);
                if (e == OK)
                        e = search_update(b->db, &b->small, b->an, &x);
                if (e == OK)
                        e = db_commit(b->db);
                changed->v[changed->n++] = (double) (clock_monotonic_us() - start) / 1000;
                if (e == OK)
                        e = search_ask(s, db, &b->small, x.title, S(""), 0, &r);
                seen->v[seen->n++] = (double) (clock_monotonic_us() - start) / 1000;
                if (e == OK && (r.hits.n == 0 || !str_eq(r.hits.v[0].title, x.title)))
                        e = err_log(ERR_INTERNAL, "a change is not found");
                arena_reset(&b->small);
        }
        return e;
}

static double resident(void) {
        double kb = 0;
        char line[128];
        FILE *f = fopen("/proc/self/status", "r");
        while (f && fgets(line, sizeof line, f))
                if (sscanf(line, "VmRSS: %lf", &kb) == 1)
                        break;
        if (f)
                fclose(f);
        return kb / 1024;
}

static enum err measure(struct bench *b, struct str database, double filled_ms) {
        _cleanup_(db_closep) struct db *reader = NULL;
        struct search *s = NULL;
        static struct times asked, completed, changed, seen;
        double before = resident();
        enum err e = db_open(&reader, database, DB_READ);
        int64_t start = clock_monotonic_us();
        if (e == OK)
                e = search_open(&s, reader, b->an);
        double opened = (double) (clock_monotonic_us() - start) / 1000, memory = resident();
        if (e == OK)
                e = ask_all(b, s, reader, &asked, &completed);
        if (e == OK)
                e = change_some(b, s, reader, &changed, &seen);
        if (e == OK)
                printf("{\"fill\": %.0f, \"open\": %.0f, \"memory\": %.0f, \"index\": %.0f, \"ask50\": %.2f, \"ask99\": %.2f, \"complete99\": %.2f, "
                       "\"change50\": %.1f, \"change99\": %.1f, \"seen99\": %.1f, \"memoryAfter\": %.0f}\n", filled_ms, opened, memory, memory - before,
                       part(&asked, 0.5), part(&asked, 0.99), part(&completed, 0.99), part(&changed, 0.5), part(&changed, 0.99), part(&seen, 0.99),
                       resident());
        search_close(s);
        return e;
}

int main(int argc, char **argv) {
        struct bench b = { 0 };
        int64_t n = 0;
        double filled = 0;
        if (argc != 4 || !str_to_i64(str_of(argv[3]), &n))
                return 2;
        enum err e = analyser_open(HUNSPELL_DIC, str_fmt(&b.a, "%s/data/taal", argv[2]).p, &b.an);
        if (e == OK)
                e = read_words(&b, str_of(argv[2]));
        if (e == OK)
                e = db_open(&b.db, str_of(argv[1]), DB_WRITE);
        if (e == OK)
                e = schema_migrate(b.db);
        b.seed = n > 0 ? 1 : (uint64_t) clock_now_ms();         /* the same documents again would be no changes */
        if (e == OK && n > 0)
                e = fill(&b, n, &filled);
        if (e == OK)
                e = measure(&b, str_of(argv[1]), filled);
        db_close(b.db);
        analyser_close(b.an);
        arena_done(&b.small);
        arena_done(&b.a);
        return e == OK ? 0 : 1;
}
