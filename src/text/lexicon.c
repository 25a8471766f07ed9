#include "lexicon.h"
#include <string.h>
#include "lists.h"
#include "utf8.h"
#include "vec.h"

#define DIC_MAX ((size_t) 16 << 20)
#define WORD_MIN 3
#define WORD_MAX 60

struct builder {
        struct lexicon lx;
        char *bytes;
        size_t n;
        bool latin1;
        bool long_flags;
        struct str particle[128];       /* by the second letter of flag P_: "vast", "aan": in front of verbs */
};

static uint64_t hash2(struct str head, struct str tail) {
        uint64_t h = hash_str(head);
        for (size_t i = 0; i < tail.n; i++)
                h = (h ^ (unsigned char) tail.p[i]) * 1099511628211u;
        return h ^ h >> 29;
}

static bool same(const char *entry, struct str head, struct str tail) {
        return (unsigned char) entry[2] == head.n + tail.n && memcmp(entry + 3, head.p, head.n) == 0 &&
               (tail.n == 0 || memcmp(entry + 3 + head.n, tail.p, tail.n) == 0);
}

static uint32_t *find(const struct lexicon *lx, struct str head, struct str tail) {
        size_t i = hash2(head, tail) & lx->mask;
        while (lx->slot[i] && !same(lx->bytes + lx->slot[i] - 1, head, tail))
                i = (i + 1) & lx->mask;
        return &lx->slot[i];
}

unsigned lexicon_flags(const struct lexicon *lx, struct str head, struct str tail) {
        uint32_t at = *find(lx, head, tail);
        uint16_t flags = 0;
        if (at)
                memcpy(&flags, lx->bytes + at - 1, sizeof flags);
        return flags;
}

static void add(struct builder *b, struct str word, unsigned flags) {
        uint32_t *slot = find(&b->lx, word, S(""));
        uint16_t all = (uint16_t) flags;
        if (!*slot) {
                *slot = (uint32_t) b->n + 1;
                b->bytes[b->n + 2] = (char) word.n;
                memcpy(b->bytes + b->n + 3, word.p, word.n);
                b->n += 3 + word.n;
                b->lx.words++;
        } else {
                uint16_t old;
                memcpy(&old, b->bytes + *slot - 1, sizeof old);
                all |= old;
        }
        memcpy(b->bytes + *slot - 1, &all, sizeof all);
}

/* What one two-letter flag of OpenTaal's affix file means for us. */
static unsigned flag_meaning(char x, char y) {
        if (x == 'Z' || x == 'Y')
                return LEX_NOUN | (x == 'Z' && strchr("bdefh", y) ? LEX_PLURAL_EN : 0u);
        if (x == 'A')
                return LEX_ADJECTIVE;
        if (x == 'V')
                return LEX_VERB | (y == '3' ? LEX_STEM_T : y == 'p' ? LEX_PAST_D : y == 'q' ? LEX_PAST_T : 0u);
        if (x != 'C')
                return 0;
        if (y == 'c')
                return LEX_LAST;
        return (strchr("abelAB", y) ? LEX_FIRST : 0u) | (y == 'h' || y == 'd' ? LEX_FIRST | LEX_LINK_S : 0u);
}

static bool meanings(const struct builder *b, struct str flags, unsigned *ret) {
        *ret = LEX_WORD;
        if (!b->long_flags)
                *ret |= LEX_NOUN | LEX_FIRST | LEX_LAST;
        for (size_t i = 0; b->long_flags && i + 1 < flags.n; i += 2) {
                char x = flags.p[i], y = flags.p[i + 1];
                if ((x == 'P' && y == 'N') || (x == 'F' && y == 'w'))
                        return false;           /* names, and misspellings the dictionary forbids */
                *ret |= flag_meaning(x, y);
        }
        return true;
}

/* WORD folded into OUT; 0 for names (a capital in front), short words and words with other signs than letters. */
static size_t fold_word(const struct builder *b, struct str word, char out[WORD_MAX + 4]) {
        size_t n = 0;
        if (word.n && word.p[0] >= 'A' && word.p[0] <= 'Z')
                return 0;
        for (size_t i = 0; i < word.n;) {
                uint32_t c = b->latin1 ? (unsigned char) word.p[i++] : utf8_next(word, &i);
                size_t k = utf8_fold_point(c, out + n);
                for (size_t j = n; j < n + k; j++)
                        if (out[j] < 'a' || out[j] > 'z')
                                return 0;
                n += k;
                if (n > WORD_MAX)
                        return 0;
        }
        return n >= WORD_MIN ? n : 0;
}

