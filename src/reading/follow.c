/* follow.c - what can be followed, and the mail that tells what changed. */
#include "digest.tmpl.h"
#include "digest.txt.tmpl.h"
#include "follow.tmpl.h"
#include "html.h"
#include "internal.h"
#include "jobs.h"
#include "mail.h"
#include "people.h"
#include "people_mail.h"
#include "people_retention.h"
#include "search.h"
#include "vec.h"

#define CHANGES_MAX 10                  /* of one thing in one mail */
#define PEOPLE_AT_ONCE 50
#define WHAT_LETTERS 200                /* as in a question of the search form */

/* Kinds of things to follow. Those of a value list are called after it. */
static const struct follow_kind { struct str code, what; } kinds[] = {
        { S_INIT("item"), S_INIT("Tekst") }, { S_INIT("fase"), S_INIT("Fase") }, { S_INIT("doelgroep"), S_INIT("Doelgroep") },
        { S_INIT("thema"), S_INIT("Thema") }, { S_INIT("zoek"), S_INIT("Zoekopdracht") },
};
#define KINDS (sizeof kinds / sizeof *kinds)

static enum err name_item(struct db *db, struct arena *a, struct followed *f) {
        struct followed_item_row row;
        int64_t id = 0;
        bool found;
        enum err e = str_to_i64(f->ref, &id) ? followed_item(db, a, id, &row, &found) : ERR_NOT_FOUND;
        if (e == OK && found) {
                f->label = row.title;
                f->path = str_fmt(a, "/kennis/%.*s", STR(row.slug));
        }
        return e;
}

static struct str search_path(struct arena *a, struct str words) {
        _cleanup_(buf_done) struct buf b = { 0 };
        buf_str(&b, S("/zoeken?q="));
        html_urlpart(&b, words);
        return str_dup(a, buf_view(&b));
}

static enum err name_term(struct db *db, struct arena *a, struct followed *f) {
        struct followed_term_row row;
        bool found;
        enum err e = followed_term(db, a, f->kind, f->ref, &row, &found);
        if (e == OK && found) {
                f->label = row.label;
                f->path = str_fmt(a, "/kennis?%.*s=%.*s", STR(f->kind), STR(f->ref));
        }
        return e;
}

enum err follow_name(struct db *db, struct arena *a, struct str kind, struct str ref, struct followed *ret) {
        size_t i = 0;
        while (i < KINDS && !str_eq(kinds[i].code, kind))
                i++;
        if (i == KINDS)
                return ERR_NOT_FOUND;
        *ret = (struct followed) { kinds[i].code, ref, kinds[i].what, ref, S("") };
        if (i == 0)
                return name_item(db, a, ret);
        if (i < KINDS - 1)
                return name_term(db, a, ret);
        ret->path = search_path(a, ref);
        return OK;
}

/* What the form or the address asks to follow. ITEM comes by its slug. */
static enum err asked(struct req *rq, struct followed *f) {
        struct str kind = req_text(rq, "soort"), ref = req_text(rq, "wat");
        struct listed_item_row item;
        bool found;
        if (str_eq(kind, S("item"))) {
                enum err e = listed_item(rq->db, rq->arena, ref, &item, &found);
                if (e != OK || !found)
                        return e != OK ? e : ERR_NOT_FOUND;
                ref = str_fmt(rq->arena, "%lld", (long long) item.id);
        }
        enum err e = follow_name(rq->db, rq->arena, kind, ref, f);
        return e == OK && f->path.n == 0 ? ERR_NOT_FOUND : e;
}

static enum err follow_get(struct req *rq, struct resp *rs) {
        struct follow_view v = { .asked.kind = S(""), .done = S("") };
        struct follows_of_row_list rows;
        enum err e = follows_of(rq->db, rq->arena, rq->viewer.person_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++)
                e = follow_name(rq->db, rq->arena, rows.v[i].kind, rows.v[i].ref, vec_push(rq->arena, &v.follows));
        if (e == OK && req_text(rq, "soort").n)
                e = asked(rq, &v.asked);
        if (e == OK)
                e = people_wants_mail(rq, rq->viewer.person_id, S(MAIL_FOLLOW), &v.by_mail);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, S("Volgen"), SECTION_ACCOUNT);
        rs->cache = CACHE_NONE;
        p.invalid = rq->errors.n > 0;
        page_crumb(&p, S("Mijn lijsten"), S("/mijn-lijsten"));
        page_crumb(&p, S("Volgen"), S("/volgen"));
        follow_page(&p, &v);
        return page_done(&p);
}

static enum err follow_post(struct req *rq, struct resp *rs) {
        struct follows_of_row_list rows;
        struct followed f;
        enum err e = asked(rq, &f);
        if (e == OK)
                e = follows_of(rq->db, rq->arena, rq->viewer.person_id, &rows);
        if (e == OK && rows.n >= FOLLOWS_MAX) {
                req_error(rq, "wat", S("U volgt al 100 dingen. Stop eerst met iets anders"));
                return page_refused(rs, follow_get(rq, rs));
        }
        if (e == OK)
                e = follow_add(rq->db, rq->viewer.person_id, f.kind, f.ref, rq->now_ms);
        return e == OK ? resp_redirect(rs, S("/volgen")) : e;
}

static enum err stop_post(struct req *rq, struct resp *rs) {
        enum err e = follow_delete(rq->db, rq->viewer.person_id, req_text(rq, "soort"), req_text(rq, "wat"));
        return e == OK ? resp_redirect(rs, S("/volgen")) : e;
}

