#include "archive.h"
#include <zip.h>

static enum err fill(zip_t *z, const struct archive_file *files, size_t n) {
        for (size_t i = 0; i < n; i++) {
                zip_source_t *s = zip_source_buffer(z, files[i].bytes.p, files[i].bytes.n, 0);
                if (!s)
                        return ERR_INTERNAL;
                if (zip_file_add(z, files[i].name, s, ZIP_FL_ENC_UTF_8) < 0) {
                        zip_source_free(s);
                        return ERR_INTERNAL;
                }
        }
        return OK;
}

static enum err read_all(zip_source_t *s, struct buf *ret) {
        char part[8192];
        zip_int64_t got = 0;
        if (zip_source_open(s) != 0)
                return ERR_INTERNAL;
        while ((got = zip_source_read(s, part, sizeof part)) > 0)
                buf_put(ret, part, (size_t) got);
        zip_source_close(s);
        return got < 0 ? ERR_INTERNAL : ret->full ? ERR_LIMIT : OK;
}

/* In memory: the library writes into a source that is kept, and read back when the archive is closed. */
enum err archive_make(const struct archive_file *files, size_t n, struct buf *ret) {
        zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, NULL);
        zip_t *z = out ? zip_open_from_source(out, ZIP_TRUNCATE, NULL) : NULL;
        if (!z) {
                zip_source_free(out);
                return err_log(ERR_INTERNAL, "a ZIP file cannot be made");
        }
        zip_source_keep(out);
        enum err e = fill(z, files, n);
        if (e != OK)
                zip_discard(z);
        else if (zip_close(z) != 0) {
                zip_discard(z);
                e = ERR_INTERNAL;
        }
        if (e == OK)
                e = read_all(out, ret);
        zip_source_free(out);
        return e == OK ? OK : err_log(e, "a ZIP file cannot be written");
}
