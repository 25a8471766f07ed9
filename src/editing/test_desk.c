#include "test_desk.h"
#include "editing.h"
#include "knowledge_publish.h"
#include "knowledge_testing_files.h"

static const struct route *const tables[] = { editing_routes, history_routes, knowledge_routes, NULL };

static const char lists[] = "fase preventie Preventie\nfase nazorg Nazorg\nsoort interventie Aanpak\nsoort handreiking Handreiking\n"
        "soort toolkit Toolkit\nsoort verhaal Verhaal\ndoelgroep iedereen Iedereen\nthema vakmanschap Vakmanschap\n";

struct desk *desk_open(void **state) {
        struct test_store *s = test_store(state);
        struct desk *d = arena_new(&s->arena, struct desk);
        *d = (struct desk) { .a = &s->arena, .now_ms = NOW_MS };
        house_open(&d->h, state);
        content_lists(d->h.s, d->h.db, lists);
        int64_t bureau = organisation(&d->h, "Bureau");
        d->ann = somebody_with(&d->h, "ann", "redacteur", bureau);
        d->bob = somebody_with(&d->h, "bob", "redacteur", bureau);
        d->reader = somebody(&d->h, "rik");
        return d;
}

void desk_done(struct desk **d) {
        house_close(&(*d)->h);
}

static enum err permit(struct req *rq) {
        if (rq->route->access != ACCESS_PUBLIC && !rq->viewer.person_id)
                return ERR_DENIED;
        return rq->route->access == ACCESS_RIGHT ? people_permit(rq) : OK;
}

static struct reply ask(struct desk *d, int64_t person, const char *path, const char *form, const char *token) {
        struct req rq = person ? request_of(&d->h, sign_in(&d->h, person, 2, d->now_ms), d->now_ms) : request(&d->h, d->now_ms);
        rq.idempotency = str_of(token);
        return reply_at(&(struct door) { tables, permit }, &rq, path, form);
}

struct reply get(struct desk *d, int64_t person, const char *path) {
        return ask(d, person, path, NULL, "");
}

struct reply post_from(struct desk *d, int64_t person, const char *path, const char *form, const char *token) {
        return ask(d, person, path, form, token);
}

struct reply post(struct desk *d, int64_t person, const char *path, const char *form) {
        return ask(d, person, path, form, str_fmt(d->a, "form-%d", d->forms++).p);
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
