#include "archive.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

static enum err add(zip_t *z, const struct archive_file *f) {
        zip_source_t *s = f->path ? zip_source_file(z, f->path, 0, -1) : zip_source_buffer(z, f->bytes.p, f->bytes.n, 0);
        zip_int64_t at = s ? zip_file_add(z, f->name, s, ZIP_FL_ENC_UTF_8) : -1;
        if (s && at < 0)
                zip_source_free(s);
        return at < 0 || (f->path && zip_set_file_compression(z, (zip_uint64_t) at, ZIP_CM_STORE, 0) != 0) ? ERR_INTERNAL : OK;
}

static enum err fill(zip_t *z, const struct archive_file *files, size_t n) {
        enum err e = OK;
        for (size_t i = 0; e == OK && i < n; i++)
                e = add(z, &files[i]);
        return e;
}

/* Writes what is in Z, which is gone then. */
static enum err finish(zip_t *z, enum err e) {
        if (e == OK && zip_close(z) == 0)
                return OK;
        zip_discard(z);
        return e == OK ? ERR_INTERNAL : e;
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
        enum err e = finish(z, fill(z, files, n));
        if (e == OK)
                e = read_all(out, ret);
        zip_source_free(out);
        return e == OK ? OK : err_log(e, "a ZIP file cannot be written");
}

static enum err no_file(struct str path) {
        return err_log(errno == ENOSPC || errno == EDQUOT ? ERR_BUSY : ERR_INTERNAL, "a ZIP file cannot be made at %.*s: %s", STR(path), strerror(errno));
}

/* Opens what was written at PATH and takes its name away. */
static enum err take(struct str path, int *fd, int64_t *size) {
        struct stat st;
        *fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (*fd < 0 || fstat(*fd, &st) != 0) {
                if (*fd >= 0)
                        close(*fd);
                return no_file(path);
        }
        *size = st.st_size;
        return OK;
}

/* The library writes beside PATH and renames. */
enum err archive_make_file(struct arena *a, const struct archive_file *files, size_t n, struct str folder, int *fd, int64_t *size) {
        struct str path = str_fmt(a, "%.*s/" ARCHIVE_UNFINISHED "XXXXXX", STR(folder));
        int place = mkostemp((char *) (uintptr_t) path.p, O_CLOEXEC);
        zip_t *z = place < 0 ? NULL : zip_open(path.p, ZIP_CREATE | ZIP_TRUNCATE, NULL);
        if (place >= 0)
                close(place);
        enum err e = z ? finish(z, fill(z, files, n)) : no_file(path);
        if (e == OK)
                e = take(path, fd, size);
        if (place >= 0)
                unlink(path.p);
        return e;
}
