/* zipdir.h - the directory of a ZIP archive, for looking into office files; nothing is ever unpacked to disk. Own code, because it must
 * refuse what libraries put up with: bytes before or between the parts that another reader could take for something else, parts that
 * overlap, two of one name, and sizes that are not true. APPNOTE.TXT 6.3 of PKWARE; no ZIP64, no encryption, no other method than
 * stored and deflated. */
#ifndef FILES_ZIPDIR_H
#define FILES_ZIPDIR_H
#include "vec.h"

#define ZIP_ENTRIES_MAX 5000
#define ZIP_UNPACKED_MAX ((int64_t) 200 << 20)  /* bytes of all parts together */
#define ZIP_RATIO_MAX 100               /* unpacked to packed, counted from ZIP_RATIO_FROM bytes on */
#define ZIP_RATIO_FROM ((int64_t) 10 << 20)

struct zip_entry {
        struct str name, packed;        /* point into the archive */
        int64_t size;                   /* unpacked, as declared */
        uint32_t crc;
        bool is_deflated;
        size_t from, to;                /* in the archive: its header and its bytes */
};
struct zipdir {
        struct zip_entry *v;            /* by name */
        size_t n, cap;
};
enum zip_result { ZIP_OK, ZIP_BROKEN, ZIP_ENCRYPTED, ZIP_TOO_LARGE };

/* Reads the directory of BYTES and checks it against the local headers and the limits. */
enum zip_result zipdir_read(struct arena *a, struct str bytes, struct zipdir *ret);
/* Unpacks every part into nothing, to see that sizes and sums are true. */
enum zip_result zipdir_check(const struct zipdir *z);
/* The part of this name, or NULL. */
const struct zip_entry *zipdir_find(const struct zipdir *z, struct str name);
/* Its first bytes, at most MOST, in A; "" when it is broken. */
struct str zipdir_unpack(struct arena *a, const struct zip_entry *e, size_t most);
/* True when an archive ends somewhere in BYTES, whatever they are: readers look for that end from the back. */
bool zipdir_is_inside(struct str bytes);

#endif
