#include "sip.h"
#include <string.h>

static inline uint64_t turn(uint64_t x, int n) {
        return x << n | x >> (64 - n);
}

static inline void mix(uint64_t v[4]) {
        v[0] += v[1];
        v[1] = turn(v[1], 13) ^ v[0];
        v[0] = turn(v[0], 32);
        v[2] += v[3];
        v[3] = turn(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = turn(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = turn(v[1], 17) ^ v[2];
        v[2] = turn(v[2], 32);
}

/* Both sides that run this are little-endian: x86-64, ARM and WebAssembly. */
uint64_t sip_hash(const uint64_t key[2], const void *p, size_t n) {
        uint64_t v[4] = { key[0] ^ 0x736f6d6570736575u, key[1] ^ 0x646f72616e646f6du, key[0] ^ 0x6c7967656e657261u, key[1] ^ 0x7465646279746573u };
        const unsigned char *at = p;
        uint64_t m;
        for (size_t left = n; left >= 8; left -= 8, at += 8) {
                memcpy(&m, at, 8);
                v[3] ^= m;
                mix(v);
                mix(v);
                v[0] ^= m;
        }
        m = (uint64_t) n << 56;
        for (size_t i = 0; i < n % 8; i++)
                m |= (uint64_t) at[i] << (8 * i);
        v[3] ^= m;
        mix(v);
        mix(v);
        v[0] ^= m;
        v[2] ^= 0xff;
        for (int i = 0; i < 4; i++)
                mix(v);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
}
