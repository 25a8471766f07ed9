/* archive.h - several files to download as one ZIP file. */
#ifndef PAGE_ARCHIVE_H
#define PAGE_ARCHIVE_H
#include "buf.h"

struct archive_file {
        const char *name;       /* UTF-8; "/" between folders */
        struct str bytes;
        const char *path;       /* of a file on disk with the bytes, in place of them; NULL for none */
};
/* In memory: puts a ZIP file with these files into RET. ERR_LIMIT when it passes RET's maximum, ERR_INTERNAL; logged. */
_must_use_ enum err archive_make(const struct archive_file *files, size_t n, struct buf *ret);

/* What the names in FOLDER begin with that a crash may leave. */
#define ARCHIVE_UNFINISHED ".zip-"
/* The same for what may be large: *FD is a file without a name in FOLDER, of *SIZE bytes. Bytes from disk are not packed. */
_must_use_ enum err archive_make_file(struct arena *a, const struct archive_file *files, size_t n, struct str folder, int *fd, int64_t *size);

#endif
