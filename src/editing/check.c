/* check.c - a second pair of eyes: what the checks say, asking, approving, sending back, and bringing two texts together. */
#include "check.tmpl.h"
#include "clock.h"
#include "internal.h"
#include "knowledge_publish.h"
#include "views.h"

#define NOTE_MAX 300
#define REMARKS_MAX 4000

const struct field editing_ask_fields[] = { { .name = "note", .type = FIELD_TEXT, .max = NOTE_MAX }, { 0 } };
const struct field editing_approve_fields[] = {
        { .name = "note", .type = FIELD_TEXT, .max = NOTE_MAX }, { .name = "revisie", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX }, { 0 },
};
const struct field editing_return_fields[] = {
        { .name = "opmerkingen", .type = FIELD_MULTILINE, .max = REMARKS_MAX, .required = true, .missing = "Schrijf wat de schrijver moet veranderen" }, { 0 },
};
const struct field editing_merge_fields[] = {
        { .name = "keuze", .type = FIELD_CODE, .max = 10, .required = true, .missing = "Kies welke tekst blijft waar u allebei iets veranderde" }, { 0 },
};

/* What is published now and, in *BASE, what the draft began with; "" for a new text. */
static enum err texts_of_item(struct req *rq, const struct draft *d, struct published_text_row *now, struct str *base) {
        struct version_of_row version = { .text = S("") };
        bool found = false;
        *now = (struct published_text_row) { .text = S("") };
        *base = S("");
        if (!d->item_id.is_set)
                return OK;
        enum err e = published_text(rq->db, rq->arena, d->item_id.v, now);
        if (e == OK)
                e = version_of(rq->db, rq->arena, d->item_id.v, d->base_version, &version, &found);
        *base = found ? version.text : now->text;
        return e;
}

static enum err load(struct req *rq, struct check_view *v) {
        const struct site *site = rq->app;
        struct published_text_row now;
        struct str base;
        struct person owner;
        bool found = false;
        enum err e = person_get(rq->db, rq->arena, v->draft.owner_id, &owner, &found);
        v->owner = e == OK && found ? owner.name : S("iemand die geen account meer heeft");
        v->is_own = v->draft.owner_id == rq->viewer.person_id;
        v->has_before = v->draft.item_id.is_set;
        if (e == OK)
                e = draft_is_behind(rq, &v->draft, &v->is_behind);
        if (e == OK)
                e = text_report(rq->db, rq->arena, v->draft.text, today_of(rq), site->abbreviations, &v->report);
        if (e == OK)
                e = texts_of_item(rq, &v->draft, &now, &base);
        if (e == OK && v->has_before)
                v->difference = item_difference(rq->arena, now.text, v->draft.text);
        return e;
}

static enum err show_check(struct req *rq, struct resp *rs, const struct draft *d, struct str note) {
        struct check_view v = { .draft = *d, .note = note };
        enum err e = load(rq, &v);
        if (e != OK)
                return e;
        struct page p = editing_page(rq, rs, S("Nakijken"));
        page_crumb(&p, draft_title(d->title), draft_path(rq->arena, d->id, ""));
        page_crumb(&p, p.title, rq->path);
        editing_check_page(&p, &v);
        return page_done(&p);
}

enum err editing_check_get(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft(rq, &d);
        return e == OK ? show_check(rq, rs, &d, d.note) : e;
}

/* Brings D up to what is published, when nobody changed the same. *CONFLICTS tells how often both did: then D stays as it was. */
static enum err catch_up(struct req *rq, struct draft *d, enum merge_side wins, bool force, struct item_merge *merge) {
        struct published_text_row now;
        struct str base;
        *merge = (struct item_merge) { 0 };
        enum err e = texts_of_item(rq, d, &now, &base);
        if (e != OK || !d->item_id.is_set || now.number == d->base_version)
                return e;
        e = item_merge(rq->arena, base, d->text, now.text, wins, merge);
        if (e != OK || (merge->conflicts.n && !force))
                return e;
        e = draft_save(rq->db, rq->arena, d, merge->text, rq->now_ms);
        d->base_version = now.number;
        return e == OK ? draft_put_base(rq->db, d->id, now.number) : e;
}

