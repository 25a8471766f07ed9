/* publish.c - one text becomes the published version of its item. */
#include "clock.h"
#include "glossary.h"
#include "knowledge.sql.h"
#include "knowledge_publish.h"
#include "related.h"
#include "shelf.h"
#include "utf8.h"
#include "write.h"

#define LOOK_AGAIN 100

struct publishing {
        struct db *db;
        struct arena *a;
        struct known known;
        struct shelf shelf;
        struct item_text text;
};

/* The items that the text names: what is published of them is known. */
static enum err know_item(struct publishing *p, struct str slug) {
        struct item_by_address_row row;
        bool found;
        enum err e = item_by_address(p->db, p->a, slug, &row, &found);
        if (e != OK || !found || !str_eq(row.state, S("published")))
                return e;
        int64_t *id = arena_new(p->a, int64_t);
        *id = row.id;
        map_put(p->a, &p->known.items, slug, id);
        return OK;
}

static enum err read_and_check(struct publishing *p, struct str source, struct text_error *error) {
        enum err e = known_municipalities_read(&p->known, p->db, p->a);
        if (e == OK)
                e = shelf_read(p->db, p->a, &p->known, &p->shelf);
        if (e == OK)
                e = glossary_terms_read(p->db, p->a, &p->known.glossary);
        if (e == OK)
                e = item_text_read(p->a, source, error, &p->text);
        for (size_t i = 0; e == OK && i < p->text.related.n; i++)
                e = know_item(p, p->text.related.v[i]);
        for (size_t i = 0; e == OK && i < p->text.lines[LINES_STEP].n; i++)
                e = know_item(p, p->text.lines[LINES_STEP].v[i].v[0]);
        return e == OK ? item_refers(p->a, &p->known, &p->text, error) : e;
}

enum err knowledge_check(struct db *db, struct arena *a, struct str text, struct text_error *error) {
        struct publishing p = { .db = db, .a = a };
        return read_and_check(&p, text, error);
}

enum err knowledge_indicators(struct db *db, struct arena *a, struct knowledge_indicators *ret) {
        struct known_indicators_row_list l;
        enum err e = known_indicators(db, a, &l);
        *ret = (struct knowledge_indicators) { 0 };
        for (size_t i = 0; e == OK && i < l.n; i++)
                *vec_push(a, ret) = (struct knowledge_indicator) { l.v[i].code, l.v[i].name };
        return e;
}

/* SLUG as the address of item ID, free of others: not one that another item has or had. */
static enum err check_slug(struct publishing *p, struct str slug, int64_t id) {
        struct item_by_address_row row;
        bool found;
        if (slug.n == 0 || !str_eq(slug, utf8_slug(p->a, slug)))
                return ERR_INVALID;
        if (item_slug_is_taken(slug))
                return ERR_CONFLICT;
        enum err e = item_by_address(p->db, p->a, slug, &row, &found);
        return e == OK && found && row.id != id ? ERR_CONFLICT : e;
}

/* The address that is asked for, else the one it has, else one made from the title. */
static enum err choose_slug(struct publishing *p, struct str wish, struct str had, int64_t id, struct text_error *error, struct str *ret) {
        struct str base = wish.n ? wish : had.n ? had : utf8_slug(p->a, p->text.title);
        *ret = base;
        enum err e = check_slug(p, *ret, id);
        for (int n = 2; e == ERR_CONFLICT && !wish.n && n < 100; n++) {
                *ret = str_fmt(p->a, "%.*s-%d", STR(base), n);
                e = check_slug(p, *ret, id);
        }
        return e == ERR_INVALID ? item_text_fail(p->a, error, 0, "een adres heeft kleine letters, cijfers en streepjes") : e;
}

/* Off the shelf before it changes: its place follows from its title. */
static enum err take_off(struct publishing *p, int64_t id) {
        size_t place = shelf_find(&p->shelf, id);
        if (place == p->shelf.ids.n)
                return err_log(ERR_INTERNAL, "item %d is published but not in the order of items", (int) id);
        shelf_take(&p->shelf, place);
        return OK;
}

