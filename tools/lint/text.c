#include "rules.h"

/* Split, so that this file does not break the rule itself. */
static const struct {
        const char *words;
        const char *message;
} unfinished[] = {
        { "binnen" "kort", "says that something is not there: build it or leave it out" },
        { "lorem" " ipsum", "text without meaning" },
};

static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
}

/* Index of WORDS in S from FROM on, whatever the case, or s.n. */
static size_t find_words(struct str s, size_t from, struct str words) {
        for (size_t i = from; i + words.n <= s.n; i++) {
                size_t k = 0;
                while (k < words.n && lower(s.p[i + k]) == words.p[k])
                        k++;
                bool whole = (i == 0 || !is_word(s.p[i - 1])) && (i + words.n == s.n || !is_word(s.p[i + words.n]));
                if (k == words.n && whole)
                        return i;
        }
        return s.n;
}

static void check_unfinished(struct findings *f, const struct source *s) {
        for (size_t k = 0; k < sizeof unfinished / sizeof *unfinished; k++) {
                struct str words = str_of(unfinished[k].words);
                for (size_t i = find_words(s->text, 0, words); i < s->text.n; i = find_words(s->text, i + 1, words))
                        finding(f, s, line_of(s->text, i), "'%.*s' %s", STR(words), unfinished[k].message);
        }
}

static void check_comments(struct findings *f, const struct source *s) {
        static const struct str marks[] = { S_INIT("TODO"), S_INIT("FIXME"), S_INIT("XXX") };
        struct str word;
        for (size_t i = 0; next_word(s->comments, &i, &word);)
                for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
                        if (str_eq(word, marks[k]))
                                finding(f, s, line_of(s->comments, i), "%.*s in a comment: do it, or write it down "
                                        "where the work is planned", STR(word));
}

void check_text(struct findings *f, const struct source *s) {
        bool content = s->kind == KIND_MARKDOWN && str_starts(s->path, S("content/"));
        if (s->kind == KIND_TMPL || s->kind == KIND_C || content)
                check_unfinished(f, s);
        check_comments(f, s);
}
