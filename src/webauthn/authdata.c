#include "authdata.h"
#include "cbor.h"

enum { FLAG_ATTESTED = 0x40, FLAG_EXTENSIONS = 0x80 };
#define FIXED (AUTHDATA_HASH + 1 + 4)
#define FORMAT_MAX 32           /* 8.1 */
#define EMPTY_MAP S("\xa0")

enum webauthn_fault authdata_of_attestation(struct str object, struct str *ret) {
        struct str rest = object, whole, statement = S(""), format = S("");
        struct cbor_item map, name, value;
        *ret = S("");
        if (object.n > WEBAUTHN_ATTESTATION_MAX)
                return WEBAUTHN_TOO_LARGE;
        /* Read once as a whole: from here on lengths, depth and double keys are known to be fine. */
        if (!cbor_whole(&rest, &whole) || rest.n > 0)
                return WEBAUTHN_ATTESTATION;
        rest = object;
        if (!cbor_next(&rest, &map) || map.kind != CBOR_MAP || map.value != 3)
                return WEBAUTHN_ATTESTATION;
        while (rest.n > 0) {
                if (!cbor_next(&rest, &name) || name.kind != CBOR_TEXT || !cbor_whole(&rest, &whole))
                        return WEBAUTHN_ATTESTATION;
                struct str inner = whole;
                if (!cbor_next(&inner, &value))
                        return WEBAUTHN_ATTESTATION;
                if (str_eq(name.string, S("fmt")) && value.kind == CBOR_TEXT)
                        format = value.string;
                else if (str_eq(name.string, S("attStmt")) && value.kind == CBOR_MAP)
                        statement = whole;
                else if (str_eq(name.string, S("authData")) && value.kind == CBOR_BYTES)
                        *ret = value.string;
                else
                        return WEBAUTHN_ATTESTATION;
        }
        bool empty = str_eq(statement, EMPTY_MAP);
        if (format.n == 0 || format.n > FORMAT_MAX || (str_eq(format, S("none")) && !empty))
                return WEBAUTHN_ATTESTATION;
        return WEBAUTHN_FINE;
}

/* A key names its algorithm, and has the members of that algorithm and no others (6.5.1.1): no device can make us
 * check one kind of key by the rules of another. */
static bool read_key(struct str *rest, int *alg) {
        enum { KTY = 1, ALG = 3, CRV = -1 };
        static const struct { int alg, kty, crv; uint64_t members; } known[] = {
                { WEBAUTHN_ES256, 2, 1, 5 }, { WEBAUTHN_EDDSA, 1, 6, 4 }, { WEBAUTHN_RS256, 3, 0, 4 },
        };
        struct str key;
        struct cbor_item map, label, value;
        int kty = 0, crv = 0;
        *alg = 0;
        if (!cbor_whole(rest, &key) || !cbor_next(&key, &map) || map.kind != CBOR_MAP)
                return false;
        while (key.n > 0) {
                int l, v;
                struct str whole;
                if (!cbor_next(&key, &label) || !cbor_small(&label, &l) || !cbor_whole(&key, &whole) ||
                    !cbor_next(&whole, &value))
                        return false;
                bool number = cbor_small(&value, &v);
                if (l == KTY)
                        kty = v;
                else if (l == ALG)
                        *alg = v;
                else if (l == CRV && number)    /* in an RSA key this is the modulus */
                        crv = v;
        }
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (known[i].alg == *alg)
                        return known[i].kty == kty && known[i].crv == crv && known[i].members == map.value;
        return false;
}

static enum webauthn_fault read_attested(struct str *rest, struct authdata *ret) {
        if (rest->n < 18)
                return WEBAUTHN_AUTH_DATA;
        ret->aaguid = str_sub(*rest, 0, 16);
        size_t n = (size_t) (unsigned char) rest->p[16] << 8 | (unsigned char) rest->p[17];
        *rest = str_sub(*rest, 18, rest->n);
        if (n > rest->n)
                return WEBAUTHN_AUTH_DATA;
        if (n < WEBAUTHN_ID_MIN || n > WEBAUTHN_ID_MAX)
                return WEBAUTHN_CREDENTIAL_ID;
        ret->id = str_sub(*rest, 0, n);
        *rest = str_sub(*rest, n, rest->n);
        return read_key(rest, &ret->alg) ? WEBAUTHN_FINE : WEBAUTHN_PUBLIC_KEY;
}

enum webauthn_fault authdata_read(struct str s, bool attested, struct authdata *ret) {
        *ret = (struct authdata) { .flags = 0 };
        if (s.n > WEBAUTHN_AUTH_DATA_MAX)
                return WEBAUTHN_TOO_LARGE;
        if (s.n < FIXED)
                return WEBAUTHN_AUTH_DATA;
        unsigned flags = (unsigned char) s.p[AUTHDATA_HASH];
        ret->rp_hash = str_sub(s, 0, AUTHDATA_HASH);
        ret->flags = flags & (WEBAUTHN_UP | WEBAUTHN_UV | WEBAUTHN_BE | WEBAUTHN_BS);
        for (size_t i = AUTHDATA_HASH + 1; i < FIXED; i++)
                ret->counter = ret->counter << 8 | (unsigned char) s.p[i];
        struct str rest = str_sub(s, FIXED, s.n), extensions;
        if (((flags & FLAG_ATTESTED) != 0) != attested)
                return WEBAUTHN_AUTH_DATA;
        enum webauthn_fault fault = attested ? read_attested(&rest, ret) : WEBAUTHN_FINE;
        if (fault)
                return fault;
        /* We ask for no extensions; a device may tell of some unasked (9), and we ignore them. */
        if (flags & FLAG_EXTENSIONS &&
            (!cbor_whole(&rest, &extensions) || (unsigned char) extensions.p[0] >> 5 != CBOR_MAP))
                return WEBAUTHN_AUTH_DATA;
        return rest.n == 0 ? WEBAUTHN_FINE : WEBAUTHN_AUTH_DATA;
}
