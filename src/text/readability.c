#include "readability.h"
#include <string.h>
#include "abbreviations.h"
#include "mdtree.h"
#include "syllables.h"
#include "utf8.h"

#define LIX_LETTERS 6

struct measure {
        struct arena *a;
        const struct md_tree *tree;
        struct readability *ret;
        VEC(struct read_sentence) sentences;
        /* The sentence under way, in `text`. */
        struct md_text text;
        size_t start, words;
};

static bool is_space(struct str s, size_t i) {
        return s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\t';
}

/* Is C part of a word when it stands at its edge? Not: brackets, quotes, points. */
static bool is_word_point(uint32_t c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               (c >= 0xc0 && c != 0xd7 && c != 0xf7 && (c < 0x2000 || c > 0x2bff) && c != 0xfffd);
}

/* CHUNK without what is no letter or digit at both ends; *TAIL: what was behind. */
static struct str core_of(struct str chunk, struct str *tail) {
        size_t start = chunk.n, end = chunk.n;
        for (size_t i = 0; i < chunk.n;) {
                size_t at = i;
                if (!is_word_point(utf8_next(chunk, &i)))
                        continue;
                start = start == chunk.n ? at : start;
                end = i;
        }
        *tail = str_sub(chunk, end, chunk.n);
        return str_sub(chunk, start, end - start);
}

static size_t letters_of(struct str word) {
        size_t ret = 0;
        for (size_t i = 0; i < word.n;)
                ret += is_word_point(utf8_next(word, &i));
        return ret;
}

static void count_word(struct measure *m, struct str word, bool is_address) {
        if (word.n == 0)
                return;
        m->words++;
        m->ret->words++;
        m->ret->syllables += is_address ? 1 : syllables_of(word);
        m->ret->long_words += !is_address && letters_of(word) > LIX_LETTERS;
}

static void end_sentence(struct measure *m, size_t end) {
        if (m->words > 0)
                m->ret->sentences++;
        if (m->words > READ_LONG && m->sentences.n < READ_LIST_MAX) {
                struct md_place place = md_place_of(m->tree, m->text.at[m->start]);
                *vec_push(m->a, &m->sentences) = (struct read_sentence) {
                        str_trim(str_sub(m->text.words, m->start, end - m->start)), m->words, place.line, place.column,
                };
        }
        m->words = 0;
}

/* WORD is what stood before the point. "enz." and "etc." are not here: a sentence often ends there. */
static bool is_short_form(struct str word) {
        static const struct str forms[] = {
                S_INIT("art"), S_INIT("bijv"), S_INIT("bv"), S_INIT("ca"), S_INIT("dhr"), S_INIT("dr"), S_INIT("drs"),
                S_INIT("evt"), S_INIT("hfst"), S_INIT("incl"), S_INIT("ing"), S_INIT("ir"), S_INIT("jl"), S_INIT("max"),
                S_INIT("mevr"), S_INIT("min"), S_INIT("mln"), S_INIT("mr"), S_INIT("mw"), S_INIT("nr"), S_INIT("nrs"),
                S_INIT("par"), S_INIT("pag"), S_INIT("prof"), S_INIT("resp"), S_INIT("tel"), S_INIT("vgl"), S_INIT("zgn"),
        };
        if (letters_of(word) == 1 || str_index(word, '.') < word.n)
                return letters_of(word) > 1 || word.p[0] < '0' || word.p[0] > '9';
        char low[8];
        for (size_t i = 0; i < word.n && i < sizeof low; i++)
                low[i] = word.p[i] >= 'A' && word.p[i] <= 'Z' ? (char) (word.p[i] + 32) : word.p[i];
        for (size_t k = 0; word.n <= sizeof low && k < sizeof forms / sizeof *forms; k++)
                if (str_eq((struct str) { low, word.n }, forms[k]))
                        return true;
        return false;
}

/* Does a sentence end behind WORD with the marks TAIL, when REST follows? */
static bool ends_sentence(struct str word, struct str tail, struct str rest) {
        bool strong = str_index(tail, '!') < tail.n || str_index(tail, '?') < tail.n ||
                      str_find(tail, S("\xe2\x80\xa6")) < tail.n;
        bool point = str_index(tail, '.') < tail.n;
        rest = str_trim(rest);
        bool goes_on = rest.n && rest.p[0] >= 'a' && rest.p[0] <= 'z';
        return (strong || (point && !is_short_form(word))) && !goes_on;
}

