/* load.c - fills the tables of this room from data/network. Everything is read and checked before the first write. */
#include <stdlib.h>
#include "clock.h"
#include "network.h"
#include "utf8.h"

#define MUNICIPALITIES S("data/network/municipalities.csv")
#define YEARS S("data/network/years.csv")
#define CHANGES S("data/network/changes.csv")
#define BORDERS S("data/network/borders.csv")
#define ALIASES S("data/network/aliases.csv")

struct unit {                   /* a municipality as read; its place is that of the graph */
        struct str code, name, slug, sort_key, province_code, province, begins, ends;
        int64_t id;
};
struct year { size_t unit; int64_t year; struct opt_i64 inhabitants, households; };
struct change { size_t edge; struct str date, kind, source; };
struct pair { size_t a, b; };
struct alias { size_t unit; struct str alias; };

struct reading {
        struct load *l;
        struct map slugs, seen;
        VEC(struct unit) units;
        VEC(struct year) years;
        VEC(struct change) changes;
        VEC(struct pair) borders;
        VEC(struct alias) aliases;
        struct network graph;   /* edges in the order of the file until they are checked */
};

/* The folded name without leading "'s-", "'t " or "de ": what a list is sorted by. */
static struct str sort_key(struct arena *a, struct str name) {
        static const struct str fronts[] = { S_INIT("'s-"), S_INIT("'t "), S_INIT("de "), S_INIT("den "),
                S_INIT("het ") };
        struct str key = utf8_fold(a, name);
        for (size_t i = 0; i < 5; i++)
                if (str_starts(key, fronts[i]))
                        return str_sub(key, fronts[i].n, key.n);
        return key;
}

struct str network_slug(struct arena *a, struct map *taken, struct str name, struct str code) {
        static char mark;
        struct str slug = utf8_slug(a, name);
        if (slug.n == 0 || map_get(taken, slug))
                slug = utf8_slug(a, str_fmt(a, "%.*s-%.*s", STR(name), STR(code)));
        map_put(a, taken, slug, &mark);
        return slug;
}

static bool is_code(struct str s) {
        if (s.n != 6 || !str_starts(s, S("GM")))
                return false;
        for (size_t i = 2; i < 6; i++)
                if (s.p[i] < '0' || s.p[i] > '9')
                        return false;
        return true;
}

static int date_number(struct str iso) {
        int64_t y = 0, m = 0, d = 0;
        bool ok = str_to_i64(str_sub(iso, 0, 4), &y) && str_to_i64(str_sub(iso, 5, 2), &m) &&
                str_to_i64(str_sub(iso, 8, 2), &d);
        return ok ? (int) (y * 10000 + m * 100 + d) : 0;
}

/* True the first time KEY is seen. */
static bool first_time(struct reading *r, struct str key) {
        static char mark;
        if (map_get(&r->seen, key))
                return false;
        map_put(r->l->a, &r->seen, key, &mark);
        return true;
}

/* What happens with one record: V are the columns in the order of the list handed to each_row. */
typedef enum err row_reader(struct reading *r, struct str file, int line, const struct str *v);

static enum err each_row(struct reading *r, struct str file, const char *const *columns, row_reader *read) {
        int at[8];
        struct csv csv;
        struct csv_row row;
        bool more = true;
        size_t n = 0;
        enum err e = load_csv(r->l, file, columns, at, &csv);
        while (columns[n])
                n++;
        r->seen = (struct map) { 0 };
        while (e == OK) {
                struct str v[8];
                e = load_row(r->l, file, &csv, &row, &more);
                if (e != OK || !more)
                        break;
                for (size_t i = 0; i < n; i++)
                        v[i] = str_trim(row.v[at[i]]);
                e = read(r, file, row.line, v);
        }
        return e;
}

static enum err read_municipality(struct reading *r, struct str file, int line, const struct str *v) {
        struct load *l = r->l;
        if (!is_code(v[0]))
                return load_fail(l, file, line, "'%.*s' is not a code like GM0034", STR(v[0]));
        if (!first_time(r, v[0]))
                return load_fail(l, file, line, "%.*s is already there", STR(v[0]));
        if (!v[1].n || !v[2].n || !v[3].n)
                return load_fail(l, file, line, "name or province is empty");
        if (!clock_is_date(v[4]) || (v[5].n && !clock_is_date(v[5])))
                return load_fail(l, file, line, "a date is not like 2021-01-01");
        if (v[5].n && str_cmp(v[5], v[4]) <= 0)
                return load_fail(l, file, line, "%.*s ends before it begins", STR(v[0]));
        *vec_push(l->a, &r->units) = (struct unit) { v[0], v[1], network_slug(l->a, &r->slugs, v[1], v[0]),
                sort_key(l->a, v[1]), v[2], v[3], v[4], v[5], 0 };
        *vec_push(l->a, &r->graph.units) = (struct network_unit) { v[0], v[1], r->units.v[r->units.n - 1].slug,
                date_number(v[4]), date_number(v[5]) };
        return OK;
}

