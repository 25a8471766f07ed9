/* redirect.h - where somebody goes after signing in: "verder=/kennis" in the address of the form. Whoever sends a link
 * can put anything there, so only a path of this site is followed (CWE-601; ASVS 5.0, 3.7.2). */
#ifndef AUTH_REDIRECT_H
#define AUTH_REDIRECT_H
#include "str.h"

#define REDIRECT_MAX 1000               /* bytes */

/* True when PATH may stand in a Location header: printable ASCII of at most REDIRECT_MAX bytes that begins with exactly
 * one "/" and holds no backslash; its path, also when percent-decoded, is not "//...", has no "." or ".." segments and no
 * control characters, and is not /inloggen or /uitloggen or below them, which would go in circles or sign out again.
 * A query and a fragment may follow. Use "/" when this is false. */
bool redirect_is_local(struct str path);

#endif
