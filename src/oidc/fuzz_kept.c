/* Any bytes are refused, or are the one spelling of what they say. */
#include <stdint.h>
#include <stdlib.h>
#include "kept.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct arena a = { 0 };
        struct oidc_kept k;
        struct str text = { (const char *) data, n };
        if (oidc_kept_read(&a, text, &k)) {
                if (!str_eq(oidc_kept_write(&a, &k), text) || !kept_is_return(k.return_path))
                        abort();
        }
        arena_done(&a);
        return 0;
}
