/* complete.c - what somebody who types may mean: from memory, titles from the store. */
#include "internal.h"
#include "search.sql.h"
#include "utf8.h"

#define PREFIX_MIN 2
#define TEXT_MAX 200            /* as the field of the form */

/* The most used of a row; of equals the first. */
struct top {
        struct { int64_t uses; size_t at; } v[SEARCH_COMPLETIONS];
        size_t n;
};

static void offer(struct top *t, int64_t uses, size_t at) {
        size_t i = t->n < SEARCH_COMPLETIONS ? t->n++ : SEARCH_COMPLETIONS;
        if (i == SEARCH_COMPLETIONS && t->v[--i].uses >= uses)
                return;
        for (; i > 0 && t->v[i - 1].uses < uses; i--)
                t->v[i] = t->v[i - 1];
        t->v[i].uses = uses;
        t->v[i].at = at;
}

/* Where the last word of TEXT starts. */
static size_t last_word(struct str text) {
        size_t i = text.n;
        while (i && text.p[i - 1] != ' ' && text.p[i - 1] != '"' && text.p[i - 1] != '-')
                i--;
        return i;
}

static void complete_word(const struct live *x, struct arena *a, struct str text, struct search_completions *ret) {
        struct top top = { 0 };
        size_t at = last_word(text), from, to;
        struct str prefix = utf8_fold(a, str_sub(text, at, text.n));
        if (prefix.n < PREFIX_MIN)
                return;
        vocabulary_range(&x->words, prefix, &from, &to);
        for (size_t i = from; i < to; i++)
                offer(&top, x->words.v[i].uses, i);
        for (size_t i = 0; i < top.n; i++)
                *vec_push(a, ret) = (struct search_completion) {
                        str_fmt(a, "%.*s%.*s", STR(str_sub(text, 0, at)), STR(x->words.v[top.v[i].at].word)), S(""), S("") };
}

/* The ids of the most used titles that begin with PREFIX. */
static size_t titles(const struct live *x, struct str prefix, int64_t *ids) {
        struct top top = { 0 };
        size_t from = 0, to = x->titles.n;
        while (from < to) {
                size_t middle = from + (to - from) / 2;
                if (str_cmp(x->titles.v[middle].folded, prefix) < 0)
                        from = middle + 1;
                else
                        to = middle;
        }
        for (; from < x->titles.n && str_starts(x->titles.v[from].folded, prefix); from++)
                offer(&top, x->titles.v[from].uses, from);
        for (size_t i = 0; i < top.n; i++)
                ids[i] = x->titles.v[top.v[i].at].id;
        return top.n;
}

/* IDS has room for eight; 0 is no document. */
static enum err read_titles(struct db *db, struct arena *a, const int64_t *ids, size_t n, struct search_completions *ret) {
        struct search_titles_eight_row_list rows = { 0 };
        enum err e = n ? search_titles_eight(db, a, ids[0], ids[1], ids[2], ids[3], ids[4], ids[5], ids[6], ids[7], &rows) : OK;
        for (size_t i = 0; e == OK && i < n; i++)
                for (size_t k = 0; k < rows.n; k++)
                        if (rows.v[k].id == ids[i])
                                *vec_push(a, ret) = (struct search_completion) { rows.v[k].title, rows.v[k].kind, rows.v[k].ref };
        return e;
}

enum err search_complete(const struct search *s, struct db *db, struct arena *a, struct str text, struct search_completions *ret) {
        int64_t ids[8] = { 0 };
        size_t n = 0;
        struct str better;
        *ret = (struct search_completions) { .better = S("") };
        text = str_trim(str_sub(text, 0, TEXT_MAX));
        struct str folded = utf8_fold(a, text);
        enum err e = search_follow(s, db);
        if (e != OK || folded.n < PREFIX_MIN)
                return e;
        struct live *x = search_hold(s);
        complete_word(x, a, text, ret);
        n = titles(x, folded, ids);
        if (ret->n == 0 && n == 0 && vocabulary_suggest(&x->words, (pthread_mutex_t *) (uintptr_t) &s->suggesting, folded, &better))
                ret->better = str_dup(a, better);
        search_release(s);
        _Static_assert(SEARCH_COMPLETIONS <= 8, "titles are read in one go");
        return read_titles(db, a, ids, n, ret);
}
