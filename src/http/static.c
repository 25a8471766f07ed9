#include "static.h"
#include <stdio.h>
#include <strings.h>
#include "buf.h"

#define FILE_MAX ((size_t) 16 << 20)

static bool read_file(struct arena *a, const char *path, struct str *ret) {
        FILE *f = fopen(path, "re");
        if (!f)
                return false;
        _cleanup_(buf_done) struct buf b = { .max = FILE_MAX };
        char part[65536];
        size_t n;
        while ((n = fread(part, 1, sizeof part, f)) > 0)
                buf_put(&b, part, n);
        bool good = !ferror(f) && !b.full;
        fclose(f);
        if (good)
                *ret = str_dup(a, buf_view(&b));
        return good;
}

static void add_variant(struct static_file *f, struct str bytes, const char *encoding, const char *content_type) {
        struct static_variant *v = &f->variant[f->variants];
        *v = (struct static_variant) { .bytes = bytes, .encoding = encoding, .content_type = content_type };
        etag_of(bytes, f->variants, v->etag);
        f->variants++;
}

static enum err load(struct arena *a, struct str dir, struct str name, struct str file, struct str type,
                     struct statics *ret) {
        static const struct { const char *suffix, *encoding; } packed[] = { { ".br", "br" }, { ".gz", "gzip" } };
        if (file.p[0] == '/' || str_find(file, S("..")) < file.n)
                return err_log(ERR_INVALID, "manifest.txt names a file outside its folder: %.*s", STR(file));
        struct static_file *f = arena_new(a, struct static_file);
        struct str plain, bytes;
        const char *content_type = str_z(a, type);
        if (!read_file(a, str_fmt(a, "%.*s/%.*s", STR(dir), STR(file)).p, &plain))
                return err_log(ERR_NOT_FOUND, "cannot read static file %.*s", STR(file));
        for (size_t i = 0; i < 2; i++)
                if (read_file(a, str_fmt(a, "%.*s/%.*s%s", STR(dir), STR(file), packed[i].suffix).p, &bytes) &&
                    bytes.n < plain.n)
                        add_variant(f, bytes, packed[i].encoding, content_type);
        add_variant(f, plain, NULL, content_type);
        f->name = str_dup(a, name);
        f->path = str_fmt(a, "/static/%.*s", STR(file));
        map_put(a, &ret->by_path, f->path, f);
        map_put(a, &ret->by_name, f->name, f);
        return OK;
}

enum err statics_load(struct arena *a, struct str dir, struct statics *ret) {
        *ret = (struct statics) { 0 };
        struct str text, line;
        if (dir.n == 0)
                return OK;
        if (!read_file(a, str_fmt(a, "%.*s/manifest.txt", STR(dir)).p, &text))
                return err_log(ERR_NOT_FOUND, "cannot read manifest.txt in the folder of static files");
        while (str_split(&text, '\n', &line)) {
                line = str_trim(line);
                if (line.n == 0)
                        continue;
                struct str rest = line, name, file;
                if (!str_split(&rest, ' ', &name) || !str_split(&rest, ' ', &file) || !rest.p || file.n == 0)
                        return err_log(ERR_INVALID, "manifest.txt: a line is not \"name file content-type\": %.*s",
                                       STR(line));
                enum err e = load(a, dir, name, file, str_trim(rest), ret);
                if (e)
                        return e;
        }
        return OK;
}

bool accepts_coding(struct str header, struct str coding) {
        struct str part;
        if (!header.p)
                return false;
        while (str_split(&header, ',', &part)) {
                size_t semi = str_index(part, ';');
                struct str name = str_trim(str_sub(part, 0, semi)), q = str_sub(part, semi, part.n);
                if (name.n != coding.n || strncasecmp(name.p, coding.p, coding.n) != 0)
                        continue;
                size_t at = str_find(q, S("q="));
                if (at == q.n)
                        return true;
                double v = 0;
                return str_to_f64(str_trim(str_sub(q, at + 2, q.n)), &v) && v > 0;
        }
        return false;
}

const struct static_variant *static_choose(const struct static_file *f, struct str accept_encoding) {
        for (size_t i = 0; i + 1 < f->variants; i++)
                if (accepts_coding(accept_encoding, str_of(f->variant[i].encoding)))
                        return &f->variant[i];
        return &f->variant[f->variants - 1];
}
