/* attach.c - images and documents of a draft: sent with a description, shown with the Markdown that puts them into the text, and public
 * from the day that the text is. */
#include "attach.tmpl.h"
#include "files.h"
#include "internal.h"
#include "views.h"

/* What editors send is of the site, and an editor need not have an organisation. */
#define EDITORS_QUOTA FILES_QUOTA_ORGANISATION

const struct field editing_detach_fields[] = { { .name = "nummer", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX, .required = true },
        PAGE_ALT_FIELDS, { 0 } };         /* the page that is shown again has those of the other form */
const struct field editing_attach_fields[] = { { .name = "bestand", .type = FIELD_FILE }, PAGE_ALT_FIELDS, { 0 } };

static struct str use_of(struct arena *a, int64_t draft) {
        return str_fmt(a, "%lld", (long long) draft);
}

/* Square brackets would end the text of a link. */
static struct str plain(struct arena *a, struct str s) {
        char *out = arena_alloc(a, s.n + 1);
        for (size_t i = 0; i < s.n; i++)
                out[i] = s.p[i] == '[' ? '(' : s.p[i] == ']' ? ')' : s.p[i];
        return (struct str) { out, s.n };
}

struct str draft_file_markdown(struct arena *a, const struct draft_file *f) {
        const struct file_kind *kind = file_kind_of(f->kind);
        struct str path = file_path(a, &(struct file_row) { .id = f->id, .name = f->name, .kind = f->kind });
        if (!kind || !kind->is_image)
                return str_fmt(a, "[%.*s (%.*s, %.*s)](%.*s)", STR(plain(a, f->name)), STR(kind ? kind->label : f->kind), STR(file_size_text(a, f->size)), STR(path));
        return f->is_decorative ? str_fmt(a, "![](%.*s \"decoratief\")", STR(path)) : str_fmt(a, "![%.*s](%.*s)", STR(plain(a, f->alt)), STR(path));
}

static enum err show(struct req *rq, struct resp *rs, const struct draft *d) {
        struct attach_view v = { .draft = *d };
        enum err e = files_of_draft(rq->db, rq->arena, use_of(rq->arena, d->id), &v.files);
        if (e != OK)
                return e;
        struct page p = editing_page(rq, rs, S("Afbeeldingen en bestanden"));
        page_crumb(&p, draft_title(d->title), draft_path(rq->arena, d->id, ""));
        page_crumb(&p, p.title, rq->path);
        attach_page(&p, &v);
        return page_done(&p);
}

enum err editing_attach_get(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft_to_write(rq, &d);
        return e == OK ? show(rq, rs, &d) : e;
}

enum err editing_attach_prepare(struct req *rq) {
        return files_prepare(rq, "bestand", FILES_ALL, (struct file_ready **) &rq->prepared);
}

enum err editing_attach_post(struct req *rq, struct resp *rs) {
        struct draft d;
        int64_t id = 0;
        enum err e = path_draft_to_write(rq, &d);
        if (e == OK && !rq->prepared && rq->errors.n == 0)
                req_error(rq, "bestand", S("Kies een bestand"));
        if (e == OK && rq->errors.n == 0)
                e = files_keep(rq, rq->prepared, &(struct file_wish) { .alt = req_text(rq, "alt"), .is_decorative = req_has(rq, "decoratief"),
                               .see_rights = RIGHT_EDIT, .quota = EDITORS_QUOTA }, &id);
        if (e == ERR_INVALID || (e == OK && rq->errors.n))
                return page_refused(rs, show(rq, rs, &d));
        if (e == OK)
                e = files_use(rq->db, id, "editing", use_of(rq->arena, d.id));
        return e == OK ? page_noted(rq, rs, draft_path(rq->arena, d.id, "/bestanden"), "bestand") : e;
}

static bool is_in_text(struct arena *a, const struct draft *d, int64_t file) {
        return str_find(d->text, str_fmt(a, "(/bestand/%lld/", (long long) file)) < d->text.n;
}

/* Makes room. A file that another text shows stays. */
enum err editing_detach_post(struct req *rq, struct resp *rs) {
        struct draft d;
        struct draft_file_list files = { 0 };
        int64_t id = req_integer(rq, "nummer", 0);
        bool found = false;
        enum err e = path_draft_to_write(rq, &d);
        if (e == OK)
                e = files_of_draft(rq->db, rq->arena, use_of(rq->arena, d.id), &files);
        for (size_t i = 0; e == OK && i < files.n; i++)
                found |= files.v[i].id == id;
        if (e != OK || !found)
                return e != OK ? e : ERR_NOT_FOUND;
        if (is_in_text(rq->arena, &d, id)) {
                req_error(rq, "bestand", S("Dit bestand staat nog in uw tekst. Haal daar eerst de regel weg"));
                return page_refused(rs, show(rq, rs, &d));
        }
        e = files_unuse(rq->db, rq->arena, id, "editing", use_of(rq->arena, d.id));
        if (e == OK)
                e = files_remove(rq->db, rq->arena, id);
        return e == OK || e == ERR_CONFLICT ? page_noted(rq, rs, draft_path(rq->arena, d.id, "/bestanden"), "bestand-weg") : e;
}

enum err draft_let_go(struct db *db, struct arena *a, int64_t id) {
        struct draft_file_list files;
        enum err e = files_of_draft(db, a, use_of(a, id), &files);
        for (size_t i = 0; e == OK && i < files.n; i++)
                e = files_unuse(db, a, files.v[i].id, "editing", use_of(a, id));
        return e == OK ? draft_drop(db, id) : e;
}

enum err draft_files_publish(struct db *db, struct arena *a, const struct draft *d, int64_t item_id) {
        struct draft_file_list files;
        enum err e = files_of_draft(db, a, use_of(a, d->id), &files);
        for (size_t i = 0; e == OK && i < files.n; i++) {
                if (!is_in_text(a, d, files.v[i].id))
                        continue;
                e = files_use(db, files.v[i].id, "knowledge", str_fmt(a, "%lld", (long long) item_id));
                if (e == OK)
                        e = files_publish(db, files.v[i].id, true);
        }
        return e;
}
