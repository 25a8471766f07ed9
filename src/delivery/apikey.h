/* apikey.h - keys of organisations for programs. */
#ifndef DELIVERY_APIKEY_H
#define DELIVERY_APIKEY_H
#include "auth_token.h"
#include "http.h"

/* What the store keeps of a key. ERR_INVALID for what cannot be one. */
_must_use_ enum err key_digest(const struct req *rq, struct str key, struct token_digest *ret);
/* Deliveries with one key in an hour: a municipality has two a quarter, a joint body some dozens. */
#define KEY_USES_AN_HOUR 100

#endif
