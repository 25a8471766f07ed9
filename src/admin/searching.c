/* searching.c - what editors do for search: questions without an answer, pages they put first, and words that mean the same. */
#include "buf.h"
#include "internal.h"
#include "json.h"
#include "search.h"
#include "search.sql.h"
#include "searching.tmpl.h"
#include "utf8.h"
#include "views.h"

#define HOME "/beheer/zoeken"
#define GROUPS HOME "/woorden"
#define MISSES 50

const struct field searching_fields[] = {
        { .name = "woorden", .type = FIELD_TEXT, .max = 200 }, { .name = "vanaf", .type = FIELD_INTEGER, .min = 1, .max = 100000 }, NOTE_FIELD, { 0 },
};
const struct field miss_fields[] = { { .name = "woorden", .type = FIELD_TEXT, .max = 400, .required = true }, { 0 } };
const struct field bet_fields[] = {
        { .name = "woorden", .type = FIELD_TEXT, .max = 200 }, { .name = "adres", .type = FIELD_TEXT, .max = 300 },
        { .name = "plaats", .type = FIELD_INTEGER, .min = 1, .max = SEARCH_BETS }, { 0 },
};
const struct field groups_fields[] = {
        { .name = "zoek", .type = FIELD_TEXT, .max = 100 }, { .name = "vanaf", .type = FIELD_INTEGER, .min = 1, .max = 100000 }, NOTE_FIELD, { 0 },
};
const struct field group_fields[] = {
        { .name = "woorden", .type = FIELD_TEXT, .max = 1000 }, { .name = "zoek", .type = FIELD_TEXT, .max = 100 },
        { .name = "vanaf", .type = FIELD_INTEGER, .min = 1, .max = 100000 }, { 0 },
};

/* A row of the trail with WORDS, and the document they lead to. audit.h refuses an "@" as a sign of an address. */
static enum err trail(struct req *rq, const char *action, const char *kind, int64_t id, struct str words, struct str document) {
        _cleanup_(buf_done) struct buf b = { 0 };
        struct json j = { .out = &b };
        json_object(&j, NULL);
        if (words.n && str_index(words, '@') == words.n)
                json_str(&j, "words", words);
        if (document.n)
                json_str(&j, "document", document);
        json_end_object(&j);
        return people_trail(rq, action, kind, id, (struct opt_i64) { 0 }, S(""), str_dup(rq->arena, buf_view(&b)));
}

static enum err draw_home(struct req *rq, struct resp *rs, struct searching_view *v) {
        struct search_bet_list bets;
        enum err e = search_misses_list(rq->db, rq->arena, MISSES, 0, &v->misses);
        if (e == OK)
                e = search_bets_list(rq->db, rq->arena, ADMIN_PAGE + 1, v->from, &bets);
        if (e != OK)
                return e;
        for (size_t i = 0; i < bets.n && i < ADMIN_PAGE; i++) {
                const struct search_bet *b = &bets.v[i];
                *vec_push(rq->arena, &v->bets) = (struct bet_line) { b->id, b->place, b->words, search_address(rq->arena, b->kind, b->ref) };
        }
        v->next = bets.n > ADMIN_PAGE ? str_fmt(rq->arena, HOME "?vanaf=%lld", (long long) v->from + ADMIN_PAGE) : S("");
        struct page p = admin_page(rq, rs, S("Zoeken"));
        page_crumb(&p, p.title, S(HOME));
        searching_page(&p, v);
        return page_done(&p);
}

enum err searching_get(struct req *rq, struct resp *rs) {
        struct searching_view v = { .words = req_text(rq, "woorden"), .address = S(""), .place = 1, .from = req_integer(rq, "vanaf", 0) };
        return draw_home(rq, rs, &v);
}

enum err miss_handled_post(struct req *rq, struct resp *rs) {
        enum err e = search_miss_remove(rq->db, req_text(rq, "woorden"));
        if (e == OK)
                e = trail(rq, "search.handled", "search", 0, req_text(rq, "woorden"), S(""));
        return e == OK ? page_noted(rq, rs, S(HOME), "afgehandeld") : e;
}

enum err bet_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct searching_view v = { .words = req_text(rq, "woorden"), .address = req_text(rq, "adres"), .place = req_integer(rq, "plaats", 1) };
        struct str kind = S(""), ref = S("");
        enum err e = OK;
        if (v.words.n == 0)
                req_error(rq, "woorden", S("Vul de woorden in waarmee mensen zoeken"));
        if (!search_address_read(v.address, &kind, &ref))
                req_error(rq, "adres", S("Vul het adres in van een pagina met kennis, een cijfer of een gemeente, zoals /kennis/vroeg-eropaf"));
        if (rq->errors.n == 0) {
                e = search_bet_put(rq->db, rq->arena, site->analyser, v.words, kind, ref, v.place);
                if (e == ERR_INVALID)
                        req_error(rq, "woorden", S("Deze woorden tellen niet mee bij zoeken, zoals ‘de’ en ‘het’. Gebruik andere woorden"));
                if (e == ERR_NOT_FOUND)
                        req_error(rq, "adres", S("Deze pagina is niet te vinden. Open de pagina en neem het adres over uit de adresbalk"));
        }
        if (rq->errors.n)
                return page_refused(rs, draw_home(rq, rs, &v));
        if (e == OK)
                e = trail(rq, "search.bet", "search", 0, v.words, str_fmt(rq->arena, "%.*s/%.*s", STR(kind), STR(ref)));
        return e == OK ? page_noted(rq, rs, S(HOME), "aangeraden") : e;
}

