#include "zipdir.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define LOCAL 30                        /* bytes of the headers, without what varies */
#define CENTRAL 46
#define END 22
#define FLAG_ENCRYPTED 1u

static uint32_t u16(struct str s, size_t at) {
        const unsigned char *p = (const unsigned char *) s.p + at;
        return (uint32_t) p[0] | (uint32_t) p[1] << 8;
}

static uint32_t u32(struct str s, size_t at) {
        return u16(s, at) | u16(s, at + 2) << 16;
}

/* The end record, whose comment ends where the file does; s.n when there is none. */
static size_t find_end(struct str s) {
        for (size_t back = END; back <= s.n && back <= END + 65535; back++) {
                size_t at = s.n - back;
                if (memcmp(s.p + at, "PK\5\6", 4) == 0 && u16(s, at + 20) == back - END)
                        return at;
        }
        return s.n;
}

bool zipdir_is_inside(struct str bytes) {
        return str_find(bytes, S("PK\5\6\0\0\0\0")) < bytes.n;
}

/* A name that leads out of the archive, or that two readers would read in two ways. */
static bool is_bad_name(struct str name) {
        return name.n == 0 || name.p[0] == '/' || str_index(name, '\0') < name.n || str_index(name, '\\') < name.n ||
               str_index(name, ':') < name.n || str_find(name, S("../")) < name.n || str_ends(name, S(".."));
}

/* The local header says the same as the directory. */
static enum zip_result read_local(struct str s, size_t at, uint32_t method, uint32_t packed, struct zip_entry *e) {
        if (at > s.n || s.n - at < LOCAL || memcmp(s.p + at, "PK\3\4", 4) != 0)
                return ZIP_BROKEN;
        size_t name_n = u16(s, at + 26), extra_n = u16(s, at + 28), from = at + LOCAL + name_n + extra_n;
        if (from > s.n || s.n - from < packed || u16(s, at + 8) != method ||
            !str_eq(str_sub(s, at + LOCAL, name_n), e->name))
                return ZIP_BROKEN;
        e->packed = str_sub(s, from, packed);
        e->from = at;
        e->to = from + packed;
        return u16(s, at + 6) & FLAG_ENCRYPTED ? ZIP_ENCRYPTED : ZIP_OK;
}

static enum zip_result read_entry(struct str s, size_t end, size_t *at, struct zip_entry *e) {
        if (end - *at < CENTRAL || memcmp(s.p + *at, "PK\1\2", 4) != 0)
                return ZIP_BROKEN;
        size_t name_n = u16(s, *at + 28), more = u16(s, *at + 30) + u16(s, *at + 32);
        uint32_t method = u16(s, *at + 10), packed = u32(s, *at + 20);
        if (end - *at - CENTRAL < name_n + more)
                return ZIP_BROKEN;
        *e = (struct zip_entry) { .name = str_sub(s, *at + CENTRAL, name_n), .size = u32(s, *at + 24), .crc = u32(s, *at + 16),
                                  .is_deflated = method == 8 };
        if (u16(s, *at + 8) & FLAG_ENCRYPTED)
                return ZIP_ENCRYPTED;
        if ((method != 0 && method != 8) || (method == 0 && e->size != packed) || is_bad_name(e->name) || u16(s, *at + 34) != 0)
                return ZIP_BROKEN;
        enum zip_result r = read_local(s, u32(s, *at + 42), method, packed, e);
        *at += CENTRAL + name_n + more;
        return r;
}

static int by_place(const void *a, const void *b) {
        const struct zip_entry *x = a, *y = b;
        return (x->from > y->from) - (x->from < y->from);
}

static int by_name(const void *a, const void *b) {
        return str_cmp(((const struct zip_entry *) a)->name, ((const struct zip_entry *) b)->name);
}

/* From the first byte on, one after another: parts that share bytes are how small archives become huge. Between them there is room
 * for a data descriptor only. */
