#include "samples.h"
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include "buf.h"

static void u16(struct buf *b, size_t v) {
        buf_char(b, (char) (v & 255));
        buf_char(b, (char) (v >> 8 & 255));
}

static void u32(struct buf *b, size_t v) {
        u16(b, v & 65535);
        u16(b, v >> 16);
}

struct str sample_join(struct arena *a, struct str x, struct str y) {
        char *p = arena_alloc(a, x.n + y.n + 1);
        memcpy(p, x.p, x.n);
        memcpy(p + x.n, y.p, y.n);
        return (struct str) { p, x.n + y.n };
}

static struct str pack(struct arena *a, const struct sample_part *p) {
        if (!p->deflate)
                return p->bytes;
        size_t room = p->bytes.n + 1000;
        z_stream z = { .next_in = (unsigned char *) (uintptr_t) p->bytes.p, .avail_in = (unsigned) p->bytes.n };
        char *out = arena_alloc(a, room);
        if (deflateInit2(&z, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
                abort();
        z.next_out = (unsigned char *) out;
        z.avail_out = (unsigned) room;
        if (deflate(&z, Z_FINISH) != Z_STREAM_END)
                abort();
        deflateEnd(&z);
        return (struct str) { out, room - z.avail_out };
}

/* What both headers share, from the flags on. */
static void header(struct buf *b, const struct sample_part *p, struct str packed, const char *name) {
        u16(b, p->flags);
        u16(b, p->deflate ? 8 : 0);
        u32(b, 0);
        u32(b, (uint32_t) crc32(0, (const unsigned char *) p->bytes.p, (unsigned) p->bytes.n));
        u32(b, packed.n);
        u32(b, p->says_size ? p->says_size : p->bytes.n);
        u16(b, strlen(name));
        u16(b, 0);
}

struct str sample_zip(struct arena *a, const struct sample_part *parts, size_t n) {
        struct buf b = { 0 }, directory = { 0 };
        for (size_t i = 0; i < n; i++) {
                struct str packed = pack(a, &parts[i]);
                const char *local = parts[i].local_name ? parts[i].local_name : parts[i].name;
                size_t at = b.n;
                buf_str(&b, S("PK\3\4"));
                u16(&b, 20);
                header(&b, &parts[i], packed, local);
                buf_str(&b, str_of(local));
                buf_str(&b, packed);
                buf_str(&directory, S("PK\1\2"));
                u16(&directory, 20);
                u16(&directory, 20);
                header(&directory, &parts[i], packed, parts[i].name);
                u16(&directory, 0);
                u16(&directory, 0);
                u16(&directory, 0);
                u32(&directory, 0);
                u32(&directory, at);
                buf_str(&directory, str_of(parts[i].name));
        }
        size_t at = b.n;
        buf_str(&b, buf_view(&directory));
        buf_str(&b, S("PK\5\6"));
        u32(&b, 0);
        u16(&b, n);
        u16(&b, n);
        u32(&b, directory.n);
        u32(&b, at);
        u16(&b, 0);
        struct str s = str_dup(a, buf_view(&b));
        buf_done(&b);
        buf_done(&directory);
        return s;
}

struct str sample_office(struct arena *a, const char *code, struct sample_part extra) {
        static const struct { const char *code, *part; struct str mimetype; } all[] = {
                { "docx", "word/document.xml", S_INIT("") }, { "xlsx", "xl/workbook.xml", S_INIT("") }, { "pptx", "ppt/presentation.xml", S_INIT("") },
                { "odt", "content.xml", S_INIT("application/vnd.oasis.opendocument.text") },
                { "ods", "content.xml", S_INIT("application/vnd.oasis.opendocument.spreadsheet") },
                { "odp", "content.xml", S_INIT("application/vnd.oasis.opendocument.presentation") },
        };
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
                bool odf = all[i].mimetype.n > 0;
                struct sample_part parts[4] = {
                        { .name = odf ? "mimetype" : "[Content_Types].xml", .bytes = odf ? all[i].mimetype : S("<Types/>") },
                        { .name = all[i].part, .bytes = S("<a>een twee een twee een twee een twee</a>"), .deflate = true },
                };
                size_t n = 2;
                if (odf && (!extra.name || strcmp(extra.name, "META-INF/manifest.xml") != 0))
                        parts[n++] = (struct sample_part) { .name = "META-INF/manifest.xml", .bytes = S("<manifest/>") };
                if (extra.name)
                        parts[n++] = extra;
                if (!strcmp(code, all[i].code))
                        return sample_zip(a, parts, n);
        }
        abort();
}

struct str sample_pdf(struct arena *a) {
        return str_dup(a, S("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"));
}

struct pixels sample_pixels(struct arena *a, int width, int height, int channels) {
        struct pixels px = { arena_alloc(a, (size_t) width * (size_t) height * (size_t) channels), width, height, channels };
        for (int y = 0; y < height; y++)
                for (int x = 0; x < width; x++) {
                        unsigned char *p = px.p + ((size_t) y * (size_t) width + (size_t) x) * (size_t) channels;
                        bool left = x < width / 2;
                        unsigned char rgba[4] = { y && !left ? 0 : 255, y ? 0 : 255, y && left ? 0 : 255, 255 };
                        memcpy(p, rgba, (size_t) channels);
                }
        return px;
}

struct str sample_png(struct arena *a, int width, int height) {
        struct str s;
        if (!png_write(a, sample_pixels(a, width, height, 3), &s))
                abort();
        return s;
}

struct str sample_jpeg(struct arena *a, int width, int height, int orientation) {
        struct str s;
        char exif[] = "\xff\xd8\xff\xe1\x00\x2c" "Exif\0\0" "MM\0*\0\0\0\x08" "\0\1" "\1\x12\0\3\0\0\0\1\0\0\0\0" "\0\0\0\0" "GPS-PLAATS";
        exif[2 + 4 + 6 + 8 + 2 + 9] = (char) orientation;
        if (!jpeg_write(a, sample_pixels(a, width, height, 3), &s))
                abort();
        return sample_join(a, (struct str) { exif, sizeof exif - 1 }, str_sub(s, 2, s.n));
}

struct str sample_webp(struct arena *a, int width, int height, bool lossless) {
        struct str s;
        if (!webp_write(a, sample_pixels(a, width, height, 4), lossless, &s))
                abort();
        return s;
}
