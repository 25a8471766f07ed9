/* load.c - content files become the knowledge base, and what was written on the site stays. A file makes the next version of its
 * item as long as the site has not: then it is kept as an offer (ADR 0010). Each file is read, checked, written and forgotten,
 * because there may be many; a mistake undoes the transaction. */
#include <stdlib.h>
#include "clock.h"
#include "glossary.h"
#include "knowledge.h"
#include "knowledge.sql.h"
#include "load.h"
#include "related.h"
#include "shelf.h"
#include "utf8.h"
#include "write.h"

static const struct str file_gone = S_INIT("De redactie heeft deze tekst weggehaald.");
static const struct str file_note = S_INIT("Tekst bijgewerkt door de redactie.");

/* An item of which the text is written out: for the shelf and for what needs the other items. */
struct placed {
        struct str sort_key;
        int64_t id;
        struct known_terms terms;
        struct str_list named;          /* slugs that the author named */
        struct item_text steps;         /* only its steps */
};

struct loader {
        struct load *l;
        struct db *db;
        struct arena scratch;           /* for one item */
        int64_t now_ms;
        struct known known;
        struct glossary glossary;
        struct str_list names;          /* slugs of all files, in their order */
        struct stored_items_row_list stored;
        struct map by_slug;             /* slug, or one it had before -> struct stored_items_row */
        struct { struct placed *v; size_t n, cap; } placed;
};

/* "fase   preventie   Preventie" per line. */
static enum err load_terms(struct loader *d) {
        struct str file = S("content/lijsten.txt"), text, line;
        struct arena *a = d->l->a;
        enum err e = load_text(d->l, file, &text);
        for (int n = 1; e == OK && str_split(&text, '\n', &line); n++) {
                line = str_trim(line);
                if (line.n == 0 || line.p[0] == '#')
                        continue;
                size_t one = str_index(line, ' ');
                struct str list = str_sub(line, 0, one), rest = str_trim(str_sub(line, one, line.n));
                size_t two = str_index(rest, ' ');
                struct str code = str_sub(rest, 0, two), label = str_trim(str_sub(rest, two, rest.n));
                if (label.n == 0)
                        return load_fail(d->l, file, n, "expected: list, code, label");
                if (!known_add(&d->known, a, &(struct known_term) { list, code, label, n, { 0 } }))
                        return load_fail(d->l, file, n, "'%.*s' stands here twice in list '%.*s'", STR(code), STR(list));
        }
        return e;
}

static enum err load_known(struct loader *d) {
        struct arena *a = d->l->a;
        struct known_indicators_row_list n;
        enum err e = known_municipalities_read(&d->known, d->db, a);
        if (e == OK)
                e = known_indicators(d->db, a, &n);
        for (size_t i = 0; e == OK && i < n.n; i++)
                if (!known_add(&d->known, a, &(struct known_term) { S("cijfer"), n.v[i].code, n.v[i].name, n.v[i].position, { 0 } }))
                        return err_log(ERR_INTERNAL, "an indicator is there twice");
        return e;
}

static int64_t *know(struct loader *d, struct str slug, int64_t id) {
        int64_t *p = arena_new(d->l->a, int64_t);
        *p = id;
        map_put(d->l->a, &d->known.items, slug, p);
        return p;
}

/* The names of all files come first: items may name items of later files. */
static enum err find_files(struct loader *d) {
        struct arena *a = d->l->a;
        struct str_list names;
        if (file_list(a, str_fmt(a, "%.*s/content/items", STR(d->l->root)), S(".md"), &names) != OK)
                return load_fail(d->l, S("content/items"), 0, "this folder cannot be read");
        for (size_t i = 0; i < names.n; i++) {
                struct str slug = str_sub(names.v[i], 0, names.v[i].n - 3);
                if (!str_eq(slug, utf8_slug(a, slug)))
                        return load_fail(d->l, str_fmt(a, "content/items/%.*s", STR(names.v[i])), 0,
                                         "a file name has lower case letters, digits and '-'");
                if (item_slug_is_taken(slug))
                        return load_fail(d->l, str_fmt(a, "content/items/%.*s", STR(names.v[i])), 0, "this address is that of a page");
                *vec_push(a, &d->names) = slug;
                know(d, slug, 0);
        }
        return OK;
}

static bool is_of_site(const struct stored_items_row *s) {
        return str_eq(s->origin, S("site"));
}

static bool is_published(const struct stored_items_row *s) {
        return str_eq(s->state, S("published"));
}

