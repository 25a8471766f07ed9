/* archive.h - several files to download as one ZIP file, made in memory. */
#ifndef PAGE_ARCHIVE_H
#define PAGE_ARCHIVE_H
#include "buf.h"

struct archive_file {
        const char *name;       /* without folders, UTF-8 */
        struct str bytes;
};
/* Puts a ZIP file with these files into RET. ERR_LIMIT when it passes RET's maximum, ERR_INTERNAL; logged. */
_must_use_ enum err archive_make(const struct archive_file *files, size_t n, struct buf *ret);

#endif