/* What must be right before somebody else looks, or everybody reads. */
static enum err check_all(struct req *rq, const struct draft *d, struct str note) {
        struct report r;
        enum err e = text_report(rq->db, rq->arena, d->text, today_of(rq), NULL, &r);
        if (e == OK && r.errors)
                req_error(rq, "punten", str_fmt(rq->arena, "Verbeter eerst de punten die rood zijn: %zu", r.errors));
        if (e == OK && d->item_id.is_set && note.n == 0 && req_error_of(rq, "note").n == 0)
                req_error(rq, "note", S("Schrijf in een zin wat er veranderde"));
        return e;
}

enum err editing_ask_post(struct req *rq, struct resp *rs) {
        struct draft d;
        struct item_merge merge = { 0 };
        enum err e = path_draft_to_write(rq, &d);
        if (e == OK)
                e = catch_up(rq, &d, SIDE_MINE, false, &merge);
        if (e == OK && merge.conflicts.n)
                return resp_redirect(rs, draft_path(rq->arena, d.id, "/samenvoegen"));
        if (e == OK)
                e = check_all(rq, &d, req_text(rq, "note"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_check(rq, rs, &d, req_text(rq, "note")));
        d.note = req_text(rq, "note");
        if (e == OK)
                e = draft_state(rq->db, &d, S(DRAFT_ASKED), rq->now_ms);
        if (e == OK)
                e = editing_trail(rq, "draft.ask", "draft", d.id);
        return e == OK ? page_noted(rq, rs, draft_path(rq->arena, d.id, ""), "gevraagd") : e;
}

enum err editing_back_post(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft(rq, &d);
        if (e == OK && d.owner_id != rq->viewer.person_id)
                return ERR_DENIED;
        if (e == OK && str_eq(d.state, S(DRAFT_ASKED)))
                e = draft_state(rq->db, &d, S(DRAFT_WRITING), rq->now_ms);
        return e == OK ? page_noted(rq, rs, draft_path(rq->arena, d.id, ""), "teruggenomen") : e;
}

/* A draft that waits for a check, of somebody else. Nobody approves what is one's own. */
static enum err path_draft_to_check(struct req *rq, struct draft *d) {
        enum err e = path_draft(rq, d);
        if (e == OK && d->owner_id == rq->viewer.person_id)
                return ERR_DENIED;
        return e == OK && !str_eq(d->state, S(DRAFT_ASKED)) ? ERR_CONFLICT : e;
}

enum err editing_return_post(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft_to_check(rq, &d);
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_check(rq, rs, &d, d.note));
        d.remarks = req_text(rq, "opmerkingen");
        d.remarked_by = opt_i64(rq->viewer.person_id);
        if (e == OK)
                e = draft_state(rq->db, &d, S(DRAFT_RETURNED), rq->now_ms);
        if (e == OK)
                e = editing_trail(rq, "draft.return", "draft", d.id);
        return e == OK ? page_noted(rq, rs, S("/redactie"), "teruggestuurd") : e;
}

static enum err publish(struct req *rq, const struct draft *d, struct str note, int64_t *id) {
        struct text_error error;
        struct knowledge_publication p = {
                .item_id = d->item_id.is_set ? d->item_id.v : 0, .slug = S(""), .note = note,
                .text = text_for_publication(rq->arena, d->text, today_of(rq)),
                .made_by = opt_i64(d->owner_id), .checked_by = opt_i64(rq->viewer.person_id), .now_ms = rq->now_ms,
        };
        enum err e = knowledge_publish(rq->db, rq->arena, &p, &error, id);
        if (e == OK)
                e = editing_trail(rq, "item.publish", "item", *id);
        if (e == OK)
                e = draft_files_publish(rq->db, rq->arena, d, *id);
        if (e == OK)
                e = draft_let_go(rq->db, rq->arena, d->id);
        return e == OK ? knowledge_index(rq, *id) : e;
}

