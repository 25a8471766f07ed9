/* sniff.h - what a file is, by its bytes: neither its name nor what the sender says counts, and a name that does not fit is refused.
 * Only what stands in file_kinds is taken in (OWASP ASVS 5.0, 5.2.2 and 5.2.3; 5.2.6 for the size of images). */
#ifndef FILES_SNIFF_H
#define FILES_SNIFF_H
#include "files_kind.h"

/* What BYTES are, under NAME. False with a Dutch *REASON, whole sentences for who sent it, when they are refused. */
bool sniff(struct arena *a, struct str bytes, struct str name, const struct file_kind **ret, struct str *reason);
/* The media type to serve it with: that of the kind, with the charset of a text. */
struct str sniff_media_type(const struct file_kind *k, struct str bytes);

#endif
