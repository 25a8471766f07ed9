/* search_web.c - the page of results, and what somebody who types may mean. */
#include "buf.h"
#include "clock.h"
#include "jobs.h"
#include "json.h"
#include "page.h"
#include "programme.h"
#include "search.tmpl.h"
#include "utf8.h"
#include "vec.h"
#include "views.h"
#include "writer.h"

/* The kinds of document, their labels and where they live. */

static const struct { struct str kind, one, many, path; } kinds[] = {
        { S_INIT("kennis"), S_INIT("Kennis"), S_INIT("Kennis"), S_INIT("/kennis/") },
        { S_INIT("cijfer"), S_INIT("Cijfer"), S_INIT("Cijfers"), S_INIT("/cijfers/") },
        { S_INIT("vraag"), S_INIT("Vraag uit de praktijk"), S_INIT("Vragen uit de praktijk"), S_INIT("/vragen/") },
        { S_INIT("gemeente"), S_INIT("Gemeente"), S_INIT("Gemeenten"), S_INIT("/gemeenten/") },
};
#define KINDS_N (sizeof kinds / sizeof *kinds)

static size_t kind_at(struct str kind) {
        size_t i = 0;
        while (i + 1 < KINDS_N && !str_eq(kinds[i].kind, kind))
                i++;
        return i;
}

static struct str search_address(struct arena *a, struct str q, struct str kind, int64_t page) {
        _cleanup_(buf_done) struct buf b = { 0 };
        html_lit(&b, "/zoeken?q=");
        html_urlpart(&b, q);
        if (kind.n)
                buf_fmt(&b, "&soort=%.*s", STR(kind));
        if (page > 1)
                buf_fmt(&b, "&pagina=%d", (int) page);
        return str_dup(a, buf_view(&b));
}

static struct str completions_address(struct arena *a, struct str q) {
        _cleanup_(buf_done) struct buf b = { 0 };
        html_lit(&b, "/zoeken/suggesties?q=");
        html_urlpart(&b, q);
        return str_dup(a, buf_view(&b));
}

static struct str document_address(struct arena *a, struct str kind, struct str ref) {
        return str_fmt(a, "%.*s%.*s", STR(kinds[kind_at(kind)].path), STR(ref));
}

static struct hit_view hit_view(struct req *rq, const struct search_hit *h, const struct query *query, bool chosen) {
        return (struct hit_view) { .hit = h, .kind = kinds[kind_at(h->kind)].one, .href = url_path(document_address(rq->arena, h->kind, h->ref)),
                                   .snippet = search_excerpt(rq->arena, h, query, 240), .chosen = chosen };
}

static bool is_bet(const struct search_hits *bets, const struct search_hit *h) {
        for (size_t i = 0; i < bets->n; i++)
                if (str_eq(bets->v[i].kind, h->kind) && str_eq(bets->v[i].ref, h->ref))
                        return true;
        return false;
}

/* What editors chose stands above the rest, once. */
static enum err fill_hits(struct req *rq, struct str kind, struct search_view *v) {
        struct search_hits bets = { 0 };
        enum err e = v->page == 1 && kind.n == 0 ? search_best_bets(rq->db, rq->arena, &v->result.query, &bets) : OK;
        for (size_t i = 0; e == OK && i < bets.n; i++)
                *vec_push(rq->arena, &v->hits) = hit_view(rq, &bets.v[i], &v->result.query, true);
        for (size_t i = 0; e == OK && i < v->result.hits.n; i++)
                if (!is_bet(&bets, &v->result.hits.v[i]))
                        *vec_push(rq->arena, &v->hits) = hit_view(rq, &v->result.hits.v[i], &v->result.query, false);
        return e;
}

