/* fuzz_ddas.c - any bytes, in pieces of any size: the reader ends, names at most so many mistakes, and the same bytes in one piece tell
 * the same. The first byte chooses the size of the pieces. */
#include <stdlib.h>
#include <string.h>
#include "ddas.h"

static char memory[2][DDAS_MEMORY_MIN] __attribute__((aligned(64)));

static void ignore(void *arg, const char *p, size_t n) {
        *(size_t *) arg += n + (unsigned char) p[0];
}

/* What came out: the mistakes and a sum over the aggregates. */
static struct ddas *read_all(char *block, const uint8_t *p, size_t n, size_t chunk, size_t *out) {
        static const uint64_t key[2] = { 1, 2 };
        struct ddas *d = ddas_open(block, DDAS_MEMORY_MIN, key);
        do {
                ddas_begin(d);
                for (size_t at = 0; at < n; at += chunk)
                        ddas_push(d, p + at, chunk < n - at ? chunk : n - at);
                ddas_end(d);
        } while (ddas_round(d) == DDAS_AGAIN);
        *out = 0;
        if (ddas_count(d, DDAS_ERRORS) == 0)
                ddas_csv(d, ignore, out);
        return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
        if (n == 0)
                return 0;
        size_t out[2], chunk = p[0] ? p[0] : 1;
        struct ddas *a = read_all(memory[0], p + 1, n - 1, chunk, &out[0]), *b = read_all(memory[1], p + 1, n - 1, n, &out[1]);
        if (out[0] != out[1])
                abort();
        for (int soft = 0; soft < 2; soft++)
                for (uint32_t i = 0; ; i++) {
                        const struct ddas_mistake *m = ddas_mistake(a, soft, i), *same = ddas_mistake(b, soft, i);
                        if (!m && !same)
                                break;
                        if (!m || !same || i >= DDAS_MISTAKES || m->offset != same->offset || m->line != same->line || strcmp(m->reason, same->reason) != 0 || m->offset >= n)
                                abort();
                }
        return 0;
}
