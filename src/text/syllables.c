#include "syllables.h"
#include <string.h>
#include "utf8.h"

#define WORD_MAX 128

/* A word in plain small letters; mark[i] where the letter had a trema. */
struct letters {
        char c[WORD_MAX + 8];
        bool mark[WORD_MAX + 8];
        size_t n;
};

static bool is_trema(uint32_t c) {
        return c == 0xe4 || c == 0xeb || c == 0xef || c == 0xf6 || c == 0xfc || c == 0xff ||
               c == 0xc4 || c == 0xcb || c == 0xcf || c == 0xd6 || c == 0xdc;
}

static struct letters letters_of(struct str word) {
        struct letters ret = { .n = 0 };
        for (size_t i = 0; i < word.n && ret.n < WORD_MAX;) {
                uint32_t c = utf8_next(word, &i);
                char folded[4];
                size_t k = utf8_fold_point(c, folded);
                ret.mark[ret.n] = is_trema(c);
                memcpy(ret.c + ret.n, folded, k);
                ret.n += k;
        }
        return ret;
}

static bool is_vowel(char c) {
        return c && strchr("aeiouy", c);
}

/* Bytes of the vowels from I on that make one sound; 1 when the vowel stands alone. */
static size_t sound(const struct letters *w, size_t i) {
        static const char *const sounds[] = {
                "aai", "ooi", "oei", "eeu", "ieu", "eau", "aa", "ee", "oo", "uu", "ie", "oe", "eu", "ui", "ou", "au", "ei",
                "ij", "ai", "oi", "ay", "ey", "oy", "uy",
        };
        for (size_t k = 0; k < sizeof sounds / sizeof *sounds; k++) {
                size_t n = strlen(sounds[k]);
                bool parted = false;
                for (size_t j = 1; j < n; j++)
                        parted = parted || w->mark[i + j];
                if (!parted && strncmp(w->c + i, sounds[k], n) == 0)
                        return n;
        }
        return 1;
}

/* Loan endings in which a common pair of vowels belongs to two syllables: se-ri-eus, in-ge-ni-eur, mu-se-um. */
static bool is_parted(const struct letters *w, size_t i, size_t n) {
        const char *behind = w->c + i + n;
        if (n == 3 && strncmp(w->c + i, "ieu", 3) == 0)
                return *behind && strchr("rsz", *behind) && !(i >= 3 && strncmp(w->c + i - 3, "mil", 3) == 0);
        return n == 2 && strncmp(w->c + i, "eu", 2) == 0 && strcmp(behind, "m") == 0;
}

/* Syllables too many by the rules in English words of our field. */
static unsigned loan_words(const struct letters *w) {
        static const struct { const char *part; unsigned too_many; } loans[] = {
                { "team", 1 }, { "coach", 1 }, { "online", 1 }, { "offline", 1 }, { "website", 1 }, { "service", 1 },
                { "deadline", 2 }, { "update", 1 }, { "leaflet", 1 },
        };
        unsigned ret = 0;
        for (size_t k = 0; k < sizeof loans / sizeof *loans; k++)
                ret += strstr(w->c, loans[k].part) ? loans[k].too_many : 0;
        return ret;
}

unsigned syllables_of(struct str word) {
        struct letters w = letters_of(word);
        unsigned count = 0;
        for (size_t i = 0; i < w.n;) {
                bool silent = w.c[i] == 'u' && i > 0 && w.c[i - 1] == 'q';
                bool consonant = w.c[i] == 'y' && i == 0 && is_vowel(w.c[1]);
                if (!is_vowel(w.c[i]) || silent || consonant) {
                        i++;
                        continue;
                }
                size_t n = sound(&w, i);
                count += is_parted(&w, i, n) ? 2 : 1;
                i += n;
        }
        unsigned less = loan_words(&w);
        return count > less ? count - less : 1;
}
