#include "terms.h"
#include "html.h"
#include "utf8.h"

#define LINKED_MIN 3            /* "N" is a term, and a letter of many other things */
#define WORD_MAX 64

struct name {
        struct str folded, slug;
        size_t term;            /* its number */
        struct name *next;      /* another with the same first word, not longer */
};

static bool is_space(uint32_t c) {
        return c == ' ' || c == '\n' || c == '\t' || c == 0xa0;
}

/* Letters and digits of any script; accents belong to the letter before. */
static bool is_word(uint32_t c) {
        if (c < 0x80)
                return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        return c >= 0xc0 && c != 0xd7 && c != 0xf7 && !(c >= 0x2000 && c < 0x2c00) && !(c >= 0x3000 && c < 0x3040) && c != 0xfffd;
}

/* Ties the word on its other side to a word: "Wsnp-verzoek", "x@schuld", "schuld.nl", "zzp'er". */
static bool is_tie(uint32_t c) {
        return c == '-' || c == '_' || c == '@' || c == '.' || c == '\'' || c == 0x2019 || c == 0x2011 || c == 0xad;
}

/* The folded word at byte I of S into OUT; *END is the byte behind it. Its length, 0 when it is too long to be one of ours. */
static size_t fold_word(struct str s, size_t i, char out[WORD_MAX], size_t *end) {
        size_t n = 0;
        for (*end = i; i < s.n; *end = i) {
                uint32_t c = utf8_next(s, &i);
                if (!is_word(c))
                        break;
                if (n + 4 <= WORD_MAX)
                        n += utf8_fold_point(c, out + n);
        }
        return n + 4 <= WORD_MAX ? n : 0;
}

static struct str fold_name(struct arena *a, struct str name) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str folded = utf8_fold(a, str_trim(name));
        for (size_t i = 0; i < folded.n;) {
                size_t at = i;
                if (!is_space(utf8_next(folded, &i)))
                        buf_str(&b, str_sub(folded, at, i - at));
                else if (b.p[b.n - 1] != ' ')
                        buf_char(&b, ' ');
        }
        return str_dup(a, buf_view(&b));
}

static size_t number_of(struct term_names *t, struct arena *a, struct str slug) {
        size_t *number = map_get(&t->slugs, slug);
        if (!number) {
                number = arena_new(a, size_t);
                *number = t->n++;
                map_put(a, &t->slugs, str_dup(a, slug), number);
        }
        return *number;
}

bool terms_add(struct term_names *t, struct arena *a, struct str slug, struct str name) {
        char word[WORD_MAX];
        struct str folded = fold_name(a, name);
        size_t end, n = fold_word(folded, 0, word, &end), number = number_of(t, a, slug);
        const struct name *there = map_get(&t->by_name, folded);
        if (there)
                return there->term == number;
        struct name *x = arena_new(a, struct name);
        *x = (struct name) { .folded = folded, .slug = str_dup(a, slug), .term = number };
        map_put(a, &t->by_name, folded, x);
        if (folded.n < LINKED_MIN || n == 0)
                return true;
        struct str first = str_dup(a, (struct str) { word, n });
        struct name *head = map_get(&t->by_word, first);
        if (!head || head->folded.n < folded.n) {
                x->next = head;
                map_put(a, &t->by_word, first, x);
                return true;
        }
        while (head->next && head->next->folded.n >= folded.n)
                head = head->next;
        x->next = head->next;
        head->next = x;
        return true;
}

struct term_links term_links_new(struct arena *a, const struct term_names *t) {
        return (struct term_links) { t, arena_many(a, bool, t->n + 1) };
}

/* May end a sentence or open a quote as well: ties only between two words. */
static bool is_point(uint32_t c) {
        return c == '.' || c == '\'' || c == 0x2019;
}

/* May a word end at byte END? */
static bool ends_here(struct str s, size_t end) {
        if (end == s.n)
                return true;
        size_t i = end;
        uint32_t c = utf8_next(s, &i);
        if (is_word(c))
                return false;
        if (!is_tie(c))
                return true;
        return is_point(c) && (i == s.n || !is_word(utf8_next(s, &i)));
}

/* The byte behind NAME when it stands at byte I of S, else 0. */
static size_t match(struct str s, size_t i, struct str name) {
        char c[4];
        size_t k = 0;
        while (i < s.n && k < name.n) {
                uint32_t point = utf8_next(s, &i);
                if (is_space(point)) {
                        if (name.p[k++] != ' ')
                                return 0;
                        for (size_t next = i; next < s.n && is_space(utf8_next(s, &next));)
                                i = next;
                        continue;
                }
                size_t n = utf8_fold_point(point, c);
                if (n > name.n - k || memcmp(name.p + k, c, n) != 0)
                        return 0;
                k += n;
        }
        return k == name.n && ends_here(s, i) ? i : 0;
}

static void write_link(struct buf *out, const struct name *x, struct str words) {
        html_lit(out, "<a class=\"term\" href=\"/begrippen/");
        html_text(out, x->slug);
        html_lit(out, "\">");
        html_text(out, words);
        html_lit(out, "</a>");
}

/* The longest name that stands at byte I of S, *END behind it; NULL when there is none. A term that was linked before still takes its
 * words, so that a shorter one inside it is not linked instead. */
static const struct name *find(const struct term_names *t, struct str s, size_t i, struct str word, size_t *end) {
        for (const struct name *x = map_get(&t->by_word, word); x; x = x->next) {
                *end = match(s, i, x->folded);
                if (*end)
                        return x;
        }
        return NULL;
}

void term_links_write(struct term_links *l, struct buf *out, struct str s) {
        char word[WORD_MAX];
        size_t from = 0;
        bool is_tied = false, after_word = false;
        for (size_t i = 0; i < s.n;) {
                size_t at = i, end;
                uint32_t c = utf8_next(s, &i);
                if (!is_word(c)) {
                        is_tied = is_tie(c) && (after_word || !is_point(c));
                        after_word = false;
                        continue;
                }
                size_t n = fold_word(s, at, word, &i);
                const struct name *x = n && !is_tied ? find(l->terms, s, at, (struct str) { word, n }, &end) : NULL;
                is_tied = false;
                after_word = true;
                if (!x)
                        continue;
                if (!l->seen[x->term]) {
                        html_text(out, str_sub(s, from, at - from));
                        write_link(out, x, str_sub(s, at, end - at));
                        l->seen[x->term] = true;
                        from = end;
                }
                i = end;
        }
        html_text(out, str_sub(s, from, s.n));
}
