/* stats.c - `schouders stats NAME < in.csv > out.csv`. The answer goes out whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "commands.h"
#include "filter.h"

#define CHUNK ((size_t) 1 << 16)

static bool copy(FILE *from, FILE *to) {
        static char chunk[CHUNK];
        size_t n;
        while ((n = fread(chunk, 1, sizeof chunk, from)) > 0)
                if (fwrite(chunk, 1, n, to) != n)
                        return false;
        return !ferror(from) && fflush(to) == 0;
}

/* The file as memory that the kernel reads when it is needed, and may forget; a pipe goes to a nameless file first. */
static bool map(int fd, struct str *ret) {
        struct stat st;
        if (fstat(fd, &st) != 0)
                return false;
        if (!S_ISREG(st.st_mode)) {
                FILE *in = fdopen(fd, "rb"), *kept = tmpfile();
                if (!in || !kept || !copy(in, kept))
                        return false;
                rewind(kept);
                return map(fileno(kept), ret);
        }
        *ret = S("");
        if (st.st_size == 0)
                return true;
        off_t read_already = lseek(fd, 0, SEEK_CUR);
        void *p = mmap(NULL, (size_t) st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED || read_already < 0)
                return false;
        *ret = str_sub((struct str) { p, (size_t) st.st_size }, (size_t) read_already, (size_t) st.st_size);
        return true;
}

static bool map_path(struct str path, struct arena *a, struct str *ret) {
        int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
        return fd >= 0 && map(fd, ret);
}

static int unknown(struct str name) {
        if (name.n)
                fprintf(stderr, "schouders: there is no method %.*s. There are:\n", STR(name));
        else
                fprintf(stderr, "schouders: name a method; --help tells about each. There are:\n");
        stats_filter_names(stderr);
        return 2;
}

/* libRmath prints its doubts on standard output: from now on they go to standard error. Returns what it was, NULL on errors. */
static FILE *keep_for_answer(void) {
        int fd = dup(STDOUT_FILENO);
        return fd >= 0 && dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 ? fdopen(fd, "wb") : NULL;
}

int command_stats(struct options *o, struct arena *a) {
        struct str name = o->args_n > 1 ? o->args[1] : S(""), in, other = S("");
        const char *why = "";
        if (o->help) {
                stats_filter_help(stdout);
                return 0;
        }
        if (o->args_n > 3) {
                fprintf(stderr, "schouders: a method and at most one file are expected.\n");
                return 2;
        }
        if (!stats_filter_is(name))
                return unknown(name);
        if (!map(STDIN_FILENO, &in)) {
                fprintf(stderr, "schouders: standard input cannot be read: %s.\n", strerror(errno));
                return 1;
        }
        if (o->args_n == 3 && !map_path(o->args[2], a, &other)) {
                fprintf(stderr, "schouders: %.*s cannot be read: %s.\n", STR(o->args[2]), strerror(errno));
                return 1;
        }
        FILE *out = tmpfile(), *answer = out ? keep_for_answer() : NULL;
        if (!answer) {
                fprintf(stderr, "schouders: no temporary file: %s.\n", strerror(errno));
                return 1;
        }
        enum err e = stats_filter(a, name, in, other, out, &why);
        if (e != OK) {
                fclose(out);
                fprintf(stderr, "schouders: stats %.*s: %s.\n", STR(name), why);
                return 2;
        }
        rewind(out);
        bool written = copy(out, answer);
        fclose(out);
        if (!written)
                fprintf(stderr, "schouders: the answer cannot be written: %s.\n", strerror(errno));
        return written ? 0 : 1;
}
