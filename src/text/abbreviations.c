#include "abbreviations.h"
#include "capitals.h"
#include "lists.h"
#include "utf8.h"

#define LIST_BYTES_MAX ((size_t) 256 * 1024)

enum err abbreviations_load(struct arena *a, const char *path, struct abbreviations *ret) {
        struct str rest, line;
        enum err e = list_read(a, path, LIST_BYTES_MAX, &rest);
        if (e)
                return e;
        *ret = (struct abbreviations) { 0 };
        while (list_line(&rest, &line)) {
                struct abbreviation *entry = arena_new(a, struct abbreviation);
                entry->common = line.p[0] == '=';
                struct str meaning = str_sub(line, entry->common, line.n), text;
                if (!str_split(&meaning, '\t', &text) || text.n == 0 || str_trim(meaning).n == 0)
                        return err_log(ERR_INVALID, "%s: '%.*s' is no abbreviation, tab, meaning", path, STR(line));
                entry->meaning = str_trim(meaning);
                map_put(a, &ret->known, text, entry);
        }
        return OK;
}

static char plain_letter(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

static bool is_letter(char c) {
        return (plain_letter(c) >= 'a' && plain_letter(c) <= 'z') || (unsigned char) c >= 0x80;
}

/* Do the letters of SHORT stand in this order in WORDS, the first at its beginning? */
static bool spells(struct str words, struct str text) {
        size_t k = 0;
        for (size_t i = 0; i < words.n && k < text.n; i++) {
                if (plain_letter(words.p[i]) == plain_letter(text.p[k]))
                        k++;
                else if (i == 0)
                        return false;
        }
        return k == text.n;
}

/* Does TEXT abbreviate the last words of WORDS? "Wet gemeentelijke schuldhulpverlening" for Wgs. */
static bool explains(struct str words, struct str text) {
        size_t left = 2 * text.n + 3;
        for (size_t i = words.n; i > 0 && left; i--) {
                if (!is_letter(words.p[i - 1]) || (i > 1 && is_letter(words.p[i - 2])))
                        continue;
                left--;
                struct str from = str_sub(words, i - 1, words.n);
                if (from.n >= 2 * text.n && spells(from, text))
                        return true;
        }
        return false;
}

#define WINDOW 240              /* bytes beside the abbreviation in which its words must stand */

static bool is_explained(struct str words, size_t start, size_t end) {
        struct str text = str_sub(words, start, end - start);
        if (start > 0 && words.p[start - 1] == '(') {
                size_t from = start > WINDOW ? start - WINDOW : 0;
                if (explains(str_sub(words, from, start - 1 - from), text))
                        return true;
        }
        struct str behind = str_sub(words, end, WINDOW);
        if (!str_starts(behind, S(" (")))
                return false;
        behind = str_sub(behind, 2, str_index(behind, ')') - 2);
        return explains(behind, text);
}

static bool is_roman(struct str text) {
        for (size_t i = 0; i < text.n; i++)
                if (str_index(S("IVXL"), text.p[i]) == 4)
                        return false;
        return true;
}

static bool only_spaces(struct str s) {
        for (size_t i = 0; i < s.n; i++)
                if (s.p[i] != ' ')
                        return false;
        return s.n > 0;
}

static void look_at(struct abbreviation_search *s, struct str words, struct str word, bool shouted, size_t at) {
        const struct abbreviation *entry = map_get(&s->known->known, word);
        if (entry ? entry->common : shouted || capitals_of(word) != CAPITALS_SHORT || is_roman(word))
                return;
        struct seen_abbreviation *seen = map_get(&s->by_text, word);
        if (!seen) {
                seen = arena_new(s->a, struct seen_abbreviation);
                *seen = (struct seen_abbreviation) { .text = word, .at = at };
                map_put(s->a, &s->by_text, word, seen);
                *vec_push(s->a, &s->seen) = seen;
        }
        seen->times++;
        size_t start = (size_t) (word.p - words.p);
        seen->explained = seen->explained || is_explained(words, start, start + word.n);
}

/* Are both in capitals with only spaces between? Then somebody is shouting rather than abbreviating. */
static bool in_row(struct str words, struct str word, struct str next) {
        size_t end = (size_t) (word.p - words.p) + word.n;
        struct str between = str_sub(words, end, (size_t) (next.p - words.p) - end);
        return only_spaces(between) && capitals_of(word) && capitals_of(next);
}

void abbreviations_look(struct abbreviation_search *s, struct str words, const size_t *at) {
        size_t i = 0;
        struct str word, next;
        bool after = false;
        for (bool has = capitals_word(words, &i, &word); has; word = next) {
                has = capitals_word(words, &i, &next);
                bool before = has && in_row(words, word, next);
                look_at(s, words, word, after || before, at[word.p - words.p]);
                after = before;
        }
}

struct str abbreviation_advice(const struct abbreviation_search *s, struct str text) {
        const struct abbreviation *entry = map_get(&s->known->known, text);
        if (entry)
                return str_fmt(s->a, "Schrijf de eerste keer voluit: %.*s (%.*s).", STR(entry->meaning), STR(text));
        return str_fmt(s->a, "Schrijf %.*s de eerste keer voluit, met de afkorting tussen haakjes erachter.", STR(text));
}
