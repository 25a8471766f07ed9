/* What somebody types as code of an app or of recovery: normal forms stay as they are. */
#include <stdlib.h>
#include <string.h>
#include "recovery.h"
#include "totp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool ok) {
        if (!ok)
                abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
        struct str typed = { (const char *) data, size };
        char digits[TOTP_DIGITS + 1], digits2[TOTP_DIGITS + 1];
        char code[RECOVERY_CHARS + 1], code2[RECOVERY_CHARS + 1];
        if (totp_normal(typed, digits) == OK) {
                must(strlen(digits) == TOTP_DIGITS && strspn(digits, "0123456789") == TOTP_DIGITS);
                must(totp_normal(str_of(digits), digits2) == OK && strcmp(digits, digits2) == 0);
        }
        if (recovery_normal(typed, code) == OK) {
                must(strlen(code) == RECOVERY_CHARS && !strpbrk(code, "ilou -"));
                must(recovery_normal(str_of(code), code2) == OK && strcmp(code, code2) == 0);
        }
        return 0;
}
