/* multipart.h - multipart/form-data (RFC 7578), cut up while it arrives. Own code, as urlencoded.h is: libmicrohttpd's post
 * processor has no limit on the number of parts or on the size of their headers, and accepts nested parts and encodings that no
 * browser sends. This takes only what browsers send (WHATWG HTML, "multipart form data"), in constant memory, and is fuzzed. */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H
#include "str.h"

#define MULTIPART_BOUNDARY_MAX 70       /* characters, RFC 2046 */
#define MULTIPART_HEADER_MAX 2048       /* bytes of the headers of one part */
#define MULTIPART_PARTS_MAX 100         /* as many as urlencoded fields */

/* NAME and FILENAME point into the parser until `begin` returns; any bytes but line ends and NUL. */
struct multipart_part {
        struct str name, filename;
        bool is_file;                   /* has a file name, perhaps an empty one */
};
/* What becomes of the parts. Another result than OK ends the parsing. */
struct multipart_sink {
        enum err (*begin)(void *arg, const struct multipart_part *part);
        enum err (*data)(void *arg, const char *p, size_t n);   /* bytes of the part that began last */
        enum err (*end)(void *arg);
};

enum multipart_state { MULTIPART_SKIP, MULTIPART_AFTER, MULTIPART_HEADERS, MULTIPART_DATA, MULTIPART_CLOSED };
struct multipart {
        const struct multipart_sink *sink;
        void *arg;
        enum multipart_state state;
        char delimiter[MULTIPART_BOUNDARY_MAX + 4];     /* CR LF - - boundary */
        size_t delimiter_n, matched;    /* bytes of it that are held back */
        char header[MULTIPART_HEADER_MAX];
        size_t header_n;
        char after[2];                  /* what follows a delimiter: CR LF or - - */
        size_t after_n;
        int parts;
        enum err failed;                /* the result that every later call gives too */
};

/* The boundary of a Content-Type header, borrowed. False when the type is another one or the boundary is missing or wrong. */
bool multipart_boundary(struct str content_type, struct str *ret);
void multipart_init(struct multipart *m, struct str boundary, const struct multipart_sink *sink, void *arg);
/* Takes the next N bytes. ERR_INVALID for what no browser sends, ERR_LIMIT for too many parts or too large headers, or what
 * the sink answered. */
_must_use_ enum err multipart_feed(struct multipart *m, const char *p, size_t n);
/* True after the closing delimiter: nothing was cut off. */
bool multipart_is_whole(const struct multipart *m);

#endif
