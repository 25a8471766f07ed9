#include "compound.h"
#include <string.h>

#define PART_MIN ((size_t) 3)
#define THRESHOLD 0.5
#define THREE_MIN ((size_t) 12)
#define THREE_KNOWN ((size_t) 15)       /* a word of the dictionary this long is a compound too */
#define THREE_MAX ((size_t) 40)  /* longer words are not searched for three parts: that takes quadratic time */
#define DEEPER 2.0              /* a part is a word itself: it is split only when that is clear */

/* A word that W may be a form of: its first KEEP bytes and TAIL. */
struct form {
        size_t keep, n;
        char tail[4];
};
#define FORMS_MAX 12
struct forms {
        struct form v[FORMS_MAX];
        size_t n;
};

static bool vowel(char c) {
        return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static void form_add(struct forms *f, size_t keep, const char *tail, size_t n) {
        if (keep + n < PART_MIN || f->n == FORMS_MAX)
                return;
        struct form *x = &f->v[f->n++];
        *x = (struct form) { .keep = keep, .n = n };
        memcpy(x->tail, tail, n);
}

/* Behind an ending -en or -e: werken-werk, gassen-gas, namen-naam, brieven-brief, huizen-huis. N bytes precede it. */
static void forms_e(struct forms *f, struct str w, size_t n) {
        if (n < 2)
                return;
        char last = w.p[n - 1], before = w.p[n - 2];
        char hard = last == 'v' ? 'f' : last == 'z' ? 's' : 0;
        form_add(f, n, "", 0);
        if (n > 3 && last == before && !vowel(last))
                form_add(f, n - 1, "", 0);
        if (n >= 3 && !vowel(last) && vowel(before) && !vowel(w.p[n - 3])) {
                form_add(f, n - 1, (char[2]) { before, last }, 2);
                if (hard)
                        form_add(f, n - 1, (char[2]) { before, hard }, 2);
        }
        if (hard)
                form_add(f, n - 1, &hard, 1);
}

static void forms_of(struct str w, struct forms *f) {
        f->n = 0;
        form_add(f, w.n, "", 0);
        if (str_ends(w, S("heden")))
                form_add(f, w.n - 5, "heid", 4);
        if (str_ends(w, S("en")))
                forms_e(f, w, w.n - 2);
        else if (str_ends(w, S("e")))
                forms_e(f, w, w.n - 1);
        if (str_ends(w, S("s")) || str_ends(w, S("n")))
                form_add(f, w.n - 1, "", 0);
        if (str_ends(w, S("je")))
                form_add(f, w.n - 2, "", 0);
        if (str_ends(w, S("jes")))
                form_add(f, w.n - 3, "", 0);
        if (str_ends(w, S("tje")))
                form_add(f, w.n - 3, "", 0);
        if (str_ends(w, S("tjes")))
                form_add(f, w.n - 4, "", 0);
}

static unsigned form_flags(const struct lexicon *lx, struct str w, const struct form *x) {
        return lexicon_flags(lx, str_sub(w, 0, x->keep), (struct str) { x->tail, x->n });
}

/* One reading of a place: MOD + link | HEAD. */
struct reading {
        size_t at;
        struct form base;               /* of the part before the place */
        unsigned first, head;           /* flags of both words */
        size_t head_n;
        bool head_inflected;
        struct str link;
        double score;
};

static bool part_flags(unsigned flags) {
        return (flags & LEX_WORD) && !(flags & LEX_NO_PART);
}

static bool is_one_of(struct str s, const char *const *words, size_t n) {
        for (size_t i = 0; i < n; i++)
                if (str_eq(s, str_of(words[i])))
                        return true;
        return false;
}
#define ONE_OF(s, ...) is_one_of((s), (const char *const[]) { __VA_ARGS__ }, \
                                 sizeof((const char *const[]) { __VA_ARGS__ }) / sizeof(char *))

static bool takes_s(struct str base) {
        return str_ends(base, S("heid")) || str_ends(base, S("ing")) || str_ends(base, S("schap")) ||
               str_ends(base, S("teit")) || str_ends(base, S("ling")) || str_ends(base, S("dom"));
}

static bool particle(struct str s) {
        return ONE_OF(s, "aan", "door", "mee", "mis", "neer", "ont", "over", "rond", "samen", "toe", "uit", "ver",
                      "voor", "weg", "terug", "voort", "vol", "weder", "her", "bij");
}

static double lengths(const struct reading *r, struct str w, size_t base_n) {
        double score = 0.48 * (double) (base_n < 8 ? base_n : 8) + 0.82 * (double) (r->head_n < 8 ? r->head_n : 8) -
                       0.16 * (double) (w.n < 16 ? w.n : 16);
        if (base_n == 3 && !(r->first & LEX_OWN))
                score -= 0.64;
        if (r->head_n == 3 && !(r->head & LEX_OWN))
                score -= 1.76;
        return score;
}