static void fill_kinds(struct req *rq, struct str chosen, struct search_view *v) {
        size_t all = 0;
        for (size_t i = 0; i < v->result.kinds.n; i++)
                all += v->result.kinds.v[i].n;
        if (v->result.kinds.n < 2)
                return;
        *vec_push(rq->arena, &v->kinds) = (struct kind_choice) {
                S("Alles"), search_address(rq->arena, v->query, S(""), 1), all, chosen.n == 0 };
        for (size_t k = 0; k < KINDS_N; k++)
                for (size_t i = 0; i < v->result.kinds.n; i++)
                        if (str_eq(v->result.kinds.v[i].kind, kinds[k].kind))
                                *vec_push(rq->arena, &v->kinds) = (struct kind_choice) {
                                        kinds[k].many, search_address(rq->arena, v->query, kinds[k].kind, 1),
                                        v->result.kinds.v[i].n, str_eq(chosen, kinds[k].kind) };
}

/* The question without the signs that turn the direction of a text: shown again, they would turn what stands around them. */
static struct str asked(struct req *rq) {
        struct str q = req_text(rq, "q");
        _cleanup_(buf_done) struct buf b = { 0 };
        for (size_t i = 0, from = 0; i < q.n; from = i) {
                uint32_t c = utf8_next(q, &i);
                bool turns = c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
                if (!turns)
                        buf_put(&b, q.p + from, i - from);
        }
        return str_trim(str_dup(rq->arena, buf_view(&b)));
}

static const struct field search_fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = 200 }, { .name = "soort", .type = FIELD_CODE, .max = 20 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 50 },
        { .name = "live", .type = FIELD_INTEGER, .min = 1, .max = 1 },  /* web/js/live-form.mjs: somebody is still typing */
        { 0 },
};

static enum err search_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct search_view v = { .query = asked(rq), .page = req_integer(rq, "pagina", 1) };
        struct str kind = req_text(rq, "soort");
        if (kind.n && !str_eq(kinds[kind_at(kind)].kind, kind))
                return ERR_NOT_FOUND;
        if (v.query.n) {
                enum err e = search_ask(site->search, rq->db, rq->arena, v.query, kind, (size_t) (v.page - 1) * SEARCH_LIMIT,
                                        &v.result);
                if (e == OK)
                        e = fill_hits(rq, kind, &v);
                if (e != OK)
                        return e;
                fill_kinds(rq, kind, &v);
                if (v.result.total == 0 && v.hits.n == 0 && kind.n == 0 && !req_has(rq, "live"))
                        search_miss_note(site->search, v.query, &v.result.query);
        }
        v.pages = ((int64_t) v.result.total + SEARCH_LIMIT - 1) / SEARCH_LIMIT;
        if (v.page > 1 && v.page > v.pages)
                return ERR_NOT_FOUND;
        v.previous = v.page > 1 ? search_address(rq->arena, v.query, kind, v.page - 1) : S("");
        v.next = v.page < v.pages && v.page < 50 ? search_address(rq->arena, v.query, kind, v.page + 1) : S("");
        v.completions_href = completions_address(rq->arena, v.query);
        v.suggestion_href = search_address(rq->arena, v.result.suggestion, S(""), 1);
        struct page p = page_new(rq, rs, v.query.n ? str_fmt(rq->arena, "Zoeken naar ‘%.*s’", STR(v.query)) : S("Zoeken"),
                                 SECTION_NONE);
        page_crumb(&p, S("Zoeken"), S("/zoeken"));
        search_page(&p, &v);
        return page_done(&p);
}

/* While somebody types: a page with links, and the same as JSON for the script. */

