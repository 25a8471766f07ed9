#include "totp.h"
#include <liboath/oath.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include "buf.h"
#include "html.h"

#define WINDOW 1
#define CODE_MAX 64                     /* bytes of a typed code that are looked at */
#define BASE32 32                       /* characters for 20 bytes; no padding is needed */

_Static_assert(TOTP_SECRET * 8 == BASE32 * 5, "the secret fills base32 characters exactly");

void totp_secret(unsigned char ret[TOTP_SECRET]) {
        randombytes_buf(ret, TOTP_SECRET);
}

/* Own base32: liboath's leaves a copy of the secret in memory of malloc(), which rooms do not use. */
static void base32(const unsigned char secret[TOTP_SECRET], char ret[BASE32 + 1]) {
        static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        unsigned bits = 0, have = 0;
        size_t n = 0;
        for (size_t i = 0; i < TOTP_SECRET; i++) {
                bits = bits << 8 | secret[i];
                for (have += 8; have >= 5; have -= 5)
                        ret[n++] = alphabet[bits >> (have - 5) & 31];
        }
        ret[n] = '\0';
}

struct str totp_text(struct arena *a, const unsigned char secret[TOTP_SECRET]) {
        char text[BASE32 + 1], *out = arena_alloc(a, BASE32 + BASE32 / 4);
        size_t n = 0;
        base32(secret, text);
        for (size_t i = 0; i < BASE32; i++) {
                if (i && i % 4 == 0)
                        out[n++] = ' ';
                out[n++] = text[i];
        }
        sodium_memzero(text, sizeof text);
        return (struct str) { out, n };
}

struct str totp_uri(struct arena *a, const unsigned char secret[TOTP_SECRET], struct str account) {
        _cleanup_(buf_done) struct buf label = { 0 };
        char text[BASE32 + 1];
        base32(secret, text);
        html_urlpart(&label, account);
        struct str uri = str_fmt(a, "otpauth://totp/Schouders:%.*s?secret=%s&issuer=Schouders&algorithm=SHA1&digits=%d"
                                 "&period=%d", STR(buf_view(&label)), text, TOTP_DIGITS, TOTP_STEP_S);
        sodium_memzero(text, sizeof text);
        return uri;
}

enum err totp_normal(struct str code, char ret[TOTP_DIGITS + 1]) {
        size_t n = 0;
        memset(ret, 0, TOTP_DIGITS + 1);
        if (code.n > CODE_MAX)
                return ERR_INVALID;
        for (size_t i = 0; i < code.n; i++) {
                char c = code.p[i];
                if (c == ' ')
                        continue;
                if (c == '\xc2' && i + 1 < code.n && code.p[i + 1] == '\xa0') {
                        i++;
                        continue;
                }
                if (c < '0' || c > '9' || n == TOTP_DIGITS)
                        return ERR_INVALID;
                ret[n++] = c;
        }
        return n == TOTP_DIGITS ? OK : ERR_INVALID;
}

static bool oath_ready;
static void start_oath(void) {
        oath_ready = oath_init() == OATH_OK;
}

enum totp_result totp_check(const unsigned char *secret, size_t n, struct str code, int64_t now_ms, int64_t last_step,
                            int64_t *step) {
        static pthread_once_t once = PTHREAD_ONCE_INIT;
        char typed[TOTP_DIGITS + 1], right[TOTP_DIGITS + 1];
        *step = 0;
        if (now_ms < 0 || totp_normal(code, typed) != OK)
                return TOTP_WRONG;
        pthread_once(&once, start_oath);
        int64_t now = now_ms / 1000 / TOTP_STEP_S, found = 0;
        /* All steps are computed and compared in full: the time tells nothing about which one was near. */
        for (int64_t s = now > WINDOW ? now - WINDOW : 1; s <= now + WINDOW; s++) {
                if (!oath_ready || oath_totp_generate2((const char *) secret, n, (time_t) (s * TOTP_STEP_S), TOTP_STEP_S,
                                                       0, TOTP_DIGITS, 0, right) != OATH_OK) {
                        (void) err_log(ERR_INTERNAL, "liboath cannot compute a code");
                        return TOTP_WRONG;
                }
                if (sodium_memcmp(typed, right, TOTP_DIGITS) == 0)
                        found = s;
        }
        sodium_memzero(right, sizeof right);
        if (found == 0)
                return TOTP_WRONG;
        if (found <= last_step)
                return TOTP_USED;
        *step = found;
        return TOTP_OK;
}
