#include "cbor.h"
#include "utf8.h"

/* The number behind the first byte: INFO says where it stands. Only its shortest form is taken. */
static bool read_number(struct str *rest, unsigned info, uint64_t *ret) {
        if (info < 24) {
                *ret = info;
                return true;
        }
        if (info > 27)
                return false;           /* reserved, or an indefinite length */
        size_t n = (size_t) 1 << (info - 24);
        if (rest->n < n)
                return false;
        uint64_t v = 0;
        for (size_t i = 0; i < n; i++)
                v = v << 8 | (unsigned char) rest->p[i];
        *rest = str_sub(*rest, n, rest->n);
        *ret = v;
        return n == 1 ? v >= 24 : v >> (n * 4) != 0;
}

bool cbor_next(struct str *rest, struct cbor_item *ret) {
        *ret = (struct cbor_item) { .value = 0 };
        if (rest->n == 0)
                return false;
        unsigned first = (unsigned char) rest->p[0], major = first >> 5, info = first & 31;
        *rest = str_sub(*rest, 1, rest->n);
        if (major == 6)
                return false;           /* a tag */
        ret->kind = (enum cbor_kind) major;
        if (major == CBOR_SIMPLE) {
                ret->value = info;
                return info >= 20 && info <= 22;
        }
        if (!read_number(rest, info, &ret->value))
                return false;
        switch (ret->kind) {
        case CBOR_BYTES:
        case CBOR_TEXT:
                if (ret->value > rest->n)
                        return false;
                ret->string = str_sub(*rest, 0, (size_t) ret->value);
                *rest = str_sub(*rest, (size_t) ret->value, rest->n);
                return ret->kind == CBOR_BYTES || utf8_valid(ret->string);
        case CBOR_ARRAY:
                return ret->value <= rest->n;
        case CBOR_MAP:
                return ret->value <= rest->n / 2;
        default:
                return true;
        }
}

static bool skip(struct str *rest, int levels);

/* With the shortest form only, equal keys have equal bytes. */
static bool skip_map(struct str *rest, uint64_t pairs, int levels) {
        struct str keys[CBOR_PAIRS];
        if (pairs > CBOR_PAIRS)
                return false;
        for (size_t i = 0; i < pairs; i++) {
                struct str start = *rest;
                struct cbor_item key;
                if (!cbor_next(rest, &key) ||
                    (key.kind != CBOR_UNSIGNED && key.kind != CBOR_NEGATIVE && key.kind != CBOR_TEXT))
                        return false;
                keys[i] = str_sub(start, 0, start.n - rest->n);
                for (size_t k = 0; k < i; k++)
                        if (str_eq(keys[k], keys[i]))
                                return false;
                if (!skip(rest, levels))
                        return false;
        }
        return true;
}

static bool skip(struct str *rest, int levels) {
        struct cbor_item item;
        if (!cbor_next(rest, &item))
                return false;
        if (item.kind != CBOR_ARRAY && item.kind != CBOR_MAP)
                return true;
        if (levels == 0)
                return false;
        if (item.kind == CBOR_MAP)
                return skip_map(rest, item.value, levels - 1);
        for (uint64_t i = 0; i < item.value; i++)
                if (!skip(rest, levels - 1))
                        return false;
        return true;
}

bool cbor_whole(struct str *rest, struct str *ret) {
        struct str start = *rest;
        *ret = S("");
        if (!skip(rest, CBOR_LEVELS))
                return false;
        *ret = str_sub(start, 0, start.n - rest->n);
        return true;
}

bool cbor_small(const struct cbor_item *item, int *ret) {
        *ret = 0;
        if ((item->kind != CBOR_UNSIGNED && item->kind != CBOR_NEGATIVE) || item->value > 65535)
                return false;
        *ret = item->kind == CBOR_UNSIGNED ? (int) item->value : -1 - (int) item->value;
        return true;
}
