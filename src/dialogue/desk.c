/* desk.c - the desk of moderators, and the list of field notes for editors. */
#include "internal.h"
#include "desk.tmpl.h"

#define ON_DESK 20

static const struct page_note notes[] = {
        { "geplaatst", S_INIT("De bijdrage staat op de site.") },
        { "verwijderd", S_INIT("De bijdrage is verwijderd. De schrijver krijgt een e-mail met de reden.") },
        { "gesloten", S_INIT("Bij deze vraag kan niemand meer antwoorden.") },
        { "geopend", S_INIT("Bij deze vraag kan weer iedereen antwoorden.") },
        { "al-besloten", S_INIT("De bijdrage veranderde intussen, of een andere moderator was u voor. Hieronder staat hoe het nu is.") },
        { "eigen", S_INIT("Over uw eigen bijdrage besluit een andere moderator.") },
        { .code = NULL },
};

static struct page desk_page_new(struct req *rq, struct resp *rs, struct str title) {
        struct page p = page_new(rq, rs, title, SECTION_ADMIN);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Beheer"), S("/beheer"));
        return p;
}

/* The moderator reads what others cannot. */
static enum err line_fill(struct req *rq, const struct post *post, struct desk_line *l) {
        struct str path;
        enum err e = post_show(rq, post, NULL, &l->post);
        if (e == OK)
                e = topic_by_id(rq->db, rq->arena, post->item_id, &l->item);
        if (e == OK)
                e = reports_about(rq->db, rq->arena, post->id, &l->reports);
        if (e == OK)
                e = post_path(rq, post, &path);
        if (e == OK)
                l->post.address = path;
        return e;
}

static enum err desk_get(struct req *rq, struct resp *rs) {
        struct desk_view v = { .note = page_note(rq, notes) };
        struct post_list waiting, removed;
        struct desk_count_row count;
        enum err e = posts_on_desk(rq->db, rq->arena, req_integer(rq, "na", 0), ON_DESK, &waiting);
        if (e == OK)
                e = desk_count(rq->db, rq->arena, &count);
        if (e == OK)
                e = posts_removed(rq->db, rq->arena, ON_DESK, &removed);
        for (size_t i = 0; e == OK && i < waiting.n; i++)
                e = line_fill(rq, &waiting.v[i], vec_push(rq->arena, &v.lines));
        for (size_t i = 0; e == OK && i < removed.n; i++)
                e = line_fill(rq, &removed.v[i], vec_push(rq->arena, &v.removed));
        if (e != OK)
                return e;
        v.waiting = count.n;
        if (waiting.n == ON_DESK)
                v.next = str_fmt(rq->arena, "/beheer/moderatie?na=%lld", (long long) waiting.v[waiting.n - 1].id);
        struct page p = desk_page_new(rq, rs, S("Moderatie"));
        page_crumb(&p, p.title, rq->path);
        desk_page(&p, &v);
        return page_done(&p);
}

static enum err draw_one(struct req *rq, struct resp *rs, const struct post *post) {
        struct decide_view v = { .reason = S(""), .remark = S("") };
        struct post question;
        enum err e = line_fill(rq, post, &v.line);
        if (e == OK && post->question_id.is_set)
                e = post_find(rq, post->question_id.v, &question);
        if (e == OK && post->question_id.is_set)
                e = post_show(rq, &question, NULL, &v.question);
        if (e != OK)
                return e;
        if (rq->method == POST) {
                v.reason = req_text(rq, "reden");
                v.remark = req_text(rq, "toelichting");
        }
        struct page p = desk_page_new(rq, rs, S("Besluit over een bijdrage"));
        page_crumb(&p, S("Moderatie"), S("/beheer/moderatie"));
        page_crumb(&p, p.title, str_fmt(rq->arena, "/beheer/moderatie/%lld", (long long) post->id));
        desk_decide_page(&p, &v, page_note(rq, notes));
        return page_done(&p);
}

static enum err decide_get(struct req *rq, struct resp *rs) {
        struct post post;
        enum err e = post_find(rq, post_path_id(rq), &post);
        return e == OK ? draw_one(rq, rs, &post) : e;
}

static const struct { struct str what; enum decision decision; const char *note; } decisions[] = {
        { S_INIT("plaatsen"), DECIDE_SHOW, "geplaatst" }, { S_INIT("verwijderen"), DECIDE_REMOVE, "verwijderd" },
        { S_INIT("sluiten"), DECIDE_CLOSE, "gesloten" }, { S_INIT("openen"), DECIDE_OPEN, "geopend" },
};
#define DECISIONS (sizeof decisions / sizeof *decisions)

static enum err decide_post(struct req *rq, struct resp *rs) {
        struct post post;
        size_t k = 0;
        while (k < DECISIONS && !str_eq(decisions[k].what, req_text(rq, "doe")))
                k++;
        enum err e = k < DECISIONS ? post_find(rq, post_path_id(rq), &post) : ERR_NOT_FOUND;
        if (e != OK)
                return e;
        if (decisions[k].decision == DECIDE_REMOVE && dialogue_label(dialogue_reasons, req_text(rq, "reden")).n == 0)
                req_error(rq, "reden", S("Kies waarom u de bijdrage verwijdert. De schrijver en de lezers zien deze reden."));
        if (rq->errors.n)
                return page_refused(rs, draw_one(rq, rs, &post));
        e = post_decide_now(rq, &post, req_integer(rq, "stand", -1), decisions[k].decision, req_text(rq, "reden"), req_text(rq, "toelichting"));
        if (e == ERR_CONFLICT || e == ERR_DENIED)
                return resp_redirect(rs, str_fmt(rq->arena, "/beheer/moderatie/%lld?gedaan=%s", (long long) post.id,
                                                 e == ERR_DENIED ? "eigen" : "al-besloten"));
        return e == OK ? resp_redirect(rs, str_fmt(rq->arena, "/beheer/moderatie?gedaan=%s", decisions[k].note)) : e;
}

