/* A key file that is accepted is 64 hex digits of its key; what cannot be opened again is not unsealed. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        static const struct keys fixed = { { 1 } };
        struct str text = { (const char *) data, size }, plain;
        struct arena a = { 0 };
        struct keys k;
        if (keys_parse(text, &k) == OK) {
                char hex[65];
                sodium_bin2hex(hex, sizeof hex, k.master, sizeof k.master);
                must(size >= 64 && size <= 65 && strncasecmp(hex, text.p, 64) == 0);
        } else {
                must(sodium_is_zero(k.master, sizeof k.master));
        }
        /* nobody without the key makes a box that opens */
        must(keys_unseal(&fixed, &a, text, S("totp:1"), &plain) == ERR_INVALID);
        arena_done(&a);
        return 0;
}