static void measure_chunk(struct measure *m, size_t start, size_t end) {
        struct str chunk = str_sub(m->text.words, start, end - start), tail, part;
        struct str core = core_of(chunk, &tail);
        if (str_find(core, S("://")) < core.n || str_index(core, '@') < core.n) {
                count_word(m, core, true);
        } else {
                for (struct str rest = core, none; rest.p && str_split(&rest, '/', &part);)
                        count_word(m, core_of(part, &none), false);
        }
        if (ends_sentence(core, tail, str_sub(m->text.words, end, 8))) {
                end_sentence(m, end);
                m->start = end;
        }
}

static void measure_block(struct measure *m, struct md_text text) {
        m->text = text;
        m->start = m->words = 0;
        for (size_t i = 0; i < m->text.words.n;) {
                if (is_space(m->text.words, i)) {
                        /* A sentence is placed at its first letter. */
                        m->start += m->start == i;
                        i++;
                        continue;
                }
                size_t end = i;
                while (end < m->text.words.n && !is_space(m->text.words, end))
                        end++;
                measure_chunk(m, i, end);
                i = end;
        }
        end_sentence(m, m->text.words.n);
}

static enum read_level level_of(const struct readability *r) {
        if (r->words < READ_WORDS_MIN)
                return READ_TOO_SHORT;
        return r->flesch >= 70 ? READ_GOOD : r->flesch >= 60 ? READ_FAIR : r->flesch >= 50 ? READ_RATHER_HARD :
               r->flesch >= 30 ? READ_HARD : READ_VERY_HARD;
}

static void formulas(struct readability *r) {
        if (r->words == 0)
                return;
        double words = (double) r->words, per_sentence = words / (double) r->sentences;
        r->flesch = 206.84 - 0.77 * 100 * (double) r->syllables / words - 0.93 * per_sentence;
        r->lix = per_sentence + 100 * (double) r->long_words / words;
}

static void tell_abbreviations(const struct measure *m, const struct abbreviation_search *s) {
        struct readability *ret = m->ret;
        ret->abbreviations = arena_many(m->a, struct read_abbreviation, READ_LIST_MAX);
        for (size_t i = 0; i < s->seen.n && ret->n_abbreviations < READ_LIST_MAX; i++) {
                const struct seen_abbreviation *seen = s->seen.v[i];
                if (seen->explained)
                        continue;
                struct md_place place = md_place_of(m->tree, seen->at);
                ret->abbreviations[ret->n_abbreviations++] = (struct read_abbreviation) {
                        seen->text, abbreviation_advice(s, seen->text), seen->times, place.line, place.column,
                };
        }
}

enum err readability_measure(struct arena *a, struct str source, const struct abbreviations *known,
                             struct readability *ret) {
        struct md_tree tree;
        enum err e = md_tree_parse(a, source, &tree);
        if (e)
                return e;
        *ret = (struct readability) { 0 };
        struct measure m = { .a = a, .tree = &tree, .ret = ret };
        struct abbreviation_search search = { .a = a, .known = known };
        for (struct md_node *n = tree.root; n; n = md_node_next(tree.root, n)) {
                bool sentences = n->kind == MD_PARAGRAPH || n->kind == MD_ITEM;
                if (!sentences && n->kind != MD_HEADING && n->kind != MD_HEAD_CELL && n->kind != MD_CELL)
                        continue;
                struct md_text text = md_node_text(a, n);
                if (sentences)
                        measure_block(&m, text);
                abbreviations_look(&search, text.words, text.at);
        }
        formulas(ret);
        ret->level = level_of(ret);
        ret->long_sentences = m.sentences.v;
        ret->n_long = m.sentences.n;
        tell_abbreviations(&m, &search);
        return OK;
}

struct str readability_verdict(enum read_level level) {
        static const struct str verdicts[] = {
                [READ_TOO_SHORT] = S_INIT("Te kort om iets over te zeggen"),
                [READ_GOOD] = S_INIT("Goed te lezen"),
                [READ_FAIR] = S_INIT("Redelijk te lezen"),
                [READ_RATHER_HARD] = S_INIT("Vrij moeilijk te lezen"),
                [READ_HARD] = S_INIT("Moeilijk te lezen"),
                [READ_VERY_HARD] = S_INIT("Zeer moeilijk te lezen"),
        };
        return verdicts[level];
}
