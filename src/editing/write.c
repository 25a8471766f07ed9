/* write.c - a draft and its parts: the form, saving, saving by itself, and a preview. */
#include "write.tmpl.h"
#include "editing_form.h"
#include "internal.h"
#include "knowledge_publish.h"
#include "views.h"

const struct field editing_part_fields[] = { NOTE_FIELD, { .name = "vanaf", .type = FIELD_INTEGER, .min = 0, .max = 1000 }, { 0 } };

static enum err name_of(struct req *rq, int64_t person, struct str *ret) {
        struct person p;
        bool found;
        enum err e = person_get(rq->db, rq->arena, person, &p, &found);
        *ret = e == OK && found ? p.name : S("iemand die geen account meer heeft");
        return e;
}

enum err editing_draft_show(struct req *rq, struct resp *rs) {
        struct draft_view v = { .remarker = S("") };
        enum err e = path_draft(rq, &v.draft);
        if (e == OK)
                e = name_of(rq, v.draft.owner_id, &v.owner);
        if (e == OK && v.draft.remarked_by.is_set)
                e = name_of(rq, v.draft.remarked_by.v, &v.remarker);
        if (e == OK)
                e = draft_is_behind(rq, &v.draft, &v.is_behind);
        if (e != OK)
                return e;
        v.is_own = v.draft.owner_id == rq->viewer.person_id;
        for (const struct item_part *part = item_parts; part->code.n; part++)
                if (item_part_fits(part, v.draft.kind))
                        *vec_push(rq->arena, &v.parts) = (struct part_line) { part, item_form_lines(rq->arena, v.draft.text, part) };
        struct page p = editing_page(rq, rs, draft_title(v.draft.title));
        page_crumb(&p, p.title, rq->path);
        editing_draft_page(&p, &v);
        return page_done(&p);
}

static const struct item_part *next_part(const struct item_part *part, struct str kind) {
        do
                part++;
        while (part->code.n && !item_part_fits(part, kind));
        return part->code.n ? part : NULL;
}

static enum err show_part(struct req *rq, struct resp *rs, struct part_view *v) {
        v->next = next_part(v->form.part, v->draft.kind);
        struct page p = editing_page(rq, rs, v->form.part->title);
        page_crumb(&p, draft_title(v->draft.title), draft_path(rq->arena, v->draft.id, ""));
        page_crumb(&p, p.title, rq->path);
        p.editor = !v->is_conflict;
        editing_part_page(&p, v);
        return page_done(&p);
}

enum err editing_part_get(struct req *rq, struct resp *rs) {
        struct part_view v = { 0 };
        const struct item_part *part = item_part_of(rq->param[1]);
        enum err e = part ? path_draft_to_write(rq, &v.draft) : ERR_NOT_FOUND;
        if (e == OK)
                e = item_form_read(rq->db, rq->arena, v.draft.text, part, req_integer(rq, "vanaf", 0), &v.form);
        return e == OK ? show_part(rq, rs, &v) : e;
}

/* What was sent is shown beside what is kept. The next time the form is sent it is meant to win: it then holds the revision that is kept. */
static enum err show_conflict(struct req *rq, struct resp *rs, struct part_view *v, struct str sent) {
        v->is_conflict = true;
        v->difference = item_difference(rq->arena, v->draft.text, sent);
        enum err e = item_form_conflict(rq, &v->draft, sent, &v->form);
        if (e != OK)
                return e;
        req_error(rq, "actie", S("Uw concept is intussen ergens anders gewijzigd, bijvoorbeeld in een ander venster"));
        return page_refused(rs, show_part(rq, rs, v));
}

static enum err save(struct req *rq, struct part_view *v, struct str *sent) {
        v->form.part = item_part_of(rq->param[1]);
        enum err e = v->form.part ? path_draft_to_write(rq, &v->draft) : ERR_NOT_FOUND;
        return e == OK ? item_form_save(rq, v->form.part, &v->draft, sent) : e;
}

static enum err after_saving(struct req *rq, struct resp *rs, const struct part_view *v) {
        struct str action = req_text(rq, "actie");
        const struct item_part *part = v->form.part, *next = next_part(part, v->draft.kind);
        struct str here = draft_path(rq->arena, v->draft.id, str_fmt(rq->arena, "/deel/%.*s", STR(part->code)).p);
        long long from = req_integer(rq, "vanaf", 0);
        if (str_eq(action, S("nog-een")))
                return resp_redirect(rs, str_fmt(rq->arena, "%.*s?vanaf=%zu#nieuw", STR(here),
                                         item_form_last(part, item_form_lines(rq->arena, v->draft.text, part))));
        if (str_eq(action, S("volgende")))
                return resp_redirect(rs, str_fmt(rq->arena, "%.*s?vanaf=%lld", STR(here), from + req_integer(rq, "aantal", 0)));
        if (str_eq(action, S("voorbeeld")))
                return resp_redirect(rs, draft_path(rq->arena, v->draft.id, "/voorbeeld"));
        if (str_eq(action, S("verder")) && next)
                return resp_redirect(rs, draft_path(rq->arena, v->draft.id, str_fmt(rq->arena, "/deel/%.*s", STR(next->code)).p));
        return page_noted(rq, rs, draft_path(rq->arena, v->draft.id, ""), "bewaard");
}

enum err editing_part_post(struct req *rq, struct resp *rs) {
        struct part_view v = { 0 };
        struct str sent = S("");
        enum err e = save(rq, &v, &sent);
        if (e == ERR_CONFLICT && sent.n)
                return show_conflict(rq, rs, &v, sent);
        if (e != OK)
                return e;
        if (rq->errors.n == 0)
                return after_saving(rq, rs, &v);
        e = item_form_read(rq->db, rq->arena, sent, v.form.part, req_integer(rq, "vanaf", 0), &v.form);
        if (e != OK)
                return e;
        item_form_again(rq, &v.draft, &v.form);
        return page_refused(rs, show_part(rq, rs, &v));
}

/* For the script: the new revision. Errors are statuses (web/README.md, "Writing"). */
enum err editing_part_autosave(struct req *rq, struct resp *rs) {
        struct part_view v = { 0 };
        struct str sent = S("");
        enum err e = save(rq, &v, &sent);
        if (e == OK && rq->errors.n)
                return page_refused(rs, OK);
        return e == OK ? item_form_saved(rs, &v.draft) : e;
}

enum err editing_preview_get(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft(rq, &d);
        return e == OK ? knowledge_preview(rq, rs, d.text, draft_path(rq->arena, d.id, "")) : e;
}

enum err editing_drop_post(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft_to_write(rq, &d);
        if (e == OK)
                e = draft_let_go(rq->db, rq->arena, d.id);
        return e == OK ? page_noted(rq, rs, S("/redactie"), "weggegooid") : e;
}
