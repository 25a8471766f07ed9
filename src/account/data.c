/* data.c - everything that is kept about somebody: to see, to take along, to delete. */
#include "archive.h"
#include "clock.h"
#include "files.h"
#include "data.tmpl.h"
#include "internal.h"
#include "json.h"
#include "vec.h"

struct str kept_words(struct arena *a, const struct kept_value *v) {
        return v->ms.is_set ? clock_dutch_time(a, v->ms.v) : v->text;
}

enum err data_gather(struct req *rq, struct data_view *ret) {
        const struct site *site = rq->app;
        enum err e = OK;
        *ret = (struct data_view) { .made = clock_dutch_time(rq->arena, rq->now_ms) };
        for (const struct kept *const *list = site->kept; e == OK && *list; list++)
                for (const struct kept *k = *list; e == OK && k->table; k++) {
                        struct kept_view *v = vec_push(rq->arena, &ret->parts);
                        v->kept = k;
                        e = people_show(rq, rq->viewer.person_id, k, &v->rows);
                }
        return e;
}

enum err account_data_get(struct req *rq, struct resp *rs) {
        struct data_view v;
        enum err e = data_gather(rq, &v);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Mijn gegevens"), S("/account/mijn-gegevens"));
        account_data_page(&p, &v);
        return page_done(&p);
}

static void put_value(struct json *j, const struct kept_value *v) {
        char iso[CLOCK_ISO_MAX];
        if (v->ms.is_set)
                clock_iso(v->ms.v, iso);
        json_str(j, v->key, v->ms.is_set ? str_of(iso) : v->text);
}

/* An object with a list for each part, in the order of the page. */
static void put_json(struct buf *b, const struct data_view *v, int64_t now_ms) {
        struct json j = { .out = b };
        char iso[CLOCK_ISO_MAX];
        clock_iso(now_ms, iso);
        json_object(&j, NULL);
        json_str(&j, "gemaakt", str_of(iso));
        for (size_t i = 0; i < v->parts.n; i++) {
                const struct kept_view *part = &v->parts.v[i];
                if (!part->kept->key)
                        continue;
                json_array(&j, part->kept->key);
                for (size_t r = 0; r < part->rows.rows.n; r++) {
                        const struct kept_row *row = &part->rows.rows.v[r];
                        json_object(&j, NULL);
                        for (size_t k = 0; k < row->n; k++)
                                put_value(&j, &row->v[k]);
                        json_end_object(&j);
                }
                json_end_array(&j);
        }
        json_end_object(&j);
        buf_char(b, '\n');
}

struct packing { struct archive_file *v; size_t n, cap; };

/* Adds what the person sent, newest first, as far as PACKED_MAX bytes go; of the rest the list tells the address. Bytes that are not there
 * are no reason to give nothing. */
#define PACKED_MAX FILES_QUOTA_PERSON
static enum err add_files(struct req *rq, struct packing *p) {
        struct file_row_list l = { 0 };
        int64_t before = 0, left = PACKED_MAX;
        enum err e;
        do {
                e = files_list_of_person(rq->db, rq->arena, rq->viewer.person_id, before, &l);
                for (size_t i = 0; e == OK && i < l.n; i++) {
                        const struct file_row *f = &l.v[i];
                        struct archive_file packed = { .name = file_path(rq->arena, f).p + 1 };         /* without its first "/" */
                        before = f->id;
                        if (f->size > left || files_place(rq, f, &packed.path) != OK)
                                continue;
                        left -= f->size;
                        *vec_push(rq->arena, p) = packed;
                }
        } while (e == OK && l.n == FILES_LIST_MAX);
        return e;
}

/* A few texts fit in memory; with files it is a file too. */
static enum err send_packed(struct req *rq, struct resp *rs, const struct packing *p, size_t texts) {
        const struct site *site = rq->app;
        int64_t size;
        int fd;
        if (p->n == texts) {
                rs->content_type = "application/zip";
                return archive_make(p->v, p->n, &rs->body);
        }
        enum err e = archive_make_file(rq->arena, p->v, p->n, site->files, &fd, &size);
        if (e == OK)
                resp_file(rs, rq->arena, fd, size, "application/zip", str_fmt(rq->arena, "%lld", (long long) rq->now_ms));
        return e;
}

enum err account_data_zip_get(struct req *rq, struct resp *rs) {
        struct data_view v;
        struct buf html _cleanup_(buf_done) = { 0 }, json _cleanup_(buf_done) = { 0 };
        enum err e = data_gather(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Mijn gegevens bij Schouders"), SECTION_ACCOUNT);
        p.out = &html;
        account_data_file(&p, &v);
        put_json(&json, &v, rq->now_ms);
        if (html.full || json.full)
                return err_log(ERR_LIMIT, "what is kept about somebody passed the maximum size");
        struct packing files = { 0 };
        *vec_push(rq->arena, &files) = (struct archive_file) { .name = "mijn-gegevens.html", .bytes = buf_view(&html) };
        *vec_push(rq->arena, &files) = (struct archive_file) { .name = "mijn-gegevens.json", .bytes = buf_view(&json) };
        size_t texts = files.n;
        e = add_files(rq, &files);
        if (e == OK)
                e = send_packed(rq, rs, &files, texts);
        rs->filename = S("schouders-mijn-gegevens.zip");
        rs->cache = CACHE_NONE;
        return e;
}

static enum err draw_erase(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct erase_view v = { .kept = site->kept };
        enum err e = people_is_last_administrator(rq, rq->viewer.person_id, &v.is_last);
        if (e == OK)
                e = proof_view(rq, &v.proof);
        if (e != OK)
                return e;
        struct page p = account_page(rq, rs, S("Account verwijderen"), S("/account/verwijderen"));
        account_erase_page(&p, &v);
        return page_done(&p);
}

enum err account_erase_get(struct req *rq, struct resp *rs) {
        return draw_erase(rq, rs);
}

enum err account_erase_post(struct req *rq, struct resp *rs) {
        bool good = false, last = false;
        enum err e = people_is_last_administrator(rq, rq->viewer.person_id, &last);
        if (e == OK && rq->errors.n == 0 && last)
                req_error(rq, "zeker", S("U bent de enige beheerder. Maak eerst iemand anders beheerder."));
        if (e == OK && rq->errors.n == 0 && !str_eq(req_text(rq, "zeker"), S("ja")))
                req_error(rq, "zeker", S("Zet een vinkje als u uw account wilt verwijderen."));
        if (e == OK && rq->errors.n == 0)
                e = proof_check(rq, &good);
        if (e != OK)
                return e;
        if (!good)
                return account_refused(rs, draw_erase(rq, rs));
        e = people_erase(rq, rq->viewer.person_id);
        resp_cookie(rs, COOKIE_SESSION, S(""), 0);
        return e == OK ? resp_redirect(rs, S("/account/verwijderd")) : e;
}

enum err account_erased_get(struct req *rq, struct resp *rs) {
        return account_note(rq, rs, S("Uw account is verwijderd"),
                            S("Uw gegevens zijn gewist. Dank u wel dat u meedeed. Lezen kan altijd, ook zonder account."), S("/"), S("Naar de startpagina"));
}