static enum err put_on(struct publishing *p, int64_t id) {
        struct known_terms terms = item_terms_of(p->a, p->a, &p->known, &p->text);
        struct place_of_row at;
        struct arena scratch = { 0 };
        int64_t named[NAMED_MAX];
        size_t n_named = 0, best[RELATED_NEAR];
        enum err e = place_of(p->db, p->a, item_sort_key(p->a, p->text.title), id, &at);
        if (e != OK)
                return e;
        if ((size_t) at.place > p->shelf.ids.n)
                return err_log(ERR_INTERNAL, "the order of items misses some");
        shelf_put(&p->shelf, p->a, (size_t) at.place, id, &terms);
        for (size_t i = 0; i < p->text.related.n && i < sizeof named / sizeof *named; i++)
                named[n_named++] = *(int64_t *) map_get(&p->known.items, p->text.related.v[i]);
        size_t n = related_best(&p->shelf, &scratch, (size_t) at.place, &terms, named, n_named, RELATED_NEAR, best);
        arena_done(&scratch);
        e = related_write(p->db, &p->shelf, id, best, n < RELATED_MAX ? n : RELATED_MAX);
        for (size_t i = 0; e == OK && i < n; i++)
                e = related_again(p->db, p->a, &p->shelf, p->shelf.ids.v[best[i]]);
        return e;
}

/* Those that show an item look for what is like them once more, when it changed or went. However much it is liked, that is bounded: the
 * next load does all. */
static enum err look_again(struct publishing *p, const struct near_items_row_list *near) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < near->n; i++)
                e = related_again(p->db, p->a, &p->shelf, near->v[i].item_id);
        return e;
}

static enum err add_version(struct publishing *p, const struct knowledge_publication *k, int64_t id, int64_t number) {
        return insert_version(p->db, id, number, k->text, item_digest(p->a, k->text), S("site"), k->note, k->made_by, k->checked_by,
                              k->now_ms);
}

enum err knowledge_publish(struct db *db, struct arena *a, const struct knowledge_publication *k, struct text_error *error, int64_t *id) {
        struct publishing p = { .db = db, .a = a };
        struct item_head_row head = { .slug = S("") };
        struct newest_version_row newest = { 0 };
        struct near_items_row_list near = { 0 };
        struct str slug;
        enum err e = read_and_check(&p, k->text, error);
        *id = k->item_id;
        if (e == OK && *id)
                e = item_head(db, a, *id, &head);
        if (e == OK && *id)
                e = newest_version(db, a, *id, &newest);
        if (e == OK)
                e = choose_slug(&p, k->slug, head.slug, *id, error, &slug);
        if (e == OK && *id && str_eq(head.state, S("published")))
                e = take_off(&p, *id);
        if (e == OK && *id)
                e = near_items(db, a, *id, LOOK_AGAIN, &near);
        if (e == OK)
                e = delete_former(db, slug);
        if (e == OK)
                e = item_write(db, a, &p.known, &(struct written) { &p.text, slug, newest.number + 1 }, id, error);
        if (e == OK)
                e = item_write_steps(db, &p.known, &p.text, *id);
        if (e == OK && head.slug.n && !str_eq(head.slug, slug))
                e = insert_former(db, head.slug, *id);
        if (e == OK)
                e = add_version(&p, k, *id, newest.number + 1);
        if (e == OK)
                e = put_on(&p, *id);
        if (e == OK)
                e = look_again(&p, &near);
        return e == OK ? shelf_write(db, a, &p.shelf) : e;
}

enum err knowledge_withdraw(struct db *db, struct arena *a, int64_t item_id, struct str why, int64_t now_ms) {
        struct publishing p = { .db = db, .a = a };
        struct item_head_row head;
        struct near_items_row_list near;
        enum err e = item_head(db, a, item_id, &head);
        if (e == OK && !str_eq(head.state, S("published")))
                return ERR_CONFLICT;
        if (e == OK)
                e = shelf_read(db, a, &p.known, &p.shelf);
        if (e == OK)
                e = take_off(&p, item_id);
        if (e == OK)
                e = shelf_write(db, a, &p.shelf);
        if (e == OK)
                e = item_clear(db, item_id);
        if (e == OK)
                e = near_items(db, a, item_id, LOOK_AGAIN, &near);
        if (e == OK)
                e = drop_relations_to(db, item_id);
        if (e == OK)
                e = look_again(&p, &near);
        return e == OK ? withdraw_item(db, item_id, clock_dutch_day(a, now_ms), why) : e;
}

enum err knowledge_wipe(struct db *db, int64_t item_id, struct str title) {
        enum err e = wipe_item(db, item_id, title);
        return e == OK ? wipe_versions(db, item_id) : e;
}

enum err knowledge_notice(struct db *db, int64_t item_id, struct str notice) {
        return notice_item(db, item_id, notice);
}
