/* static.h - the files of the web build, in memory with their compressed copies. */
#ifndef HTTP_STATIC_H
#define HTTP_STATIC_H
#include "vec.h"

struct static_variant {
        struct str bytes;
        const char *encoding;           /* "br", "gzip" or NULL */
        const char *content_type;
        char etag[24];
};
struct static_file {
        struct str name, path;          /* "main.css", "/static/main.3f2a.css" */
        struct static_variant variant[3];       /* best first; the last is uncompressed */
        size_t variants;
};
struct statics {
        struct map by_path, by_name;
};

/* Reads DIR/manifest.txt and the files it names. An empty DIR is fine: no files. */
_must_use_ enum err statics_load(struct arena *a, struct str dir, struct statics *ret);
/* The variant for an Accept-Encoding header ("" when absent). */
const struct static_variant *static_choose(const struct static_file *f, struct str accept_encoding);
/* True when the header accepts CODING: named without q=0. */
bool accepts_coding(struct str header, struct str coding);

/* Strong ETag with quotes for BYTES: a 64-bit hash of the content. SALT keeps encodings of the same text apart. */
void etag_of(struct str bytes, uint64_t salt, char ret[24]);
/* True when If-None-Match HEADER names ETAG, or is "*". */
bool etag_matches(struct str header, const char *etag);

#endif