static bool is_in_order(struct zipdir *z, size_t directory) {
        size_t at = 0;
        if (z->n == 0)
                return false;
        qsort(z->v, z->n, sizeof *z->v, by_place);
        for (size_t i = 0; i < z->n; i++) {
                if (z->v[i].from < at || z->v[i].from - at > (i ? 24 : 0))
                        return false;
                at = z->v[i].to;
        }
        if (directory < at || directory - at > 24)
                return false;
        qsort(z->v, z->n, sizeof *z->v, by_name);
        for (size_t i = 1; i < z->n; i++)
                if (str_eq(z->v[i].name, z->v[i - 1].name))
                        return false;
        return true;
}

enum zip_result zipdir_read(struct arena *a, struct str s, struct zipdir *ret) {
        size_t end = find_end(s);
        int64_t packed = 0, unpacked = 0;
        *ret = (struct zipdir) { 0 };
        if (end == s.n)
                return ZIP_BROKEN;
        size_t n = u16(s, end + 10), at = u32(s, end + 16), directory = at;
        if (u16(s, end + 4) != 0 || u16(s, end + 8) != n || at > end || end - at != u32(s, end + 12))
                return ZIP_BROKEN;
        if (n > ZIP_ENTRIES_MAX)
                return ZIP_TOO_LARGE;
        for (size_t i = 0; i < n; i++) {
                struct zip_entry e;
                enum zip_result r = read_entry(s, end, &at, &e);
                if (r)
                        return r;
                *vec_push(a, ret) = e;
                packed += (int64_t) e.packed.n;
                unpacked += e.size;
        }
        if (unpacked > ZIP_UNPACKED_MAX || (unpacked > ZIP_RATIO_FROM && unpacked / ZIP_RATIO_MAX > packed))
                return ZIP_TOO_LARGE;
        return at == end && is_in_order(ret, directory) ? ZIP_OK : ZIP_BROKEN;
}

const struct zip_entry *zipdir_find(const struct zipdir *z, struct str name) {
        struct zip_entry key = { .name = name };
        return z->n ? bsearch(&key, z->v, z->n, sizeof *z->v, by_name) : NULL;
}

/* Unpacks E piece by piece, at most MOST bytes: into OUT, or into nothing. False when it is broken or larger. */
static bool unpack(const struct zip_entry *e, size_t most, char *out, size_t *n, uint32_t *crc) {
        unsigned char part[32768];
        z_stream z = { .next_in = (unsigned char *) (uintptr_t) e->packed.p, .avail_in = (unsigned) e->packed.n };
        int r = Z_OK;
        *n = 0;
        *crc = (uint32_t) crc32(0, NULL, 0);
        if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
                return false;
        while (r == Z_OK) {
                z.next_out = part;
                z.avail_out = sizeof part;
                r = inflate(&z, Z_NO_FLUSH);
                size_t got = sizeof part - z.avail_out;
                if ((r != Z_OK && r != Z_STREAM_END) || (got == 0 && r == Z_OK))
                        break;
                if (got > most - *n) {
                        got = most - *n;
                        r = Z_BUF_ERROR;
                }
                if (out && got)
                        memcpy(out + *n, part, got);
                *crc = (uint32_t) crc32(*crc, part, (unsigned) got);
                *n += got;
        }
        bool whole = r == Z_STREAM_END && z.avail_in == 0;
        inflateEnd(&z);
        return whole;
}

enum zip_result zipdir_check(const struct zipdir *z) {
        for (size_t i = 0; i < z->n; i++) {
                const struct zip_entry *e = &z->v[i];
                size_t n = e->packed.n;
                uint32_t crc;
                bool whole = true;
                if (e->is_deflated)
                        whole = unpack(e, (size_t) e->size, NULL, &n, &crc);
                else
                        crc = (uint32_t) crc32(crc32(0, NULL, 0), (const unsigned char *) e->packed.p, (unsigned) e->packed.n);
                if (!whole || (int64_t) n != e->size || crc != e->crc)
                        return ZIP_BROKEN;
        }
        return ZIP_OK;
}

struct str zipdir_unpack(struct arena *a, const struct zip_entry *e, size_t most) {
        size_t n = (size_t) e->size < most ? (size_t) e->size : most;
        uint32_t crc;
        if (!e->is_deflated)
                return str_sub(e->packed, 0, n);
        char *out = arena_alloc(a, n);
        (void) unpack(e, n, out, &n, &crc);
        return (struct str) { out, n };
}