static enum err find(struct reading *r, struct str file, int line, struct str code, size_t *ret) {
        *ret = network_find(&r->graph, code);
        return *ret < r->graph.units.n ? OK : load_fail(r->l, file, line, "unknown municipality '%.*s'", STR(code));
}

static bool count(struct str s, struct opt_i64 *ret) {
        *ret = (struct opt_i64) { 0 };
        if (s.n == 0)
                return true;
        ret->is_set = true;
        return str_to_i64(s, &ret->v) && ret->v >= 0;
}

static enum err read_year(struct reading *r, struct str file, int line, const struct str *v) {
        struct year y = { 0 };
        enum err e = find(r, file, line, v[1], &y.unit);
        if (e != OK)
                return e;
        if (!str_to_i64(v[0], &y.year) || y.year < 2016 || y.year > 2100)
                return load_fail(r->l, file, line, "'%.*s' is not a year from 2016 on", STR(v[0]));
        if (!network_exists(&r->graph, y.unit, (int) y.year))
                return load_fail(r->l, file, line, "%.*s did not exist on 1 January %.*s", STR(v[1]), STR(v[0]));
        if (!count(v[2], &y.inhabitants) || !count(v[3], &y.households))
                return load_fail(r->l, file, line, "inhabitants or households are not a whole number");
        if (!first_time(r, str_fmt(r->l->a, "%.*s %.*s", STR(v[0]), STR(v[1]))))
                return load_fail(r->l, file, line, "%.*s has this year already", STR(v[1]));
        *vec_push(r->l->a, &r->years) = y;
        return OK;
}

static enum err read_change(struct reading *r, struct str file, int line, const struct str *v) {
        struct network_edge edge = { .line = line, .date = clock_is_date(v[0]) ? date_number(v[0]) : 0 };
        enum err e = find(r, file, line, v[1], &edge.from);
        if (e == OK)
                e = find(r, file, line, v[2], &edge.to);
        if (e != OK)
                return e;
        if (!edge.date)
                return load_fail(r->l, file, line, "'%.*s' is not a date like 2021-01-01", STR(v[0]));
        if (!str_to_f64(v[4], &edge.share))
                return load_fail(r->l, file, line, "'%.*s' is not a share", STR(v[4]));
        if (!v[3].n || !v[5].n)
                return load_fail(r->l, file, line, "kind or source of the share is empty");
        if (!first_time(r, str_fmt(r->l->a, "%.*s %.*s %.*s", STR(v[0]), STR(v[1]), STR(v[2]))))
                return load_fail(r->l, file, line, "this change is already there");
        *vec_push(r->l->a, &r->graph.edges) = edge;
        *vec_push(r->l->a, &r->changes) = (struct change) { r->graph.edges.n - 1, v[0], v[3], v[5] };
        return OK;
}

static enum err read_border(struct reading *r, struct str file, int line, const struct str *v) {
        struct pair p;
        enum err e = find(r, file, line, v[0], &p.a);
        if (e == OK)
                e = find(r, file, line, v[1], &p.b);
        if (e != OK)
                return e;
        if (p.a == p.b || !first_time(r, str_fmt(r->l->a, "%zu %zu", p.a, p.b)))
                return load_fail(r->l, file, line, "this border is already there, or is one with itself");
        *vec_push(r->l->a, &r->borders) = p;
        return OK;
}

static enum err read_alias(struct reading *r, struct str file, int line, const struct str *v) {
        struct alias x = { .alias = utf8_fold(r->l->a, v[0]) };
        enum err e = find(r, file, line, v[1], &x.unit);
        if (e != OK)
                return e;
        if (!x.alias.n || !first_time(r, str_fmt(r->l->a, "%.*s %.*s", STR(x.alias), STR(v[1]))))
                return load_fail(r->l, file, line, "the alias is empty or already there");
        *vec_push(r->l->a, &r->aliases) = x;
        return OK;
}

