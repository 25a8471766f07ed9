/* misses.c - the questions that found nothing: counted in memory, so that no GET writes. */
#include "bsn.h"
#include "clock.h"
#include "internal.h"
#include "search.sql.h"
#include "utf8.h"

#define WORDS_MAX 200           /* bytes of a question that is noted */
#define DIGITS_MAX 3            /* more in a row may be a number of somebody */

static bool may_be_somebody(struct str text) {
        struct str refusal = S(""), warning = S("");
        size_t digits = 0;
        for (size_t i = 0; i < text.n; i++) {
                digits = text.p[i] >= '0' && text.p[i] <= '9' ? digits + 1 : 0;
                if (digits > DIGITS_MAX || text.p[i] == '@')
                        return true;
        }
        text_screen_personal(text, &refusal, &warning);
        return refusal.n || warning.n;
}

/* The words as typed, folded, because an editor must be able to read them. Several words that have a synonym together are one of the
 * query, with spaces. */
static struct str words_of(struct arena *a, const struct query *q) {
        VEC(struct str) words = { 0 };
        for (size_t i = 0; i < q->n; i++) {
                struct str rest = utf8_fold(a, q->v[i].source), word;
                while (!q->v[i].exclude && str_split(&rest, ' ', &word))
                        if (word.n)
                                *vec_push(a, &words) = word;
        }
        return words_joined(a, words.v, words.n);
}

static void note(struct search *s, struct str words, int64_t n) {
        struct miss *m = map_get(&s->misses_at, words);
        if (!m && s->misses.n == MISSES_MAX)
                return;
        if (!m) {
                m = arena_new(&s->misses_mem, struct miss);
                m->words = str_dup(&s->misses_mem, words);
                map_put(&s->misses_mem, &s->misses_at, m->words, m);
                *vec_push(&s->misses_mem, &s->misses) = m;
        }
        m->n += n;
}

void search_miss_note(const struct search *shared, struct str text, const struct query *q) {
        struct search *s = (struct search *) (uintptr_t) shared;
        struct arena a = { 0 };
        struct str words = text.n > WORDS_MAX || may_be_somebody(text) ? S("") : words_of(&a, q);
        pthread_mutex_lock(&s->missing);
        if (words.n)
                note(s, words, 1);
        pthread_mutex_unlock(&s->missing);
        arena_done(&a);
}

/* What was asked for once stays for the next time, unless memory is half full of such. */
void search_misses_take(const struct search *shared, struct arena *a, struct search_misses *ret) {
        struct search *s = (struct search *) (uintptr_t) shared;
        VEC(struct miss) once = { 0 };
        *ret = (struct search_misses) { 0 };
        pthread_mutex_lock(&s->missing);
        for (size_t i = 0; i < s->misses.n; i++) {
                struct miss m = { str_dup(a, s->misses.v[i]->words), s->misses.v[i]->n };
                if (m.n >= SEARCH_MISS_LEAST)
                        *vec_push(a, ret) = m;
                else
                        *vec_push(a, &once) = m;
        }
        arena_done(&s->misses_mem);
        s->misses_at = (struct map) { 0 };
        s->misses.v = NULL;
        s->misses.n = s->misses.cap = 0;
        for (size_t i = 0; i < once.n && once.n <= MISSES_MAX / 2; i++)
                note(s, once.v[i].words, once.v[i].n);
        pthread_mutex_unlock(&s->missing);
}

enum err search_misses_store(struct db *db, const struct search_misses *misses, int64_t now_ms) {
        char day[CLOCK_ISO_MAX];
        enum err e = OK;
        clock_iso(now_ms, day);
        for (size_t i = 0; e == OK && i < misses->n; i++)
                e = search_miss_add(db, misses->v[i].words, misses->v[i].n, (struct str) { day, 10 });
        return e;
}

enum err search_misses_list(struct db *db, struct arena *a, int64_t limit, int64_t skip, struct search_miss_list *ret) {
        return search_misses_page(db, a, limit, skip, ret);
}

enum err search_miss_remove(struct db *db, struct str words) {
        return search_miss_delete(db, words);
}
