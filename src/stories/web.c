/* web.c - /mijn-verhalen: writing a story, mending it, and taking it back. */
#include "editing_draft.h"
#include "files.h"
#include "internal.h"
#include "knowledge_publish.h"
#include "people.h"
#include "stories.tmpl.h"
#include "utf8.h"

#define PATH "/mijn-verhalen"

static struct page story_page(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn verhalen"), S(PATH));
        return p;
}

static enum err overview_get(struct req *rq, struct resp *rs) {
        static const struct { struct str code, text; } done[] = {
                { S_INIT("gestuurd"), S_INIT("Uw verhaal is bij de redactie. U leest hier of er vragen zijn, en wanneer het online staat.") },
                { S_INIT("ingetrokken"), S_INIT("Uw verhaal is weg van de site. De tekst is gewist.") },
                { S_INIT("weg"), S_INIT("Uw concept is gewist.") },
        };
        struct stories_view v = { .done = S("") };
        enum err e = story_drafts(rq->db, rq->arena, rq->viewer.person_id, &v.drafts);
        if (e == OK)
                e = story_items(rq->db, rq->arena, rq->viewer.person_id, &v.items);
        if (e != OK)
                return e;
        for (size_t i = 0; i < sizeof done / sizeof *done; i++)
                if (str_eq(done[i].code, req_text(rq, "klaar")))
                        v.done = done[i].text;
        struct page p = story_page(rq, rs, S("Mijn verhalen"));
        stories_page(&p, &v);
        return page_done(&p);
}

/* What was sent, in the place of what the form held. */
static void take_fields(struct req *rq, struct story_form *f) {
        struct str *phases;
        size_t n = req_many(rq, "fase", &phases);
        f->title = req_text(rq, "titel");
        f->summary = req_text(rq, "samenvatting");
        f->name = req_text(rq, "schuilnaam");
        f->warning = req_text(rq, "waarschuwing");
        f->theme = req_text(rq, "thema");
        f->target = req_text(rq, "doelgroep");
        f->agreed = str_eq(req_text(rq, "akkoord"), S("ja"));
        f->phases = S("");
        for (size_t i = 0; i < n; i++)
                f->phases = str_fmt(rq->arena, "%.*s%s%.*s", STR(f->phases), i ? ", " : "", STR(phases[i]));
        for (size_t i = 0; i < 4; i++)
                f->parts[i] = req_text(rq, story_parts[i].field);
}

static enum err draw(struct req *rq, struct resp *rs, struct story_form *f) {
        enum err e = story_terms(rq->db, rq->arena, &f->terms);
        if (e != OK)
                return e;
        struct page p = story_page(rq, rs, f->draft_id ? S("Uw verhaal aanpassen") : S("Uw verhaal delen"));
        page_crumb(&p, p.title, rq->path);
        story_form_page(&p, f);
        return page_done(&p);
}

static struct story_form empty_form(void) {
        return (struct story_form) { .remarks = S(""), .title = S(""), .summary = S(""), .name = S(""), .warning = S(""), .phases = S("hulpverlening"),
                                     .theme = S(""), .target = S("iedereen"), .parts = { S(""), S(""), S(""), S("") } };
}

static enum err new_get(struct req *rq, struct resp *rs) {
        struct story_form f = empty_form();
        return draw(rq, rs, &f);
}

/* The visitor's own story in the address that is not published yet. */
static enum err own_draft(struct req *rq, struct draft *d) {
        int64_t id;
        enum err e = str_to_i64(rq->param[0], &id) ? draft_get(rq->db, rq->arena, id, d) : ERR_NOT_FOUND;
        return e == OK && (d->owner_id != rq->viewer.person_id || !str_eq(d->kind, S(STORY_KIND)) || d->item_id.is_set) ? ERR_NOT_FOUND : e;
}

static enum err draft_get_page(struct req *rq, struct resp *rs) {
        struct story_form f = empty_form();
        struct draft d;
        enum err e = own_draft(rq, &d);
        if (e == OK)
                e = story_read(rq->arena, d.text, &f);
        f.draft_id = e == OK ? d.id : 0;
        f.remarks = e == OK ? d.remarks : S("");
        return e == OK ? draw(rq, rs, &f) : e;
}

