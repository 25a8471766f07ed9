/* groups.c - the groups of words that editors added or switched off. */
#include "buf.h"
#include "internal.h"
#include "search.sql.h"

enum err search_groups_list(struct db *db, struct arena *a, struct search_group_list *ret) {
        return search_groups_all(db, a, ret);
}

static enum err insert(struct db *db, struct arena *a, struct str words, int64_t shipped, int64_t *id) {
        struct search_groups_count_row count;
        enum err e = search_groups_count(db, a, &count);
        if (e == OK && count.n >= SEARCH_GROUPS)
                e = ERR_LIMIT;
        if (e == OK)
                e = search_group_insert(db, words, shipped, id);
        return e == OK ? search_groups_next(db) : e;
}

static bool is_shipped(const struct analyser *an, struct str words) {
        struct str lines = analyser_shipped_groups(an), line;
        while (str_split(&lines, '\n', &line))
                if (line.n && str_eq(line, words))
                        return true;
        return false;
}

enum err search_group_add(struct db *db, struct arena *a, const struct analyser *an, struct str typed, int64_t *id) {
        struct str words;
        size_t n = analyser_group_read(an, a, typed, &words);
        if (n < 2 || n > SEARCH_GROUP_WORDS)
                return ERR_INVALID;
        return is_shipped(an, words) ? ERR_CONFLICT : insert(db, a, words, 0, id);
}

enum err search_group_off(struct db *db, struct arena *a, const struct analyser *an, struct str words, int64_t *id) {
        return is_shipped(an, words) ? insert(db, a, words, 1, id) : ERR_NOT_FOUND;
}

enum err search_group_remove(struct db *db, struct arena *a, int64_t id) {
        struct search_group_delete_row row;
        bool found;
        enum err e = search_group_delete(db, a, id, &row, &found);
        if (e == OK && !found)
                e = ERR_NOT_FOUND;
        return e == OK ? search_groups_next(db) : e;
}

enum err groups_read(struct search *s, struct db *db) {
        _cleanup_(buf_done) struct buf added = { 0 }, off = { 0 };
        struct arena a = { 0 };
        struct search_state_get_row state;
        struct search_group_list rows;
        enum err e = search_state_get(db, &a, &state);
        if (e == OK)
                e = search_groups_all(db, &a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                buf_fmt(rows.v[i].shipped ? &off : &added, "%.*s\n", STR(rows.v[i].words));
        if (e == OK && state.groups_changed > s->groups_seen) {         /* else this snapshot is older than what another thread saw */
                analyser_set_groups(s->an, buf_view(&added), buf_view(&off));
                s->groups_seen = state.groups_changed;
        }
        arena_done(&a);
        return e;
}
