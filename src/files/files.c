#include "files.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "blob.h"
#include "image.h"
#include "page.h"
#include "people.h"
#include "sniff.h"
#include "utf8.h"

static enum err read_upload(struct arena *a, const struct upload *u, struct str *ret) {
        char *p = arena_alloc(a, (size_t) u->size);
        int64_t at = 0;
        while (at < u->size) {
                ssize_t n = pread(u->fd, p + at, (size_t) (u->size - at), at);
                if (n <= 0)
                        return err_log(ERR_INTERNAL, "a file that arrived cannot be read: %s", strerror(errno));
                at += n;
        }
        *ret = (struct str) { p, (size_t) u->size };
        return OK;
}

static struct str why_not_wanted(const struct file_kind *k, enum files_accept accept) {
        if (k->is_image && !(accept & FILES_IMAGES))
                return S("Hier hoort een document, geen afbeelding. Kies een ander bestand.");
        if (!k->is_image && !(accept & FILES_DOCUMENTS))
                return S("Hier hoort een afbeelding: PNG, JPEG of WebP. Kies een ander bestand.");
        return S("");
}

/* What is kept of BYTES; false with a reason. Long work: decoding and drawing. */
static bool look_into(struct arena *a, struct str bytes, enum files_accept accept, struct file_ready *f, struct str *kept) {
        struct image image;
        *kept = bytes;
        if (!sniff(a, bytes, f->name, &f->kind, &f->reason))
                return false;
        f->reason = why_not_wanted(f->kind, accept);
        if (f->reason.n == 0 && f->kind->is_image && image_redraw(a, f->kind, bytes, &image, &f->reason)) {
                *kept = image.bytes;
                f->width = opt_i64(image.width);
                f->height = opt_i64(image.height);
        }
        return f->reason.n == 0;
}

static enum err store(struct req *rq, struct arena *a, struct str kept, struct file_ready *f) {
        const struct site *site = rq->app;
        char hash[BLOB_NAME];
        enum err e = blob_put(a, site->files, kept, hash);
        if (e == ERR_BUSY) {
                f->reason = S("Wij hebben nu geen ruimte voor uw bestand. Probeer het later opnieuw.");
                return OK;
        }
        f->hash = str_dup(rq->arena, str_of(hash));
        f->size = (int64_t) kept.n;
        f->media_type = str_dup(rq->arena, sniff_media_type(f->kind, kept));
        return e;
}

enum err files_prepare(struct req *rq, const char *field, enum files_accept accept, struct file_ready **ret) {
        const struct upload *u = req_upload(rq, field);
        struct arena a = { 0 };         /* of this work alone: an image takes much of it */
        struct str bytes, kept;
        *ret = NULL;
        if (!u)
                return OK;
        struct file_ready *f = arena_new(rq->arena, struct file_ready);
        *f = (struct file_ready) { .field = field, .name = u->name };
        enum err e = read_upload(&a, u, &bytes);
        if (e == OK && look_into(&a, bytes, accept, f, &kept))
                e = store(rq, &a, kept, f);
        f->reason = str_dup(rq->arena, f->reason);
        arena_done(&a);
        *ret = f;
        return e;
}

struct str file_size_text(struct arena *a, int64_t bytes) {
        if (bytes >= 1 << 20)
                return str_fmt(a, "%lld MB", (long long) ((bytes + (1 << 19)) >> 20));
        return str_fmt(a, "%lld kB", (long long) ((bytes + 1023) >> 10));
}

enum err files_space(struct db *db, struct arena *a, int64_t organisation_id, int64_t person_id, int64_t *ret) {
        struct file_space row;
        enum err e = organisation_id ? file_space_of_organisation(db, a, organisation_id, &row) : file_space_of_person(db, a, person_id, &row);
        *ret = e == OK ? row.bytes : 0;
        return e;
}

/* Read and added to in one transaction: two at once cannot both take the last room, on PostgreSQL because it is serializable. */
static enum err check_room(struct req *rq, const struct file_ready *f, const struct file_wish *w) {
        int64_t used, quota = w->quota ? w->quota : w->organisation_id ? FILES_QUOTA_ORGANISATION : FILES_QUOTA_PERSON;
        enum err e = files_space(rq->db, rq->arena, w->organisation_id, rq->viewer.person_id, &used);
        if (e || used + f->size <= quota)
                return e;
        struct str u = file_size_text(rq->arena, used), q = file_size_text(rq->arena, quota), s = file_size_text(rq->arena, f->size);
        req_error(rq, f->field, str_fmt(rq->arena, "De ruimte van %s is vol: %.*s van %.*s is in gebruik en dit bestand is %.*s. Verwijder eerst "
                                        "bestanden die u niet meer nodig hebt.", w->organisation_id ? "uw organisatie" : "uw account",
                                        STR(u), STR(q), STR(s)));
        return ERR_INVALID;
}

static enum err check_alt(struct req *rq, const struct file_ready *f, const struct file_wish *w) {
        if (!f->kind->is_image || w->is_decorative || str_trim(w->alt).n > 0)
                return OK;
        req_error(rq, "alt", S("Beschrijf wat er op de afbeelding staat, of kies dat de afbeelding alleen versiering is."));
        return ERR_INVALID;
}

