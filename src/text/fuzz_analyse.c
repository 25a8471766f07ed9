/* Any bytes as text, as question and as snippet; also personal data. Needs the dictionary, or does nothing. */
#include <stdlib.h>
#include <unistd.h>
#include "bsn.h"
#include "snippet.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

static const struct analyser *analyser(void) {
        static struct analyser *an;
        const char *dic = "/usr/share/hunspell/nl_NL.dic";
        if (!an && access(dic, R_OK) == 0)
                must(analyser_open(dic, SOURCE_ROOT "/data/taal", &an) == OK);
        return an;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str all = { (const char *) data, size };
        size_t end = str_index(all, '\n');
        struct str question = str_sub(all, 0, end), text = str_trim(str_sub(all, end + 1, size));
        (void) text_personal(all);
        const struct analyser *an = analyser();
        if (!an)
                return 0;
        struct terms t = analyse_text(an, &a, text);
        for (size_t i = 0; i < t.n; i++)
                must(t.v[i].text.n > 0 && t.v[i].text.n <= 64 && t.v[i].word_start <= t.v[i].start &&
                     t.v[i].start <= t.v[i].end && t.v[i].end <= t.v[i].word_end && t.v[i].word_end <= text.n);
        struct query q = analyse_query(an, &a, question);
        must(q.n <= QUERY_WORDS_MAX && q.wanted <= q.n);
        for (size_t i = 0; i < q.n; i++) {
                must(q.v[i].n > 0 && q.v[i].v[0].n > 0);
                const struct query_word *w = &q.v[i], *next = i + 1 < q.n ? w + 1 : NULL;
                if (w->exclude || w->phrase)
                        must(w->n == 1 && w->v[0].n == 1);
                if (w->phrase && next && next->phrase == w->phrase)
                        must(next->offset > w->offset && next->exclude == w->exclude);
                else if (w->phrase)     /* numbers go up, and none has one word */
                        must((!next || next->phrase == 0 || next->phrase > w->phrase) && i > 0 && w[-1].phrase == w->phrase);
        }
        struct snippet s = text_snippet(&a, text, &t, &q, 120);
        for (size_t i = 0; i < s.n; i++)
                must(s.v[i].text.n > 0 && (!utf8_valid(text) || utf8_valid(s.v[i].text)));
        arena_done(&a);
        return 0;
}
