/* upload.c - forms with files: decided at their head, cut up while they arrive. A file goes to a place on disk without a name, so
 * that nothing is left of it when the request ends, whatever way it ends. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "internal.h"
#include "fields.h"
#include "multipart.h"
#include "utf8.h"

/* Boundaries and headers around what is sent. */
#define AROUND ((int64_t) MULTIPART_PARTS_MAX * 512)

struct incoming {
        struct multipart parser;
        struct pairs pairs;
        struct str name;                /* of the part that arrives */
        size_t text_from;               /* where its text begins in ex->body */
        bool is_file;
        struct upload now;              /* the file that arrives; fd -1 for none */
        int64_t limit;                  /* bytes of the whole body */
};

static const struct field *file_field(const struct route *r, struct str name) {
        for (const struct field *f = r ? r->fields : NULL; f && f->name; f++)
                if (f->type == FIELD_FILE && (!name.p || str_eq(str_of(f->name), name)))
                        return f;
        return NULL;
}

static int64_t most(const struct field *f) {
        return f->max > 0 ? f->max : FILE_MAX;
}

bool upload_is_route(const struct route *r) {
        return file_field(r, (struct str) { 0 }) != NULL;
}

static enum err stop(struct exchange *ex, int status, struct str text) {
        ex->early = status;
        ex->early_text = text;
        return ERR_INVALID;
}

static struct str size_text(struct arena *a, int64_t bytes) {
        return bytes >= 1 << 20 ? str_fmt(a, "%lld MB", (long long) (bytes >> 20)) : str_fmt(a, "%lld kB", (long long) (bytes >> 10));
}

static enum err too_large(struct exchange *ex, const struct field *f) {
        return stop(ex, 413, str_fmt(&ex->arena, "Het bestand is te groot: een bestand mag hier hoogstens %.*s zijn. Ga terug en kies "
                                     "een kleiner bestand.", STR(size_text(&ex->arena, most(f)))));
}

struct str upload_limit_text(struct exchange *ex) {
        int64_t files = 0;
        for (const struct field *f = ex->rq.route->fields; f->name; f++)
                files += f->type == FIELD_FILE ? most(f) : 0;
        return str_fmt(&ex->arena, "Wat u stuurt is te groot: hoogstens %.*s aan bestanden. Ga terug en kies een kleiner bestand.",
                       STR(size_text(&ex->arena, files)));
}

int64_t upload_limit(const struct exchange *ex) {
        return ex->incoming->limit;
}

/* The letters that turn the order of reading around, to make "gpj.exe" look like "exe.jpg". */
static bool is_direction(uint32_t c) {
        return c == 0x061c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;
}

/* Old browsers send the folders too. */
static struct str clean_name(struct arena *a, struct str s) {
        if (!utf8_valid(s))
                return S("bestand");
        for (size_t i = s.n; i > 0; i--)
                if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
                        s = str_sub(s, i, s.n);
                        break;
                }
        char *out = arena_alloc(a, s.n + 1);
        size_t n = 0;
        for (size_t i = 0; i < s.n;) {
                size_t from = i;
                uint32_t c = utf8_next(s, &i);
                if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || is_direction(c))
                        continue;
                memcpy(out + n, s.p + from, i - from);
                n += i - from;
        }
        struct str name = { out, n };
        if (name.n > FILE_NAME_MAX) {           /* the end says what it is */
                size_t from = name.n - FILE_NAME_MAX;
                while (from < name.n && ((unsigned char) name.p[from] & 0xc0) == 0x80)
                        from++;
                name = str_sub(name, from, name.n);
        }
        name = str_trim(name);
        return name.n ? name : S("bestand");
}

