/* set.c - from the rows of a file to sets of rows. */
#include "internal.h"
#include <string.h>

struct reading {
        struct arena *a;                /* for what stays */
        const struct filter *f;
        struct csv *c;
        struct filter_column in[FILTER_ALL];
        int at[FILTER_ALL];
        bool given[FILTER_ALL];
        size_t columns, rest;           /* rest: how many of them the filter names */
        struct str rest_name[CSV_FIELDS];
        const char **why;
};

static bool is_text(const struct filter_column *c)
{
        return c->kind == FILTER_TEXT || c->kind == FILTER_LABEL || c->kind == FILTER_KEY;
}

static bool number(struct str s, double *ret)
{
        s = str_trim(s);
        if (s.n == 0 || str_eq(s, S("NA")) || str_eq(s, S("NaN")) || str_eq(s, S("nan"))) {
                *ret = STATS_NONE;
                return true;
        }
        return str_to_f64(s, ret);
}

static bool blank(const struct csv_row *row)
{
        return row->n == 1 && str_trim(row->v[0]).n == 0;
}

/* The next row that is not blank. */
static enum err next_row(struct reading *r, struct arena *scratch, struct csv_row *row, bool *more)
{
        const char *why = "";
        *row = (struct csv_row) { 0 };
        while (csv_next(r->c, scratch, row, more, &why) != OK) {
                if (!blank(row) || row->n == 0) {
                        *r->why = str_fmt(r->a, "line %d: %s", row->line, why).p;
                        return ERR_INVALID;
                }
                *row = (struct csv_row) { 0 };
        }
        return OK;
}

static enum err cell(struct reading *r, const struct csv_row *row, size_t column, double *value, struct str *text)
{
        const struct filter_column *c = &r->in[column];
        *value = c->otherwise;
        *text = (struct str) { 0 };
        if (r->at[column] < 0)
                return OK;
        struct str s = row->v[r->at[column]];
        *text = str_trim(s);
        if (is_text(c) || number(s, value))
                return OK;
        *r->why = str_fmt(r->a, "line %d, column %s: '%.*s' is not a number", row->line, c->name, (int) (s.n < 40 ? s.n : 40), s.p).p;
        return ERR_INVALID;
}

/* Row by row, in memory for one. */
static enum err run_flat(struct reading *r, struct filter_out *o)
{
        struct arena scratch = { 0 };
        struct csv_row row;
        bool more = true;
        enum err e;
        double value[FILTER_ALL];
        struct str text[FILTER_ALL];
        struct filter_set s = { .a = &scratch, .n = 1, .given = r->given, .why = r->why };
        for (size_t k = 0; k < r->columns; k++) {
                s.number[k] = is_text(&r->in[k]) ? NULL : &value[k];
                s.text[k] = is_text(&r->in[k]) ? &text[k] : NULL;
        }
        while ((e = next_row(r, &scratch, &row, &more)) == OK && more) {
                for (size_t k = 0; e == OK && k < r->columns; k++)
                        e = cell(r, &row, k, &value[k], &text[k]);
                if (e == OK && !r->f->run(o, &s)) {
                        *r->why = str_fmt(r->a, "line %d: %s", row.line, *r->why).p;
                        e = ERR_INVALID;
                }
                if (e != OK)
                        break;
                arena_reset(&scratch);
        }
        arena_done(&scratch);
        return e;
}

/* All rows of the file by column, and the set of each. */
struct rows {
        size_t n, room, sets;
        double *number[FILTER_ALL];
        struct str *text[FILTER_ALL];
        size_t *set;
        size_t *table, slots;           /* row + 1 of the first row of each set, by hash of its key */
};

static void make_room(struct reading *r, struct rows *d)
{
        if (d->n < d->room)
                return;
        size_t room = d->room ? d->room * 2 : 256;
        for (size_t k = 0; k < r->columns; k++)
                if (is_text(&r->in[k])) {
                        struct str *t = arena_many(r->a, struct str, room);
                        if (d->n)
                                memcpy(t, d->text[k], d->n * sizeof *t);
                        d->text[k] = t;
                } else {
                        double *v = arena_many(r->a, double, room);
                        if (d->n)
                                memcpy(v, d->number[k], d->n * sizeof *v);
                        d->number[k] = v;
                }
        d->room = room;
}

static enum err read_all(struct reading *r, struct rows *d)
{
        struct csv_row row;
        bool more = true;
        enum err e;
        while ((e = next_row(r, r->a, &row, &more)) == OK && more) {
                make_room(r, d);
                for (size_t k = 0; k < r->columns; k++) {
                        double value;
                        struct str text;
                        if (cell(r, &row, k, &value, &text) != OK)
                                return ERR_INVALID;
                        if (is_text(&r->in[k]))
                                d->text[k][d->n] = text;
                        else
                                d->number[k][d->n] = value;
                }
                d->n++;
        }
        return e;
}

static size_t hash(const struct reading *r, const struct rows *d, size_t row)
{
        uint64_t h = HASH_START;
        for (size_t k = 0; k < r->columns; k++)
                if (r->in[k].kind == FILTER_KEY)
                        h = hash_more(hash_more(h, d->text[k][row]), S(","));
        return (size_t) h;
}

