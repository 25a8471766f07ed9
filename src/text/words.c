#include "words.h"
#include <string.h>
#include "lists.h"
#include "utf8.h"

#define LIST_MAX ((size_t) 1 << 20)

static enum err read_list(struct arena *tmp, const char *dir, const char *name, struct str *ret) {
        return list_read(tmp, str_fmt(tmp, "%s/%s", dir, name).p, LIST_MAX, ret);
}

static void load_stop_words(struct arena *a, struct words *w, struct str list) {
        struct str line, word;
        while (list_line(&list, &line))
                while (str_split(&line, ' ', &word))
                        if (word.n) {
                                struct str *s = arena_new(a, struct str);
                                *s = utf8_fold(a, word);
                                map_put(a, &w->stop, *s, s);
                        }
}

/* Lines "form form form<tab>lemma". */
static enum err load_aliases(struct arena *a, struct words *w, struct str list) {
        struct str line, word;
        while (list_line(&list, &line)) {
                size_t tab = str_index(line, '\t');
                if (tab == line.n)
                        return err_log(ERR_INVALID, "aliassen.tsv: no tab in \"%.*s\"", STR(line));
                struct str *lemma = arena_new(a, struct str), forms = str_sub(line, 0, tab);
                *lemma = utf8_fold(a, str_trim(str_sub(line, tab, line.n)));
                while (str_split(&forms, ' ', &word))
                        if (word.n)
                                map_put(a, &w->alias, utf8_fold(a, word), lemma);
        }
        return OK;
}

enum err words_load(struct arena *a, const char *dic, const char *dir, struct words *ret) {
        struct arena tmp = { 0 };
        struct str stop = { 0 }, aliases = { 0 };
        *ret = (struct words) { .stop = { 0 } };
        enum err e = read_list(&tmp, dir, "stopwoorden.txt", &stop);
        if (!e)
                e = read_list(&tmp, dir, "aliassen.tsv", &aliases);
        if (!e)
                e = lexicon_load(a, dic, str_fmt(&tmp, "%s/domeinwoorden.txt", dir).p, &ret->lexicon);
        if (!e) {
                load_stop_words(a, ret, stop);
                e = load_aliases(a, ret, aliases);
        }
        arena_done(&tmp);
        return e;
}

bool words_is_stop(const struct words *w, struct str word) {
        return map_get(&w->stop, word) != NULL;
}

struct sb_stemmer *words_stemmer(void) {
        return sb_stemmer_new("dutch", "UTF_8");
}

static unsigned stem_flags(const struct words *w, struct str word, size_t from, size_t n) {
        return n >= 3 ? lexicon_flags(&w->lexicon, str_sub(word, from, n), S("")) : 0;
}

/* A participle with ge-, also behind a particle: "gemeld", "aangemeld". Its verb stem in OUT, or nothing. */
static size_t participle(const struct words *w, struct str word, char out[TERM_MAX]) {
        static const struct str particles[] = {
                S_INIT(""), S_INIT("aan"), S_INIT("af"), S_INIT("bij"), S_INIT("door"), S_INIT("in"), S_INIT("mee"),
                S_INIT("na"), S_INIT("om"), S_INIT("op"), S_INIT("over"), S_INIT("samen"), S_INIT("terug"),
                S_INIT("toe"), S_INIT("uit"), S_INIT("vast"), S_INIT("voor"), S_INIT("weg"), S_INIT("mede"),
        };
        size_t end = str_ends(word, S("e")) ? word.n - 1 : word.n;
        char last = word.p[end - 1];
        for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
                size_t from = particles[i].n + 2;
                if (!str_starts(word, particles[i]) || !str_eq(str_sub(word, from - 2, 2), S("ge")) || end < from + 3)
                        continue;
                unsigned past = stem_flags(w, word, from, end - 1 - from);
                unsigned base = stem_flags(w, word, from, end - from);
                /* "gemeld" ends in the d of the stem itself, "gewerkt" has one more. */
                size_t n = (last == 'd' && (past & LEX_PAST_D)) || (last == 't' && (past & LEX_PAST_T)) ?
                                   end - 1 - from : base & (LEX_PAST_D | LEX_PAST_T) ? end - from : 0;
                if (n) {
                        memcpy(out, particles[i].p, particles[i].n);
                        memcpy(out + particles[i].n, word.p + from, n);
                        return particles[i].n + n;
                }
        }
        return 0;
}

