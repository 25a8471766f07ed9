/* Any bytes as authenticator data and signature of a sign-in, for a stored key of each algorithm, and as base64url: never
 * good, as nobody knows the private keys. First byte: which key; second: the length of the authenticator data. */
#include <stdint.h>
#include <stdlib.h>
#include "webauthn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

/* The base points of P-256 and Ed25519, and an odd modulus of 2048 bits. */
static const char p256[] =
        "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45"
        "\xd8\x98\xc2\x96\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16\x2b\xce\x33\x57\x6b\x31\x5e\xce"
        "\xcb\xb6\x40\x68\x37\xbf\x51\xf5";
static const char ed25519[] =
        "\x58\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66\x66"
        "\x66\x66\x66\x66";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        static const struct webauthn_site site = {
                S_INIT("schouders.nl"), S_INIT("https://schouders.nl"), S_INIT("Schouders"),
        };
        struct arena a = { 0 };
        if (n < 2)
                return 0;
        char *rsa = arena_alloc(&a, WEBAUTHN_PUBLIC_KEY_MAX);
        for (size_t i = 0; i < WEBAUTHN_PUBLIC_KEY_MAX; i++)
                rsa[i] = i < 256 ? '\xd5' : i == 257 ? 0 : 1;
        const struct webauthn_key keys[] = {
                { .alg = WEBAUTHN_ES256, .public_key = { p256, 64 }, .flags = data[0] & WEBAUTHN_BE },
                { .alg = WEBAUTHN_EDDSA, .public_key = { ed25519, 32 }, .flags = data[0] & WEBAUTHN_BE },
                { .alg = WEBAUTHN_RS256, .public_key = { rsa, 259 }, .flags = data[0] & WEBAUTHN_BE, .counter = 3 },
        };
        struct str rest = { (const char *) data + 2, n - 2 }, auth_data = str_sub(rest, 0, data[1]);
        struct str signature = str_sub(rest, auth_data.n, rest.n), bytes;
        uint32_t counter;
        enum webauthn_fault why;
        enum err e = webauthn_verify(&a, &site, S("0123456789abcdef0123456789ABCDEF"),
                S("{\"type\":\"webauthn.get\",\"challenge\":\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY\","
                  "\"origin\":\"https://schouders.nl\"}"), auth_data, signature, &keys[data[0] % 3], data[0] & 4, &counter,
                &why);
        MUST(e != OK && why != WEBAUTHN_FINE && why != WEBAUTHN_OURS && counter == keys[data[0] % 3].counter);
        if (webauthn_decode(&a, signature, 512, &bytes) == OK)
                MUST(bytes.n <= 512 && str_eq(webauthn_encode(&a, bytes), signature));
        arena_done(&a);
        return 0;
}