/* The text that the fields make, or mistakes in rq. */
static enum err compose(struct req *rq, struct story_form *f, struct str *text) {
        struct text_error error = { 0, S("") };
        take_fields(rq, f);
        if (!f->agreed)
                req_error(rq, "akkoord", S("Geef toestemming, anders mogen wij uw verhaal niet plaatsen"));
        if (f->phases.n == 0)
                req_error(rq, "fase", S("Kies ten minste een moment"));
        if (utf8_length(f->parts[1]) < 200 && req_error_of(rq, "verhaal").n == 0)
                req_error(rq, "verhaal", S("Vertel iets meer: ten minste 200 tekens"));
        if (rq->errors.n)
                return OK;
        *text = story_text(rq->arena, f, rq->now_ms);
        enum err e = knowledge_check(rq->db, rq->arena, *text, &error);
        if (e == ERR_INVALID)
                req_error(rq, "titel", str_fmt(rq->arena, "Dit kan zo niet: %.*s", STR(error.reason)));
        return e == ERR_INVALID ? OK : e;
}

/* To the editors: nobody but them and the writer sees it before they published it. */
static enum err hand_in(struct req *rq, struct resp *rs, struct draft *d, struct str text) {
        enum err e = draft_save(rq->db, rq->arena, d, text, rq->now_ms);
        if (e == OK)
                e = draft_state(rq->db, d, S(DRAFT_ASKED), rq->now_ms);
        if (e == OK)
                e = story_put(rq->db, d->id, rq->viewer.person_id, rq->now_ms);
        if (e == OK)
                e = people_trail(rq, "draft.ask", "draft", d->id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=gestuurd")) : e;
}

static enum err new_post(struct req *rq, struct resp *rs) {
        struct story_form f = empty_form();
        struct draft d;
        struct str text;
        int64_t id = 0;
        enum err e = compose(rq, &f, &text);
        if (e == OK && rq->errors.n)
                return page_refused(rs, draw(rq, rs, &f));
        if (e == OK)
                e = draft_make(rq->db, rq->arena, &(struct draft_new) { .purpose = DRAFT_ARTICLE, .kind = S(STORY_KIND),
                               .owner_id = rq->viewer.person_id, .now_ms = rq->now_ms, .idempotency = rq->idempotency }, &id);
        if (e == ERR_CONFLICT)                  /* the same form twice */
                return resp_redirect(rs, S(PATH "?klaar=gestuurd"));
        if (e == OK)
                e = draft_get(rq->db, rq->arena, id, &d);
        return e == OK ? hand_in(rq, rs, &d, text) : e;
}

static enum err draft_post(struct req *rq, struct resp *rs) {
        struct story_form f = empty_form();
        struct draft d;
        struct str text;
        enum err e = own_draft(rq, &d);
        f.draft_id = e == OK ? d.id : 0;
        f.remarks = e == OK ? d.remarks : S("");
        if (e == OK)
                e = compose(rq, &f, &text);
        if (e == OK && rq->errors.n)
                return page_refused(rs, draw(rq, rs, &f));
        return e == OK ? hand_in(rq, rs, &d, text) : e;
}

static enum err drop_post(struct req *rq, struct resp *rs) {
        struct draft d;
        enum err e = own_draft(rq, &d);
        if (e == OK)
                e = draft_drop(rq->db, d.id);
        if (e == OK)
                e = story_delete(rq->db, d.id);
        if (e == OK)
                e = people_trail(rq, "draft.drop", "draft", d.id, (struct opt_i64) { 0 }, S(""), S(""));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=weg")) : e;
}

/* At once, without anybody's leave: the page is gone, and so is every version of the text, with its images. */
static enum err withdraw(struct req *rq, int64_t item_id, bool is_published) {
        struct drafts_of_item_row_list drafts;
        struct files_of_item_row_list files;
        struct str item = str_fmt(rq->arena, "%lld", (long long) item_id);
        enum err e = OK;
        if (is_published)
                e = knowledge_withdraw(rq->db, rq->arena, item_id, S("De schrijver heeft dit verhaal ingetrokken."), rq->now_ms);
        if (e == OK)
                e = knowledge_wipe(rq->db, item_id, S("Ingetrokken verhaal"));
        if (e == OK)
                e = drafts_of_item(rq->db, rq->arena, item_id, &drafts);
        for (size_t i = 0; e == OK && i < drafts.n; i++)
                e = draft_let_go(rq->db, rq->arena, drafts.v[i].id);
        if (e == OK)
                e = files_of_item(rq->db, rq->arena, item, &files);
        for (size_t i = 0; e == OK && i < files.n; i++)
                e = files_unuse(rq->db, rq->arena, files.v[i].file_id, "knowledge", item);
        if (e == OK)
                e = knowledge_index(rq, item_id);
        return e == OK ? people_trail(rq, "story.withdraw", "item", item_id, (struct opt_i64) { 0 }, S(""), S("")) : e;
}

static enum err withdraw_post(struct req *rq, struct resp *rs) {
        struct story_item_row item;
        int64_t id;
        bool found = false;
        enum err e = str_to_i64(rq->param[0], &id) ? story_item(rq->db, rq->arena, id, rq->viewer.person_id, &item, &found) : OK;
        if (e == OK && !found)
                return ERR_NOT_FOUND;
        if (e == OK)
                e = withdraw(rq, id, str_eq(item.state, S("published")));
        return e == OK ? resp_redirect(rs, S(PATH "?klaar=ingetrokken")) : e;
}

#define PART_MAX 40000
static const struct field done_fields[] = { { .name = "klaar", .type = FIELD_CODE, .max = 20 }, { 0 } };
static const struct field form_fields[] = {
        { .name = "titel", .type = FIELD_TEXT, .max = 150, .required = true, .missing = "Geef uw verhaal een titel" },
        { .name = "samenvatting", .type = FIELD_TEXT, .max = 300, .required = true, .missing = "Schrijf in een zin waar uw verhaal over gaat" },
        { .name = "schuilnaam", .type = FIELD_TEXT, .max = 100, .required = true, .missing = "Kies een naam die onder uw verhaal staat" },
        { .name = "waarschuwing", .type = FIELD_TEXT, .max = 300 },
        { .name = "fase", .type = FIELD_CODE, .max = 40, .many = true },
        { .name = "thema", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies een onderwerp" },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 40, .required = true, .missing = "Kies over wie uw verhaal gaat" },
        { .name = "kort", .type = FIELD_MULTILINE, .max = PART_MAX, .required = true, .missing = "Vertel kort waar het over gaat" },
        { .name = "verhaal", .type = FIELD_MULTILINE, .max = PART_MAX, .required = true, .missing = "Schrijf uw verhaal" },
        { .name = "hielp", .type = FIELD_MULTILINE, .max = PART_MAX, .required = true, .missing = "Vertel wat hielp. Hielp niets? Schrijf dat dan" },
        { .name = "beter", .type = FIELD_MULTILINE, .max = PART_MAX, .required = true, .missing = "Vertel wat beter kan" },
        { .name = "akkoord", .type = FIELD_CODE, .max = 5 },
        { 0 },
};

const struct route stories_routes[] = {
        { GET, PATH, ACCESS_SIGNED_IN, overview_get, done_fields },
        { GET, PATH "/nieuw", ACCESS_SIGNED_IN, new_get, NULL },
        { POST, PATH "/nieuw", ACCESS_SIGNED_IN, new_post, form_fields },
        { GET, PATH "/concept/{id}", ACCESS_SIGNED_IN, draft_get_page, NULL },
        { POST, PATH "/concept/{id}", ACCESS_SIGNED_IN, draft_post, form_fields },
        { POST, PATH "/concept/{id}/weg", ACCESS_SIGNED_IN, drop_post, NULL },
        { POST, PATH "/{id}/intrekken", ACCESS_SIGNED_IN, withdraw_post, NULL },
        { 0 },
};