static int open_unnamed(struct arena *a, struct str dir) {
        const char *path = str_z(a, dir);
        int fd = open(path, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
                return fd;
        char *name = (char *) (uintptr_t) str_fmt(a, "%s/in.XXXXXX", path).p;
        fd = mkostemp(name, O_CLOEXEC);
        if (fd >= 0)
                unlink(name);
        return fd;
}

static struct str token_of(const struct incoming *in) {
        for (size_t i = 0; i < in->pairs.list.n; i++)
                if (str_eq(in->pairs.list.v[i].name, S(CSRF_FIELD)))
                        return in->pairs.list.v[i].value;
        return (struct str) { 0 };
}

/* Nothing is stored for a form that is not ours: the token stands before the file. */
static enum err begin_file(struct exchange *ex, const struct multipart_part *p) {
        struct incoming *in = ex->incoming;
        const struct field *f = file_field(ex->rq.route, p->name);
        for (size_t i = 0; f && i < ex->rq.uploads.n; i++)
                if (ex->rq.uploads.v[i].field == f)
                        f = NULL;
        if (!f)
                return stop(ex, 400, S("Dit formulier bevat een bestand dat wij niet verwachten. Ga terug, vernieuw de pagina en kies "
                                       "het bestand opnieuw."));
        if (!dispatch_token(ex, token_of(in))) {
                ex->is_answered = true;
                return ERR_DENIED;
        }
        int fd = open_unnamed(&ex->arena, ex->s->c.upload_dir);
        if (fd < 0) {
                (void) err_log(ERR_INTERNAL, "cannot make a file in %.*s: %s", STR(ex->s->c.upload_dir), strerror(errno));
                return stop(ex, 503, S("Wij kunnen uw bestand nu niet aannemen. Probeer het later opnieuw."));
        }
        in->now = (struct upload) { .field = f, .fd = fd, .name = p->filename.n ? clean_name(&ex->arena, p->filename) : S("") };
        return OK;
}

static enum err begin(void *arg, const struct multipart_part *p) {
        struct exchange *ex = arg;
        struct incoming *in = ex->incoming;
        in->name = str_dup(&ex->arena, p->name);
        in->text_from = ex->body.n;
        in->is_file = p->is_file;
        return p->is_file ? begin_file(ex, p) : OK;
}

static enum err store(struct exchange *ex, const char *p, size_t n) {
        struct upload *u = &ex->incoming->now;
        u->size += (int64_t) n;
        if (u->size > most(u->field))
                return too_large(ex, u->field);
        while (n) {
                ssize_t put = write(u->fd, p, n);
                if (put < 0 && errno == EINTR)
                        continue;
                if (put <= 0) {
                        (void) err_log(ERR_BUSY, "a file that arrives cannot be written: %s", strerror(errno));
                        return stop(ex, 503, S("Wij hebben nu geen ruimte voor uw bestand. Probeer het later opnieuw."));
                }
                p += put;
                n -= (size_t) put;
        }
        return OK;
}

static enum err data(void *arg, const char *p, size_t n) {
        struct exchange *ex = arg;
        if (ex->incoming->is_file)
                return store(ex, p, n);
        if (ex->body.n + n > ex->s->c.limits.body)
                return stop(ex, 413, S(""));
        buf_put(&ex->body, p, n);
        return OK;
}

static void end_file(struct exchange *ex) {
        struct upload *u = &ex->incoming->now;
        if (u->size > 0 && u->name.n == 0)
                u->name = S("bestand");
        if (u->size > 0) {
                *vec_push(&ex->arena, &ex->rq.uploads) = *u;
        } else {
                close(u->fd);
                if (u->name.n)
                        req_error(&ex->rq, u->field->name, S("Het bestand is leeg. Kies een ander bestand."));
        }
        u->fd = -1;
}

static enum err end(void *arg) {
        struct exchange *ex = arg;
        struct incoming *in = ex->incoming;
        struct pair *p = vec_push(&ex->arena, &in->pairs.list);
        *p = (struct pair) { .name = in->name, .is_file = in->is_file };
        p->value = in->is_file ? in->now.name : str_dup(&ex->arena, str_sub(buf_view(&ex->body), in->text_from, ex->body.n));
        if (in->is_file)
                end_file(ex);
        return OK;
}

static void read_part(struct exchange *ex, const char *p, size_t n) {
        enum err e = multipart_feed(&ex->incoming->parser, p, n);
        if (e && !ex->early && !ex->is_answered)
                (void) stop(ex, e == ERR_LIMIT ? 413 : 400, S("Uw browser stuurde een formulier dat wij niet kunnen lezen."));
}

void upload_part(struct exchange *ex, const char *p, size_t n) {
        if ((int64_t) ex->received > ex->incoming->limit)
                (void) stop(ex, 413, upload_limit_text(ex));
        else
                read_part(ex, p, n);
        if (!ex->early && !ex->is_answered)
                conn_credit(ex->conn, (int64_t) n * 1000000 / ex->s->c.limits.upload_rate);
}

void upload_begin(struct exchange *ex, const char *method) {
        static const struct multipart_sink sink = { begin, data, end };
        struct str boundary;
        if (ex->early || !str_eq(str_of(method), S("POST")) || !multipart_boundary(ex->head.content_type, &boundary))
                return;
        struct server *s = ex->s;
        struct incoming *in = arena_new(&ex->arena, struct incoming);
        in->now.fd = -1;
        ex->incoming = in;
        bool counted = atomic_fetch_add(&s->uploads, 1) < s->c.limits.uploads;
        if (!dispatch_head(ex, method)) {
                upload_done(ex);
                return;
        }
        if (!counted && !ex->is_answered) {
                (void) stop(ex, 503, S("Er worden nu te veel bestanden tegelijk verstuurd. Wacht even en probeer het opnieuw."));
                ex->rs.retry_after = 10;
        }
        in->limit = (int64_t) s->c.limits.body + AROUND;
        for (const struct field *f = ex->rq.route->fields; f->name; f++)
                in->limit += f->type == FIELD_FILE ? most(f) : 0;
        multipart_init(&in->parser, boundary, &sink, ex);
}

bool upload_is_whole(const struct exchange *ex) {
        return multipart_is_whole(&ex->incoming->parser);
}

enum err upload_fields(struct exchange *ex, struct str *message, struct str *csrf) {
        return fields_take(&ex->rq, &ex->incoming->pairs, message, csrf);
}

void upload_done(struct exchange *ex) {
        if (!ex->incoming)
                return;
        if (ex->incoming->now.fd >= 0)
                close(ex->incoming->now.fd);
        for (size_t i = 0; i < ex->rq.uploads.n; i++)
                close(ex->rq.uploads.v[i].fd);
        ex->rq.uploads.n = 0;
        ex->incoming = NULL;
        atomic_fetch_sub(&ex->s->uploads, 1);
}
