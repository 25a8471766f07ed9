/* Texts cut at the zero bytes of the input: both come back out of their difference, and a merge with nothing changed on
 * one side is the other side. Built with libFuzzer, or with fuzz_main.c. */
#include <stdlib.h>
#include "buf.h"
#include "diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

static void check_diff(struct arena *a, struct str before, struct str after) {
        struct diff d = text_diff(a, before, after);
        struct buf old = { 0 }, new = { 0 };
        for (size_t i = 0; i < d.n; i++) {
                must(d.v[i].text.n > 0 && (i == 0 || d.v[i].kind != d.v[i - 1].kind));
                if (d.v[i].kind != DIFF_ADDED)
                        buf_str(&old, d.v[i].text);
                if (d.v[i].kind != DIFF_REMOVED)
                        buf_str(&new, d.v[i].text);
        }
        must(str_eq(buf_view(&old), before) && str_eq(buf_view(&new), after));
        buf_done(&old);
        buf_done(&new);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct arena a = { 0 };
        struct str rest = { (const char *) data, size }, base = S(""), mine = S("");
        (void) str_split(&rest, '\0', &base);
        if (rest.p)
                (void) str_split(&rest, '\0', &mine);
        struct str theirs = rest.p ? rest : S("");
        check_diff(&a, base, mine);
        struct merge m = text_merge(&a, base, mine, theirs);
        size_t conflicts = 0;
        for (size_t i = 0; i < m.n; i++)
                conflicts += m.v[i].is_conflict;
        must(conflicts == m.conflicts && (conflicts == 0 || m.text.n == 0));
        must(str_eq(text_merge(&a, base, base, theirs).text, theirs));
        must(str_eq(text_merge(&a, base, mine, base).text, mine));
        arena_done(&a);
        return 0;
}
