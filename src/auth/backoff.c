#include "backoff.h"
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

int64_t backoff_wait_ms(int64_t failures, int64_t last_ms, int64_t now_ms) {
        if (failures <= BACKOFF_FREE)
                return 0;
        int64_t delay = BACKOFF_FIRST_MS;
        for (int64_t k = BACKOFF_FREE + 1; k < failures && delay < BACKOFF_MAX_MS; k++)
                delay *= 2;
        if (delay > BACKOFF_MAX_MS)
                delay = BACKOFF_MAX_MS;
        if (now_ms <= last_ms)
                return delay;
        /* unsigned: two times of opposite sign may lie further apart than int64_t counts */
        uint64_t passed = (uint64_t) now_ms - (uint64_t) last_ms;
        return passed < (uint64_t) delay ? delay - (int64_t) passed : 0;
}

enum err address_prefix(struct str address, char ret[ADDRESS_PREFIX]) {
        static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
        char z[INET6_ADDRSTRLEN];
        unsigned char b[16];
        /* the zone of a link-local address ("%eth0") is ours, not the visitor's */
        address = str_sub(address, 0, str_index(address, '%'));
        if (address.n == 0 || address.n >= sizeof z || memchr(address.p, '\0', address.n))
                return ERR_INVALID;
        memcpy(z, address.p, address.n);
        z[address.n] = '\0';
        if (inet_pton(AF_INET, z, b) == 1)
                return inet_ntop(AF_INET, b, ret, ADDRESS_PREFIX) ? OK : ERR_INTERNAL;
        if (inet_pton(AF_INET6, z, b) != 1)
                return ERR_INVALID;
        if (memcmp(b, mapped, sizeof mapped) == 0)
                return inet_ntop(AF_INET, b + 12, ret, ADDRESS_PREFIX) ? OK : ERR_INTERNAL;
        memset(b + 8, 0, 8);
        if (!inet_ntop(AF_INET6, b, z, sizeof z))
                return ERR_INTERNAL;
        return (size_t) snprintf(ret, ADDRESS_PREFIX, "%s/64", z) < ADDRESS_PREFIX ? OK : ERR_INTERNAL;
}

enum err address_digest(const unsigned char key[32], struct str address, struct token_digest *ret) {
        char prefix[ADDRESS_PREFIX];
        enum err e = address_prefix(address, prefix);
        if (e == OK)
                digest_bytes(key, str_of(prefix), ret);
        return e;
}
