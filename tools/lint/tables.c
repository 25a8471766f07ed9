/* tables.c - whose table is it, and who may read and write it (ADR 0004). sqlc checks that a table exists. */
#include "rules.h"

/* A table belongs to the room that its migration is named after: 0002_network.sql, or 0009_network_names.sql. These stand in
 * a migration that several rooms share. */
static const struct { struct str table, room; } shared[] = {
        { S_INIT("setting"), S_INIT("app") }, { S_INIT("load_state"), S_INIT("app") }, { S_INIT("job"), S_INIT("jobs") },
};

/* Reads against the arrows that ADR 0004 allows. */
static const struct { struct str room, table; } upward[] = {
        { S_INIT("knowledge"), S_INIT("indicator") },
        { S_INIT("benchlearning"), S_INIT("load_state") },
};

static bool is_keyword(struct str word, struct str keyword) {
        if (word.n != keyword.n)
                return false;
        for (size_t i = 0; i < word.n; i++)
                if ((word.p[i] >= 'a' && word.p[i] <= 'z' ? word.p[i] - 32 : word.p[i]) != keyword.p[i])
                        return false;
        return true;
}

static bool is_any(struct str word, const char *keywords) {
        struct str rest = str_of(keywords), one;
        while (str_split(&rest, ' ', &one))
                if (is_keyword(word, one))
                        return true;
        return false;
}

/* "schema/0002_network.sql" -> "network". */
static struct str room_of_migration(struct str path) {
        struct str rest = path, part = S(""), name = S("");
        while (str_split(&rest, '/', &part))
                name = part;
        name = str_sub(name, str_index(name, '_') + 1, name.n);
        name = str_sub(name, 0, str_index(name, '.'));
        return str_sub(name, 0, str_index(name, '_'));
}

static struct str room_of_table(struct str path, struct str table) {
        for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
                if (str_eq(shared[i].table, table))
                        return shared[i].room;
        return room_of_migration(path);
}

/* The next table that CODE makes, from *AT on. */
static bool next_table(struct str code, size_t *at, struct str *ret) {
        struct str word, before = S("");
        while (next_word(code, at, &word)) {
                bool made = is_keyword(word, S("TABLE")) && is_keyword(before, S("CREATE"));
                before = word;
                if (!made)
                        continue;
                while (next_word(code, at, ret))
                        if (!is_any(*ret, "IF NOT EXISTS"))
                                return true;
        }
        return false;
}

void tables_add(struct arena *a, struct map *tables, const struct source *s) {
        struct str table;
        for (size_t i = 0; next_table(s->code, &i, &table);) {
                struct str *room = arena_new(a, struct str);
                *room = str_dup(a, room_of_table(s->path, table));
                map_put(a, tables, str_dup(a, table), room);
        }
}

static void check_migration(struct findings *f, const struct source *s) {
        struct str table;
        for (size_t i = 0; next_table(s->code, &i, &table);)
                if (!is_layer(room_of_table(s->path, table)))
                        finding(f, s, line_of(s->code, i), "table %.*s: '%.*s' in the name of the file is not a room; name the "
                                "file after one, or the table in tools/lint/tables.c", STR(table),
                                STR(room_of_migration(s->path)));
}

static void check_use(struct findings *f, const struct source *s, const struct map *tables, struct str table, bool writes,
                      size_t at) {
        struct str room = source_room(s->path);
        const struct str *owner = map_get(tables, table);
        if (!owner || str_eq(*owner, room))
                return;
        if (writes) {
                finding(f, s, line_of(s->code, at), "%.*s is a table of %.*s: only that room writes it", STR(table), STR(*owner));
                return;
        }
        for (size_t i = 0; i < sizeof upward / sizeof *upward; i++)
                if (str_eq(upward[i].room, room) && str_eq(upward[i].table, table))
                        return;
        if (!is_below(*owner, room))
                finding(f, s, line_of(s->code, at), "%.*s is a table of %.*s, which is not below %.*s", STR(table),
                        STR(*owner), STR(room));
}

#define DEPTH 64
struct reader {
        bool listing[DEPTH];    /* per parenthesis: in a list of tables, where a comma brings the next one */
        size_t depth;
        bool table;             /* the next word is a table */
        bool writes;            /* and it is changed */
        struct str last;        /* word */
};

static void read_sign(struct reader *r, char c) {
        if (c == ';')
                *r = (struct reader) { .depth = 0 };
        else if (c == ',')
                r->table = r->listing[r->depth];
        else if (c == ')' && r->depth > 0)
                r->depth--;
        else if (c == '(' && r->depth + 1 < DEPTH)
                r->listing[++r->depth] = false;
        if (c == '(' || c == ')' || c == ';')
                r->table = false;
}

/* True when WORD names a table. */
static bool read_word(struct reader *r, struct str word) {
        struct str last = r->last;
        r->last = word;
        if (is_any(word, "FROM JOIN INTO UPDATE")) {
                r->writes = is_any(word, "INTO UPDATE") || (is_keyword(word, S("FROM")) && is_keyword(last, S("DELETE")));
                r->listing[r->depth] = !r->writes;
                r->table = true;
                return false;
        }
        if (is_any(word, "SELECT WHERE GROUP ORDER HAVING LIMIT SET VALUES RETURNING UNION EXCEPT INTERSECT"))
                r->listing[r->depth] = r->table = false;
        bool named = r->table && !is_any(word, "ONLY LATERAL");
        r->table = r->table && !named;
        return named;
}

void check_tables(struct findings *f, const struct source *s, const struct map *tables) {
        struct reader r = { .depth = 0 };
        struct str code = s->code, word;
        if (s->kind != KIND_SQL)
                return;
        if (str_starts(s->path, S("schema/"))) {
                check_migration(f, s);
                return;
        }
        if (!is_layer(source_room(s->path)))
                return;
        for (size_t i = 0; i < code.n;) {
                bool parameter = code.p[i] == ':' || code.p[i] == '.';  /* :from and t.from are not keywords */
                if (!parameter && !is_word(code.p[i])) {
                        read_sign(&r, code.p[i++]);
                } else if (next_word(code, &i, &word) && !parameter && read_word(&r, word)) {
                        check_use(f, s, tables, word, r.writes, i);
                        r.writes = false;
                }
        }
}