/* Between the lane and here the night could have passed; a row without bytes may not be. */
static enum err check_bytes(struct req *rq, const struct file_ready *f) {
        const struct site *site = rq->app;
        int fd;
        int64_t size;
        enum err e = blob_open(rq->arena, site->files, f->hash, &fd, &size);
        if (e == OK)
                close(fd);
        return e == ERR_NOT_FOUND ? err_log(ERR_INTERNAL, "the bytes of a file are gone before its row was made") : e;
}

enum err files_keep(struct req *rq, const struct file_ready *f, const struct file_wish *w, int64_t *ret) {
        *ret = 0;
        if (!f)
                return OK;
        if (!rq->viewer.person_id)
                return ERR_DENIED;
        if (f->reason.n) {
                req_error(rq, f->field, f->reason);
                return ERR_INVALID;
        }
        bool no_alt = !f->kind->is_image || w->is_decorative;
        enum err e = check_alt(rq, f, w);
        if (e == OK)
                e = check_room(rq, f, w);
        if (e == OK)
                e = check_bytes(rq, f);
        if (e == OK)
                e = file_add(rq->db, f->hash, f->size, str_of(f->kind->code), f->media_type, f->width, f->height, f->name,
                             no_alt ? (struct str) { 0 } : str_trim(w->alt), f->kind->is_image && w->is_decorative,
                             w->organisation_id ? opt_i64(w->organisation_id) : (struct opt_i64) { 0 }, rq->viewer.person_id, rq->now_ms,
                             (int64_t) w->see_rights, ret);
        return e;
}

enum err files_get(struct db *db, struct arena *a, int64_t id, struct file_row *ret) {
        bool found = false;
        enum err e = file_get(db, a, id, ret, &found);
        return e == OK && !found ? ERR_NOT_FOUND : e;
}

enum err files_may_see(struct req *rq, const struct file_row *f, bool *ret) {
        uint64_t held = rq->viewer.rights;
        *ret = f->is_public || (rq->viewer.person_id && f->person_id.is_set && f->person_id.v == rq->viewer.person_id);
        if (*ret || !rq->viewer.person_id || !f->see_rights)
                return OK;
        enum err e = f->organisation_id.is_set ? viewer_rights_at(rq, f->organisation_id.v, &held) : OK;
        *ret = e == OK && (held & (uint64_t) f->see_rights);
        return e;
}

struct str file_path(struct arena *a, const struct file_row *f) {
        const struct file_kind *k = file_kind_of(f->kind);
        struct str base = f->name, extensions = k ? str_of(k->extensions) : S("");
        for (size_t i = base.n; i > 0; i--)
                if (base.p[i - 1] == '.') {
                        base = str_sub(base, 0, i - 1);
                        break;
                }
        struct str slug = utf8_slug(a, base);
        return str_fmt(a, "/bestand/%lld/%.*s.%.*s", (long long) f->id, STR(slug.n ? slug : S("bestand")),
                       STR(str_sub(extensions, 0, str_index(extensions, ' '))));
}

enum err files_list_of_organisation(struct db *db, struct arena *a, int64_t organisation_id, int64_t before, struct file_row_list *ret) {
        return file_newest_of_organisation(db, a, organisation_id, before > 0 ? before : INT64_MAX, FILES_LIST_MAX, ret);
}

enum err files_list_of_person(struct db *db, struct arena *a, int64_t person_id, int64_t before, struct file_row_list *ret) {
        return file_newest_of_person(db, a, person_id, before > 0 ? before : INT64_MAX, FILES_LIST_MAX, ret);
}

enum err files_publish(struct db *db, int64_t id, bool is_public) {
        return file_set_public(db, id, is_public);
}

enum err files_describe(struct db *db, int64_t id, struct str alt, bool is_decorative) {
        return file_set_alt(db, id, is_decorative ? (struct str) { 0 } : alt, is_decorative);
}

enum err files_use(struct db *db, int64_t id, const char *room, struct str item) {
        return file_use_add(db, id, str_of(room), item);
}

enum err files_unuse(struct db *db, struct arena *a, int64_t id, const char *room, struct str item) {
        int64_t left = 0;
        enum err e = file_use_delete(db, id, str_of(room), item);
        struct file_use_count_row row;
        if (e == OK)
                e = file_use_count(db, a, id, &row);
        left = e == OK ? row.n : 1;
        return e == OK && left == 0 ? files_publish(db, id, false) : e;
}

enum err files_remove(struct db *db, struct arena *a, int64_t id) {
        struct file_row f;
        struct file_use_count_row uses;
        enum err e = files_get(db, a, id, &f);
        if (e == OK)
                e = file_use_count(db, a, id, &uses);
        if (e == OK && uses.n > 0)
                return ERR_CONFLICT;
        return e == OK ? file_delete(db, id) : e;
}

enum err files_folders(struct str root, struct str upload) {
        struct arena a = { 0 };
        const struct str both[] = { root, upload };
        enum err e = OK;
        for (size_t i = 0; i < 2 && e == OK; i++)
                if (mkdir(str_z(&a, both[i]), 0700) != 0 && errno != EEXIST)
                        e = err_log(ERR_DENIED, "cannot make the folder %.*s: %s", STR(both[i]), strerror(errno));
        arena_done(&a);
        return e;
}
