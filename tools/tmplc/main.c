/* tmplc INPUT.tmpl OUTPUT.c OUTPUT.h: compiles a template to C; INPUT.txt.tmpl is one of a text. See docs/templates.md for the language. */
#include <stdio.h>
#include <string.h>
#include "tmplc.h"

static bool read_file(const char *path, struct buf *ret) {
        FILE *f = fopen(path, "rb");
        if (!f)
                return false;
        char part[8192];
        size_t n;
        while ((n = fread(part, 1, sizeof part, f)) > 0)
                buf_put(ret, part, n);
        bool ok = !ferror(f);
        fclose(f);
        return ok;
}

static bool write_file(const char *path, struct str s) {
        FILE *f = fopen(path, "wb");
        if (!f)
                return false;
        bool ok = fwrite(s.p, 1, s.n, f) == s.n;
        ok = fclose(f) == 0 && ok;
        if (!ok)
                remove(path);
        return ok;
}

static struct str base_name(const char *path) {
        const char *slash = strrchr(path, '/');
        return str_of(slash ? slash + 1 : path);
}

static int fail_file(const char *path) {
        fputs(path, stderr);
        fputs(":1: ", stderr);
        perror("cannot read or write");
        return 1;
}

static int run(struct arena *a, bool base_only, char *const *path) {
        struct buf text _cleanup_(buf_done) = { 0 };
        struct buf c _cleanup_(buf_done) = { 0 };
        struct buf h _cleanup_(buf_done) = { 0 };
        struct buf errors _cleanup_(buf_done) = { 0 };
        if (!read_file(path[0], &text))
                return fail_file(path[0]);
        struct tmplc_source in = {
                .file = str_of(path[0]), .text = buf_view(&text), .header = base_name(path[2]), .base_only = base_only,
        };
        enum err e = tmplc_compile(a, &in, &c, &h, &errors);
        if (e) {
                fwrite(errors.p, 1, errors.n, stderr);
                return 1;
        }
        if (!write_file(path[2], buf_view(&h)))
                return fail_file(path[2]);
        if (!write_file(path[1], buf_view(&c))) {
                remove(path[2]);
                return fail_file(path[1]);
        }
        return 0;
}

int main(int argc, char **argv) {
        bool base_only = argc > 1 && strcmp(argv[1], "--base-only") == 0;
        if (argc - base_only != 4) {
                fputs("usage: tmplc [--base-only] INPUT.tmpl OUTPUT.c OUTPUT.h\n", stderr);
                return 2;
        }
        struct arena a _cleanup_(arena_done) = { 0 };
        return run(&a, base_only, argv + 1 + base_only);
}
