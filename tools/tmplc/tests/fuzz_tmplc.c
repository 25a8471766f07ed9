/* Fuzzes the whole compiler: any bytes in, and either C or one refusal out.
 *   clang-14 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -I.. -I../../../src/base -o /tmp/fuzz_tmplc \
 *     fuzz_tmplc.c ../[!m]*.c ../../../src/base/{arena,buf,str,utf8,vec}.c -lm
 *   mkdir /tmp/corpus; /tmp/fuzz_tmplc /tmp/corpus corpus golden refuse */
#include <stdlib.h>
#include "tmplc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Outside literals the generated C must have balanced braces, and no literal may run over a line. */
static bool is_sane(struct str c) {
        long depth = 0;
        char quote = 0;
        for (size_t i = 0; i < c.n; i++) {
                char ch = c.p[i];
                if (quote && ch == '\\')
                        i++;
                else if (quote && ch == '\n')
                        return false;
                else if (quote)
                        quote = ch == quote ? 0 : quote;
                else if (ch == '"' || ch == '\'')
                        quote = ch;
                else if (ch == '{' || ch == '}')
                        depth += ch == '{' ? 1 : -1;
                if (depth < 0)
                        return false;
        }
        return depth == 0 && quote == 0;
}

static void compile_as(struct str file, const uint8_t *data, size_t n) {
        struct arena a _cleanup_(arena_done) = { 0 };
        struct buf c _cleanup_(buf_done) = { 0 };
        struct buf h _cleanup_(buf_done) = { 0 };
        struct buf errors _cleanup_(buf_done) = { 0 };
        struct tmplc_source in = { .file = file, .text = { (const char *) data, n }, .header = S("f.h") };
        enum err e = tmplc_compile(&a, &in, &c, &h, &errors);
        struct str said = buf_view(&errors);
        if (e && (said.n == 0 || str_index(said, '\n') != said.n - 1 || !str_starts(said, file)))
                abort();
        if (!e && (said.n || !is_sane(buf_view(&c))))
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        compile_as(S("f.tmpl"), data, n);
        compile_as(S("f.txt.tmpl"), data, n);
        return 0;
}
