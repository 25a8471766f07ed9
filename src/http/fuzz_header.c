/* Headers that we take apart ourselves; the input is "first \n second". */
#include <stdlib.h>
#include "csrf.h"
#include "static.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const unsigned char key[32] = "fuzz";
        struct str all = { (const char *) data, n };
        size_t line = str_index(all, '\n');
        struct str first = str_sub(all, 0, line), second = str_sub(all, line + 1, n);
        char nonce[CSRF_NONCE_MAX];
        (void) etag_matches(first, "\"0123456789abcdef\"");
        (void) accepts_coding(first, S("br"));
        (void) csrf_same_site(first, second, (struct str) { 0 }, (struct str) { 0 });
        (void) csrf_same_site(first, (struct str) { 0 }, second, first);
        if (csrf_check(key, S(""), first, 0, nonce) != CSRF_BAD)
                abort();        /* a forged token */
        return 0;
}