/* The stem of a regular verb form: betaalt, betaalde(n), werkte(n), betaald. 0 when WORD is no such form, or a noun. */
static size_t verb_stem(const struct words *w, struct str word, char out[TERM_MAX]) {
        static const struct { struct str ending; unsigned flag; } endings[] = {
                { S_INIT("den"), LEX_PAST_D }, { S_INIT("de"), LEX_PAST_D }, { S_INIT("ten"), LEX_PAST_T },
                { S_INIT("te"), LEX_PAST_T }, { S_INIT("t"), LEX_STEM_T | LEX_PAST_T }, { S_INIT("d"), LEX_PAST_D },
        };
        char last = word.p[word.n - 1];
        if (word.n < 5 || word.n > TERM_MAX || (last != 't' && last != 'd' && last != 'e' && last != 'n') ||
            (stem_flags(w, word, 0, word.n) & (LEX_NOUN | LEX_LAST)))
                return 0;
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
                size_t n = word.n - endings[i].ending.n;
                if (!str_ends(word, endings[i].ending) || !(stem_flags(w, word, 0, n) & endings[i].flag))
                        continue;
                /* "velden" is the plural of a noun before it is the past of a verb. */
                size_t plural = last == 'n' ? 2 : last == 'e' ? 1 : 0;
                if (plural && (stem_flags(w, word, 0, word.n - plural) & LEX_NOUN))
                        return 0;
                memcpy(out, word.p, n);
                return n;
        }
        return participle(w, word, out);
}

/* The dictionary word behind a regular plural in -s, diminutive, or step of comparison; its length, or 0. Only for
 * words the dictionary does not list themselves ("kans" is not the plural of "kan"). */
static size_t base_length(const struct words *w, struct str word) {
        static const struct { struct str ending; unsigned flag; } endings[] = {
                { S_INIT("tjes"), LEX_NOUN }, { S_INIT("tje"), LEX_NOUN }, { S_INIT("jes"), LEX_NOUN },
                { S_INIT("je"), LEX_NOUN }, { S_INIT("s"), LEX_NOUN }, { S_INIT("ere"), LEX_ADJECTIVE },
                { S_INIT("er"), LEX_ADJECTIVE }, { S_INIT("ste"), LEX_ADJECTIVE }, { S_INIT("st"), LEX_ADJECTIVE },
        };
        if (word.n < 5 || stem_flags(w, word, 0, word.n))
                return 0;
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
                size_t n = word.n - endings[i].ending.n;
                if (str_ends(word, endings[i].ending) && (stem_flags(w, word, 0, n) & endings[i].flag))
                        return n;
        }
        return 0;
}

