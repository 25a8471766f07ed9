/* Files: nothing crashes, and what is taken in has a name that fits. The first line of the input is the name. */
#include <stdlib.h>
#include "image.h"
#include "sniff.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct str all = { (const char *) data, n }, name = str_sub(all, 0, str_index(all, '\n')), reason;
        struct str bytes = str_sub(all, name.n + 1, n);
        const struct file_kind *k = NULL;
        bool good = sniff(&a, bytes, name, &k, &reason);
        MUST(good == (reason.n == 0) && utf8_valid(reason) && (!good || k));
        if (good)
                MUST(str_ends(sniff_media_type(k, bytes), S("charset=utf-8")) <= utf8_valid(bytes));
        int turned = image_orientation(bytes);
        MUST(turned >= 1 && turned <= 8);
        arena_done(&a);
        return 0;
}
