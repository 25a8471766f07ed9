/* search.c - the index of a process: read from the store at start, brought up to date at each question. */
#include "search.h"
#include <stdlib.h>
#include "internal.h"
#include "search.sql.h"

#define PAGE 2000
/* Dead documents cost memory and time: with more than this, and more than a quarter of all, everything is read anew. */
#define DEAD_MIN 2000

static struct live_entry entry_of(const struct search_row *r) {
        return (struct live_entry) { .id = r->id, .uses = r->uses, .kind = r->kind, .ref = r->ref, .title = r->title,
                                     .facets = r->facets, .vector = r->vector };
}

static enum err read_docs(struct live *x, struct db *db) {
        struct arena a = { 0 };
        struct search_docs_count_row count;
        struct search_row_list rows = { 0 };
        int64_t after = INT64_MIN;
        enum err e = search_docs_count(db, &a, &count);
        if (e == OK)
                live_reserve(x, (size_t) count.n);
        do {
                arena_reset(&a);
                if (e == OK)
                        e = search_docs_page(db, &a, after, PAGE, &rows);
                for (size_t i = 0; e == OK && i < rows.n; i++) {
                        struct live_entry entry = entry_of(&rows.v[i]);
                        live_add(x, &entry);
                        after = rows.v[i].id;
                }
        } while (e == OK && rows.n == PAGE);
        live_sort(x);
        arena_done(&a);
        return e;
}

static int by_word(const void *x, const void *y) {
        return str_cmp(((const struct vocabulary_word *) x)->word, ((const struct vocabulary_word *) y)->word);
}

static void change_words(struct live *x, struct arena *a, const struct search_word_row_list *rows) {
        struct vocabulary_word *words = arena_many(a, struct vocabulary_word, rows->n);
        for (size_t i = 0; i < rows->n; i++)
                words[i] = (struct vocabulary_word) { rows->v[i].word, rows->v[i].uses };
        if (rows->n)
                qsort(words, rows->n, sizeof *words, by_word);
        vocabulary_change(&x->words, words, rows->n);
}

/* Everything, from one snapshot. */
static enum err read_all(struct live **ret, struct db *db) {
        struct live *x = live_new();
        struct arena a = { 0 };
        struct search_state_get_row state;
        struct search_word_row_list words;
        enum err e = search_state_get(db, &a, &state);
        if (e == OK)
                e = read_docs(x, db);
        if (e == OK)
                e = search_words_used(db, &a, WORD_USES_MIN, &words);
        if (e == OK) {
                change_words(x, &a, &words);
                x->generation = state.generation;
                *ret = x;
        } else {
                live_free(x);
        }
        arena_done(&a);
        return e;
}

struct live *search_hold(const struct search *s) {
        struct search *x = (struct search *) (uintptr_t) s;
        pthread_rwlock_rdlock(&x->lock);
        return x->live;
}

void search_release(const struct search *s) {
        pthread_rwlock_unlock(&((struct search *) (uintptr_t) s)->lock);
}

/* Only what changed since. Removed versions first: a document that was replaced stands in both lists. */
static enum err catch_up(struct search *s, struct db *db) {
        struct arena a = { 0 };
        struct search_state_get_row state;
        struct search_gone_since_row_list gone;
        struct search_row_list docs;
        struct search_word_row_list words;
        int64_t seen = s->live->generation;
        enum err e = search_state_get(db, &a, &state);
        bool due = e == OK && state.generation > seen && state.oldest <= seen;
        if (due)
                e = search_gone_since(db, &a, seen, &gone);
        if (e == OK && due)
                e = search_docs_since(db, &a, seen, &docs);
        if (e == OK && due)
                e = search_words_since(db, &a, seen, &words);
        if (e == OK && due) {
                pthread_rwlock_wrlock(&s->lock);
                for (size_t i = 0; i < gone.n; i++)
                        live_remove(s->live, gone.v[i].doc, gone.v[i].vector);
                for (size_t i = 0; i < docs.n; i++) {
                        struct live_entry entry = entry_of(&docs.v[i]);
                        live_add(s->live, &entry);
                }
                change_words(s->live, &a, &words);
                s->live->generation = state.generation;
                pthread_rwlock_unlock(&s->lock);
        }
        arena_done(&a);
        return e;
}

static enum err start_anew(struct search *s, struct db *db) {
        struct live *fresh, *old = s->live;
        enum err e = read_all(&fresh, db);
        if (e != OK)
                return e;
        if (old && fresh->generation < old->generation) {       /* this snapshot is older than what another thread saw */
                live_free(fresh);
                return OK;
        }
        pthread_rwlock_wrlock(&s->lock);
        s->live = fresh;
        pthread_rwlock_unlock(&s->lock);
        live_free(old);
        return OK;
}

/* FOLLOW inside a snapshot: the caller's, or one of its own. */
static enum err in_snapshot(struct search *s, struct db *db, enum err (*follow)(struct search *, struct db *)) {
        if (db_in_transaction(db))
                return follow(s, db);
        enum err e = db_begin(db);
        if (e == OK) {
                e = follow(s, db);
                db_rollback(db);
        }
        return e;
}

enum err search_follow(const struct search *shared, struct db *db) {
        struct search *s = (struct search *) (uintptr_t) shared;
        struct arena a = { 0 };
        struct search_state_get_row state;
        enum err e = search_state_get(db, &a, &state);
        arena_done(&a);
        if (e != OK)
                return e;
        const struct live *x = search_hold(s);
        int64_t seen = x->generation;
        size_t dead = x->docs.n - x->living;
        search_release(s);
        if (state.generation <= seen)
                return OK;
        if (state.oldest <= seen && (dead < DEAD_MIN || dead * 4 < x->docs.n)) {
                pthread_mutex_lock(&s->reading);
                e = in_snapshot(s, db, catch_up);
        } else if (pthread_mutex_trylock(&s->reading) == 0) {
                e = in_snapshot(s, db, start_anew);
        } else {
                return OK;              /* another thread is at it; until then the old index answers */
        }
        pthread_mutex_unlock(&s->reading);
        return e;
}

enum err search_open(struct search **ret, struct db *db, const struct analyser *an) {
        struct arena a = { 0 };
        struct search *s = arena_new(&a, struct search);
        pthread_rwlockattr_t kind;
        s->an = an;
        s->mem = a;                     /* the struct lives in its own arena */
        /* Else many questions at once would keep a change out for as long as they go on. */
        pthread_rwlockattr_init(&kind);
        pthread_rwlockattr_setkind_np(&kind, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
        pthread_rwlock_init(&s->lock, &kind);
        pthread_rwlockattr_destroy(&kind);
        pthread_mutex_init(&s->reading, NULL);
        pthread_mutex_init(&s->suggesting, NULL);
        pthread_mutex_init(&s->missing, NULL);
        enum err e = in_snapshot(s, db, start_anew);
        if (e == OK)
                *ret = s;
        else
                search_close(s);
        return e;
}

void search_close(struct search *s) {
        if (!s)
                return;
        live_free(s->live);
        pthread_rwlock_destroy(&s->lock);
        pthread_mutex_destroy(&s->reading);
        pthread_mutex_destroy(&s->suggesting);
        pthread_mutex_destroy(&s->missing);
        arena_done(&s->misses_mem);
        struct arena a = s->mem;
        arena_done(&a);
}
