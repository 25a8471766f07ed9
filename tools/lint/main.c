/* lint FILE..., lint --root ROOT [FILE...] or lint --stamp STAMP ROOT (for the build): checks the house rules and prints "file:line: message" for each breach.
 * With --root alone it looks at everything in src, tools, schema, content and tests; FILEs are named from the root. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rules.h"
#include "vec.h"

struct lint {
        struct arena a;
        struct str root;
        const char *stamp;      /* a file to make when nothing was found; NULL for none */
        struct findings f;
        struct { struct str *v; size_t n, cap; } files;         /* from the root */
        struct map tables;      /* of schema/ */
        bool failed;
};

/* Folders that hold bad or foreign files on purpose. */
static bool is_skipped(const char *name) {
        static const char *const skipped[] = { "golden", "refuse", "nocompile", "clean", "corpus", "node_modules" };
        for (size_t i = 0; i < sizeof skipped / sizeof *skipped; i++)
                if (strcmp(name, skipped[i]) == 0)
                        return true;
        return name[0] == '.';
}

static void walk(struct lint *l, struct str dir) {
        DIR *d = opendir(str_fmt(&l->a, "%.*s/%.*s", STR(l->root), STR(dir)).p);
        for (struct dirent *e; d && (e = readdir(d));) {
                if (is_skipped(e->d_name))
                        continue;
                struct str path = str_fmt(&l->a, "%.*s/%s", STR(dir), e->d_name);
                struct stat st;
                if (lstat(str_fmt(&l->a, "%.*s/%.*s", STR(l->root), STR(path)).p, &st) != 0)
                        continue;
                if (S_ISDIR(st.st_mode))
                        walk(l, path);
                else if (S_ISREG(st.st_mode) && source_kind(path) != KIND_OTHER)
                        *vec_push(&l->a, &l->files) = path;
        }
        if (d)
                closedir(d);
}

static int by_path(const void *a, const void *b) {
        return str_cmp(*(const struct str *) a, *(const struct str *) b);
}

static bool read_file(const char *path, struct buf *ret) {
        FILE *f = fopen(path, "rb");
        if (!f)
                return false;
        char part[8192];
        size_t n;
        while ((n = fread(part, 1, sizeof part, f)) > 0)
                buf_put(ret, part, n);
        bool ok = !ferror(f) && !ret->full;
        fclose(f);
        return ok;
}

/* Into S, with its bytes in TEXT. */
static bool open_file(struct lint *l, struct str path, struct arena *a, struct buf *text, struct source *s) {
        if (!read_file(str_fmt(a, "%.*s/%.*s", STR(l->root), STR(path)).p, text)) {
                fprintf(stderr, "lint: cannot read %.*s\n", STR(path));
                l->failed = true;
                return false;
        }
        *s = (struct source) { .shown = path, .path = path, .kind = source_kind(path), .text = buf_view(text) };
        source_split(a, s);
        return true;
}

/* All migrations, also when other files were asked for. */
static void read_tables(struct lint *l) {
        DIR *d = opendir(str_fmt(&l->a, "%.*s/schema", STR(l->root)).p);
        for (struct dirent *e; d && (e = readdir(d));) {
                struct buf text _cleanup_(buf_done) = { 0 };
                struct arena a _cleanup_(arena_done) = { 0 };
                struct source s;
                if (str_ends(str_of(e->d_name), S(".sql")) && open_file(l, str_fmt(&a, "schema/%s", e->d_name), &a, &text, &s))
                        tables_add(&l->a, &l->tables, &s);
        }
        if (d)
                closedir(d);
}

static void check_file(struct lint *l, struct str path) {
        struct buf text _cleanup_(buf_done) = { 0 };
        struct arena a _cleanup_(arena_done) = { 0 };
        struct source s;
        if (!open_file(l, path, &a, &text, &s))
                return;
        check_includes(&l->f, &s, &a, l->root);
        check_words(&l->f, &s);
        check_text(&l->f, &s);
        check_length(&l->f, &s);
        check_tables(&l->f, &s, &l->tables);
}

int main(int argc, char **argv) {
        struct lint l = { .root = S(".") };
        int first = 1;
        if (argc > 2 && strcmp(argv[1], "--root") == 0) {
                l.root = str_of(argv[2]);
                first = 3;
        } else if (argc == 4 && strcmp(argv[1], "--stamp") == 0) {
                l.stamp = argv[2];
                l.root = str_of(argv[3]);
                first = argc;
        } else if (argc < 2 || argv[1][0] == '-') {
                fputs("usage: lint FILE... | lint --root ROOT [FILE...] | lint --stamp STAMP ROOT\n", stderr);
                return 2;
        }
        for (int i = first; i < argc; i++) {
                struct str path = str_of(argv[i]);
                *vec_push(&l.a, &l.files) = str_starts(path, S("./")) ? str_sub(path, 2, path.n) : path;
        }
        if (first == argc) {
                static const struct str tops[] = {
                        S_INIT("src"), S_INIT("tools"), S_INIT("schema"), S_INIT("content"), S_INIT("tests"),
                };
                for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
                        walk(&l, tops[i]);
                qsort(l.files.v, l.files.n, sizeof *l.files.v, by_path);
        }
        read_tables(&l);
        for (size_t i = 0; i < l.files.n; i++)
                check_file(&l, l.files.v[i]);
        fwrite(l.f.out.p ? l.f.out.p : "", 1, l.f.out.n, stdout);
        fprintf(stderr, "lint: %zu files, %zu findings\n", l.files.n, l.f.n);
        bool ok = l.f.n == 0 && l.files.n > 0 && !l.failed;
        if (ok && l.stamp) {
                FILE *stamp = fopen(l.stamp, "w");
                ok = stamp && fclose(stamp) == 0;
        }
        buf_done(&l.f.out);
        arena_done(&l.a);
        return ok ? 0 : 1;
}
