/* synonyms.c - groups of words of which a question for one also asks for the others. Only questions use them, so a change needs no
 * document to be indexed again. */
#include <stdlib.h>
#include "analyser.h"
#include "buf.h"
#include "lists.h"

#define SYNONYMS_MAX ((size_t) 1 << 20)
#define PHRASE_MAX 6

static void add_member(const struct analyser *an, struct sb_stemmer *stemmer, struct synonyms *s, struct str words, struct phrase_set *set) {
        struct str terms[PHRASE_MAX];
        struct token t;
        struct found_list found;
        size_t n = 0;
        for (size_t i = 0; n < PHRASE_MAX && token_next(words, &i, &t);) {
                analyse_token(an, stemmer, &s->mem, &t, &found);
                if (found.n)
                        terms[n++] = found.v[0].text;
        }
        if (n == 0)
                return;
        struct phrase *p = &set->v[set->n++];
        *p = (struct phrase) { arena_many(&s->mem, struct str, n), n, set, map_get(&s->phrases, terms[0]) };
        for (size_t i = 0; i < n; i++)
                p->terms[i] = terms[i];
        map_put(&s->mem, &s->phrases, terms[0], p);
}

static void add_group(const struct analyser *an, struct sb_stemmer *stemmer, struct synonyms *s, struct str line) {
        struct phrase_set *set = arena_new(&s->mem, struct phrase_set);
        struct str member;
        size_t members = 1;
        for (size_t i = 0; i < line.n; i++)
                members += line.p[i] == ',';
        set->v = arena_many(&s->mem, struct phrase, members);
        while (str_split(&line, ',', &member))
                add_member(an, stemmer, s, member, set);
}

static bool holds_line(struct str lines, struct str wanted) {
        struct str line;
        while (str_split(&lines, '\n', &line))
                if (str_eq(line, wanted))
                        return true;
        return false;
}

/* The groups of LINES that are not in WITHOUT. */
static void add_groups(const struct analyser *an, struct sb_stemmer *stemmer, struct synonyms *s, struct str lines, struct str without) {
        struct str line;
        while (str_split(&lines, '\n', &line))
                if (line.n && !holds_line(without, line))
                        add_group(an, stemmer, s, line);
}

static void free_all(struct synonyms *s) {
        struct arena mem = s->mem;              /* S itself lives in it */
        arena_done(&mem);
}

static void put_on_shelf(struct synonyms_shelf *shelf, struct synonyms *fresh) {
        struct synonyms *old;
        pthread_mutex_lock(&shelf->lock);
        old = shelf->now;
        shelf->now = fresh;
        bool last = old && --old->users == 0;
        pthread_mutex_unlock(&shelf->lock);
        if (last)
                free_all(old);
}

void analyser_set_groups(const struct analyser *an, struct str added, struct str off) {
        struct arena mem = { 0 };
        struct synonyms *s = arena_new(&mem, struct synonyms);
        struct sb_stemmer *stemmer = words_stemmer();
        if (!stemmer)
                abort();        /* like every allocation that fails */
        *s = (struct synonyms) { .mem = mem, .users = 1 };
        add_groups(an, stemmer, s, an->shipped, off);
        add_groups(an, stemmer, s, str_sub(added, 0, SYNONYMS_MAX), S(""));
        sb_stemmer_delete(stemmer);
        put_on_shelf(an->shelf, s);
}

struct str analyser_shipped_groups(const struct analyser *an) {
        return an->shipped;
}

size_t analyser_group_read(const struct analyser *an, struct arena *a, struct str typed, struct str *ret) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str member;
        size_t n = 0;
        while (str_split(&typed, ',', &member)) {
                struct terms t = analyse_text(an, a, member);
                member = str_trim(member);
                if (t.n == 0)
                        continue;
                buf_fmt(&b, "%s%.*s", n++ ? ", " : "", STR(member));
        }
        *ret = str_dup(a, buf_view(&b));
        return n;
}

/* The file has tabs between the members, so that its lines read as a table; from here on they are commas. */
static void keep_shipped(struct analyser *an, struct str list) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct str line, member;
        while (list_line(&list, &line)) {
                for (bool first = true; str_split(&line, '\t', &member); first = false)
                        buf_fmt(&b, "%s%.*s", first ? "" : ", ", STR(member));
                buf_char(&b, '\n');
        }
        an->shipped = str_dup(&an->mem, buf_view(&b));
}

enum err synonyms_load(struct analyser *an, const char *dir) {
        struct arena tmp = { 0 };
        struct str list = { 0 };
        enum err e = list_read(&tmp, str_fmt(&tmp, "%s/synoniemen.tsv", dir).p, SYNONYMS_MAX, &list);
        if (!e) {
                keep_shipped(an, list);
                an->shelf = arena_new(&an->mem, struct synonyms_shelf);
                pthread_mutex_init(&an->shelf->lock, NULL);
                analyser_set_groups(an, S(""), S(""));
        }
        arena_done(&tmp);
        return e;
}

void synonyms_close(struct analyser *an) {
        if (!an->shelf)
                return;
        put_on_shelf(an->shelf, NULL);
        pthread_mutex_destroy(&an->shelf->lock);
}

struct synonyms *synonyms_hold(const struct analyser *an) {
        pthread_mutex_lock(&an->shelf->lock);
        struct synonyms *s = an->shelf->now;
        s->users++;
        pthread_mutex_unlock(&an->shelf->lock);
        return s;
}

void synonyms_release(const struct analyser *an, struct synonyms *s) {
        pthread_mutex_lock(&an->shelf->lock);
        bool last = --s->users == 0;
        pthread_mutex_unlock(&an->shelf->lock);
        if (last)
                free_all(s);
}
