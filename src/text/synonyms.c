#include "analyser.h"
#include "lists.h"

#define SYNONYMS_MAX ((size_t) 1 << 20)
#define PHRASE_MAX 6

static void add_member(struct analyser *an, struct sb_stemmer *stemmer, struct str words, struct phrase_set *set) {
        struct str terms[PHRASE_MAX];
        struct token t;
        struct found_list found;
        size_t n = 0;
        for (size_t i = 0; n < PHRASE_MAX && token_next(words, &i, &t);) {
                analyse_token(an, stemmer, &an->mem, &t, &found);
                if (found.n)
                        terms[n++] = found.v[0].text;
        }
        if (n == 0)
                return;
        struct phrase *p = &set->v[set->n++];
        *p = (struct phrase) { arena_many(&an->mem, struct str, n), n, set, map_get(&an->phrases, terms[0]) };
        for (size_t i = 0; i < n; i++)
                p->terms[i] = terms[i];
        map_put(&an->mem, &an->phrases, terms[0], p);
}

enum err synonyms_load(struct analyser *an, struct sb_stemmer *stemmer, const char *dir) {
        struct arena tmp = { 0 };
        struct str list = { 0 }, line, member;
        enum err e = list_read(&tmp, str_fmt(&tmp, "%s/synoniemen.tsv", dir).p, SYNONYMS_MAX, &list);
        while (!e && list_line(&list, &line)) {
                size_t members = 1;
                for (size_t i = 0; i < line.n; i++)
                        members += line.p[i] == '\t';
                struct phrase_set *set = arena_new(&an->mem, struct phrase_set);
                set->v = arena_many(&an->mem, struct phrase, members);
                while (str_split(&line, '\t', &member))
                        add_member(an, stemmer, member, set);
        }
        arena_done(&tmp);
        return e;
}
