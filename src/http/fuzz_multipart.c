/* Forms with files: nothing crashes, the same bytes in pieces give the same parts, and what comes out was in the body. The first
 * line of the input is the Content-Type. */
#include <stdlib.h>
#include <string.h>
#include "buf.h"
#include "multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#define MUST(x) do { if (!(x)) abort(); } while (0)

struct seen {
        struct buf text;        /* names and data of all parts */
        size_t bytes;
        int open;
};

static enum err begin(void *arg, const struct multipart_part *p) {
        struct seen *s = arg;
        MUST(s->open++ == 0 && p->name.n > 0 && (p->is_file || p->filename.n == 0));
        MUST(str_index(p->name, '\n') == p->name.n && str_index(p->filename, '\n') == p->filename.n);
        buf_fmt(&s->text, "<%zu/%zu/%d>", p->name.n, p->filename.n, p->is_file);
        buf_str(&s->text, p->name);
        buf_str(&s->text, p->filename);
        return OK;
}

static enum err put(void *arg, const char *p, size_t n) {
        struct seen *s = arg;
        MUST(s->open == 1 && n > 0);
        buf_put(&s->text, p, n);
        s->bytes += n;
        return OK;
}

static enum err end(void *arg) {
        struct seen *s = arg;
        MUST(--s->open == 0);
        return OK;
}

static enum err run(struct str boundary, const char *p, size_t n, size_t step, struct seen *s, bool *whole) {
        static const struct multipart_sink sink = { begin, put, end };
        struct multipart m;
        enum err e = OK;
        multipart_init(&m, boundary, &sink, s);
        for (size_t i = 0; i < n && !e; i += step)
                e = multipart_feed(&m, p + i, n - i < step ? n - i : step);
        MUST(e == OK || e == ERR_INVALID || e == ERR_LIMIT);
        MUST(m.parts <= MULTIPART_PARTS_MAX + 1);
        *whole = multipart_is_whole(&m);
        MUST(!(*whole && s->open));
        return e;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
        struct str all = { (const char *) data, n }, boundary, type = str_sub(all, 0, str_index(all, '\n'));
        struct str body = str_sub(all, type.n + 1, n);
        struct seen at_once = { .text.max = 1 << 22 }, in_drops = at_once;
        bool one, two;
        if (!multipart_boundary(type, &boundary))
                return 0;
        enum err a = run(boundary, body.p, body.n, body.n + 1, &at_once, &one), b = run(boundary, body.p, body.n, 1, &in_drops, &two);
        MUST(a == b && one == two && at_once.bytes <= body.n);
        /* after a mistake the pieces that came before may differ */
        MUST(a || str_eq(buf_view(&at_once.text), buf_view(&in_drops.text)));
        buf_done(&at_once.text);
        buf_done(&in_drops.text);
        return 0;
}
