/* Parts of any text are between one and its bytes, and one byte more is at most one part more. */
#include <stdlib.h>
#include "guess.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct str text = { (const char *) data, size };
        size_t n = guess_parts(text);
        must(n <= size && (n > 0) == (size > 0));
        /* one byte more is at most one part more */
        if (size > 0 && size <= GUESS_MAX)
                must(n <= guess_parts(str_sub(text, 0, size - 1)) + 1);
        return 0;
}
