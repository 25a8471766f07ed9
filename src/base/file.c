#include "file.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "vec.h"

static void close_fd(int *fd) {
        if (*fd >= 0)
                close(*fd);
}

enum err file_read(struct arena *a, struct str path, size_t max, struct str *ret) {
        _cleanup_(close_fd) int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
        struct stat st;
        if (fd < 0)
                return errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED;
        if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
                return ERR_DENIED;
        if ((uint64_t) st.st_size > max)
                return ERR_LIMIT;
        char *p = arena_alloc(a, (size_t) st.st_size + 1);
        size_t n = 0;
        while (n < (size_t) st.st_size) {
                ssize_t got = read(fd, p + n, (size_t) st.st_size - n);
                if (got < 0 && errno != EINTR)
                        return ERR_DENIED;
                if (got == 0)
                        break;
                n += got > 0 ? (size_t) got : 0;
        }
        *ret = (struct str) { p, n };
        return OK;
}

static int by_bytes(const void *x, const void *y) {
        return str_cmp(*(const struct str *) x, *(const struct str *) y);
}

enum err file_list(struct arena *a, struct str path, struct str suffix, struct str_list *ret) {
        DIR *d = opendir(str_z(a, path));
        if (!d)
                return errno == ENOENT ? ERR_NOT_FOUND : ERR_DENIED;
        *ret = (struct str_list) { 0 };
        for (struct dirent *e; (e = readdir(d));)
                if (e->d_name[0] != '.' && str_ends(str_of(e->d_name), suffix))
                        *vec_push(a, ret) = str_dup(a, str_of(e->d_name));
        closedir(d);
        if (ret->n)
                qsort(ret->v, ret->n, sizeof *ret->v, by_bytes);
        return OK;
}
