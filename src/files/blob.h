/* blob.h - the bytes of files: ROOT/ab/cdef..., named by their SHA-256, outside everything that is served as a static file. Bytes are
 * on disk before a row can tell of them, so a crash at any moment leaves at most bytes without a row; the night removes those.
 * Several processes may share ROOT. */
#ifndef FILES_BLOB_H
#define FILES_BLOB_H
#include "str.h"

#define BLOB_NAME 65                    /* 64 hexadecimal digits and a NUL */

/* Stores BYTES durably; the same bytes are there once. ERR_BUSY (logged) when there is no room. */
_must_use_ enum err blob_put(struct arena *a, struct str root, struct str bytes, char ret[BLOB_NAME]);
/* ROOT/ab/cdef... of HASH. */
struct str blob_path(struct arena *a, struct str root, struct str hash);
/* Opens the bytes named HASH for reading. ERR_NOT_FOUND. */
_must_use_ enum err blob_open(struct arena *a, struct str root, struct str hash, int *fd, int64_t *size);
/* Removes what was put before UNTIL_MS and what IS_KNOWN does not know, and what was left half written; names in ROOT that begin with UNFINISHED are so too. Bytes that are put again count
 * from then on. *REMOVED counts. */
typedef enum err blob_known(void *arg, struct str hash, bool *ret);
_must_use_ enum err blob_sweep(struct arena *a, struct str root, const char *unfinished, int64_t until_ms, blob_known *is_known, void *arg,
                              int *removed);

#endif