static bool vowel(char c) {
        return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Brings together what the stemmer leaves apart: brieven-brief, werklozen-werkloos, grappen-grap. */
static size_t normalise(char *p, size_t n) {
        if (n > 3 && p[n - 1] == p[n - 2] && p[n - 1] >= 'a' && p[n - 1] <= 'z' && !vowel(p[n - 1]))
                n--;
        if (n > 3 && p[n - 1] == 'v')
                p[n - 1] = 'f';
        if (n > 3 && p[n - 1] == 'z')
                p[n - 1] = 's';
        return n;
}

/* The stemmer's result for an infinitive, from the verb stem: betaal-betal. Stemming that again would do too much. */
static size_t stem_of_verb(char *p, size_t n) {
        if (n > 3 && !vowel(p[n - 1]) && p[n - 2] == p[n - 3] && vowel(p[n - 2]) && p[n - 2] != 'i') {
                p[n - 2] = p[n - 1];
                n--;
        }
        return normalise(p, n);
}

/* "kans" and "schets" end in s themselves; the stemmer would take it off as a plural. */
static bool own_s(const struct words *w, struct str word) {
        return word.n > 3 && str_ends(word, S("s")) && (stem_flags(w, word, 0, word.n) & LEX_NOUN);
}

struct str words_term(const struct words *w, struct sb_stemmer *stemmer, struct str word, char out[TERM_MAX]) {
        char verb[TERM_MAX];
        const struct str *lemma = map_get(&w->alias, word);
        struct str from = lemma ? *lemma : word;
        size_t n = lemma || word.n == 0 ? 0 : verb_stem(w, word, verb);
        if (n)
                from = (struct str) { verb, n };
        bool stemmed = (n && !str_ends(from, S("ig"))) || (from.n <= TERM_MAX && own_s(w, from));
        if (!n && !lemma && (n = base_length(w, word)) > 0)
                from.n = n;
        if (stemmed) {
                memcpy(out, from.p, from.n);
                return (struct str) { out, stem_of_verb(out, from.n) };
        }
        const sb_symbol *stem = sb_stemmer_stem(stemmer, (const sb_symbol *) from.p, (int) from.n);
        n = stem ? (size_t) sb_stemmer_length(stemmer) : 0;
        if (n == 0 || n > TERM_MAX)
                n = from.n < TERM_MAX ? from.n : TERM_MAX;
        else
                from.p = (const char *) stem;
        memcpy(out, from.p, n);
        return (struct str) { out, normalise(out, n) };
}

bool words_is_particle(struct str word, bool *loose) {
        static const struct { struct str word; bool loose; } particles[] = {
                { S_INIT("af"), true }, { S_INIT("vast"), true }, { S_INIT("toe"), true }, { S_INIT("terug"), true },
                { S_INIT("mee"), true }, { S_INIT("weg"), true }, { S_INIT("samen"), true }, { S_INIT("aan"), false },
                { S_INIT("bij"), false }, { S_INIT("door"), false }, { S_INIT("in"), false }, { S_INIT("na"), false },
                { S_INIT("om"), false }, { S_INIT("op"), false }, { S_INIT("over"), false }, { S_INIT("uit"), false },
                { S_INIT("voor"), false },
        };
        for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
                if (str_eq(word, particles[i].word)) {
                        *loose = particles[i].loose;
                        return true;
                }
        return false;
}

struct str words_separable(const struct words *w, struct sb_stemmer *stemmer, struct str particle, struct str verb, char out[TERM_MAX]) {
        static const struct str endings[] = { S_INIT(""), S_INIT("t"), S_INIT("de"), S_INIT("te"), S_INIT("den"), S_INIT("ten") };
        char joined[TERM_MAX];
        if (verb.n < 3 || particle.n + verb.n > TERM_MAX || words_is_stop(w, verb))
                return S("");
        memcpy(joined, particle.p, particle.n);
        memcpy(joined + particle.n, verb.p, verb.n);
        if (str_ends(verb, S("en")) && (lexicon_flags(&w->lexicon, particle, verb) & LEX_VERB))
                return words_term(w, stemmer, (struct str) { joined, particle.n + verb.n }, out);
        for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
                struct str base = str_sub(verb, 0, verb.n - endings[i].n);
                if (base.n < 3 || !str_ends(verb, endings[i]) || !(lexicon_flags(&w->lexicon, particle, base) & LEX_STEM_T))
                        continue;
                memcpy(out, joined, particle.n + base.n);
                return (struct str) { out, stem_of_verb(out, particle.n + base.n) };
        }
        return S("");
}
