/* list.c - making lists, what is in them, and showing them to others. */
#include "internal.h"
#include <sodium.h>
#include "base64url.h"

enum err list_make(struct req *rq, struct str name, int64_t *id) {
        struct lists_of_row_list all;
        struct list_named_row same;
        bool found;
        enum err e = lists_of(rq->db, rq->arena, rq->viewer.person_id, &all);
        if (e == OK)
                e = list_named(rq->db, rq->arena, rq->viewer.person_id, name, &same, &found);
        if (e != OK)
                return e;
        if (found) {
                *id = same.id;
                return OK;
        }
        return all.n >= LISTS_MAX ? ERR_LIMIT : list_add(rq->db, rq->viewer.person_id, name, rq->now_ms, id);
}

enum err list_keep(struct req *rq, int64_t list_id, int64_t item_id) {
        struct entry_next_row next;
        enum err e = entry_next(rq->db, rq->arena, list_id, &next);
        if (e != OK)
                return e;
        return next.items >= LIST_ITEMS_MAX ? ERR_LIMIT : entry_add(rq->db, list_id, item_id, next.position, S(""));
}

/* Positions are 0, 1, 2 ... again, with entry AT moved to TO. */
enum err list_move(struct req *rq, int64_t list_id, const struct list_entries_row_list *l, size_t at, size_t to) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < l->n; i++) {
                size_t position = i == at ? to : at < to ? i - (i > at && i <= to) : i + (i >= to && i < at);
                e = entry_set(rq->db, list_id, l->v[i].id, (int64_t) position, l->v[i].note);
        }
        return e;
}

enum err list_share(struct req *rq, int64_t list_id, bool on) {
        char raw[16];
        randombytes_buf(raw, sizeof raw);
        return list_set_share(rq->db, list_id, on ? base64url_write(rq->arena, (struct str) { raw, sizeof raw }) : S(""));
}

static enum err show_lists(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct lists_of_row_list lists;
        enum err e = lists_of(db, k->arena, kept_person_id(who), &lists);
        for (size_t i = 0; e == OK && i < lists.n; i++) {
                struct list_entries_row_list entries;
                struct str titles = S("");
                e = list_entries(db, k->arena, lists.v[i].id, &entries);
                for (size_t n = 0; e == OK && n < entries.n; n++)
                        titles = str_fmt(k->arena, "%.*s%s%.*s%s%.*s", STR(titles), n ? "; " : "", STR(entries.v[n].title),
                                         entries.v[n].note.n ? ": " : "", STR(entries.v[n].note));
                kept_begin(k);
                kept_text(k, "naam", S("Naam"), lists.v[i].name);
                kept_text(k, "teksten", S("Teksten"), titles);
                kept_text(k, "gedeeld", S("Gedeeld"), lists.v[i].share.n ? S("ja") : S("nee"));
        }
        return e;
}

static enum err erase_lists(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        enum err e = lists_clear_of(db, kept_person_id(who));
        return e == OK ? lists_delete_of(db, kept_person_id(who)) : e;
}

static enum err show_follows(struct db *db, const struct kept_person_row *who, struct kept_rows *k) {
        struct follows_of_row_list rows;
        enum err e = follows_of(db, k->arena, kept_person_id(who), &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct followed f;
                e = follow_name(db, k->arena, rows.v[i].kind, rows.v[i].ref, &f);
                kept_begin(k);
                kept_text(k, "soort", S("Soort"), f.what);
                kept_text(k, "naam", S("Naam"), f.label);
                kept_time(k, "sinds", S("Sinds"), rows.v[i].since_ms);
        }
        return e;
}

static enum err erase_follows(struct db *db, struct arena *a, const struct kept_person_row *who) {
        (void) a;
        enum err e = follows_delete_of(db, kept_person_id(who));
        return e == OK ? follow_mail_delete(db, kept_person_id(who)) : e;
}

#define GONE S_INIT("Wordt gewist.")
const struct kept reading_kept[] = {
        { "item_list", "person_id", "lijsten", S_INIT("Uw lijsten"), S_INIT("Om u terug te laten vinden wat u bewaarde."), GONE, show_lists,
          erase_lists },
        { "follow", "person_id", "volgen", S_INIT("Wat u volgt"), S_INIT("Om u te vertellen wat er veranderde."), GONE, show_follows,
          erase_follows },
        { "follow_mail", "person_id", NULL, S_INIT("Wanneer u daarover voor het laatst e-mail kreeg"),
          S_INIT("Om u niet te vaak te mailen."), GONE, NULL, erase_follows },
        { .table = NULL },
};