/* The verbs that WORD makes with particles: "haak" with the flag of "af" gives "afhaak". */
static void add_particles(struct builder *b, struct str word, struct str flags, unsigned meaning) {
        char joined[2 * WORD_MAX];
        for (size_t i = 0; b->long_flags && (meaning & LEX_VERB) && i + 1 < flags.n; i += 2) {
                struct str particle = flags.p[i] == 'P' ? b->particle[flags.p[i + 1] & 127] : S("");
                if (particle.n == 0 || particle.n + word.n > WORD_MAX)
                        continue;
                memcpy(joined, particle.p, particle.n);
                memcpy(joined + particle.n, word.p, word.n);
                add(b, (struct str) { joined, particle.n + word.n }, meaning & (LEX_WORD | LEX_VERB | LEX_STEM_T | LEX_PAST_D | LEX_PAST_T));
        }
}

static void add_dictionary(struct builder *b, struct str dic) {
        struct str line;
        char word[WORD_MAX + 4];
        unsigned flags;
        (void) str_split(&dic, '\n', &line);            /* the first line is a count */
        while (str_split(&dic, '\n', &line)) {
                size_t end = 0;
                while (end < line.n && line.p[end] != '\t' && line.p[end] != ' ' && line.p[end] != '\r')
                        end++;
                line.n = end;
                size_t slash = str_index(line, '/');
                size_t n = fold_word(b, str_sub(line, 0, slash), word);
                if (n && meanings(b, str_sub(line, slash + 1, line.n), &flags)) {
                        add(b, (struct str) { word, n }, flags);
                        add_particles(b, (struct str) { word, n }, str_sub(line, slash + 1, line.n), flags);
                }
        }
}

static void add_own(struct builder *b, struct str own) {
        struct str line, word;
        while (list_line(&own, &line)) {
                while (str_split(&line, ' ', &word)) {
                        bool whole = str_starts(word, S("=")), never = str_starts(word, S("-"));
                        word = str_sub(word, whole || never, WORD_MAX);
                        unsigned flags = LEX_WORD | LEX_NOUN | LEX_FIRST | LEX_LAST | (whole ? LEX_WHOLE : LEX_OWN);
                        if (word.n >= WORD_MIN)
                                add(b, word, never ? LEX_NO_PART : flags);
                }
        }
}

/* A line "PFX Pb 0 aan .": the flag Pb is the particle "aan". */
static void read_particle(struct arena *a, struct builder *b, struct str line) {
        if (!str_starts(line, S("PFX P")) || line.n < 10 || !str_eq(str_sub(line, 6, 3), S(" 0 ")))
                return;
        struct str prefix = str_sub(line, 9, line.n);
        b->particle[line.p[5] & 127] = utf8_fold(a, str_sub(prefix, 0, str_index(prefix, ' ')));
}

/* The .aff beside the .dic says how both are written. */
static enum err read_affix(struct arena *a, const char *dic, struct builder *b) {
        struct str path = str_of(dic), aff, line;
        if (!str_ends(path, S(".dic")))
                return err_log(ERR_INVALID, "%s: not a .dic file", dic);
        enum err e = list_read(a, str_fmt(a, "%.*s.aff", (int) path.n - 4, dic).p, DIC_MAX, &aff);
        if (e)
                return e;
        bool known = false;
        while (str_split(&aff, '\n', &line)) {
                line = str_trim(line);
                if (str_eq(line, S("SET UTF-8")))
                        known = true;
                if (str_eq(line, S("SET ISO8859-1")))
                        known = b->latin1 = true;
                if (str_eq(line, S("FLAG long")))
                        b->long_flags = true;
                read_particle(a, b, line);
        }
        return known ? OK : err_log(ERR_INVALID, "%s: character set is not UTF-8 or ISO8859-1", dic);
}

static size_t count(struct str s, char c) {
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++)
                n += s.p[i] == c;
        return n;
}

enum err lexicon_load(struct arena *a, const char *dic, const char *own, struct lexicon *ret) {
        struct arena tmp = { 0 };
        struct builder b = { 0 };
        struct str words, domain;
        enum err e = read_affix(&tmp, dic, &b);
        if (!e)
                e = list_read(&tmp, dic, DIC_MAX, &words);
        if (!e)
                e = list_read(&tmp, own, DIC_MAX, &domain);
        if (!e) {
                size_t joined = count(words, 'P');      /* at most: each is a flag P_ */
                size_t most = count(words, '\n') + domain.n / (WORD_MIN + 1) + 2 + joined, cap = 1024;
                while (cap < most * 2)
                        cap *= 2;
                b.lx.slot = arena_many(a, uint32_t, cap);
                b.lx.mask = cap - 1;
                /* Twice the letters: a Latin-1 byte can fold to two. */
                b.bytes = arena_alloc(&tmp, 2 * (words.n + domain.n) + 3 * most + WORD_MAX * joined);
                b.lx.bytes = b.bytes;
                add_dictionary(&b, words);
                add_own(&b, domain);
                b.lx.bytes = str_dup(a, (struct str) { b.bytes, b.n }).p;
                *ret = b.lx;
        }
        arena_done(&tmp);
        return e;
}
