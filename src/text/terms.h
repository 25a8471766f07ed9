/* terms.h - finds the terms of a glossary in running text, and writes the first place of each as a link to its page.
 * Case and accents do not matter, any white space is one space, the longest name wins, and a name is found only as whole words:
 * not in "Wsnp-verzoek", "schuld.nl" or "x@schuld". */
#ifndef TEXT_TERMS_H
#define TEXT_TERMS_H
#include "buf.h"
#include "vec.h"

/* Zero-initialised: without terms. Read only once it is filled. */
struct term_names {
        struct map by_word;             /* folded first word -> list of names, longest first */
        struct map by_name;
        struct map slugs;
        size_t n;                       /* terms */
};
/* NAME leads to /begrippen/SLUG (a-z, 0-9, -). What is shorter than three bytes is known, but never linked. False when NAME, but for
 * case and accents, leads elsewhere already. Keeps copies in A. */
bool terms_add(struct term_names *t, struct arena *a, struct str slug, struct str name);

/* What was linked in one text, so that it is not linked again. */
struct term_links {
        const struct term_names *terms;
        bool *seen;                     /* by number of the term */
};
struct term_links term_links_new(struct arena *a, const struct term_names *t);
/* Writes WORDS, a piece of text without marks, escaped and with its links: <a class="term" href="/begrippen/wsnp">Wsnp</a>. */
void term_links_write(struct term_links *l, struct buf *out, struct str words);

#endif
