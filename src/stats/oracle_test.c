#include "oracle.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef SOURCE_ROOT
#define SOURCE_ROOT "."
#endif

static uint64_t random_state;

static void shared_folder(char *out, size_t size)
{
        const char *given = getenv("SCHOUDERS_SHARED");
        const char *folder = given && *given ? given : "../shared";
        if (folder[0] == '/')
                snprintf(out, size, "%s", folder);
        else
                snprintf(out, size, "%s/%s", SOURCE_ROOT, folder);
}

static char *read_all(const char *path)
{
        FILE *f = fopen(path, "rb");
        if (!f)
                fail_msg("cannot open %s", path);
        struct stat st;
        if (stat(path, &st) != 0 || st.st_size < 0)
                fail_msg("cannot stat %s", path);
        size_t size = (size_t) st.st_size;
        char *text = malloc(size + 1);
        assert_non_null(text);
        assert_int_equal(fread(text, 1, size, f), size);
        fclose(f);
        text[size] = '\0';
        return text;
}

/* Cuts one field out of the text in place; quotes are taken off. *end becomes what stood after it: ',' '\n' or 0. */
static char *cut_field(char **at, char *end)
{
        char *p = *at, *start = p, *w = p;
        bool quoted = *p == '"';
        if (quoted)
                p++;
        for (; *p; p++) {
                if (quoted && *p == '"') {
                        if (p[1] != '"') {
                                quoted = false;
                                continue;
                        }
                        p++;
                } else if (!quoted && (*p == ',' || *p == '\n')) {
                        break;
                } else if (!quoted && *p == '\r') {
                        continue;
                }
                *w++ = *p;
        }
        *end = *p;
        *at = *p ? p + 1 : p;
        *w = '\0';
        return start;
}

static void parse(struct oracle *o)
{
        size_t cap = 0, n = 0, width = 0;
        char *p = o->text, end = ',';
        while (*p) {
                if (cap - n < 64) {
                        cap = cap ? cap * 2 : 1024;
                        o->cell = realloc(o->cell, cap * sizeof *o->cell);
                        assert_non_null(o->cell);
                }
                const char *field = cut_field(&p, &end);
                if (!o->cols || width < o->cols)        /* too many fields: keep the first ones */
                        o->cell[n++] = field;
                width++;
                if (end == ',')
                        continue;
                if (!o->cols)
                        o->cols = width;
                assert_true(o->cols < 64);
                for (; width < o->cols; width++)        /* too few: empty cells */
                        o->cell[n++] = "";
                width = 0;
        }
        assert_true(o->cols > 0);
        o->rows = n / o->cols - 1;
}

void oracle_open(struct oracle *o, const char *path)
{
        char folder[1024], full[2048];
        struct stat st;
        shared_folder(folder, sizeof folder);
        if (stat(folder, &st) != 0) {
                print_message("SKIPPED: no folder %s with the oracle tables (set SCHOUDERS_SHARED)\n", folder);
                skip();
        }
        snprintf(full, sizeof full, "%s/data/%s", folder, path);
        *o = (struct oracle) { .name = path };
        o->text = read_all(full);
        parse(o);
        assert_true(o->rows > 0);
}

void oracle_close(struct oracle *o)
{
        if (o->compared)
                print_message("oracle %s: %zu rows, %zu numbers, worst relative error %.2g\n", o->name, o->rows, o->compared, o->worst);
        free(o->cell);
        free(o->text);
        *o = (struct oracle) { 0 };
}

const char *oracle_text(const struct oracle *o, size_t row, const char *column)
{
        assert_true(row < o->rows);
        for (size_t c = 0; c < o->cols; c++)
                if (strcmp(o->cell[c], column) == 0)
                        return o->cell[(row + 1) * o->cols + c];
        fail_msg("%s has no column %s", o->name, column);
        return NULL;
}

double oracle_num(const struct oracle *o, size_t row, const char *column)
{
        const char *text = oracle_text(o, row, column);
        char *end;
        if (!*text || strcmp(text, "NA") == 0)
                return (double) NAN;
        double v = strtod(text, &end);
        if (*end)
                fail_msg("%s row %zu %s: %s is not a number", o->name, row + 1, column, text);
        return v;
}

bool oracle_is(const struct oracle *o, size_t row, const char *column, const char *text)
{
        return strcmp(oracle_text(o, row, column), text) == 0;
}

void oracle_value(struct oracle *o, size_t row, const char *what, double got, double want, double tolerance, double absolute)
{
        o->compared++;
        if (isnan(got) && isnan(want))
                return;
        double gap = fabs(got - want);
        double rel = want != 0 ? gap / fabs(want) : gap > 0 ? HUGE_VAL : 0;
        bool ok = isfinite(gap) && (rel <= tolerance || gap <= absolute);
        if (!ok)
                fail_msg("%s row %zu %s: got %.17g, want %.17g (relative %.3g)", o->name, row + 1, what, got, want, rel);
        if ((absolute <= 0 || fabs(want) > 1e-6) && rel > o->worst)
                o->worst = rel;
}

void oracle_same(struct oracle *o, size_t row, const char *column, double got, double tolerance)
{
        oracle_value(o, row, column, got, oracle_num(o, row, column), tolerance, 0);
}

void oracle_near(struct oracle *o, size_t row, const char *column, double got, double tolerance, double absolute)
{
        oracle_value(o, row, column, got, oracle_num(o, row, column), tolerance, absolute);
}

void oracle_seed(void)
{
        const char *given = getenv("STATS_SEED");
        random_state = given ? strtoull(given, NULL, 10) : 20261122;
        print_message("seed %llu (STATS_SEED repeats or varies it)\n", (unsigned long long) random_state);
}

double oracle_uniform(void)
{
        uint64_t x = random_state += 0x9e3779b97f4a7c15u;       /* splitmix64 */
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
        return (double) ((x ^ (x >> 31)) >> 11) * 0x1p-53;
}

double oracle_integer(double lo, double hi)
{
        return lo + floor(oracle_uniform() * (hi - lo + 1));
}
