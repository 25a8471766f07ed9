/* update.c - documents come, change and go in the store: one by one, or many in a load. */
#include <stdlib.h>
#include "clock.h"
#include "document.h"
#include "search.sql.h"
#include "vec.h"

#define HOUR_MS ((int64_t) 60 * 60 * 1000)
#define PAGE 5000

static struct str text_of(struct str s) {
        return s.p ? s : S("");
}

static struct search_entry whole(const struct search_entry *e) {
        return (struct search_entry) { text_of(e->kind), text_of(e->ref), text_of(e->title), text_of(e->label), text_of(e->summary),
                                       text_of(e->body), text_of(e->also), text_of(e->facets), e->uses };
}

static struct search_entry entry_of(const struct search_version *v, const struct search_entry *e) {
        return (struct search_entry) { e->kind, e->ref, v->title, v->label, v->summary, v->body, v->also, v->facets, v->uses };
}

static bool same(const struct search_version *v, const struct search_entry *e, const struct document *d) {
        return str_eq(v->title, e->title) && str_eq(v->label, e->label) && str_eq(v->summary, e->summary) && str_eq(v->body, e->body) &&
               str_eq(v->also, e->also) && str_eq(v->facets, e->facets) && v->uses == e->uses && str_eq(v->vector, d->vector) &&
               str_eq(v->terms, d->marks);
}

/* The number of this transaction's changes; taken at the first. */
static enum err take_generation(struct db *db, struct arena *a, int64_t *generation) {
        struct search_state_next_row row;
        bool found;
        if (*generation)
                return OK;
        enum err e = search_state_next(db, a, &row, &found);
        if (e == OK && !found)
                e = err_log(ERR_INTERNAL, "search_state has no row");
        if (e == OK)
                *generation = row.generation;
        return e;
}

static enum err insert(struct db *db, const struct search_entry *e, const struct document *d, int64_t generation, int64_t *id) {
        enum err err = search_doc_insert(db, generation, e->kind, e->ref, e->title, e->facets, e->uses, d->vector, id);
        return err != OK ? err : search_text_insert(db, *id, e->also, e->label, e->summary, e->body, d->marks);
}

static enum err replace(struct db *db, const struct search_version *old, const struct search_entry *e, const struct document *d,
                        int64_t generation) {
        enum err err = search_doc_update(db, old->id, generation, e->title, e->facets, e->uses, d->vector);
        return err != OK ? err : search_text_update(db, old->id, e->also, e->label, e->summary, e->body, d->marks);
}

/* What the words of FRESH count more or less than those of OLD; both in order of word. */
static enum err change_words(struct db *db, const struct document *old, const struct document *fresh, int64_t generation) {
        enum err e = OK;
        for (size_t i = 0, k = 0; e == OK && (i < old->words_n || k < fresh->words_n);) {
                int order = i == old->words_n ? 1 : k == fresh->words_n ? -1 : str_cmp(old->words[i].word, fresh->words[k].word);
                int64_t more = (order >= 0 ? fresh->words[k].uses : 0) - (order <= 0 ? old->words[i].uses : 0);
                if (more)
                        e = search_word_add(db, order <= 0 ? old->words[i].word : fresh->words[k].word, more, generation);
                i += order <= 0;
                k += order >= 0;
        }
        return e;
}

enum err search_update(struct db *db, struct arena *a, const struct analyser *an, const struct search_entry *given) {
        struct search_entry e = whole(given);
        struct search_version old;
        struct document was = { 0 }, is;
        int64_t generation = 0, id;
        bool found;
        enum err err = document_make(an, a, &e, &is);
        if (err == OK)
                err = search_doc_find(db, a, e.kind, e.ref, &old, &found);
        if (err != OK || (found && same(&old, &e, &is)))
                return err;
        err = take_generation(db, a, &generation);
        if (err == OK && found) {
                struct search_entry before = entry_of(&old, &e);
                err = document_make(an, a, &before, &was);
        }
        if (err == OK && found)
                err = search_gone_insert(db, generation, clock_now_ms(), old.id, old.generation, old.vector);
        if (err == OK)
                err = found ? replace(db, &old, &e, &is, generation) : insert(db, &e, &is, generation, &id);
        return err != OK ? err : change_words(db, &was, &is, generation);
}

enum err search_remove(struct db *db, struct arena *a, const struct analyser *an, struct str kind, struct str ref) {
        struct search_version old;
        struct document was, none = { 0 };
        int64_t generation = 0;
        bool found;
        enum err e = search_doc_find(db, a, kind, ref, &old, &found);
        if (e != OK || !found)
                return e;
        struct search_entry before = entry_of(&old, &(struct search_entry) { .kind = kind, .ref = ref });
        e = document_make(an, a, &before, &was);
        if (e == OK)
                e = take_generation(db, a, &generation);
        if (e == OK)
                e = search_gone_insert(db, generation, clock_now_ms(), old.id, old.generation, old.vector);
        if (e == OK)
                e = search_doc_delete(db, old.id);      /* and its texts */
        return e != OK ? e : change_words(db, &was, &none, generation);
}