static enum err offers_get(struct req *rq, struct resp *rs) {
        struct offers_view v = { .taken = str_eq(req_text(rq, "toon"), S("verwerkt")) };
        struct post_list rows;
        enum err e = notes_offered(rq->db, rq->arena, v.taken ? 2 : 1, req_integer(rq, "voor", INT64_MAX), ON_DESK, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = line_fill(rq, &rows.v[i], vec_push(rq->arena, &v.lines));
        if (e != OK)
                return e;
        if (rows.n == ON_DESK)
                v.next = str_fmt(rq->arena, "/beheer/ervaringen?%svoor=%lld", v.taken ? "toon=verwerkt&" : "", (long long) rows.v[rows.n - 1].id);
        struct page p = desk_page_new(rq, rs, S("Ervaringen voor de tekst"));
        page_crumb(&p, p.title, S("/beheer/ervaringen"));
        notes_offered_page(&p, &v);
        return page_done(&p);
}

static const struct { struct str what; int64_t was, to; } offers[] = {
        { S_INIT("overnemen"), 1, 2 }, { S_INIT("verwerkt"), 1, 2 }, { S_INIT("weg"), 1, 0 }, { S_INIT("terug"), 2, 1 },
};
#define OFFERS (sizeof offers / sizeof *offers)

/* *PATH is where to go on, "" for the list. ERR_CONFLICT when another editor was first; other errors as note_take(). */
static enum err offer(struct req *rq, const struct post *post, size_t k, struct str *path) {
        enum err e = post->offered == offers[k].was && str_eq(post->state, S("visible")) ? OK : ERR_CONFLICT;
        if (e == OK && str_eq(offers[k].what, S("overnemen")))
                e = note_take(rq, post, path);
        if (e == OK)
                e = note_offer(rq->db, post->id, offers[k].was, offers[k].to);
        if (e != OK)
                return e;
        return people_trail(rq, "post.offer", "post", post->id, (struct opt_i64) { 0 }, str_fmt(rq->arena, "{\"offered\":%d}", (int) offers[k].was),
                            str_fmt(rq->arena, "{\"offered\":%d}", (int) offers[k].to));
}

static enum err offer_post(struct req *rq, struct resp *rs) {
        struct post post;
        struct str path = S("");
        size_t k = 0;
        while (k < OFFERS && !str_eq(offers[k].what, req_text(rq, "doe")))
                k++;
        enum err e = k < OFFERS ? post_find(rq, post_path_id(rq), &post) : ERR_NOT_FOUND;
        if (e == OK)
                e = offer(rq, &post, k, &path);
        if (e == OK)
                return resp_redirect(rs, path.n ? path : S("/beheer/ervaringen"));
        if (e != ERR_CONFLICT && e != ERR_INVALID)
                return e;
        req_error(rq, "doe", e == ERR_INVALID ? S("In deze soort tekst staan geen losse ervaringen. Verwerk wat u gebruikt zelf in de tekst.")
                  : post.offered != offers[k].was ? S("Een andere redacteur was u voor")
                  : S("Uw eigen concept van deze tekst wacht op een tweede paar ogen. Neem het eerst terug op de pagina Redactie."));
        return page_refused(rs, offers_get(rq, rs));
}

static const struct field desk_fields[] = {
        { .name = "na", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX }, { .name = "gedaan", .type = FIELD_CODE, .max = 30 }, { 0 },
};
static const struct field decide_fields[] = {
        { .name = "doe", .type = FIELD_CODE, .max = 20, .required = true }, { .name = "stand", .type = FIELD_INTEGER, .min = 0, .max = INT64_MAX, .required = true },
        { .name = "reden", .type = FIELD_CODE, .max = 20 }, { .name = "toelichting", .type = FIELD_TEXT, .max = 500 }, { 0 },
};
static const struct field offers_fields[] = {
        { .name = "toon", .type = FIELD_CODE, .max = 20 }, { .name = "voor", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }, { 0 },
};
static const struct field offer_fields[] = {
        { .name = "doe", .type = FIELD_CODE, .max = 20, .required = true }, { .name = "toon", .type = FIELD_CODE, .max = 20 },
        { .name = "voor", .type = FIELD_INTEGER, .min = 1, .max = INT64_MAX }, { 0 },
};

const struct route dialogue_desk_routes[] = {
        { GET, "/beheer/moderatie", ACCESS_RIGHT, desk_get, desk_fields, RIGHT_MODERATE },
        { GET, "/beheer/moderatie/{id}", ACCESS_RIGHT, decide_get, desk_fields, RIGHT_MODERATE },
        { POST, "/beheer/moderatie/{id}", ACCESS_RIGHT, decide_post, decide_fields, RIGHT_MODERATE },
        { GET, "/beheer/ervaringen", ACCESS_RIGHT, offers_get, offers_fields, RIGHT_EDIT },
        { POST, "/beheer/ervaringen/{id}", ACCESS_RIGHT, offer_post, offer_fields, RIGHT_EDIT },
        { 0 },
};
