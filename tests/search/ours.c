#include "ranking.h"
#include "schema.h"
#include "search.h"

static enum err build(struct db *db, const struct collection *c, const struct analyser *an) {
        struct arena a = { 0 };
        struct search_builder *b;
        enum err e = schema_migrate(db);
        if (e == OK)
                e = db_begin(db);
        if (e == OK)
                e = search_builder_new(db, &a, an, &b);
        for (size_t i = 0; e == OK && i < c->docs.n; i++) {
                const struct document *d = &c->docs.v[i];
                e = search_builder_add(b, &(struct search_entry) {
                        .kind = S("stuk"), .ref = d->id, .title = d->title, .label = d->label, .summary = d->summary, .body = d->body, .also = S("") });
        }
        if (e == OK)
                e = search_builder_store(b);
        if (e == OK)
                e = db_commit(db);
        arena_done(&a);
        return e;
}

static enum err ask(const struct search *s, struct db *db, const struct collection *c, struct str text, struct ranking *ret) {
        struct arena a = { 0 };
        enum err e = OK;
        for (size_t skip = 0; e == OK && skip < RANKING_MAX; skip += SEARCH_LIMIT) {
                struct search_result r;
                e = search_ask(s, db, &a, text, S(""), skip, &r);
                for (size_t i = 0; e == OK && i < r.hits.n && ret->n < RANKING_MAX; i++) {
                        const struct document *d = map_get(&c->places, r.hits.v[i].ref);
                        ret->doc[ret->n] = (uint32_t) (d - c->docs.v);
                        ret->score[ret->n++] = r.hits.v[i].score;
                }
                if (e != OK || r.hits.n < SEARCH_LIMIT)
                        break;
                arena_reset(&a);
        }
        arena_done(&a);
        return e;
}

enum err rank_ours(struct arena *a, const struct collection *c, const struct analyser *an, struct str url, struct ranking **ret) {
        _cleanup_(db_closep) struct db *db = NULL;
        struct search *s = NULL;
        *ret = arena_many(a, struct ranking, c->questions.n);
        enum err e = db_open(&db, url, DB_WRITE);
        if (e == OK)
                e = build(db, c, an);
        if (e == OK)
                e = search_open(&s, db, an);
        for (size_t i = 0; e == OK && i < c->questions.n; i++)
                e = ask(s, db, c, c->questions.v[i].text, &(*ret)[i]);
        search_close(s);
        return e;
}