/* Texts of the site may go on naming what was withdrawn or got another address since. */
static enum err find_stored(struct loader *d) {
        struct stored_formers_row_list formers;
        struct arena *a = d->l->a;
        struct map by_id = { 0 };
        enum err e = stored_items(d->db, a, &d->stored);
        if (e == OK)
                e = stored_formers(d->db, a, &formers);
        if (e != OK)
                return e;
        for (size_t i = 0; i < d->stored.n; i++) {
                struct stored_items_row *s = &d->stored.v[i];
                map_put(a, &d->by_slug, s->slug, s);
                map_put(a, &by_id, str_fmt(a, "%d", (int) s->id), s);
                if (is_of_site(s) && is_published(s))
                        know(d, s->slug, s->id);
                else if (!map_get(&d->known.items, s->slug))
                        know(d, s->slug, 0);
        }
        for (size_t i = 0; i < formers.n; i++) {
                const struct stored_items_row *s = map_get(&by_id, str_fmt(a, "%d", (int) formers.v[i].item_id));
                map_put(a, &d->by_slug, formers.v[i].slug, (void *) (uintptr_t) s);
                if (!map_get(&d->known.items, formers.v[i].slug))
                        know(d, formers.v[i].slug, is_published(s) ? s->id : 0);
        }
        return OK;
}

/* Writes TEXT out as item ID (0: new) and keeps what the shelf needs of it. */
static enum err write_out(struct loader *d, struct str file, struct str slug, struct str source, int64_t version, int64_t *id) {
        struct text_error error = { 0, S("") };
        struct arena *a = d->l->a;
        struct item_text t;
        enum err e = item_text_read(&d->scratch, source, &error, &t);
        if (e == OK)
                e = item_refers(&d->scratch, &d->known, &t, &error);
        if (e == OK)
                e = item_write(d->db, &d->scratch, &d->known, &(struct written) { &t, slug, version }, id, &error);
        if (e != OK)
                return error.reason.n ? load_fail(d->l, file, error.line, "%.*s", STR(error.reason)) : e;
        struct placed *p = vec_push(a, &d->placed);
        *p = (struct placed) { .sort_key = item_sort_key(a, t.title), .id = *id, .terms = item_terms_of(a, &d->scratch, &d->known, &t) };
        for (size_t i = 0; i < t.related.n; i++)
                *vec_push(a, &p->named) = str_dup(a, t.related.v[i]);
        for (size_t i = 0; i < t.lines[LINES_STEP].n; i++) {
                struct item_line *step = vec_push(a, &p->steps.lines[LINES_STEP]);
                *step = t.lines[LINES_STEP].v[i];
                step->v[0] = str_dup(a, step->v[0]);
                step->v[1] = str_dup(a, step->v[1]);
        }
        *know(d, str_dup(a, slug), *id) = *id;
        return OK;
}

static enum err add_version(struct loader *d, int64_t id, int64_t number, struct str text, struct str note) {
        return insert_version(d->db, id, number, text, item_digest(&d->scratch, text), S("file"), note, (struct opt_i64) { 0 },
                              (struct opt_i64) { 0 }, d->now_ms);
}

/* The text that the site published, written out anew: lists and program may have changed. */
static enum err rewrite(struct loader *d, const struct stored_items_row *s) {
        struct version_text_row v;
        int64_t id = s->id;
        enum err e = version_text(d->db, &d->scratch, s->id, s->version, &v);
        return e != OK ? e : write_out(d, str_fmt(&d->scratch, "/kennis/%.*s", STR(s->slug)), s->slug, v.text, s->version, &id);
}

/* A file of an item that the site has written since, or has withdrawn: kept for the editors when it says something new. */
static enum err offer(struct loader *d, const struct stored_items_row *s, struct str file, struct str source) {
        struct text_error error = { 0, S("") };
        struct newest_version_row newest;
        struct item_text t;
        if (item_text_read(&d->scratch, source, &error, &t) != OK)
                return load_fail(d->l, file, error.line, "%.*s", STR(error.reason));
        struct file_version_row known;
        bool found;
        enum err e = file_version(d->db, &d->scratch, s->id, item_digest(&d->scratch, source), &known, &found);
        if (e == OK && !found)
                e = newest_version(d->db, &d->scratch, s->id, &newest);
        if (e == OK && !found)
                e = add_version(d, s->id, newest.number + 1, source, file_note);
        return e == OK && is_published(s) ? rewrite(d, s) : e;
}

