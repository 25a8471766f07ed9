#include "base64url.h"
#include "webauthn.h"

enum err webauthn_decode(struct arena *a, struct str text, size_t max, struct str *ret) {
        *ret = S("");
        if (text.n > WEBAUTHN_TEXT(max))
                return ERR_LIMIT;
        return base64url_read(a, text, ret) ? OK : ERR_INVALID;
}

struct str webauthn_encode(struct arena *a, struct str bytes) {
        return base64url_write(a, bytes);
}