enum err search_expire(struct db *db, struct arena *a, int64_t now_ms) {
        struct search_gone_before_row row;
        char day[CLOCK_ISO_MAX];
        bool found;
        enum err e = search_gone_before(db, a, now_ms - HOUR_MS, &row, &found);
        if (e == OK && found && row.generation.is_set) {
                e = search_state_forget(db, row.generation.v);
                if (e == OK)
                        e = search_gone_delete(db, row.generation.v);
                if (e == OK)
                        e = search_words_forget(db, row.generation.v);
        }
        clock_iso(now_ms - SEARCH_MISS_DAYS * 24 * HOUR_MS, day);
        return e != OK ? e : search_miss_expire(db, (struct str) { day, 10 });
}

/* A load keeps no versions that were replaced: it lets everybody read everything anew. */

struct counted {
        struct str word;
        int64_t uses;
        bool stored;                    /* the store has this count */
};

struct search_builder {
        struct arena *a;
        struct db *db;
        const struct analyser *an;
        struct arena scratch;           /* for one document; empty between two */
        int64_t generation;             /* 0 while nothing has changed */
        VEC(int64_t) ids;               /* of the documents that were added */
        struct map words;
        VEC(struct counted *) word_order;
};

enum err search_builder_new(struct db *db, struct arena *a, const struct analyser *an, struct search_builder **ret) {
        struct search_builder *b = arena_new(a, struct search_builder);
        b->a = a;
        b->db = db;
        b->an = an;
        *ret = b;
        return OK;
}

static void count_words(struct search_builder *b, const struct document *d) {
        for (size_t i = 0; i < d->words_n; i++) {
                struct counted *c = map_get(&b->words, d->words[i].word);
                if (!c) {
                        c = arena_new(b->a, struct counted);
                        c->word = str_dup(b->a, d->words[i].word);
                        map_put(b->a, &b->words, c->word, c);
                        *vec_push(b->a, &b->word_order) = c;
                }
                c->uses += d->words[i].uses;
        }
}

static enum err add(struct search_builder *b, const struct search_entry *e) {
        struct search_version old;
        struct document d;
        int64_t id = 0;
        bool found;
        enum err err = document_make(b->an, &b->scratch, e, &d);
        if (err == OK)
                err = search_doc_find(b->db, &b->scratch, e->kind, e->ref, &old, &found);
        if (err != OK)
                return err;
        count_words(b, &d);
        if (!found || !same(&old, e, &d)) {
                err = take_generation(b->db, b->a, &b->generation);
                if (err == OK)
                        err = found ? replace(b->db, &old, e, &d, b->generation) : insert(b->db, e, &d, b->generation, &id);
        }
        *vec_push(b->a, &b->ids) = found ? old.id : id;
        return err;
}

enum err search_builder_add(struct search_builder *b, const struct search_entry *entry) {
        struct search_entry e = whole(entry);
        enum err done = add(b, &e);
        arena_done(&b->scratch);
        return done;
}

static int by_number(const void *x, const void *y) {
        int64_t p = *(const int64_t *) x, q = *(const int64_t *) y;
        return (p > q) - (p < q);
}

/* Both lists stand in order of id. */
static enum err remove_others(struct search_builder *b) {
        struct search_docs_ids_row_list rows = { 0 };
        int64_t after = INT64_MIN;
        size_t k = 0;
        enum err e = OK;
        if (b->ids.n)
                qsort(b->ids.v, b->ids.n, sizeof *b->ids.v, by_number);
        do {
                arena_reset(&b->scratch);
                e = search_docs_ids(b->db, &b->scratch, after, PAGE, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        after = rows.v[i].id;
                        while (k < b->ids.n && b->ids.v[k] < after)
                                k++;
                        if (k < b->ids.n && b->ids.v[k] == after)
                                continue;
                        e = take_generation(b->db, b->a, &b->generation);
                        if (e == OK)
                                e = search_doc_delete(b->db, after);
                }
        } while (e == OK && rows.n == PAGE);
        return e;
}

/* The store's counts against those of the load: what the store has too many goes to zero, and is then forgotten. */
static enum err compare_words(struct search_builder *b) {
        struct search_word_row_list rows = { 0 };
        struct str after = S("");
        enum err e = OK;
        do {
                struct arena page = { 0 };
                e = search_words_page(b->db, &page, after, PAGE, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        struct counted *c = map_get(&b->words, rows.v[i].word);
                        if (c)
                                c->stored = c->uses == rows.v[i].uses;
                        else
                                e = take_generation(b->db, b->a, &b->generation);
                        if (e == OK && !c)
                                e = search_word_set(b->db, rows.v[i].word, 0, b->generation);
                }
                if (rows.n)
                        after = str_dup(b->a, rows.v[rows.n - 1].word);
                arena_done(&page);
        } while (e == OK && rows.n == PAGE);
        return e;
}

enum err search_builder_store(struct search_builder *b) {
        enum err e = remove_others(b);
        arena_done(&b->scratch);
        if (e == OK)
                e = compare_words(b);
        for (size_t i = 0; e == OK && i < b->word_order.n; i++) {
                const struct counted *c = b->word_order.v[i];
                if (c->stored)
                        continue;
                e = take_generation(b->db, b->a, &b->generation);
                if (e == OK)
                        e = search_word_set(b->db, c->word, c->uses, b->generation);
        }
        if (e != OK || !b->generation)
                return e;
        e = search_state_forget(b->db, b->generation);
        if (e == OK)
                e = search_gone_delete(b->db, b->generation);
        return e != OK ? e : search_words_forget(b->db, b->generation);
}
