/* search_web.c - the page of results, and what somebody who types may mean. */
#include "buf.h"
#include "clock.h"
#include "jobs.h"
#include "json.h"
#include "knowledge.h"
#include "narrowing.h"
#include "page.h"
#include "programme.h"
#include "search.tmpl.h"
#include "utf8.h"
#include "vec.h"
#include "views.h"
#include "writer.h"

#define QUERY_LETTERS 200               /* as `maxlength` of its forms */

/* A question without choices. */
static struct str question_address(struct arena *a, struct str q) {
        return narrowing_address(a, &(struct narrowing) { .q = q }, 1);
}

static struct str completions_address(struct arena *a, struct str q) {
        _cleanup_(buf_done) struct buf b = { 0 };
        html_lit(&b, "/zoeken/suggesties?q=");
        html_urlpart(&b, q);
        return str_dup(a, buf_view(&b));
}

static struct hit_view hit_view(struct req *rq, const struct search_hit *h, const struct query *query, bool chosen) {
        return (struct hit_view) { .hit = h, .kind = search_place(h->kind)->one, .href = url_path(search_address(rq->arena, h->kind, h->ref)),
                                   .snippet = search_excerpt(rq->arena, h, query, 240), .chosen = chosen };
}

static bool is_bet(const struct search_hits *bets, const struct search_hit *h) {
        for (size_t i = 0; i < bets->n; i++)
                if (str_eq(bets->v[i].kind, h->kind) && str_eq(bets->v[i].ref, h->ref))
                        return true;
        return false;
}

/* What editors chose stands above the rest, once. */
static enum err fill_hits(struct req *rq, const struct narrowing *n, struct search_view *v) {
        struct search_hits bets = { 0 };
        bool whole = v->page == 1 && n->kind.n == 0 && !narrowing_any(n);
        enum err e = whole ? search_best_bets(rq->db, rq->arena, &v->result.query, &bets) : OK;
        for (size_t i = 0; e == OK && i < bets.n; i++)
                *vec_push(rq->arena, &v->hits) = hit_view(rq, &bets.v[i], &v->result.query, true);
        for (size_t i = 0; e == OK && i < v->result.hits.n; i++)
                if (!is_bet(&bets, &v->result.hits.v[i]))
                        *vec_push(rq->arena, &v->hits) = hit_view(rq, &v->result.hits.v[i], &v->result.query, false);
        return e;
}

static void fill_kinds(struct req *rq, const struct narrowing *n, struct search_view *v) {
        struct narrowing other = *n;
        size_t all = 0;
        for (size_t i = 0; i < v->result.kinds.n; i++)
                all += v->result.kinds.v[i].n;
        if (v->result.kinds.n < 2)
                return;
        other.kind = S("");
        *vec_push(rq->arena, &v->kinds) = (struct kind_choice) { S("Alles"), narrowing_address(rq->arena, &other, 1), all, n->kind.n == 0 };
        for (size_t k = 0; k < SEARCH_PLACES; k++)
                for (size_t i = 0; i < v->result.kinds.n; i++)
                        if (str_eq(v->result.kinds.v[i].kind, search_places[k].kind)) {
                                other.kind = search_places[k].kind;
                                *vec_push(rq->arena, &v->kinds) = (struct kind_choice) {
                                        search_places[k].many, narrowing_address(rq->arena, &other, 1), v->result.kinds.v[i].n,
                                        str_eq(n->kind, other.kind) };
                        }
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
        { .name = "q", .type = FIELD_TEXT, .max = QUERY_LETTERS }, { .name = "soort", .type = FIELD_CODE, .max = 20 },
        { .name = "fase", .type = FIELD_CODE, .max = 60 }, { .name = "doelgroep", .type = FIELD_CODE, .max = 60 },
        { .name = "thema", .type = FIELD_CODE, .max = 60 }, { .name = "kennissoort", .type = FIELD_CODE, .max = 60 },
        { .name = "pagina", .type = FIELD_INTEGER, .min = 1, .max = 50 },
        { .name = "live", .type = FIELD_INTEGER, .min = 1, .max = 1 },  /* web/js/live-form.mjs: somebody is still typing */
        { 0 },
};

static const struct field feed_fields[] = {
        { .name = "q", .type = FIELD_TEXT, .max = QUERY_LETTERS, .required = true }, { .name = "fase", .type = FIELD_CODE, .max = 60 },
        { .name = "doelgroep", .type = FIELD_CODE, .max = 60 }, { .name = "thema", .type = FIELD_CODE, .max = 60 },
        { .name = "kennissoort", .type = FIELD_CODE, .max = 60 }, { 0 },
};

