/* web_file.c - the file to fill in, and the file that comes back. */
#include <unistd.h>
#include "sendfile.tmpl.h"
#include "views.h"

static enum err draw(struct req *rq, struct resp *rs, const struct visit *v, const struct wrongs *w) {
        struct file_view view = { .v = v, .was_sent = w != NULL };
        if (w)
                view.wrongs = *w;
        struct page p = delivery_page(rq, rs, v, S("Stuur een bestand met cijfers"));
        p.invalid |= view.wrongs.n > 0;
        page_crumb(&p, S("Bestand"), rq->path);
        sendfile_page(&p, &view);
        return page_done(&p);
}

enum err sendfile_get(struct req *rq, struct resp *rs) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        return e == OK ? draw(rq, rs, &v, NULL) : e;
}

struct prepared { struct table table; struct wrongs wrongs; };

/* Looks into the file before the transaction. */
enum err sendfile_prepare(struct req *rq) {
        const struct upload *u = req_upload(rq, "bestand");
        struct prepared *p = arena_new(rq->arena, struct prepared);
        rq->prepared = p;
        if (!u)
                return OK;
        char *bytes = arena_alloc(rq->arena, (size_t) u->size);
        for (int64_t n = 0; n < u->size;) {
                ssize_t got = pread(u->fd, bytes + n, (size_t) (u->size - n), (off_t) n);
                if (got <= 0)
                        return err_log(ERR_INTERNAL, "a file that was sent could not be read");
                n += got;
        }
        table_read(rq->arena, (struct str) { bytes, (size_t) u->size }, &p->table, &p->wrongs);
        return OK;
}

enum err sendfile_post(struct req *rq, struct resp *rs) {
        struct visit v;
        struct prepared *p = rq->prepared;
        enum err e = visit_find(rq, &v);
        if (e != OK)
                return e;
        if (rq->errors.n || !p)
                return page_refused(rs, draw(rq, rs, &v, NULL));
        struct filled f = filled_new(rq->arena, &v.asked);
        table_fill(rq->arena, &p->table, &v, false, &f, &p->wrongs);
        if (p->wrongs.n)
                return page_refused(rs, draw(rq, rs, &v, &p->wrongs));
        e = v.is_accepted && !v.open ? ERR_CONFLICT : visit_begin(rq, &v, "bestand", S(""));
        if (e == OK)
                e = visit_save(rq, &v, &f, -1, "bestand");
        return e == OK ? visit_noted(rq, rs, &v, "/controle", "ingelezen") : e;
}

static enum err send(struct req *rq, struct resp *rs, enum err made(struct req *, const struct visit *, struct buf *), const char *type, const char *ending) {
        struct visit v;
        enum err e = visit_find(rq, &v);
        if (e == OK)
                e = made(rq, &v, &rs->body);
        rs->content_type = type;
        rs->cache = CACHE_NONE;
        rs->filename = str_fmt(rq->arena, "cijfers-%.*s-%.*s.%s", STR(v.place.slug), STR(period_code(rq->arena, v.period)), ending);
        return e;
}

enum err template_xlsx_get(struct req *rq, struct resp *rs) {
        return send(rq, rs, template_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");
}

enum err template_csv_get(struct req *rq, struct resp *rs) {
        return send(rq, rs, template_csv, "text/csv; charset=utf-8", "csv");
}