/* The mail. */

/* READER: a question must not see what a transaction may undo (search.h). */
static enum err changes_found(struct req *rq, struct db *reader, struct str words, int64_t since_ms, struct changed_row_list *ret) {
        const struct site *site = rq->app;
        struct search_result found;
        enum err e = search_ask(site->search, reader, rq->arena, words, S("kennis"), 0, &found);
        for (size_t i = 0; e == OK && i < found.hits.n; i++) {
                struct changed_row row;
                bool changed;
                e = changed_slug(rq->db, rq->arena, found.hits.v[i].ref, since_ms, &row, &changed);
                if (e == OK && changed)
                        *vec_push(rq->arena, ret) = row;
        }
        return e;
}

static enum err changes_of(struct req *rq, struct db *reader, const struct followed *f, int64_t since_ms, struct changed_row_list *ret) {
        *ret = (struct changed_row_list) { 0 };
        if (str_eq(f->kind, S("zoek")))
                return changes_found(rq, reader, f->ref, since_ms, ret);
        if (!str_eq(f->kind, S("item")))
                return changed_with_term(rq->db, rq->arena, f->kind, f->ref, since_ms, CHANGES_MAX, ret);
        struct changed_row *row = arena_new(rq->arena, struct changed_row);
        bool changed;
        int64_t id = 0;
        enum err e = str_to_i64(f->ref, &id) ? changed_item(rq->db, rq->arena, id, since_ms, row, &changed) : ERR_NOT_FOUND;
        if (e == OK && changed)
                *ret = (struct changed_row_list) { row, 1, 1 };
        return e;
}

/* What changed since the last mail, or since somebody began to follow. */
static enum err collect(struct req *rq, struct db *reader, int64_t person_id, struct digest *d) {
        struct follows_of_row_list rows;
        struct follow_mail_get_row last = { 0 };
        bool found;
        enum err e = follow_mail_get(rq->db, rq->arena, person_id, &last, &found);
        if (e == OK)
                e = follows_of(rq->db, rq->arena, person_id, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                struct digest_part part;
                int64_t since = last.sent_ms > rows.v[i].since_ms ? last.sent_ms : rows.v[i].since_ms;
                e = follow_name(rq->db, rq->arena, rows.v[i].kind, rows.v[i].ref, &part.of);
                if (e == OK)
                        e = changes_of(rq, reader, &part.of, since, &part.changes);
                if (e == OK && part.changes.n)
                        *vec_push(rq->arena, &d->parts) = part;
        }
        return e;
}

static enum err mail_one(struct req *rq, struct db *reader, int64_t person_id) {
        const struct site *site = rq->app;
        struct digest d = { 0 };
        struct person who;
        bool found, wanted = true;
        enum err e = person_get(rq->db, rq->arena, person_id, &who, &found);
        if (e != OK || !found || who.blocked_ms.is_set || !who.verified_ms.is_set)
                return e;
        e = people_wants_mail(rq, person_id, S(MAIL_FOLLOW), &wanted);
        if (e == OK && wanted)
                e = collect(rq, reader, person_id, &d);
        if (e != OK || d.parts.n == 0)
                return e;
        struct letter l _cleanup_(letter_done) = letter_new(rq->arena, site->origin, S("Nieuw in wat u volgt"), S("u dit volgt op Schouders"));
        d.name = who.name;
        e = people_letter_sign_off(rq, &l, person_id, S(MAIL_FOLLOW));
        if (e != OK)
                return e;
        digest_html(&l, &d);
        digest_text(&l, &d);
        e = people_letter_queue(rq, &l, person_id, who.email, who.name, S(MAIL_FOLLOW));
        return e == OK ? follow_mail_set(rq->db, person_id, rq->now_ms) : e;
}

static enum err mail_some(struct req *rq, int64_t *next, const void *arg) {
        const struct job_context *c = arg;
        struct followers_row_list who;
        enum err e = followers(rq->db, rq->arena, *next, rq->now_ms - FOLLOW_MAIL_DAYS * RETENTION_DAY_MS, PEOPLE_AT_ONCE, &who);
        for (size_t i = 0; e == OK && i < who.n; i++)
                e = mail_one(rq, c->db, who.v[i].person_id);
        *next = e == OK && who.n == PEOPLE_AT_ONCE ? who.v[who.n - 1].person_id : 0;
        return e;
}

enum err follow_mail_run(struct job_context *c) {
        static const struct route job = { .method = POST, .pattern = "follow-mail" };
        return people_job_passes(c, &job, mail_some, c);
}

static const struct field follow_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 20 }, { .name = "wat", .type = FIELD_TEXT, .max = WHAT_LETTERS }, { 0 },
};
static const struct field post_fields[] = {
        { .name = "soort", .type = FIELD_CODE, .max = 20, .required = true },
        { .name = "wat", .type = FIELD_TEXT, .max = WHAT_LETTERS, .required = true, .missing = "Zeg wat u wilt volgen" }, { 0 },
};

const struct route follow_routes[] = {
        { GET, "/volgen", ACCESS_SIGNED_IN, follow_get, follow_fields },
        { POST, "/volgen", ACCESS_SIGNED_IN, follow_post, post_fields },
        { POST, "/volgen/stop", ACCESS_SIGNED_IN, stop_post, post_fields },
        { 0 },
};
