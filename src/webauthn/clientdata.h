/* clientdata.h - what the browser says about the question it put to the device (5.8.1). */
#ifndef WEBAUTHN_CLIENTDATA_H
#define WEBAUTHN_CLIENTDATA_H
#include "webauthn.h"

/* Checks JSON for TYPE ("webauthn.create" or "webauthn.get"), the raw CHALLENGE (in constant time) and SITE's origin
 * (7.1, steps 5 to 10; 7.2, steps 9 to 14). The first broken rule, or WEBAUTHN_FINE. */
_must_use_ enum webauthn_fault clientdata_check(const struct webauthn_site *site, struct str type,
                                                struct str challenge, struct str json);

#endif
