/* Any file for any filter is a table or a refusal that says why. The first line names the filter; a line "--" parts a second file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "filter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct str all = { (const char *) data, n }, name, in, other = S("");
        const char *why = NULL;
        if (n > 4096 || !str_split(&all, '\n', &name) || all.n == 0)
                return 0;
        size_t mark = str_find(all, S("\n--\n"));
        in = str_sub(all, 0, mark + 1);
        if (mark < all.n)
                other = str_sub(all, mark + 4, all.n);
        FILE *out = fopen("/dev/null", "w");
        enum err e = stats_filter(&a, name, in, other, out, &why);
        if ((e != OK && e != ERR_INVALID && e != ERR_NOT_FOUND) || (e == ERR_INVALID && (!why || !*why)))
                abort();
        fclose(out);
        arena_done(&a);
        return 0;
}
