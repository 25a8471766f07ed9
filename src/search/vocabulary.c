#include "vocabulary.h"

static void keep(struct vocabulary *x, struct vocabulary_word w) {
        if (w.uses >= WORD_USES_MIN)
                x->v[x->n++] = (struct vocabulary_word) { str_dup(&x->mem, w.word), w.uses };
}

void vocabulary_change(struct vocabulary *x, const struct vocabulary_word *changed, size_t n) {
        struct vocabulary fresh = { 0 };
        size_t i = 0, k = 0;
        if (n == 0)
                return;
        fresh.v = arena_many(&fresh.mem, struct vocabulary_word, x->n + n);
        while (i < x->n || k < n) {
                int order = i == x->n ? 1 : k == n ? -1 : str_cmp(x->v[i].word, changed[k].word);
                keep(&fresh, order < 0 ? x->v[i] : changed[k]);
                i += order <= 0;
                k += order >= 0;
        }
        vocabulary_done(x);
        *x = fresh;
}

void vocabulary_done(struct vocabulary *x) {
        arena_done(&x->mem);
        *x = (struct vocabulary) { 0 };
}

/* The first word that does not stand before PREFIX or, with PAST, before all that begin with it. */
static size_t edge(const struct vocabulary *x, struct str prefix, bool past) {
        size_t from = 0, to = x->n;
        while (from < to) {
                size_t middle = from + (to - from) / 2;
                int order = str_cmp(str_sub(x->v[middle].word, 0, prefix.n), prefix);
                if (order < 0 || (past && order == 0))
                        from = middle + 1;
                else
                        to = middle;
        }
        return from;
}

void vocabulary_range(const struct vocabulary *x, struct str prefix, size_t *from, size_t *to) {
        *from = edge(x, prefix, false);
        *to = edge(x, prefix, true);
}

bool vocabulary_suggest(struct vocabulary *x, pthread_mutex_t *lock, struct str word, struct str *ret) {
        pthread_mutex_lock(lock);
        if (!x->suggest) {
                struct arena a = { 0 };
                struct suggest_word *words = arena_many(&a, struct suggest_word, x->n);
                for (size_t i = 0; i < x->n; i++)
                        words[i] = (struct suggest_word) { x->v[i].word, (uint32_t) x->v[i].uses };
                struct suggest *made = arena_new(&x->mem, struct suggest);
                suggest_build(&x->mem, words, x->n, made);
                x->suggest = made;
                arena_done(&a);
        }
        pthread_mutex_unlock(lock);
        return suggest_best(x->suggest, word, ret);
}
