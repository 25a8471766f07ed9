/* filter.c - the table of filters: finding one by name, running it, telling about all. */
#include "internal.h"
#include <string.h>

static const struct filter *const families[] = {
        interval_filters, standard_filters, funnel_filters, spread_filters, shrink_filters, rank_filters, control_filters,
        order_filters, trend_filters, effect_filters, design_filters, interrupted_filters, peer_filters, merger_filters, disclosure_filters, further_filters,
};
#define FAMILIES (sizeof families / sizeof *families)

static bool called(const struct filter *f, struct str name)
{
        struct str rest = str_of(f->also), one;
        if (str_eq(name, str_of(f->name)))
                return true;
        while (str_split(&rest, ' ', &one))
                if (one.n && str_eq(name, one))
                        return true;
        return false;
}

const char *filter_columns(const struct filter *f, const struct csv *c, int *at)
{
        const char *lacks = NULL;
        for (size_t i = 0; i < FILTER_COLUMNS && f->in[i].name; i++) {
                at[i] = csv_column(c, f->in[i].name);
                bool must = f->in[i].kind == FILTER_NUMBER || f->in[i].kind == FILTER_TEXT;
                if (at[i] < 0 && must && !lacks)
                        lacks = f->in[i].name;
        }
        return lacks;
}

/* The name of the first column that the filter reads and the file has more than once, or NULL. */
static const char *column_twice(const struct filter *f, const struct csv *c, const int *at)
{
        for (size_t i = 0; i < FILTER_COLUMNS && f->in[i].name; i++)
                for (size_t k = at[i] < 0 ? c->columns : (size_t) at[i] + 1; k < c->columns; k++)
                        if (str_eq(c->header[k], c->header[at[i]]))
                                return f->in[i].name;
        return NULL;
}

/* Of the filters with this name the first whose columns are in the file; else the first with this name. */
static const struct filter *find(struct str name, const struct csv *c)
{
        const struct filter *first = NULL;
        int at[FILTER_COLUMNS];
        for (size_t k = 0; k < FAMILIES; k++)
                for (const struct filter *f = families[k]; f->name; f++) {
                        if (!called(f, name))
                                continue;
                        if (!c || !filter_columns(f, c, at))
                                return f;
                        first = first ? first : f;
                }
        return first;
}

bool stats_filter_is(struct str name)
{
        return find(name, NULL);
}

static size_t fields(const char *header)
{
        size_t n = 1;
        for (; *header; header++)
                n += *header == ',';
        return n;
}

/* Headers as people type them: "x, n" is "x" and "n". */
static void trim_header(struct csv *c)
{
        for (size_t i = 0; i < c->columns; i++)
                c->header[i] = str_trim(c->header[i]);
}

/* Where in S a line begins with the field WORD, from its second line on; s.n when none does. */
static size_t line_with(struct str s, struct str word)
{
        size_t at = 0;
        while (at < s.n) {
                at += str_index(str_sub(s, at, s.n), '\n') + 1;
                struct str line = str_sub(s, at < s.n ? at : s.n, s.n);
                if (str_starts(line, word) && line.n > word.n && line.p[word.n] == ',')
                        return at;
        }
        return s.n;
}

static bool first_column(struct str s, struct str word)
{
        if (str_starts(s, S("\xef\xbb\xbf")))
                s = str_sub(s, 3, s.n);
        return str_starts(s, word) && s.n > word.n && s.p[word.n] == ',';
}

/* Two tables may come in one file, one behind the other in either order. */
static void split(const struct filter *f, struct str *in, struct str *other)
{
        struct str whole = *in, theirs = str_of(f->other);
        bool first = first_column(whole, theirs);
        size_t at = line_with(whole, first ? str_of(f->in[0].name) : theirs);
        struct str head = str_sub(whole, 0, at), tail = str_sub(whole, at, whole.n - at);
        *in = first ? tail : head;
        *other = first ? head : tail;
}

enum err stats_filter(struct arena *a, struct str name, struct str in, struct str other, FILE *out, const char **why)
{
        struct csv c;
        int at[FILTER_COLUMNS];
        const struct filter *f = find(name, NULL);
        if (!f)
                return ERR_NOT_FOUND;
        if (f->other && other.n == 0 && in.n > 0)
                split(f, &in, &other);
        if (in.n == 0 || csv_open(&c, a, in) != OK) {
                *why = in.n == 0 ? "the input is empty; the first line must name the columns" : "line 1: broken quotes, or more than 64 columns";
                return ERR_INVALID;
        }
        trim_header(&c);
        f = find(name, &c);
        const char *lacks = filter_columns(f, &c, at), *twice = column_twice(f, &c, at);
        if (lacks || twice) {
                bool apart = c.columns > 1 || !(str_index(c.header[0], ';') < c.header[0].n || str_index(c.header[0], '\t') < c.header[0].n);
                *why = twice ? str_fmt(a, "line 1: column %s is there twice", twice).p
                       : str_fmt(a, "line 1: column %s is missing%s", lacks, apart ? "" : "; commas separate columns, and points are before decimals").p;
                return ERR_INVALID;
        }
        struct filter_out o = { .f = out, .columns = fields(f->out) };
        fprintf(out, "%s\n", f->out);
        return filter_run(a, f, &c, other, &o, why);
}

void stats_filter_names(FILE *out)
{
        for (size_t k = 0; k < FAMILIES; k++)
                for (const struct filter *f = families[k]; f->name; f++)
                        fprintf(out, "%s\n", f->name);
}

static void help_columns(FILE *out, const struct filter *f)
{
        for (size_t i = 0; i < FILTER_COLUMNS && f->in[i].name; i++) {
                const struct filter_column *c = &f->in[i];
                fprintf(out, "%s%s", i ? ", " : "", c->name);
                if (c->kind == FILTER_MAYBE && !isnan(c->otherwise))
                        fprintf(out, " (may be absent: %g)", c->otherwise);
                else if (c->kind != FILTER_NUMBER && c->kind != FILTER_TEXT)
                        fputs(" (may be absent)", out);
        }
}

void stats_filter_help(FILE *out)
{
        fputs("schouders stats NAME [OTHER.csv] < in.csv > out.csv\n\n"
              "Reads the columns named under 'in' by their header, in any order; other columns are left alone. NA or nothing is a\n"
              "missing number. Flat methods answer row by row; the others take all rows with the same key together.\n", out);
        for (size_t k = 0; k < FAMILIES; k++)
                for (const struct filter *f = families[k]; f->name; f++) {
                        fprintf(out, "\n%s%s%s%s\n  in      ", f->name, *f->also ? " (also: " : "", f->also, *f->also ? ")" : "");
                        help_columns(out, f);
                        fprintf(out, "\n  out     %s\n  source  %s%s\n", f->out, f->source, f->flat ? "" : "; all rows of a key together");
                }
}
