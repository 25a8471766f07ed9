/* web.c - serving one file. */
#include <unistd.h>
#include "blob.h"
#include "files.h"
#include "page.h"

static enum err open_bytes(struct req *rq, const struct file_row *f, int *fd, int64_t *size) {
        const struct site *site = rq->app;
        enum err e = blob_open(rq->arena, site->files, f->hash, fd, size);
        if (e == ERR_NOT_FOUND || (e == OK && *size != f->size)) {
                if (e == OK)
                        close(*fd);
                return err_log(ERR_INTERNAL, "file %lld has a row, and no bytes or others", (long long) f->id);
        }
        return e;
}

enum err files_place(struct req *rq, const struct file_row *f, const char **ret) {
        const struct site *site = rq->app;
        int64_t size;
        int fd;
        enum err e = open_bytes(rq, f, &fd, &size);
        if (e != OK)
                return e;
        close(fd);
        *ret = blob_path(rq->arena, site->files, f->hash).p;
        return OK;
}

/* Images are shown where they stand; they are drawn by us. All else is for saving. */
static enum err show_file(struct req *rq, struct resp *rs) {
        struct file_row f;
        int64_t id = 0, size;
        int fd;
        bool may = false;
        if (!str_to_i64(rq->param[0], &id))
                return ERR_NOT_FOUND;
        enum err e = files_get(rq->db, rq->arena, id, &f);
        if (e == OK && !str_eq(rq->path, file_path(rq->arena, &f)))
                e = ERR_NOT_FOUND;
        if (e == OK)
                e = files_may_see(rq, &f, &may);
        if (e == OK && !may)
                e = ERR_NOT_FOUND;      /* who may not see it is not told that it is there */
        if (e == OK)
                e = open_bytes(rq, &f, &fd, &size);
        if (e != OK)
                return e;
        const struct file_kind *k = file_kind_of(f.kind);
        resp_file(rs, rq->arena, fd, size, str_z(rq->arena, f.media_type), f.hash);
        if (!k || !k->is_image)
                rs->filename = f.name;
        rs->cache = f.is_public ? CACHE_FOREVER : CACHE_REVALIDATE;
        return OK;
}

const struct route files_routes[] = {
        { GET, "/bestand/{id}/{name}", ACCESS_PUBLIC, show_file, NULL },
        { 0 },
};