static enum err answer(struct req *rq, const struct narrowing *n, struct search_view *v) {
        const struct site *site = rq->app;
        struct search_choice choice = { .kind = n->kind, .facets = narrowing_facets(rq->arena, n),
                                        .skip = (size_t) (v->page - 1) * SEARCH_LIMIT };
        enum err e = search_ask_in(site->search, rq->db, rq->arena, v->query, &choice, &v->result);
        if (e == OK)
                e = fill_hits(rq, n, v);
        if (e == OK)
                e = narrowing_fill(rq, n, v);
        if (e != OK)
                return e;
        fill_kinds(rq, n, v);
        if (v->result.total == 0 && v->hits.n == 0 && n->kind.n == 0 && !narrowing_any(n) && !req_has(rq, "live"))
                search_miss_note(site->search, v->query, &v->result.query);
        return OK;
}

static void read_choices(struct req *rq, struct narrowing *n, struct search_view *v) {
        *n = (struct narrowing) { .q = v->query };
        for (size_t i = 0; i < SEARCH_LISTS; i++) {
                n->code[i] = req_text(rq, search_lists[i].field);
                if (n->code[i].n)
                        *vec_push(rq->arena, &v->kept) = (struct search_kept) { search_lists[i].field, n->code[i] };
        }
}

static enum err search_get(struct req *rq, struct resp *rs) {
        struct search_view v = { .query = asked(rq), .page = req_integer(rq, "pagina", 1) };
        struct narrowing n;
        read_choices(rq, &n, &v);
        n.kind = req_text(rq, "soort");
        if (n.kind.n && !search_place(n.kind))
                return ERR_NOT_FOUND;
        enum err e = v.query.n ? answer(rq, &n, &v) : OK;
        if (e != OK)
                return e;
        v.pages = ((int64_t) v.result.total + SEARCH_LIMIT - 1) / SEARCH_LIMIT;
        if (v.page > 1 && v.page > v.pages)
                return ERR_NOT_FOUND;
        v.previous = v.page > 1 ? narrowing_address(rq->arena, &n, v.page - 1) : S("");
        v.next = v.page < v.pages && v.page < 50 ? narrowing_address(rq->arena, &n, v.page + 1) : S("");
        v.completions_href = completions_address(rq->arena, v.query);
        v.suggestion_href = question_address(rq->arena, v.result.suggestion);
        struct page p = page_new(rq, rs, v.query.n ? str_fmt(rq->arena, "Zoeken naar ‘%.*s’", STR(v.query)) : S("Zoeken"),
                                 SECTION_NONE);
        page_crumb(&p, S("Zoeken"), S("/zoeken"));
        p.feed = v.query.n ? narrowing_feed(rq->arena, &n) : S("");
        search_page(&p, &v);
        return page_done(&p);
}

/* What is new among the best results, for a feed reader: the question is in the address, and who asks is nobody's business. */
#define FEED_PAGES 3
static enum err search_feed_get(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct search_view v = { .query = asked(rq) };
        struct str slugs[FEED_PAGES * SEARCH_LIMIT];
        struct narrowing n;
        read_choices(rq, &n, &v);
        struct feed_of f = { .title = str_fmt(rq->arena, "Schouders: %.*s", STR(v.query)), .path = narrowing_feed(rq->arena, &n),
                             .page = narrowing_address(rq->arena, &n, 1), .slugs = slugs };
        struct search_choice choice = { .kind = S("kennis"), .facets = narrowing_facets(rq->arena, &n) };
        enum err e = v.query.n ? OK : ERR_INVALID;
        for (; e == OK && f.n == choice.skip && choice.skip < FEED_PAGES * SEARCH_LIMIT; choice.skip += SEARCH_LIMIT) {
                struct search_result found;
                e = search_ask_in(site->search, rq->db, rq->arena, v.query, &choice, &found);
                for (size_t i = 0; e == OK && i < found.hits.n; i++)
                        slugs[f.n++] = found.hits.v[i].ref;
        }
        return e == OK ? knowledge_feed(rq, rs, &f) : e;
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
                struct completion_view one = { .text = c->text, .kind = S(""), .href = question_address(rq->arena, c->text) };
                if (c->ref.n) {
                        one.kind = search_place(c->kind)->one;
                        one.href = search_address(rq->arena, c->kind, c->ref);
                }
                *vec_push(rq->arena, c->ref.n ? &v->titles : &v->words) = one;
        }
        if (e == OK && all.better.n) {
                v->better = all.better;
                v->better_href = question_address(rq->arena, all.better);
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

static const struct field completions_fields[] = { { .name = "q", .type = FIELD_TEXT, .max = QUERY_LETTERS }, { 0 } };

const struct route search_routes[] = {
        { GET, "/zoeken", ACCESS_PUBLIC, search_get, search_fields },
        { GET, "/zoeken.atom", ACCESS_PUBLIC, search_feed_get, feed_fields },
        { GET, "/zoeken/suggesties", ACCESS_PUBLIC, completions_get, completions_fields },
        { GET, "/zoeken/suggesties.json", ACCESS_PUBLIC, completions_json_get, completions_fields },
        { 0 },
};
