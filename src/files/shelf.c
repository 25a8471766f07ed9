#include "shelf.h"
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "jobs.h"
#include "people_kept.h"

static const struct field fields[] = { { .name = "bestand", .type = FIELD_FILE }, { .name = "alt", .type = FIELD_TEXT }, { 0 } };
static const struct route route = { .method = POST, .pattern = "/test", .fields = fields };
static const struct kept *const all_kept[] = { people_kept, files_kept, NULL };

/* A limit on the size of files stands for a full disk. */
static void limit_disk(rlim_t bytes) {
        struct rlimit r;
        assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
        r.rlim_cur = bytes ? bytes : r.rlim_max;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

void shelf_open(struct shelf *s, void **state) {
        house_open(&s->h, state);
        s->a = &s->h.s->arena;
        char *folder = (char *) (uintptr_t) str_fmt(s->a, "/tmp/schouders-files.XXXXXX").p;
        assert_non_null(mkdtemp(folder));
        s->h.site.files = str_of(folder);
        s->h.site.kept = all_kept;
        s->person = somebody(&s->h, "anna");
        s->token = sign_in(&s->h, s->person, 1, NOW);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where) {
        (void) st, (void) kind, (void) where;
        return remove(path);
}

void shelf_close(struct shelf *s) {
        if (s->h.site.files.n)
                assert_int_equal(nftw(str_z(s->a, s->h.site.files), remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
        house_close(&s->h);
}

struct file_ready *shelf_look(struct shelf *s, struct req *rq, const char *name, struct str bytes, enum files_accept accept) {
        struct file_ready *ready = NULL;
        int fd = memfd_create("upload", MFD_CLOEXEC);
        assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t) bytes.n);
        rq->route = &route;
        *vec_push(rq->arena, &rq->values) = (struct field_value) { .field = &fields[0], .text = str_of(name) };
        *vec_push(rq->arena, &rq->uploads) = (struct upload) { &fields[0], str_of(name), (int64_t) bytes.n, fd };
        limit_disk(s->disk);
        enum err e = files_prepare(rq, "bestand", accept, &ready);
        limit_disk(0);
        assert_int_equal(e, OK);
        close(fd);
        return ready;
}

enum err shelf_keep_as(struct shelf *s, const char *name, struct str bytes, struct file_wish w, int64_t *id, struct req *rq) {
        *rq = request_of(&s->h, s->token, NOW);
        struct file_ready *f = shelf_look(s, rq, name, bytes, FILES_ALL);
        return TX(&s->h, files_keep(rq, f, &w, id));
}

int64_t shelf_keep(struct shelf *s, const char *name, struct str bytes, struct file_wish w) {
        struct req rq;
        int64_t id = 0;
        if (shelf_keep_as(s, name, bytes, w, &id, &rq) != OK)
                fail_msg("%s: %.*s", name, STR(rq.errors.n ? rq.errors.v[0].message : S("?")));
        assert_true(id > 0);
        return id;
}

struct file_row shelf_row(struct shelf *s, int64_t id) {
        struct file_row f = { 0 };
        assert_int_equal(files_get(s->h.db, s->a, id, &f), OK);
        return f;
}

int64_t shelf_rows(struct shelf *s) {
        return test_number(s->h.db, "SELECT count(*) FROM file");
}

int shelf_blobs(struct shelf *s, int *half) {
        int n = 0;
        DIR *root = opendir(str_z(s->a, s->h.site.files));
        assert_non_null(root);
        *half = 0;
        for (struct dirent *d; (d = readdir(root));) {
                DIR *folder = d->d_name[0] == '.' ? NULL : opendir(str_fmt(s->a, "%.*s/%s", STR(s->h.site.files), d->d_name).p);
                for (struct dirent *f; folder && (f = readdir(folder));) {
                        n += strlen(f->d_name) == 62;
                        *half += f->d_name[0] == '.' && strlen(f->d_name) == 7;
                }
                if (folder)
                        closedir(folder);
        }
        closedir(root);
        return n;
}

int shelf_sweep(struct shelf *s, int64_t now_ms) {
        struct job_context c = { .db = s->h.db, .arena = s->a, .now_ms = now_ms, .app = &s->h.site };
        int half;
        assert_int_equal(files_sweep_run(&c), OK);
        return shelf_blobs(s, &half);
}