enum err bet_remove_post(struct req *rq, struct resp *rs) {
        enum err e = search_bet_remove(rq->db, rq->arena, admin_id(rq, 1));
        if (e == OK)
                e = trail(rq, "search.bet-remove", "search", admin_id(rq, 1), S(""), S(""));
        return e == OK ? page_noted(rq, rs, S(HOME), "niet-aangeraden") : e;
}

/* Words that mean the same. */

static bool is_off(const struct search_group_list *rows, struct str words) {
        for (size_t i = 0; i < rows->n; i++)
                if (rows->v[i].shipped && str_eq(rows->v[i].words, words))
                        return true;
        return false;
}

static bool matches(struct req *rq, const struct groups_view *v, struct str words) {
        struct str wanted = utf8_fold(rq->arena, v->query), text = utf8_fold(rq->arena, words);
        return wanted.n == 0 || str_find(text, wanted) < text.n;
}

/* The shipped groups that are on and fit the question, from the chosen one on. */
static void fill_shipped(struct req *rq, const struct search_group_list *rows, struct groups_view *v) {
        const struct site *site = rq->app;
        struct str lines = analyser_shipped_groups(site->analyser), line;
        _cleanup_(buf_done) struct buf next = { 0 };
        while (str_split(&lines, '\n', &line)) {
                if (line.n == 0 || is_off(rows, line) || !matches(rq, v, line))
                        continue;
                if (v->found >= v->from && v->shipped.n < ADMIN_PAGE)
                        *vec_push(rq->arena, &v->shipped) = line;
                v->found++;
        }
        v->next = S("");
        if (v->found > v->from + ADMIN_PAGE) {
                html_lit(&next, GROUPS "?");
                buf_fmt(&next, "vanaf=%lld&zoek=", (long long) v->from + ADMIN_PAGE);
                html_urlpart(&next, v->query);
                v->next = str_dup(rq->arena, buf_view(&next));
        }
}

static enum err draw_groups(struct req *rq, struct resp *rs, struct groups_view *v) {
        struct search_group_list rows;
        enum err e = search_groups_list(rq->db, rq->arena, &rows);
        if (e != OK)
                return e;
        v->query = req_text(rq, "zoek");
        v->from = req_integer(rq, "vanaf", 0);
        for (size_t i = 0; i < rows.n; i++)
                if (matches(rq, v, rows.v[i].words))
                        *vec_push(rq->arena, rows.v[i].shipped ? &v->off : &v->own) = (struct group_line) { rows.v[i].id, rows.v[i].words };
        fill_shipped(rq, &rows, v);
        struct page p = admin_page(rq, rs, S("Woorden die hetzelfde betekenen"));
        page_crumb(&p, S("Zoeken"), S(HOME));
        page_crumb(&p, p.title, S(GROUPS));
        groups_page(&p, v);
        return page_done(&p);
}

enum err groups_get(struct req *rq, struct resp *rs) {
        struct groups_view v = { .typed = S("") };
        return draw_groups(rq, rs, &v);
}

enum err group_add_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        struct groups_view v = { .typed = req_text(rq, "woorden") };
        int64_t id = 0;
        enum err e = search_group_add(rq->db, rq->arena, site->analyser, v.typed, &id);
        if (e == ERR_INVALID)
                req_error(rq, "woorden", S("Vul 2 tot 20 woorden in, met een komma ertussen. Woorden als ‘de’ en ‘het’ tellen niet mee"));
        else if (e == ERR_CONFLICT)
                req_error(rq, "woorden", S("Deze groep is er al"));
        else if (e == ERR_LIMIT)
                req_error(rq, "woorden", S("Er zijn 500 eigen en uitgezette groepen. Verwijder er eerst een"));
        if (rq->errors.n)
                return page_refused(rs, draw_groups(rq, rs, &v));
        if (e == OK)
                e = trail(rq, "search.group", "search-group", id, v.typed, S(""));
        return e == OK ? page_noted(rq, rs, S(GROUPS), "groep") : e;
}

enum err group_off_post(struct req *rq, struct resp *rs) {
        const struct site *site = rq->app;
        int64_t id = 0;
        enum err e = search_group_off(rq->db, rq->arena, site->analyser, req_text(rq, "woorden"), &id);
        if (e == ERR_CONFLICT)          /* somebody else did so just now */
                return page_noted(rq, rs, S(GROUPS), "groep-uit");
        if (e == OK)
                e = trail(rq, "search.group-off", "search-group", id, req_text(rq, "woorden"), S(""));
        return e == OK ? page_noted(rq, rs, S(GROUPS), "groep-uit") : e;
}

enum err group_remove_post(struct req *rq, struct resp *rs) {
        enum err e = search_group_remove(rq->db, rq->arena, admin_id(rq, 1));
        if (e == OK)
                e = trail(rq, "search.group-remove", "search-group", admin_id(rq, 1), S(""), S(""));
        return e == OK ? page_noted(rq, rs, S(GROUPS), "groep-weg") : e;
}
