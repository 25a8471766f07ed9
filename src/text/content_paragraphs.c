#include "capitals.h"
#include "content_rules.h"

#define HEADING_BYTES 80        /* a paragraph that could be a heading is not longer */

static bool has_words(const struct md_node *n) {
        return n->kind == MD_WORDS && !md_blank(n->text);
}

/* Is every word inside N bold? */
static bool is_bold(const struct md_node *n) {
        bool any = false;
        for (struct md_node *k = n->first; k;) {
                if (has_words(k))
                        return false;
                any = any || k->kind == MD_STRONG;
                k = k->kind == MD_STRONG ? md_node_skip(n, k) : md_node_next(n, k);
        }
        return any;
}

/* Is WORDS a line in capitals, and no single abbreviation? */
static bool is_shouted_line(struct str words) {
        struct str word;
        size_t letters = 0, many = 0;
        for (size_t i = 0; capitals_word(words, &i, &word); many++) {
                bool number = word.p[0] >= '0' && word.p[0] <= '9';
                if (!number && word.n > 1 && !capitals_of(word))
                        return false;
                letters += number ? 0 : word.n;
        }
        return letters > 6 && (many > 1 || letters > 7);
}

static bool ends_as_sentence(struct str words) {
        struct str s = str_trim(words);
        return s.n && str_index(S(".!?:;,)"), s.p[s.n - 1]) < 7;
}

/* Does LINE begin like an item: "- ", "* ", "1)", "a)", a dot or a dash? A minus before a number is none. */
static bool is_item(struct str line) {
        line = str_trim(line);
        if (line.n < 2)
                return false;
        char c = line.p[0], second = line.p[1];
        if (c == '-' || c == '*' || c == '+')
                return !(second >= '0' && second <= '9') && second != c;
        size_t digits = 0;
        while (digits < 2 && digits < line.n && line.p[digits] >= '0' && line.p[digits] <= '9')
                digits++;
        if (digits && digits < line.n && line.p[digits] == ')')
                return true;
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return (letter && second == ')') || str_starts(line, S("\xe2\x80\xa2")) || str_starts(line, S("\xc2\xb7")) ||
               str_starts(line, S("\xe2\x80\x93 "));
}

static size_t count_items(struct str words) {
        struct str line;
        size_t ret = 0;
        while (str_split(&words, '\n', &line))
                ret += is_item(line);
        return ret;
}

/* Two lines in one paragraph, or this paragraph and the next: one line alone may be a dialogue or a minus. */
static bool is_list(struct content_check *c, const struct md_node *paragraph, struct str words) {
        size_t items = count_items(words);
        if (items != 1 || !is_item(words))
                return items > 1;
        const struct md_node *next = paragraph->next;
        return next && next->kind == MD_PARAGRAPH && is_item(md_node_text(c->a, next).words);
}

void content_check_paragraph(struct content_check *c, const struct md_node *paragraph) {
        struct str words = md_node_text(c->a, paragraph).words;
        bool bold = is_bold(paragraph) && !md_blank(words), alone = paragraph->parent->kind == MD_DOCUMENT;
        bool line = words.n <= HEADING_BYTES && str_index(words, '\n') == words.n && !ends_as_sentence(words);
        if (alone && line && (bold || is_shouted_line(words)))
                content_found(c, RULE_PARAGRAPH_HEADING, paragraph->at, words, S(""));
        else if (bold)
                content_found(c, RULE_PARAGRAPH_BOLD, paragraph->at, words, S(""));
        if (is_list(c, paragraph, words))
                content_found(c, RULE_PARAGRAPH_LIST, paragraph->at, words, S(""));
}

/* Tells a row of words in capitals once. */
static void check_capitals(struct content_check *c, struct md_text text) {
        struct str word;
        size_t start = 0, end = 0;
        bool open = false, shouted = false;
        for (size_t i = 0;;) {
                bool more = capitals_word(text.words, &i, &word);
                size_t at = more ? (size_t) (word.p - text.words.p) : text.words.n;
                enum capitals kind = more ? capitals_of(word) : CAPITALS_NONE;
                bool joined = open && kind && str_trim(str_sub(text.words, end, at - end)).n == 0;
                if (open && !joined && shouted)
                        content_found(c, RULE_CAPITALS, text.at[start], str_sub(text.words, start, end - start), S(""));
                if (!more)
                        return;
                start = joined ? start : at;
                shouted = kind == CAPITALS_SHOUTED || (joined && shouted);
                open = kind != CAPITALS_NONE;
                end = at + word.n;
        }
}

void content_check_words(struct content_check *c, struct md_text text) {
        static const struct str marks[] = { S_INIT("****"), S_INIT("** **"), S_INIT("____"), S_INIT("__ __") };
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
                size_t at = str_find(text.words, marks[k]);
                if (at < text.words.n) {
                        content_found(c, RULE_EMPHASIS_EMPTY, text.at[at], marks[k], S(""));
                        break;
                }
        }
        check_capitals(c, text);
}
