#include "suggest.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct suggest_entry {
        uint64_t letters;               /* two bits a letter: one, or more, of it */
        const char *p;
        uint32_t frequency;
        uint8_t n;
};

/* a-z take 52 bits, digits share two, the rest shares two. More of a letter sets its second bit: one edit changes the
 * count of at most two letters by one, so at most two bits. */
static uint64_t letters_of(struct str s) {
        uint64_t set = 0;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i];
                unsigned k = c >= 'a' && c <= 'z' ? (unsigned) (c - 'a') : c >= '0' && c <= '9' ? 26 : 27;
                uint64_t one = (uint64_t) 1 << (2 * k);
                set |= set & one ? one << 1 : one;
        }
        return set;
}

static int by_length(const void *x, const void *y) {
        const struct suggest_entry *a = x, *b = y;
        if (a->n != b->n)
                return a->n < b->n ? -1 : 1;
        return str_cmp((struct str) { a->p, a->n }, (struct str) { b->p, b->n });
}

void suggest_build(struct arena *a, const struct suggest_word *words, size_t n, struct suggest *ret) {
        size_t bytes = 0, k = 0;
        *ret = (struct suggest) { .entries = arena_many(a, struct suggest_entry, n) };
        for (size_t i = 0; i < n; i++)
                bytes += words[i].text.n <= SUGGEST_LENGTH_MAX ? words[i].text.n : 0;
        char *p = arena_alloc(a, bytes);
        for (size_t i = 0; i < n; i++) {
                struct str w = words[i].text;
                if (w.n == 0 || w.n > SUGGEST_LENGTH_MAX)
                        continue;
                memcpy(p, w.p, w.n);
                ret->entries[k++] = (struct suggest_entry) { letters_of(w), p, words[i].frequency, (uint8_t) w.n };
                p += w.n;
        }
        ret->n = k;
        if (k)
                qsort(ret->entries, k, sizeof *ret->entries, by_length);
        for (size_t len = 0, i = 0; len < SUGGEST_LENGTH_MAX + 2; len++) {
                while (i < k && ret->entries[i].n < len)
                        i++;
                ret->first[len] = i;
        }
}

unsigned suggest_distance(struct str x, struct str y, unsigned max) {
        unsigned row[3][SUGGEST_LENGTH_MAX + 1];
        unsigned *before = row[0], *above = row[1], *now = row[2];
        if (x.n > SUGGEST_LENGTH_MAX || y.n > SUGGEST_LENGTH_MAX || x.n > y.n + max || y.n > x.n + max)
                return max + 1;
        for (size_t j = 0; j <= y.n; j++)
                above[j] = (unsigned) j;
        for (size_t i = 1; i <= x.n; i++) {
                unsigned least = now[0] = (unsigned) i;
                /* Cells further than MAX from the diagonal are over it; their neighbours must read that. */
                size_t low = i > max ? i - max : 1, high = i + max < y.n ? i + max : y.n;
                if (low > 1)
                        now[low - 1] = max + 1;
                if (i + max <= y.n)
                        above[i + max] = i == 1 ? above[i + max] : max + 1;
                for (size_t j = low; j <= high; j++) {
                        unsigned d = above[j - 1] + (x.p[i - 1] != y.p[j - 1]);
                        d = above[j] + 1 < d ? above[j] + 1 : d;
                        d = now[j - 1] + 1 < d ? now[j - 1] + 1 : d;
                        if (i > 1 && j > 1 && x.p[i - 1] == y.p[j - 2] && x.p[i - 2] == y.p[j - 1] &&
                            before[j - 2] + 1 < d)
                                d = before[j - 2] + 1;
                        now[j] = d;
                        least = d < least ? d : least;
                }
                /* A swap looks back two rows, so one row over the maximum is not the end yet. */
                if (least > max + 1)
                        return max + 1;
                unsigned *old = before;
                before = above;
                above = now;
                now = old;
        }
        return above[y.n] > max ? max + 1 : above[y.n];
}

/* How the word sounds, roughly: ij as ei, ch as g, d as t, z as s, double letters as one. At most 2 bytes a byte. */
static size_t sound_of(struct str s, char *out) {
        static const struct { const char *from; char to; } two[] = {
                { "ij", 'y' }, { "ei", 'y' }, { "au", 'w' }, { "ou", 'w' }, { "ch", 'g' }, { "th", 't' },
                { "dt", 't' }, { "ph", 'f' }, { "ck", 'k' }, { "ks", 'x' }, { "qu", 'k' }, { "ce", 's' },
                { "ci", 's' }, { "ie", 'i' }, { "gh", 'g' },
        };
        static const char one[] = "abktefghijklmnopkrstufwxis";         /* a to z */
        size_t n = 0;
        for (size_t i = 0; i < s.n; i++) {
                char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : 0, to = 0;
                for (size_t k = 0; k < sizeof two / sizeof *two; k++)
                        if (c == two[k].from[0] && next == two[k].from[1])
                                to = two[k].to;
                bool vowel_stays = c == 'c' && to == 's';
                if (to && !vowel_stays)
                        i++;
                if (!to)
                        to = c >= 'a' && c <= 'z' ? one[c - 'a'] : c;
                if (n == 0 || out[n - 1] != to)
                        out[n++] = to;
        }
        return n;
}

/* Lower is better: edits first, then how it sounds, the first letter, and how often the word is used. */
static double cost(struct str word, struct str sound, const struct suggest_entry *e, unsigned distance) {
        char other[SUGGEST_LENGTH_MAX];
        size_t n = sound_of((struct str) { e->p, e->n }, other);
        double c = 10.0 * distance - 1.5 * log2(1.0 + e->frequency);
        if (str_eq(sound, (struct str) { other, n }))
                c -= 9;
        if (word.p[0] != e->p[0])
                c += 3;
        if (word.p[word.n - 1] != e->p[e->n - 1])
                c += 1;
        return c;
}

bool suggest_best(const struct suggest *s, struct str word, struct str *ret) {
        if (word.n < 4 || word.n > SUGGEST_LENGTH_MAX)
                return false;
        char letters[SUGGEST_LENGTH_MAX];
        struct str sound = { letters, sound_of(word, letters) };
        unsigned max = word.n < 6 ? 1 : 2;
        uint64_t set = letters_of(word);
        size_t from = s->first[word.n - max], to = word.n + max + 1;
        const struct suggest_entry *best = NULL;
        double least = 0;
        for (size_t i = from; i < s->first[to <= SUGGEST_LENGTH_MAX + 1 ? to : SUGGEST_LENGTH_MAX + 1]; i++) {
                const struct suggest_entry *e = &s->entries[i];
                if (__builtin_popcountll(e->letters ^ set) > (int) (2 * max))
                        continue;
                unsigned d = suggest_distance(word, (struct str) { e->p, e->n }, max);
                if (d == 0)
                        return false;
                if (d > max)
                        continue;
                double c = cost(word, sound, e, d);
                if (!best || c < least) {
                        best = e;
                        least = c;
                }
        }
        if (best)
                *ret = (struct str) { best->p, best->n };
        return best != NULL;
}
