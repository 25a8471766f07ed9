#include "analyse.h"
#include <stdlib.h>
#include <string.h>
#include "analyser.h"
#include "compound.h"

#define TEXT_MAX ((size_t) 64 << 20)

enum err analyser_open(const char *dic, const char *dir, struct analyser **ret) {
        struct arena mem = { 0 };
        struct analyser *an = arena_new(&mem, struct analyser);
        an->mem = mem;
        struct sb_stemmer *stemmer = words_stemmer();
        enum err e = stemmer ? OK : err_log(ERR_INTERNAL, "no Dutch stemmer in libstemmer");
        if (!e)
                e = words_load(&an->mem, dic, dir, &an->words);
        if (!e)
                e = synonyms_load(an, stemmer, dir);
        sb_stemmer_delete(stemmer);
        if (e)
                analyser_close(an);
        else
                *ret = an;
        return e;
}

void analyser_close(struct analyser *an) {
        if (!an)
                return;
        struct arena mem = an->mem;     /* AN itself lives in it */
        arena_done(&mem);
}

static bool is_digit(char c) {
        return c >= '0' && c <= '9';
}

static bool only_letters(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] < 'a' || s.p[i] > 'z')
                        return false;
        return true;
}

/* Terms with a meaning of their own: no stop word, no single letter. */
static bool counts(const struct analyser *an, struct str word) {
        return word.n > 0 && (word.n > 1 || is_digit(word.p[0])) && !words_is_stop(&an->words, word);
}

static struct found *push(const struct analyser *an, struct sb_stemmer *stemmer, struct arena *a, struct str word,
                          struct found_list *ret) {
        char out[TERM_MAX];
        if (ret->n == FOUND_MAX)
                return NULL;
        struct found *f = &ret->v[ret->n++];
        *f = (struct found) { .text = str_dup(a, words_term(&an->words, stemmer, word, out)), .leaf = true };
        return f;
}

/* The parts of WORD, which starts at byte FROM of the token. False when it is not a compound. */
static bool push_parts(const struct analyser *an, struct sb_stemmer *stemmer, struct arena *a, struct str word,
                       size_t from, struct found_list *ret) {
        struct compound_part parts[COMPOUND_PARTS_MAX];
        size_t n = only_letters(word) ? compound_split(&an->words.lexicon, word, parts) : 0;
        for (size_t i = 0; i < n; i++) {
                struct str base = { parts[i].base, parts[i].base_n };
                struct found *f = counts(an, base) ? push(an, stemmer, a, base, ret) : NULL;
                if (f) {
                        f->from = from + parts[i].start;
                        f->to = from + parts[i].end;
                }
        }
        return n > 0;
}

void analyse_token(const struct analyser *an, struct sb_stemmer *stemmer, struct arena *a, const struct token *t,
                   struct found_list *ret) {
        struct str word = { t->text, t->n };
        ret->n = 0;
        if (!counts(an, word))
                return;
        struct found *whole = push(an, stemmer, a, word, ret);
        whole->to = word.n;
        whole->whole = true;
        if (t->cut)
                return;
        if (t->pieces == 1) {
                whole->leaf = !push_parts(an, stemmer, a, word, 0, ret);
                return;
        }
        for (size_t k = 0; k < t->pieces; k++) {
                struct str piece = token_piece(t, k);
                struct found *f = counts(an, piece) ? push(an, stemmer, a, piece, ret) : NULL;
                if (!f)
                        continue;
                f->from = t->piece[k];
                f->to = f->from + piece.n;
                f->leaf = !push_parts(an, stemmer, a, piece, f->from, ret);
                whole->leaf = false;
        }
}

/* The words of a clause so far, the newest last. */
#define CLAUSE_MAX 12
struct clause {
        struct { char text[TOKEN_MAX]; uint8_t n; } v[CLAUSE_MAX];
        size_t n;
};

static void clause_add(struct clause *c, const struct token *t) {
        size_t at = c->n++ % CLAUSE_MAX;
        memcpy(c->v[at].text, t->text, t->n);
        c->v[at].n = t->n;
}

/* Whether a sign that ends a clause stands between FROM and TO. */
static bool clause_ends(struct str text, size_t from, size_t to, const char *signs) {
        for (size_t i = from; i < to; i++)
                if (strchr(signs, text.p[i]) && text.p[i])
                        return true;
        return from >= text.n;
}

/* "stelt een plan vast": the term of "vaststellen" when T is such a particle and its verb stands before it. */
static struct str separable(const struct analyser *an, struct sb_stemmer *stemmer, const struct clause *c, struct str text,
                            const struct token *t, char out[TERM_MAX]) {
        struct str particle = { t->text, t->n };
        struct token next;
        bool loose;
        size_t i = t->end;
        if (c->n == 0 || !words_is_particle(particle, &loose))
                return S("");
        if (!loose) {
                bool last = !token_next(text, &i, &next) || clause_ends(text, t->end, next.start, ".,;:!?)\n");
                if (!last && !str_eq((struct str) { next.text, next.n }, S("en")) && !str_eq((struct str) { next.text, next.n }, S("of")))
                        return S("");
        }
        for (size_t k = c->n; k-- > 0 && c->n - k <= CLAUSE_MAX;) {
                struct str verb = { c->v[k % CLAUSE_MAX].text, c->v[k % CLAUSE_MAX].n };
                struct str term = words_separable(&an->words, stemmer, particle, verb, out);
                if (term.n)
                        return term;
        }
        return S("");
}

struct terms analyse_text(const struct analyser *an, struct arena *a, struct str text) {
        VEC(struct term) terms = { 0 };
        uint32_t position = 0;
        struct token t;
        struct found_list found;
        struct sb_stemmer *stemmer = words_stemmer();
        if (!stemmer)
                abort();        /* like every allocation that fails */
        text = str_sub(text, 0, TEXT_MAX);
        struct clause clause = { .n = 0 };
        size_t before = 0;
        for (size_t i = 0; token_next(text, &i, &t); position++) {
                char out[TERM_MAX];
                if (clause_ends(text, before, t.start, ".;:!?\n"))
                        clause.n = 0;
                before = t.end;
                struct str verb = separable(an, stemmer, &clause, text, &t, out);
                if (verb.n)
                        *vec_push(a, &terms) = (struct term) {
                                .text = str_dup(a, verb), .class = TERM_STEM, .position = position, .start = t.start, .end = t.end,
                                .word_start = t.start, .word_end = t.end,
                        };
                clause_add(&clause, &t);
                analyse_token(an, stemmer, a, &t, &found);
                for (size_t k = 0; k < found.n; k++)
                        *vec_push(a, &terms) = (struct term) {
                                .text = found.v[k].text, .class = found.v[k].whole ? TERM_STEM : TERM_PART,
                                .position = position, .start = t.at[found.v[k].from], .end = t.at[found.v[k].to],
                                .word_start = t.start, .word_end = t.end,
                        };
        }
        sb_stemmer_delete(stemmer);
        return (struct terms) { terms.v, terms.n, position };
}
