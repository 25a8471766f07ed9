#include "test_desk.h"
#include <sodium.h>
#include <string.h>
#include "bsn.h"
#include "editing.h"
#include "fields.h"
#include "knowledge_publish.h"
#include "route.h"

struct test_routes { struct routes routes; };
static const struct route *const tables[] = { editing_routes, history_routes, knowledge_routes, NULL };

struct desk *desk_open(void **state) {
        struct test_store *s = test_store(state);
        struct desk *d = arena_new(&s->arena, struct desk);
        *d = (struct desk) { .a = &s->arena, .now_ms = NOW_MS, .w = test_world(state) };
        d->h.s = s;                             /* one connection: on SQLite only one may write */
        d->h.db = d->w.db;
        assert_true(sodium_init() >= 0);
        assert_int_equal(keys_parse(S("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"), &d->h.keys), OK);
        d->h.site.keys = &d->h.keys;
        d->routes = arena_new(d->a, struct test_routes);
        *d->routes = (struct test_routes) { 0 };
        assert_int_equal(routes_compile(d->a, tables, &d->routes->routes), OK);
        test_put(&d->w, "content/lijsten.txt", "fase preventie Preventie\nfase nazorg Nazorg\nsoort interventie Aanpak\nsoort handreiking Handreiking\n"
                 "soort toolkit Toolkit\nsoort verhaal Verhaal\ndoelgroep iedereen Iedereen\nthema vakmanschap Vakmanschap\n");
        assert_int_equal(test_load(&d->w), OK);
        int64_t bureau = organisation(&d->h, "Bureau");
        d->ann = somebody_with(&d->h, "ann", "redacteur", bureau);
        d->bob = somebody_with(&d->h, "bob", "redacteur", bureau);
        d->reader = somebody(&d->h, "rik");
        return d;
}

void desk_done(struct desk **d) {
        house_close(&(*d)->h);
}

static enum err call(struct req *rq, struct resp *rs) {
        enum err e = OK;
        if (rq->method == POST)
                fields_screen(rq, text_screen_personal);
        if (rq->route->access != ACCESS_PUBLIC && !rq->viewer.person_id)
                return ERR_DENIED;
        if (rq->route->access == ACCESS_RIGHT)
                e = people_permit(rq);
        return e == OK ? rq->route->run(rq, rs) : e;
}

static struct answer ask(struct desk *d, int64_t person, const char *path, const char *form, const char *token) {
        struct req rq = person ? request_of(&d->h, sign_in(&d->h, person, 2, d->now_ms), d->now_ms) : request(&d->h, d->now_ms);
        struct resp rs = { .status = 200 };
        struct route_match match;
        struct str query, message, csrf;
        struct answer r = { 0 };
        rq.method = form ? POST : GET;
        rq.csrf = S("token");
        rq.idempotency = form ? str_of(token) : S("");
        path_split(str_dup(d->a, str_of(path)), &rq.path, &query);
        routes_find(&d->routes->routes, rq.method, rq.path, &match);
        if (!match.route)
                fail_msg("no route %s", path);
        rq.route = match.route;
        memcpy(rq.param, match.param, sizeof rq.param);
        assert_int_equal(fields_read(&rq, form ? str_of(form) : query, &message, &csrf), OK);
        assert_int_equal(db_begin(d->h.db), OK);
        r.e = call(&rq, &rs);
        if (form && r.e == OK)
                assert_int_equal(db_commit(d->h.db), OK);
        else
                db_rollback(d->h.db);
        r.status = rs.status;
        r.html = str_dup(d->a, buf_view(&rs.body));
        r.location = rs.location;
        buf_done(&rs.body);
        return r;
}

struct answer get(struct desk *d, int64_t person, const char *path) {
        return ask(d, person, path, NULL, "");
}

struct answer post_from(struct desk *d, int64_t person, const char *path, const char *form, const char *token) {
        return ask(d, person, path, form, token);
}

struct answer post(struct desk *d, int64_t person, const char *path, const char *form) {
        return ask(d, person, path, form, str_fmt(d->a, "form-%d", d->forms++).p);
}

bool has(struct answer r, const char *text) {
        return str_find(r.html, str_of(text)) < r.html.n;
}

const char *at(struct desk *d, const char *path, int64_t id) {
        struct str s = str_of(path);
        size_t mark = str_index(s, '#');
        return str_fmt(d->a, "%.*s%lld%.*s", (int) mark, path, (long long) id, STR(str_sub(s, mark + 1, s.n))).p;
}

int64_t count(struct desk *d, const char *sql) {
        return test_number(d->h.db, sql);
}

struct str whole_text(struct desk *d, const char *title, const char *more) {
        return str_fmt(d->a, "---\ntitel: %s\nsoort: interventie\nsamenvatting: Kort.\nfase: preventie\ndoelgroep: iedereen\nthema: vakmanschap\n"
                       "bron: B | U | 2020 | https://b.example/x\n%sbijgewerkt: 2026-05-04\n---\n\n## Kort gezegd\n\nEen.\n\n## Voor wie\n\nTwee.\n\n"
                       "## Zo werkt het\n\nDrie.\n\n## Wat heb je nodig\n\nVier.\n\n## Wat weten we ervan\n\nVijf.\n\n## Bronnen\n\nZes.\n", title, more);
}

int64_t published(struct desk *d, const char *title, const char *more) {
        struct text_error error;
        int64_t id = 0;
        struct knowledge_publication p = { .slug = S(""), .text = whole_text(d, title, more), .note = S(""), .made_by = opt_i64(d->ann),
                                           .checked_by = opt_i64(d->bob), .now_ms = d->now_ms };
        assert_int_equal(TX(&d->h, knowledge_publish(d->h.db, d->a, &p, &error, &id)), OK);
        return id;
}

int64_t newest_draft(struct desk *d) {
        return count(d, "SELECT max(id) FROM draft");
}
