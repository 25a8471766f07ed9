/* address.h - e-mail addresses as people type them: a practical subset of RFC 5321, section 4.1.2.
 * Local part: dot-atom of at most 64 bytes, ASCII, no quoted strings. Domain: two labels or more of letters, digits and
 * hyphens, at most 63 bytes each, the last one not a number; no address literals. In all at most 254 bytes (RFC 5321,
 * 4.5.3.1.3). Addresses with other letters (EAI, RFC 6531) are refused, since many servers cannot deliver them; a domain
 * with other letters is written in its "xn--" form, which is accepted as any label. */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H
#include "str.h"

#define MAIL_ADDRESS_MAX 254    /* bytes */

bool mail_address_ok(struct str s);

/* As it is stored and sent: white space around it is gone and the domain is in lower case. The local part stays, since only
 * the receiver knows whether its capitals matter (RFC 5321, 2.4). In A; whatever is not an address comes back trimmed. */
struct str mail_address_tidy(struct arena *a, struct str s);
/* For comparing, as a key: trimmed, all in lower case. Two people never differ in capitals only. In A. */
struct str mail_address_fold(struct arena *a, struct str s);
/* Behind the @; empty when there is none. Borrows. */
struct str mail_address_domain(struct str s);

#endif
