#include "blob.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_hex(struct str s, size_t n) {
        for (size_t i = 0; i < s.n; i++)
                if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
                        return false;
        return s.n == n;
}

static enum err failed(const char *what, struct str path) {
        bool no_room = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
        return err_log(no_room ? ERR_BUSY : ERR_INTERNAL, "%s %.*s: %s", what, STR(path), strerror(errno));
}

/* ROOT/ab for a hash that begins with ab. */
static struct str folder_of(struct arena *a, struct str root, struct str hash) {
        return str_fmt(a, "%.*s/%.*s", STR(root), 2, hash.p);
}

struct str blob_path(struct arena *a, struct str root, struct str hash) {
        return str_fmt(a, "%.*s/%.*s/%.*s", STR(root), 2, hash.p, 62, hash.p + 2);
}

static enum err sync_folder(struct str path) {
        int fd = open(path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool good = fd >= 0 && fsync(fd) == 0;
        enum err e = good ? OK : failed("cannot sync", path);
        if (fd >= 0)
                close(fd);
        return e;
}

static enum err make_folder(struct arena *a, struct str path, struct str parent) {
        if (mkdir(path.p, 0700) == 0)
                return sync_folder(str_dup(a, parent));
        return errno == EEXIST ? OK : failed("cannot make", path);
}

static bool write_all(int fd, struct str s) {
        while (s.n) {
                ssize_t n = write(fd, s.p, s.n);
                if (n < 0 && errno == EINTR)
                        continue;
                if (n <= 0)
                        return false;
                s = str_sub(s, (size_t) n, s.n);
        }
        return true;
}

/* Held while a name appears or disappears: so a put never trusts bytes that the night is about to remove. */
static enum err lock(struct arena *a, struct str root, int *ret) {
        struct str path = str_fmt(a, "%.*s/.lock", STR(root));
        *ret = open(path.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (*ret < 0)
                return failed("cannot open", path);
        while (flock(*ret, LOCK_EX) != 0)
                if (errno != EINTR) {
                        close(*ret);
                        return failed("cannot lock", path);
                }
        return OK;
}

/* Gives TEMP its name, or finds that the bytes are there and makes them young again. */
static enum err name_it(struct arena *a, struct str root, struct str temp, struct str path, struct str folder, int64_t size) {
        struct stat st;
        int held;
        enum err e = lock(a, root, &held);
        if (e)
                return e;
        bool is_there = stat(path.p, &st) == 0 && st.st_size == size;
        if (is_there && utimensat(AT_FDCWD, path.p, NULL, 0) != 0)
                e = failed("cannot touch", path);
        if (!is_there && rename(temp.p, path.p) != 0)
                e = failed("cannot name", path);
        if (is_there)
                unlink(temp.p);
        close(held);
        return e ? e : sync_folder(folder);
}

enum err blob_put(struct arena *a, struct str root, struct str bytes, char ret[BLOB_NAME]) {
        unsigned char sum[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(sum, (const unsigned char *) bytes.p, bytes.n);
        sodium_bin2hex(ret, BLOB_NAME, sum, sizeof sum);
        struct str hash = str_of(ret), folder = folder_of(a, root, hash), path = blob_path(a, root, hash);
        enum err e = make_folder(a, folder, root);
        if (e)
                return e;
        struct str temp = str_fmt(a, "%.*s/.XXXXXX", STR(folder));
        int fd = mkostemp((char *) (uintptr_t) temp.p, O_CLOEXEC);
        if (fd < 0)
                return failed("cannot make a file in", folder);
        if (!write_all(fd, bytes) || fsync(fd) != 0)
                e = failed("cannot write", temp);
        close(fd);
        if (!e)
                e = name_it(a, root, temp, path, folder, (int64_t) bytes.n);
        if (e)
                unlink(temp.p);
        return e;
}

enum err blob_open(struct arena *a, struct str root, struct str hash, int *fd, int64_t *size) {
        struct stat st;
        if (!is_hex(hash, BLOB_NAME - 1))
                return ERR_NOT_FOUND;
        struct str path = blob_path(a, root, hash);
        *fd = open(path.p, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        if (*fd < 0)
                return errno == ENOENT ? ERR_NOT_FOUND : failed("cannot open", path);
        if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode)) {
                close(*fd);
                return failed("cannot read", path);
        }
        *size = st.st_size;
        return OK;
}

static bool is_old(struct str path, int64_t until_ms) {
        struct stat st;
        return lstat(path.p, &st) == 0 && S_ISREG(st.st_mode) && (int64_t) st.st_mtim.tv_sec * 1000 + st.st_mtim.tv_nsec / 1000000 < until_ms;
}

struct sweep {
        struct arena *a;
        struct str root;
        int64_t until_ms;
        blob_known *is_known;
        void *arg;
        int *removed;
};

static enum err remove_old(struct sweep *s, struct str path) {
        int held;
        enum err e = lock(s->a, s->root, &held);
        if (e)
                return e;
        if (is_old(path, s->until_ms) && unlink(path.p) == 0)
                ++*s->removed;
        close(held);
        return OK;
}

/* Names begin with a dot while they are written. */
static enum err sweep_one(struct sweep *s, struct str folder, const char *name) {
        struct str path = str_fmt(s->a, "%.*s/%s", STR(folder), name), n = str_of(name);
        bool known = false;
        if ((n.p[0] != '.' && !is_hex(n, BLOB_NAME - 3)) || !is_old(path, s->until_ms))
                return OK;
        enum err e = OK;
        if (n.p[0] != '.')
                e = s->is_known(s->arg, str_fmt(s->a, "%.*s%s", STR(str_sub(folder, folder.n - 2, 2)), name), &known);
        return e || known ? e : remove_old(s, path);
}

static enum err sweep_folder(struct sweep *s, struct str folder) {
        DIR *d = opendir(folder.p);
        enum err e = OK;
        if (!d)
                return failed("cannot open", folder);
        for (struct dirent *f; !e && (f = readdir(d));)
                e = sweep_one(s, folder, f->d_name);
        closedir(d);
        return e;
}

enum err blob_sweep(struct arena *a, struct str root, const char *unfinished, int64_t until_ms, blob_known *is_known, void *arg, int *removed) {
        struct sweep s = { a, root, until_ms, is_known, arg, removed };
        DIR *d = opendir(str_z(a, root));
        enum err e = OK;
        *removed = 0;
        if (!d)
                return failed("cannot open", root);
        for (struct dirent *f; !e && (f = readdir(d));)
                if (is_hex(str_of(f->d_name), 2))
                        e = sweep_folder(&s, str_fmt(a, "%.*s/%s", STR(root), f->d_name));
                else if (str_starts(str_of(f->d_name), str_of(unfinished)) && is_old(str_fmt(a, "%.*s/%s", STR(root), f->d_name), until_ms))
                        e = remove_old(&s, str_fmt(a, "%.*s/%s", STR(root), f->d_name));
        closedir(d);
        return e;
}