static double first_part(const struct lexicon *lx, const struct reading *r, struct str w, struct str base) {
        bool s = str_eq(r->link, S("s")), en = str_eq(r->link, S("en")), n = str_eq(r->link, S("n"));
        double score = s ? -1.64 : en ? 1.21 : n ? -0.59 : r->link.n ? -3.67 : -0.30;
        if (s && ((r->first & LEX_LINK_S) || takes_s(base)))
                score += 1.79;
        if ((en || n) && (r->first & LEX_PLURAL_EN))
                score += 0.66;
        if (r->link.n && (lexicon_flags(lx, str_sub(w, 0, r->at), S("")) & LEX_WORD))
                score += 1.75;
        if (!r->link.n && particle(base))
                score -= 2.74;
        if (r->first & LEX_FIRST)
                score += 1.06;
        if (r->first & LEX_OWN)
                score -= 0.33;
        if ((r->first & LEX_ADJECTIVE) && !(r->first & LEX_NOUN))
                score -= 0.17;
        return score;
}

static double last_part(const struct reading *r, struct str w) {
        struct str head = str_sub(w, r->at, r->head_n);
        double score = 0;
        if (r->head & LEX_LAST)
                score += 1.89;
        if (r->head & LEX_OWN)
                score += 0.85;
        if (r->head & LEX_NOUN)
                score += 1.21;
        else if (r->head & LEX_ADJECTIVE)
                score += 1.22;
        if ((r->head & (LEX_VERB | LEX_NOUN)) == LEX_VERB)
                score += 0.37;
        if (r->head_inflected)
                score -= str_ends(w, S("en")) ? 1.55 : 1.18;
        if (str_starts(head, S("ge")) || str_starts(head, S("be")) || str_starts(head, S("ver")))
                score += 1.13;
        if (w.p[r->at - 1] == 'e' && ONE_OF(head, "ring", "rij", "naar"))
                score -= 1.55;          /* groepe-ring, schilde-rij */
        return score;
}

static void judge(const struct lexicon *lx, struct str w, unsigned whole, struct reading *r, struct reading *best) {
        char base[COMPOUND_WORD_MAX + 4];
        memcpy(base, w.p, r->base.keep);
        memcpy(base + r->base.keep, r->base.tail, r->base.n);
        struct str b = { base, r->base.keep + r->base.n };
        r->score = -4.81 + lengths(r, w, b.n) + first_part(lx, r, w, b) + last_part(r, w) -
                   (whole & LEX_WORD ? 2.20 : 0);
        if (best->at == 0 || r->score > best->score)
                *best = *r;
}

/* Tries every word and linking sound that the part before R->at can be. */
static void judge_firsts(const struct lexicon *lx, struct str w, unsigned whole, struct reading *r,
                         struct reading *best) {
        static const struct str links[] = { S_INIT(""), S_INIT("s"), S_INIT("en"), S_INIT("e"), S_INIT("n") };
        struct str m = str_sub(w, 0, r->at);
        for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
                if (!str_ends(m, links[i]) || m.n - links[i].n < PART_MIN)
                        continue;
                r->base = (struct form) { .keep = m.n - links[i].n };
                r->link = links[i];
                r->first = form_flags(lx, w, &r->base);
                if (part_flags(r->first))
                        judge(lx, w, whole, r, best);
        }
        struct forms f = { .n = 0 };
        bool en = str_ends(m, S("en"));
        if (en || str_ends(m, S("e")))
                forms_e(&f, m, m.n - (en ? 2 : 1));
        for (size_t i = 1; i < f.n; i++) {              /* the first has been tried above */
                r->base = f.v[i];
                r->link = en ? S("en") : S("e");
                r->first = form_flags(lx, w, &r->base);
                if (part_flags(r->first))
                        judge(lx, w, whole, r, best);
        }
}

/* The word that the end of W from AT is, or is a form of. */
static bool find_head(const struct lexicon *lx, struct str w, size_t at, struct reading *r) {
        struct forms f;
        struct str h = str_sub(w, at, w.n);
        if (lexicon_flags(lx, h, S("")) & LEX_NO_PART)
                return false;
        forms_of(h, &f);
        for (size_t i = 0; i < f.n; i++) {
                r->head = form_flags(lx, h, &f.v[i]);
                if (part_flags(r->head)) {
                        r->at = at;
                        r->head_n = f.v[i].keep + f.v[i].n;
                        r->head_inflected = i > 0;
                        return true;
                }
        }
        return false;
}

