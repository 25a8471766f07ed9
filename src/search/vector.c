#include "vector.h"
#include "vec.h"

uint64_t vector_key(struct str term) {
        uint64_t h = hash_str(term);
        h = (h ^ h >> 32) * 0x9e3779b97f4a7c15u;        /* FNV-1a leaves the last letters in the low bits */
        h >>= 16;
        return h ? h : 1;
}

void vector_put(struct buf *out, uint64_t key, uint8_t weight) {
        char bytes[VECTOR_TERM];
        for (size_t i = 0; i < 6; i++)
                bytes[i] = (char) (key >> (8 * (5 - i)));
        bytes[6] = (char) weight;
        buf_put(out, bytes, sizeof bytes);
}

bool vector_next(struct str *rest, uint64_t *key, uint8_t *weight) {
        if (rest->n < VECTOR_TERM)
                return false;
        *key = 0;
        for (size_t i = 0; i < 6; i++)
                *key = *key << 8 | (unsigned char) rest->p[i];
        *weight = (uint8_t) rest->p[6];
        *rest = str_sub(*rest, VECTOR_TERM, rest->n);
        return true;
}
