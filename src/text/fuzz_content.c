/* Any bytes are checked and measured, and every finding stands somewhere in them. Built with libFuzzer, or with
 * fuzz_main.c. */
#include <stdlib.h>
#include "content_check.h"
#include "readability.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

static const struct abbreviations *known(void) {
        static struct abbreviations list;
        static struct arena a;
        if (list.known.n == 0)
                must(abbreviations_load(&a, SOURCE_ROOT "/data/taal/afkortingen.txt", &list) == OK);
        return &list;
}

static size_t lines_of(struct str s) {
        size_t ret = 1;
        for (size_t i = 0; i < s.n; i++)
                ret += s.p[i] == '\n' || (s.p[i] == '\r' && (i + 1 == s.n || s.p[i + 1] != '\n'));
        return ret;
}

static void check_place(struct str source, unsigned line, unsigned column) {
        must(line >= 1 && line <= lines_of(source) && column >= 1 && column <= source.n + 1);
}

static void check_content(struct arena *a, struct str source) {
        struct content_findings f;
        if (content_check(a, source, &f) != OK)
                return;
        must(f.list.n <= CONTENT_FINDINGS_MAX && f.list.n <= f.errors + f.advices);
        for (size_t i = 0; i < f.list.n; i++) {
                check_place(source, f.list.v[i].line, f.list.v[i].column);
                must(f.list.v[i].advice.n > 0 && f.list.v[i].fragment.n <= CONTENT_FRAGMENT_MAX);
                must(utf8_valid(f.list.v[i].fragment));
        }
}

static void check_readability(struct arena *a, struct str source) {
        struct readability r;
        if (readability_measure(a, source, known(), &r) != OK)
                return;
        must(r.sentences <= r.words && r.words <= r.syllables && r.long_words <= r.words);
        must((r.words == 0) == (r.sentences == 0) && readability_verdict(r.level).n > 0);
        must(r.n_long <= READ_LIST_MAX && r.n_abbreviations <= READ_LIST_MAX);
        for (size_t i = 0; i < r.n_long; i++) {
                check_place(source, r.long_sentences[i].line, r.long_sentences[i].column);
                must(r.long_sentences[i].words > READ_LONG && utf8_valid(r.long_sentences[i].text));
        }
        for (size_t i = 0; i < r.n_abbreviations; i++) {
                check_place(source, r.abbreviations[i].line, r.abbreviations[i].column);
                must(r.abbreviations[i].times > 0);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str source = { (const char *) data, size };
        check_content(&a, source);
        check_readability(&a, source);
        arena_done(&a);
        return 0;
}
