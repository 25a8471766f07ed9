/* password.h - hashing of passwords, and what a new one must be like. Bytes are taken as they come: no trimming, no
 * change of case, no Unicode normalisation (ASVS 5.0, 6.2.8); the same keys on the same keyboard send the same bytes. */
#ifndef AUTH_PASSWORD_H
#define AUTH_PASSWORD_H
#include <sodium.h>
#include "str.h"

#define PASSWORD_MAX 1024               /* bytes; longer ones are refused before any work is done */
#define PASSWORD_MIN_CHARS 12           /* Unicode characters of a new one; ASVS 5.0, 6.2.1 asks for 8 */

/* argon2id as OWASP's Password Storage Cheat Sheet sets it: 2 rounds over 19 MiB, 1 lane (always 1 in libsodium). */
#define PASSWORD_ROUNDS 2
#define PASSWORD_KIB 19456
/* Hashes at the same time in this process; further callers wait. Bounds memory to 38 MiB and leaves cores for others. */
#define PASSWORD_AT_ONCE 2

/* Hashing, verifying and wasting take 15 to 50 ms of a core and may wait for others: not on an event thread, and not
 * inside a transaction of the writer. All functions may be called from any thread, after sodium_init(). */

/* The hash to store, as text with its parameters and salt: "$argon2id$v=19$m=19456,t=2,p=1$...". ERR_INVALID for a NUL
 * byte or nothing, ERR_LIMIT above PASSWORD_MAX, ERR_BUSY (logged) without memory. */
_must_use_ enum err password_hash(struct str password, char ret[crypto_pwhash_STRBYTES]);

/* OK when PASSWORD is the one that STORED was made of. *NEEDS_REHASH then says that STORED has other parameters than
 * today's: hash again and store that. ERR_DENIED when it is not, or when STORED is no hash (which takes the same time),
 * ERR_BUSY (logged) without memory. */
_must_use_ enum err password_verify(struct str stored, struct str password, bool *needs_rehash);

/* The work of password_verify() for an account that does not exist or has no password, so that the time of the answer
 * does not tell (ASVS 5.0, 6.3.8). */
void password_waste(struct str password);

/* Whether PASSWORD may become the password of EMAIL and NAME (either may be empty): PASSWORD_MIN_CHARS characters,
 * nothing from the dictionary of cracklib, nothing that guess.h finds predictable, and not the name, the part of the
 * address before the @, or a word of four letters or more from either. No rules on kinds of characters and no expiry
 * (ASVS 5.0, 6.2.5, 6.2.10). On ERR_INVALID *WHY is Dutch text for the form, a literal: what is wrong and how to mend it.
 * ERR_INTERNAL (logged) when the dictionary is missing. Not to be used when signing in. */
_must_use_ enum err password_check_new(struct str password, struct str email, struct str name, struct str *why);

#endif
