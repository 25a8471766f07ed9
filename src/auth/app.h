/* app.h - tests only: an authenticator app, which says what code it shows. */
#ifndef AUTH_APP_H
#define AUTH_APP_H
#include "totp.h"

/* The code of SECRET at NOW_MS, six digits and a NUL. */
void app_code(const unsigned char secret[TOTP_SECRET], int64_t now_ms, char ret[TOTP_DIGITS + 1]);

#endif
