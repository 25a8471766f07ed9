/* web_text.c - the text of an approach that is handed in, part by part (editing_form.h). */
#include "editing_draft.h"
#include "editing_form.h"
#include "follow.h"
#include "text.tmpl.h"
#include "views.h"

/* Scores are for the committee. */
static bool is_part(const struct item_part *part, struct str kind) {
        return part->shape != PART_SCORES && item_part_fits(part, kind);
}

static struct str at(struct req *rq, const struct assessment *c, const char *rest) {
        return str_fmt(rq->arena, "/mijn-aanpakken/%lld%s", (long long) c->id, rest);
}

/* The case of the visitor that the path names, its draft, and the part. ERR_CONFLICT when it is not hers to write now. */
static enum err find(struct req *rq, struct assessment *c, struct draft *d, const struct item_part **part) {
        enum err e = path_case(rq, c);
        if (e == OK && c->person_id != rq->viewer.person_id)
                return ERR_NOT_FOUND;
        if (e == OK && (!case_is_open(c) || !c->draft_id.is_set))
                return ERR_CONFLICT;
        if (e == OK)
                e = draft_get(rq->db, rq->arena, c->draft_id.v, d);
        *part = item_part_of(rq->param[1]);
        return e == OK && (!*part || !is_part(*part, d->kind)) ? ERR_NOT_FOUND : e;
}

static enum err draw(struct req *rq, struct resp *rs, const struct assessment *c, const struct draft *d, struct text_view *v) {
        v->base = at(rq, c, "");
        v->revision = d->revision;
        for (const struct item_part *k = item_parts; k->code.n; k++)
                if (is_part(k, d->kind))
                        *vec_push(rq->arena, &v->parts) = k;
        struct page p = page_new(rq, rs, v->form.part->title, SECTION_ACCOUNT);
        p.editor = true;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn aanpakken"), S("/mijn-aanpakken"));
        page_crumb(&p, c->title, at(rq, c, ""));
        page_crumb(&p, p.title, rq->path);
        text_part_page(&p, v);
        return page_done(&p);
}

enum err text_part_get(struct req *rq, struct resp *rs) {
        struct text_view v = { .warning = S("") };
        const struct item_part *part = NULL;
        struct assessment c;
        struct draft d;
        enum err e = find(rq, &c, &d, &part);
        if (e == ERR_CONFLICT)
                return resp_redirect(rs, at(rq, &c, ""));
        if (e == OK)
                e = item_form_read(rq->db, rq->arena, d.text, part, req_integer(rq, "vanaf", 0), &v.form);
        return e == OK ? draw(rq, rs, &c, &d, &v) : e;
}

/* The part after PART, or PART itself when it is the last. */
static const struct item_part *part_after(const struct item_part *part, struct str kind) {
        for (const struct item_part *k = part + 1; k->code.n; k++)
                if (is_part(k, kind))
                        return k;
        return NULL;
}

/* SENT with mistakes, or E == ERR_CONFLICT: it was drawn from an older text. */
static enum err draw_again(struct req *rq, struct resp *rs, const struct assessment *c, struct draft *d, const struct item_part *part, struct str sent,
                           enum err e) {
        struct text_view v = { .warning = S(""), .form.part = part };
        if (e == ERR_CONFLICT) {
                v.warning = S("De tekst is in een ander venster veranderd. Hieronder staat uw invoer voor dit deel. Kijk die na en bewaar opnieuw.");
                e = item_form_conflict(rq, d, sent, &v.form);
        } else {
                e = item_form_read(rq->db, rq->arena, sent, part, req_integer(rq, "vanaf", 0), &v.form);
                item_form_again(rq, d, &v.form);
        }
        return e == OK ? page_refused(rs, draw(rq, rs, c, d, &v)) : e;
}

enum err text_part_post(struct req *rq, struct resp *rs) {
        const struct item_part *part = NULL;
        struct assessment c;
        struct draft d;
        struct str sent = S("");
        enum err e = find(rq, &c, &d, &part);
        if (e == ERR_CONFLICT)
                return page_noted(rq, rs, at(rq, &c, ""), "al-gedaan");
        if (e == OK)
                e = item_form_save(rq, part, &d, &sent);
        if ((e == OK && rq->errors.n) || (e == ERR_CONFLICT && sent.n))
                return draw_again(rq, rs, &c, &d, part, sent, e);
        if (e != OK)
                return e;
        const struct item_part *next = part_after(part, d.kind);
        if (!str_eq(req_text(rq, "actie"), S("verder")))
                return resp_redirect(rs, rq->path);
        return resp_redirect(rs, next ? str_fmt(rq->arena, "%.*s/tekst/%.*s", STR(at(rq, &c, "")), STR(next->code)) : at(rq, &c, ""));
}

enum err text_part_autosave(struct req *rq, struct resp *rs) {
        const struct item_part *part = NULL;
        struct assessment c;
        struct draft d;
        struct str sent = S("");
        enum err e = find(rq, &c, &d, &part);
        if (e == OK)
                e = item_form_save(rq, part, &d, &sent);
        if (e == OK && rq->errors.n)
                return page_refused(rs, OK);
        return e == OK ? item_form_saved(rs, &d) : e;
}
