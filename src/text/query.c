#include <stdlib.h>
#include "analyser.h"
#include "question.h"

struct known {
        struct asked as;
        struct found_list found;
        struct str verb;                /* "haakt" with "af" behind it: the term of "afhaken"; else empty */
};

static struct alternative one(struct arena *a, struct str term, enum term_class class) {
        struct str *t = arena_new(a, struct str);
        *t = term;
        return (struct alternative) { t, 1, class };
}

/* All terms of F that are parts and not split further: "schuldregeling" asks for schuld and regeling. */
static struct alternative parts_of(struct arena *a, const struct found_list *f) {
        struct alternative ret = { arena_many(a, struct str, f->n), 0, TERM_PART };
        for (size_t i = 0; i < f->n; i++)
                if (f->v[i].leaf && !f->v[i].whole)
                        ret.terms[ret.n++] = f->v[i].text;
        return ret;
}

/* In quotation marks or excluded: taken as it stands. */
static bool literal(const struct known *w) {
        return w->as.phrase || w->as.exclude;
}

/* The longest phrase that the words from AT on make; NULL when there is none. */
static const struct phrase *longest(const struct analyser *an, const struct known *words, size_t n, size_t at) {
        const struct phrase *best = NULL;
        for (const struct phrase *p = map_get(&an->phrases, words[at].found.v[0].text); p; p = p->next) {
                size_t k = 0;
                while (k < p->n && at + k < n && !literal(&words[at + k]) && str_eq(words[at + k].found.v[0].text, p->terms[k]))
                        k++;
                if (k == p->n && (!best || p->n > best->n))
                        best = p;
        }
        return best;
}

static bool same(const struct phrase *p, const struct phrase *q) {
        if (p->n != q->n)
                return false;
        for (size_t i = 0; i < p->n; i++)
                if (!str_eq(p->terms[i], q->terms[i]))
                        return false;
        return true;
}

static bool listed(const struct query_word *w, const struct phrase *p) {
        for (size_t i = 0; i < w->n; i++) {
                size_t k = 0;
                while (k < p->n && w->v[i].n == p->n && str_eq(w->v[i].terms[k], p->terms[k]))
                        k++;
                if (k == p->n)
                        return true;
        }
        return false;
}

/* The other members of every set that holds the phrase FOUND. */
static void add_synonyms(const struct analyser *an, struct arena *a, const struct phrase *found,
                         struct query_word *w) {
        VEC(struct alternative) all = { w->v, w->n, w->n };
        for (const struct phrase *p = map_get(&an->phrases, found->terms[0]); p; p = p->next) {
                for (size_t i = 0; same(p, found) && i < p->set->n; i++) {
                        const struct phrase *other = &p->set->v[i];
                        if (!listed(w, other))
                                *vec_push(a, &all) = (struct alternative) { other->terms, other->n, TERM_SYNONYM };
                        w->v = all.v;
                        w->n = all.n;
                }
        }
}

static struct query_word query_word(const struct analyser *an, struct arena *a, struct str text,
                                    const struct known *words, size_t n, size_t at, size_t *used) {
        const struct phrase *p = literal(&words[at]) ? NULL : longest(an, words, n, at);
        *used = p ? p->n : 1;
        const struct token *first = &words[at].as.token, *last = &words[at + *used - 1].as.token;
        VEC(struct alternative) all = { 0 };
        if (*used > 1) {
                *vec_push(a, &all) = (struct alternative) { p->terms, p->n, TERM_STEM };
        } else {
                *vec_push(a, &all) = one(a, words[at].found.v[0].text, TERM_STEM);
                struct alternative parts = parts_of(a, &words[at].found);
                if (parts.n > 1 && !literal(&words[at]))
                        *vec_push(a, &all) = parts;
                if (words[at].verb.n)
                        *vec_push(a, &all) = one(a, words[at].verb, TERM_SYNONYM);
        }
        struct query_word ret = {
                .source = str_sub(text, first->start, last->end - first->start),
                .folded = str_dup(a, (struct str) { last->text, last->n }), .v = all.v, .n = all.n,
                .exclude = words[at].as.exclude, .phrase = words[at].as.phrase, .offset = words[at].as.offset,
        };
        if (p)
                add_synonyms(an, a, p, &ret);
        return ret;
}

/* A phrase of which one word is left, beside stop words, asks for nothing more than that word. */
static void drop_single(struct query *q) {
        for (size_t i = 0; i < q->n; i++) {
                uint32_t phrase = q->v[i].phrase;
                bool before = i > 0 && q->v[i - 1].phrase == phrase, after = i + 1 < q->n && q->v[i + 1].phrase == phrase;
                if (!before && !after)
                        q->v[i].phrase = 0;
        }
}

/* LAST may be the particle of a verb among the N words before it. Behind that verb stand few words in a question. */
static void join_verb(const struct analyser *an, struct sb_stemmer *stemmer, struct arena *a, struct known *words, size_t n,
                      const struct asked *last) {
        bool loose;
        char out[TERM_MAX];
        struct str particle = { last->token.text, last->token.n };
        if (last->phrase || last->exclude || !words_is_particle(particle, &loose) || !loose)
                return;
        for (size_t i = n; i-- > 0 && n - i <= 4 && !literal(&words[i]);) {
                struct str verb = words_separable(&an->words, stemmer, particle, (struct str) { words[i].as.token.text, words[i].as.token.n }, out);
                if (verb.n) {
                        words[i].verb = str_dup(a, verb);
                        return;
                }
        }
}

struct query analyse_query(const struct analyser *an, struct arena *a, struct str text) {
        struct known *words = arena_many(a, struct known, QUERY_WORDS_MAX);
        struct query ret = { arena_many(a, struct query_word, QUERY_WORDS_MAX), 0, 0 };
        struct question question = { .text = str_sub(text, 0, QUERY_BYTES_MAX) };
        struct sb_stemmer *stemmer = words_stemmer();
        size_t n = 0, used;
        if (!stemmer)
                abort();
        while (n < QUERY_WORDS_MAX && question_next(&question, &words[n].as)) {
                analyse_token(an, stemmer, a, &words[n].as.token, &words[n].found);
                words[n].verb = S("");
                join_verb(an, stemmer, a, words, n, &words[n].as);
                n += words[n].found.n > 0;
        }
        sb_stemmer_delete(stemmer);
        for (size_t at = 0; at < n; at += used) {
                struct query_word w = query_word(an, a, text, words, n, at, &used);
                ret.wanted += !w.exclude;
                ret.v[ret.n++] = w;
        }
        drop_single(&ret);
        return ret;
}