static bool same_key(const struct reading *r, const struct rows *d, size_t one, size_t two)
{
        for (size_t k = 0; k < r->columns; k++)
                if (r->in[k].kind == FILTER_KEY && !str_eq(d->text[k][one], d->text[k][two]))
                        return false;
        return true;
}

static void number_sets(struct reading *r, struct rows *d)
{
        d->slots = 2;
        while (d->slots < 2 * d->n)
                d->slots *= 2;
        d->table = arena_many(r->a, size_t, d->slots);
        d->set = arena_many(r->a, size_t, d->n);
        for (size_t i = 0; i < d->n; i++) {
                size_t at = hash(r, d, i) & (d->slots - 1);
                while (d->table[at] && !same_key(r, d, d->table[at] - 1, i))
                        at = (at + 1) & (d->slots - 1);
                if (!d->table[at])
                        d->table[at] = i + 1;
                d->set[i] = d->table[at] - 1 == i ? d->sets++ : d->set[d->table[at] - 1];
        }
}

/* Puts the rows of each set after one another, in their order; start[k] is where set k begins. */
static size_t *gather(struct reading *r, struct rows *d)
{
        size_t *start = arena_many(r->a, size_t, d->sets + 1), *next = arena_many(r->a, size_t, d->sets + 1);
        for (size_t i = 0; i < d->n; i++)
                start[d->set[i] + 1]++;
        for (size_t k = 0; k < d->sets; k++)
                start[k + 1] += start[k];
        for (size_t k = 0; k < r->columns; k++) {
                memcpy(next, start, (d->sets + 1) * sizeof *next);
                struct str *text = d->text[k] ? arena_many(r->a, struct str, d->n) : NULL;
                double *value = d->number[k] ? arena_many(r->a, double, d->n) : NULL;
                for (size_t i = 0; i < d->n; i++) {
                        size_t to = next[d->set[i]]++;
                        if (text)
                                text[to] = d->text[k][i];
                        else
                                value[to] = d->number[k][i];
                }
                d->text[k] = text;
                d->number[k] = value;
        }
        return start;
}

/* What an absent column holds: numbers of rows, or the one set's name. */
static void fill_absent(struct reading *r, struct rows *d, const size_t *start)
{
        for (size_t k = 0; k < r->columns; k++)
                for (size_t set = 0; d->text[k] && r->at[k] < 0 && set < d->sets; set++)
                        for (size_t i = start[set]; i < start[set + 1]; i++)
                                d->text[k][i] = r->in[k].kind == FILTER_KEY ? S("all") : str_fmt(r->a, "%zu", i - start[set] + 1);
}

static enum err run_sets(struct reading *r, struct str other, struct filter_out *o)
{
        struct rows d = { 0 };
        if (read_all(r, &d) != OK)
                return ERR_INVALID;
        if (d.n == 0)
                return OK;
        number_sets(r, &d);
        size_t *start = gather(r, &d);
        fill_absent(r, &d, start);
        struct arena work = { 0 };
        enum err e = OK;
        for (size_t set = 0; e == OK && set < d.sets; set++) {
                struct filter_set s = { .a = &work, .n = start[set + 1] - start[set], .given = r->given, .other = other, .why = r->why,
                        .rest = r->rest, .rests = r->columns - r->rest, .rest_name = r->rest_name };
                for (size_t k = 0; k < r->columns; k++) {
                        s.text[k] = d.text[k] ? d.text[k] + start[set] : NULL;
                        s.number[k] = d.number[k] ? d.number[k] + start[set] : NULL;
                }
                if (!r->f->run(o, &s)) {
                        *r->why = str_fmt(r->a, "%s", *r->why).p;
                        e = ERR_INVALID;
                }
                arena_reset(&work);
        }
        arena_done(&work);
        return e;
}

/* What the filter names, then what else there is if it takes that. */
static void choose_columns(struct reading *r)
{
        (void) filter_columns(r->f, r->c, r->at);
        while (r->columns < FILTER_COLUMNS && r->f->in[r->columns].name) {
                r->in[r->columns] = r->f->in[r->columns];
                r->given[r->columns] = r->at[r->columns] >= 0;
                r->columns++;
        }
        r->rest = r->columns;
        for (size_t c = 0; r->f->rest && c < r->c->columns; c++) {
                bool named = false;
                for (size_t k = 0; k < r->rest; k++)
                        named = named || r->at[k] == (int) c;
                if (named)
                        continue;
                r->rest_name[r->columns - r->rest] = r->c->header[c];
                r->in[r->columns] = (struct filter_column) { str_z(r->a, r->c->header[c]), FILTER_NUMBER, 0 };
                r->given[r->columns] = true;
                r->at[r->columns++] = (int) c;
        }
}

enum err filter_run(struct arena *a, const struct filter *f, struct csv *c, struct str other, struct filter_out *o, const char **why)
{
        struct reading r = { .a = a, .f = f, .c = c, .why = why };
        choose_columns(&r);
        return f->flat ? run_flat(&r, o) : run_sets(&r, other, o);
}