static enum err load_file(struct loader *d, struct str slug) {
        struct str file = str_fmt(&d->scratch, "content/items/%.*s.md", STR(slug)), source;
        struct load one = { .a = &d->scratch, .root = d->l->root };
        const struct stored_items_row *s = map_get(&d->by_slug, slug);
        enum err e = load_text(&one, file, &source);
        int64_t id = s ? s->id : 0, number = s ? s->version : 1;
        if (e != OK)
                return load_fail(d->l, file, one.line, "%.*s", STR(one.reason));
        if (s && (is_of_site(s) || (!is_published(s) && !str_eq(s->withdrawn_why, file_gone))))
                return offer(d, s, file, source);
        bool is_new = !s || !str_eq(s->digest, item_digest(&d->scratch, source));
        if (s && is_new)
                number++;
        e = write_out(d, file, s ? s->slug : slug, source, number, &id);
        know(d, slug, id);
        return e == OK && is_new ? add_version(d, id, number, source, s ? file_note : S("")) : e;
}

static enum err load_stored(struct loader *d, const struct stored_items_row *s, bool has_file) {
        if (has_file || !is_published(s))
                return OK;
        if (is_of_site(s))
                return rewrite(d, s);
        enum err e = item_clear(d->db, s->id);
        return e == OK ? withdraw_item(d->db, s->id, clock_dutch_day(&d->scratch, d->now_ms), file_gone) : e;
}

static enum err load_items(struct loader *d) {
        struct map seen = { 0 };        /* ids of stored items that have a file */
        struct arena *a = d->l->a;
        enum err e = OK;
        for (size_t i = 0; e == OK && i < d->names.n; i++) {
                const struct stored_items_row *s = map_get(&d->by_slug, d->names.v[i]);
                if (s)
                        map_put(a, &seen, str_fmt(a, "%d", (int) s->id), &d->names.v[i]);
                e = load_file(d, d->names.v[i]);
                arena_reset(&d->scratch);
        }
        for (size_t i = 0; e == OK && i < d->stored.n; i++) {
                e = load_stored(d, &d->stored.v[i], map_get(&seen, str_fmt(&d->scratch, "%d", (int) d->stored.v[i].id)) != NULL);
                arena_reset(&d->scratch);
        }
        return e;
}

static int by_title(const void *x, const void *y) {
        const struct placed *p = x, *q = y;
        int order = str_cmp(p->sort_key, q->sort_key);
        return order ? order : (p->id > q->id) - (p->id < q->id);
}

static enum err write_relations(struct loader *d, const struct shelf *s, size_t place) {
        const struct placed *p = &d->placed.v[place];
        int64_t named[NAMED_MAX];
        size_t best[RELATED_MAX], n_named = 0;
        for (size_t i = 0; i < p->named.n && i < sizeof named / sizeof *named; i++)
                named[n_named++] = *(int64_t *) map_get(&d->known.items, p->named.v[i]);
        size_t n = related_best(s, &d->scratch, place, &p->terms, named, n_named, RELATED_MAX, best);
        enum err e = item_write_steps(d->db, &d->known, &p->steps, p->id);
        for (size_t i = 0; e == OK && i < n; i++)
                e = insert_related(d->db, p->id, (int64_t) i, s->ids.v[best[i]]);
        return e;
}

/* The list in order of title, the terms with their items by place, and what depends on the other items. */
static enum err write_shelf(struct loader *d) {
        size_t n = d->placed.n;
        struct shelf s = { .known = &d->known };
        if (n)
                qsort(d->placed.v, n, sizeof *d->placed.v, by_title);
        for (size_t i = 0; i < d->known.order.n; i++)
                d->known.order.v[i]->items = itemset_none(d->l->a, n);
        for (size_t i = 0; i < n; i++) {
                *vec_push(d->l->a, &s.ids) = d->placed.v[i].id;
                for (size_t k = 0; k < d->placed.v[i].terms.n; k++)
                        itemset_add(&d->placed.v[i].terms.v[k]->items, i);
        }
        enum err e = shelf_write(d->db, d->l->a, &s);
        for (size_t i = 0; e == OK && i < n; i++)
                e = write_relations(d, &s, i);
        return e;
}

enum err knowledge_load(struct db *db, struct load *l, int64_t now_ms) {
        struct loader d = { .l = l, .db = db, .now_ms = now_ms };
        enum err e = load_terms(&d);
        if (e == OK)
                e = load_known(&d);
        if (e == OK)
                e = glossary_read(l, &d.glossary);
        d.known.glossary = d.glossary.terms;
        if (e == OK)
                e = find_files(&d);
        if (e == OK)
                e = find_stored(&d);
        if (e == OK)
                e = load_items(&d);
        if (e == OK)
                e = write_shelf(&d);
        if (e == OK)
                e = glossary_write(db, l, &d.glossary, &d.known.items);
        arena_done(&d.scratch);
        return e;
}
