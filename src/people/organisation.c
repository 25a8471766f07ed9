#include "network.h"
#include "people.h"
#include "utf8.h"

#define NAME_MAX 200                    /* bytes */

static enum err check(struct db *db, struct arena *a, const struct organisation_new *o) {
        const struct organisation_kind *kind = organisation_kind(o->kind);
        if (!kind || o->name.n == 0 || o->name.n > NAME_MAX || o->places_n > (kind->many ? ORGANISATION_PLACES_MAX : 1))
                return ERR_INVALID;
        for (size_t i = 0; i < o->places_n; i++) {
                struct people_place_row row;
                bool found = false;
                enum err e = people_place(db, a, o->places[i], &row, &found);
                if (e == OK && !found)
                        e = ERR_INVALID;
                if (e != OK)
                        return e;
        }
        return OK;
}

static enum err add_places(struct db *db, int64_t id, const struct organisation_new *o) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < o->places_n; i++)
                e = organisation_place_add(db, id, o->places[i]);
        return e;
}

struct str organisation_sort_key(struct arena *a, struct str name) {
        struct str key = utf8_fold(a, name);
        return str_starts(key, S("gemeente ")) ? str_sub(key, 9, key.n) : key;
}

enum err organisation_make(struct db *db, struct arena *a, const struct organisation_new *o, int64_t now_ms, int64_t *ret) {
        struct organisation same;
        bool found = false;
        struct str slug = utf8_slug(a, o->name);
        enum err e = check(db, a, o);
        if (e == OK && slug.n == 0)
                e = ERR_INVALID;
        if (e == OK)
                e = organisation_get(db, a, slug, &same, &found);
        if (e == OK && found)
                e = ERR_CONFLICT;
        if (e == OK)
                e = organisation_add(db, slug, o->name, organisation_sort_key(a, o->name), o->kind, o->website, o->is_demo, now_ms, ret);
        return e == OK ? add_places(db, *ret, o) : e;
}

enum err organisation_edit(struct db *db, struct arena *a, int64_t id, const struct organisation_new *o) {
        enum err e = check(db, a, o);
        if (e == OK)
                e = organisation_change(db, id, o->name, organisation_sort_key(a, o->name), o->kind, o->website);
        if (e == OK)
                e = organisation_places_delete(db, id);
        return e == OK ? add_places(db, id, o) : e;
}
