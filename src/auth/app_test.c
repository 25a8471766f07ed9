#include "app.h"
#include <liboath/oath.h>
#include <stdlib.h>

void app_code(const unsigned char secret[TOTP_SECRET], int64_t now_ms, char ret[TOTP_DIGITS + 1]) {
        if (oath_totp_generate((const char *) secret, TOTP_SECRET, now_ms / 1000, TOTP_STEP_S, 0, TOTP_DIGITS, ret) != OATH_OK)
                abort();
}
