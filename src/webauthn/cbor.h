/* cbor.h - a strict reader for the little CBOR of passkeys: the canonical form of CTAP2 (FIDO CTAP 2.1, section 8) save
 * the order of keys. Integers, byte and text strings, arrays, maps, true, false and null; definite lengths in their
 * shortest form, no tags, no floats. Everything borrows from the input; nothing is allocated. */
#ifndef WEBAUTHN_CBOR_H
#define WEBAUTHN_CBOR_H
#include "str.h"

#define CBOR_LEVELS 4           /* of arrays and maps inside each other, as CTAP2 allows */
#define CBOR_PAIRS 32           /* in one map */

enum cbor_kind { CBOR_UNSIGNED, CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT, CBOR_ARRAY, CBOR_MAP, CBOR_SIMPLE = 7 };

struct cbor_item {
        enum cbor_kind kind;
        uint64_t value;         /* number (-1 - value when negative), elements, pairs, or 20 false, 21 true, 22 null */
        struct str string;      /* of bytes and text */
};

/* Takes the start of an item off *rest: all of it, or the head of an array or map. A length that cannot fit in what is
 * left is false, as is anything that the reader does not take; *rest is then undefined. */
_must_use_ bool cbor_next(struct str *rest, struct cbor_item *ret);

/* Takes a whole item off *rest, with all that is in it; *ret is its bytes. Also false: deeper than CBOR_LEVELS, a map
 * with more than CBOR_PAIRS pairs, with the same key twice, or with a key that is no integer or text. */
_must_use_ bool cbor_whole(struct str *rest, struct str *ret);

/* The number of an integer item between -65536 and 65535; false for anything else. */
_must_use_ bool cbor_small(const struct cbor_item *item, int *ret);

#endif