static enum err check_graph(struct reading *r) {
        /* The edges get sorted; the changes refer to them by place, so they are looked at in a copy. */
        struct network g = r->graph;
        g.edges.v = arena_many(r->l->a, struct network_edge, g.edges.n);
        for (size_t i = 0; i < g.edges.n; i++)
                g.edges.v[i] = r->graph.edges.v[i];
        network_index(r->l->a, &g);
        size_t at = 0;
        const char *why = network_problem(r->l->a, &g, &at);
        return why ? load_fail(r->l, CHANGES, g.edges.v[at].line, "%s", why) : OK;
}

/* Every border stands there in both directions; SEEN holds the pairs of the last file read. */
static enum err check_borders(struct reading *r) {
        for (size_t i = 0; i < r->borders.n; i++) {
                const struct pair *p = &r->borders.v[i];
                if (!map_get(&r->seen, str_fmt(r->l->a, "%zu %zu", p->b, p->a)))
                        return load_fail(r->l, BORDERS, (int) i + 2, "%.*s is missing the way back",
                                STR(r->units.v[p->b].code));
        }
        return OK;
}

static enum err read_all(struct reading *r) {
        static const char *const of_municipality[] = { "code", "name", "province_code", "province", "begins_on",
                "ends_on", NULL };
        static const char *const of_year[] = { "year", "code", "inhabitants", "households", NULL };
        static const char *const of_change[] = { "changed_on", "from", "to", "kind", "share", "share_source", NULL };
        static const char *const of_border[] = { "code", "neighbour", NULL };
        static const char *const of_alias[] = { "alias", "code", NULL };
        enum err e = each_row(r, MUNICIPALITIES, of_municipality, read_municipality);
        network_index(r->l->a, &r->graph);
        if (e == OK)
                e = each_row(r, YEARS, of_year, read_year);
        if (e == OK)
                e = each_row(r, CHANGES, of_change, read_change);
        if (e == OK)
                e = check_graph(r);
        if (e == OK)
                e = each_row(r, BORDERS, of_border, read_border);
        if (e == OK)
                e = check_borders(r);
        return e == OK ? each_row(r, ALIASES, of_alias, read_alias) : e;
}

/* Municipalities keep their ids; one that is no longer in the file goes away. */
static enum err write_municipalities(struct db *db, struct reading *r) {
        struct network_units_row_list old;
        enum err e = network_units(db, r->l->a, &old);
        for (size_t i = 0; e == OK && i < old.n; i++)
                if (network_find(&r->graph, old.v[i].code) == r->graph.units.n)
                        e = network_delete(db, old.v[i].code);
        for (size_t i = 0; e == OK && i < r->units.n; i++) {
                struct unit *u = &r->units.v[i];
                struct str ends = u->ends.n ? u->ends : (struct str) { 0 };
                e = network_put(db, u->code, u->name, u->slug, u->sort_key, u->province_code, u->province, u->begins,
                        ends, &u->id);
        }
        return e;
}

static enum err clear(struct db *db) {
        enum err e = network_clear_borders(db);
        if (e == OK)
                e = network_clear_changes(db);
        if (e == OK)
                e = network_clear_years(db);
        return e == OK ? network_clear_aliases(db) : e;
}

static enum err write_all(struct db *db, struct reading *r) {
        enum err e = clear(db);
        if (e == OK)
                e = write_municipalities(db, r);
        for (size_t i = 0; e == OK && i < r->years.n; i++) {
                const struct year *y = &r->years.v[i];
                e = network_insert_year(db, r->units.v[y->unit].id, y->year, y->inhabitants, y->households);
        }
        for (size_t i = 0; e == OK && i < r->changes.n; i++) {
                const struct change *c = &r->changes.v[i];
                const struct network_edge *g = &r->graph.edges.v[c->edge];
                e = network_insert_change(db, c->date, r->units.v[g->from].id, r->units.v[g->to].id, c->kind,
                        g->share, c->source);
        }
        for (size_t i = 0; e == OK && i < r->borders.n; i++)
                e = network_insert_border(db, r->units.v[r->borders.v[i].a].id, r->units.v[r->borders.v[i].b].id);
        for (size_t i = 0; e == OK && i < r->aliases.n; i++)
                e = network_insert_alias(db, r->units.v[r->aliases.v[i].unit].id, r->aliases.v[i].alias);
        return e;
}

enum err network_load(struct db *db, struct load *l) {
        struct reading r = { .l = l };
        enum err e = read_all(&r);
        return e == OK ? write_all(db, &r) : e;
}

enum err network_current_year(struct db *db, struct arena *a, int64_t *ret) {
        struct network_latest_year_row row;
        enum err e = network_latest_year(db, a, &row);
        if (e != OK)
                return e;
        *ret = row.year;
        return row.year ? OK : ERR_NOT_FOUND;
}