/* A word that is never split, in any form; also "groepering" when "groeperen" is a word: -ing made it, not "ring". */
static bool stays_whole(const struct lexicon *lx, struct str w) {
        struct forms f;
        forms_of(w, &f);
        for (size_t i = 0; i < f.n; i++)
                if (form_flags(lx, w, &f.v[i]) & LEX_WHOLE)
                        return true;
        size_t cut = str_ends(w, S("ering")) ? 3 : str_ends(w, S("eringen")) ? 5 : 0;
        return cut && (lexicon_flags(lx, str_sub(w, 0, w.n - cut), S("en")) & LEX_WORD);
}

static void put(struct compound_part *p, size_t start, size_t end, struct str w, const struct form *base) {
        p->start = start;
        p->end = end;
        memcpy(p->base, w.p, base->keep);
        memcpy(p->base + base->keep, base->tail, base->n);
        p->base_n = base->keep + base->n;
}

/* The best place in W; best.at is 0 when there is none. */
static struct reading best_place(const struct lexicon *lx, struct str w) {
        struct reading r = { .at = 0 }, best = { .at = 0 };
        unsigned whole = lexicon_flags(lx, w, S(""));
        for (size_t i = PART_MIN; i + PART_MIN <= w.n; i++)
                if (find_head(lx, w, i, &r))
                        judge_firsts(lx, w, whole, &r, &best);
        return best;
}

/* For a word of which neither side is known, "jongeren|perspectieffonds": a first word, and a rest that splits well
 * itself. The rest counts as one head with the flags of its last word. */
static struct reading best_place_of_three(const struct lexicon *lx, struct str w) {
        struct reading best = { .at = 0 };
        for (size_t i = PART_MIN; i + 2 * PART_MIN <= w.n && w.n <= THREE_MAX; i++) {
                struct reading r = { .at = i }, first = { .at = 0 };
                judge_firsts(lx, w, 0, &r, &first);             /* cheap: is there any word in front? */
                if (first.at == 0)
                        continue;
                struct reading rest = best_place(lx, str_sub(w, i, w.n));
                if (rest.at == 0 || rest.score < THRESHOLD)
                        continue;
                first = (struct reading) { .at = 0 };
                r.head = rest.head;
                r.head_n = w.n - i;
                r.head_inflected = rest.head_inflected;
                judge_firsts(lx, w, 0, &r, &first);
                if (first.score >= THRESHOLD && (best.at == 0 || first.score > best.score))
                        best = first;
        }
        return best;
}

/* Splits W, which starts at byte FROM of the whole word, and appends its parts; BASE is what W counts as unsplit. */
static size_t split(const struct lexicon *lx, struct str w, size_t from, const struct form *base, double threshold,
                    struct compound_part *parts, size_t n) {
        struct reading best = { .at = 0 };
        if (w.n >= 2 * PART_MIN && n + 2 <= COMPOUND_PARTS_MAX && !stays_whole(lx, w)) {
                best = best_place(lx, w);
                struct reading known = { .at = 0 };
                bool failed = best.at == 0 || best.score < threshold;
                if (failed && from == 0 && base->keep == w.n && w.n >= THREE_MIN &&
                    (w.n >= THREE_KNOWN || !find_head(lx, w, 0, &known)))
                        best = best_place_of_three(lx, w);
        }
        if (best.at == 0 || best.score < threshold) {
                if (n < COMPOUND_PARTS_MAX)
                        put(&parts[n++], from, from + w.n, w, base);
                return n;
        }
        struct form rest = *base;       /* without linking sound, like W itself */
        rest.keep = base->keep > best.at ? base->keep - best.at : 0;
        if (best.link.n && (lexicon_flags(lx, str_sub(w, 0, best.at), S("")) & LEX_NOUN))
                best.base = (struct form) { .keep = best.at };  /* "keten" is a word, not the plural of "keet" */
        n = split(lx, str_sub(w, 0, best.at), from, &best.base, threshold + DEEPER, parts, n);
        /* A rest that is no word itself was found by splitting it: no higher threshold then. */
        bool known = lexicon_flags(lx, str_sub(w, best.at, best.head_n), S("")) & LEX_WORD;
        return split(lx, str_sub(w, best.at, w.n), from + best.at, &rest, known ? threshold + DEEPER : threshold,
                     parts, n);
}

size_t compound_split(const struct lexicon *lx, struct str word, struct compound_part parts[COMPOUND_PARTS_MAX]) {
        if (word.n < 2 * PART_MIN || word.n > COMPOUND_WORD_MAX)
                return 0;
        struct form whole = { .keep = word.n };
        size_t n = split(lx, word, 0, &whole, THRESHOLD, parts, 0);
        return n > 1 ? n : 0;
}