static enum err completions_of(struct req *rq, struct completions_view *v) {
        const struct site *site = rq->app;
        struct search_completions all;
        v->query = asked(rq);
        v->better = S("");
        if (v->query.n == 0)
                return OK;
        enum err e = search_complete(site->search, rq->db, rq->arena, v->query, &all);
        for (size_t i = 0; e == OK && i < all.n; i++) {
                const struct search_completion *c = &all.v[i];
                struct completion_view one = { .text = c->text, .kind = S(""), .href = search_address(rq->arena, c->text, S(""), 1) };
                if (c->ref.n) {
                        one.kind = kinds[kind_at(c->kind)].one;
                        one.href = document_address(rq->arena, c->kind, c->ref);
                }
                *vec_push(rq->arena, c->ref.n ? &v->titles : &v->words) = one;
        }
        if (e == OK && all.better.n) {
                v->better = all.better;
                v->better_href = search_address(rq->arena, all.better, S(""), 1);
        }
        return e;
}

static enum err completions_get(struct req *rq, struct resp *rs) {
        struct completions_view v = { 0 };
        enum err e = completions_of(rq, &v);
        if (e != OK)
                return e;
        struct page p = page_new(rq, rs, v.query.n ? str_fmt(rq->arena, "Bedoelt u bij ‘%.*s’ …", STR(v.query)) : S("Suggesties bij zoeken"),
                                 SECTION_NONE);
        page_crumb(&p, S("Zoeken"), S("/zoeken"));
        page_crumb(&p, S("Suggesties"), rq->path);
        completions_page(&p, &v);
        return page_done(&p);
}

static void write_option(struct json *j, struct str text, struct str kind, struct str href) {
        json_object(j, NULL);
        json_str(j, "tekst", text);
        json_str(j, "soort", kind);
        json_str(j, "pad", href);
        json_end_object(j);
}

static enum err completions_json_get(struct req *rq, struct resp *rs) {
        struct completions_view v = { 0 };
        struct json j = { .out = &rs->body };
        enum err e = completions_of(rq, &v);
        if (e != OK)
                return e;
        rs->content_type = "application/json";
        json_object(&j, NULL);
        json_array(&j, "suggesties");
        for (size_t i = 0; i < v.words.n; i++)
                write_option(&j, v.words.v[i].text, S(""), v.words.v[i].href);
        for (size_t i = 0; i < v.titles.n; i++)
                write_option(&j, v.titles.v[i].text, v.titles.v[i].kind, v.titles.v[i].href);
        if (v.better.n)
                write_option(&j, v.better, S("Bedoelt u"), v.better_href);
        json_end_array(&j);
        json_end_object(&j);
        return OK;
}

/* Questions without an answer go from memory to the store a few times an hour. */

struct store_misses {
        struct search_misses misses;
        int64_t now_ms;
};

static enum err store_misses(struct db *db, void *arg) {
        struct store_misses *x = arg;
        return search_misses_store(db, &x->misses, x->now_ms);
}

enum err programme_misses_run(struct job_context *c) {
        const struct site *site = c->app;
        struct store_misses x = { .now_ms = c->now_ms };
        search_misses_take(site->search, c->arena, &x.misses);
        return x.misses.n ? writer_run(c->writer, store_misses, &x) : OK;
}

static enum err expire(struct req *rq, int64_t *next) {
        (void) next;
        return search_expire(rq->db, rq->arena, rq->now_ms);
}

const struct retention_rule programme_retention[] = {
        { S_INIT("Woorden waarmee meer mensen niets vonden, zonder wie of waarvandaan"), S_INIT(KEEP_TEXT(SEARCH_MISS_DAYS) " dagen nadat er voor het laatst mee is gezocht"),
          S_INIT("zien welke kennis ontbreekt"), expire },
        { .what = { 0 } },
};

static const struct field completions_fields[] = { { .name = "q", .type = FIELD_TEXT, .max = 200 }, { 0 } };

const struct route search_routes[] = {
        { GET, "/zoeken", ACCESS_PUBLIC, search_get, search_fields },
        { GET, "/zoeken/suggesties", ACCESS_PUBLIC, completions_get, completions_fields },
        { GET, "/zoeken/suggesties.json", ACCESS_PUBLIC, completions_json_get, completions_fields },
        { 0 },
};