/* The text changed under the eyes of who checks: it is shown again, or goes back to its writer. */
static enum err not_this_text(struct req *rq, struct resp *rs, struct draft *d, bool has_conflicts) {
        enum err e = OK;
        if (has_conflicts) {
                d->remarks = S("Iemand anders veranderde intussen hetzelfde. Voeg de twee teksten samen en vraag opnieuw om een controle.");
                d->remarked_by = opt_i64(rq->viewer.person_id);
                e = draft_state(rq->db, d, S(DRAFT_RETURNED), rq->now_ms);
                return e == OK ? page_noted(rq, rs, S("/redactie"), "teruggestuurd") : e;
        }
        return page_noted(rq, rs, draft_path(rq->arena, d->id, "/nakijken"), "verouderd");
}

enum err editing_approve_post(struct req *rq, struct resp *rs) {
        struct draft d;
        struct item_merge merge = { 0 };
        struct edited_item item = { 0 };
        int64_t id = 0;
        bool found;
        enum err e = path_draft_to_check(rq, &d);
        if (e == OK)
                e = catch_up(rq, &d, SIDE_MINE, false, &merge);
        if (e == OK && (merge.conflicts.n || d.revision != req_integer(rq, "revisie", 0)))
                return not_this_text(rq, rs, &d, merge.conflicts.n > 0);
        if (e == OK)
                e = check_all(rq, &d, req_text(rq, "note"));
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_check(rq, rs, &d, req_text(rq, "note")));
        if (e == OK)
                e = publish(rq, &d, req_text(rq, "note"), &id);
        if (e == OK)
                e = item_numbered(rq->db, rq->arena, id, &item, &found);
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/kennis/%.*s", STR(item.slug))) : e;
}

static enum err show_merge(struct req *rq, struct resp *rs, const struct draft *d) {
        struct merge_view v = { .draft = *d };
        struct published_text_row now;
        struct str base;
        enum err e = texts_of_item(rq, d, &now, &base);
        if (e == OK && (!d->item_id.is_set || now.number == d->base_version))
                return resp_redirect(rs, draft_path(rq->arena, d->id, ""));
        if (e == OK)
                e = item_merge(rq->arena, base, d->text, now.text, SIDE_MINE, &v.merge);
        if (e != OK)
                return e;
        v.difference = item_difference(rq->arena, d->text, now.text);
        struct page p = editing_page(rq, rs, S("Iemand anders wijzigde deze tekst ook"));
        page_crumb(&p, draft_title(d->title), draft_path(rq->arena, d->id, ""));
        page_crumb(&p, S("Samenvoegen"), rq->path);
        editing_merge_page(&p, &v);
        return page_done(&p);
}

enum err editing_merge_get(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = path_draft_to_write(rq, &d);
        return e == OK ? show_merge(rq, rs, &d) : e;
}

enum err editing_merge_post(struct req *rq, struct resp *rs) {
        struct draft d;
        struct item_merge merge;
        struct str choice = req_text(rq, "keuze");
        enum err e = path_draft_to_write(rq, &d);
        if (e == OK && rq->errors.n)
                return page_refused(rs, show_merge(rq, rs, &d));
        if (e == OK)
                e = catch_up(rq, &d, str_eq(choice, S("andere")) ? SIDE_THEIRS : SIDE_MINE, true, &merge);
        if (e == OK)
                e = draft_state(rq->db, &d, S(DRAFT_WRITING), rq->now_ms);
        return e == OK ? page_noted(rq, rs, draft_path(rq->arena, d.id, ""), "samengevoegd") : e;
}
