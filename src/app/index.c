#include "index.h"
#include "app.sql.h"
#include "clock.h"
#include "dialogue.h"
#include "knowledge.h"
#include "markdown.h"
#include "search.h"

struct indexer {
        struct db *db;
        struct arena *a;
        struct search_builder *b;
};

static enum err add_item(void *arg, const struct search_entry *entry) {
        struct indexer *x = arg;
        return search_builder_add(x->b, entry);
}

static enum err add_question(void *arg, const struct search_entry *entry) {
        struct indexer *x = arg;
        return search_builder_add(x->b, entry);
}

static enum err add_indicators(struct indexer *x) {
        struct app_indicators_row_list rows;
        enum err e = app_indicators(x->db, x->a, &rows);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct app_indicators_row *r = &rows.v[i];
                struct str body = markdown_plain(x->a, r->note);
                e = search_builder_add(x->b, &(struct search_entry) {
                        .kind = S("cijfer"), .ref = r->slug, .title = r->name, .label = S(""), .summary = r->definition,
                        .body = body, .also = r->code });
        }
        return e;
}

static enum err add_terms(struct indexer *x) {
        struct knowledge_terms terms;
        enum err e = knowledge_terms(x->db, x->a, &terms);
        for (size_t i = 0; e == OK && i < terms.n; i++) {
                const struct knowledge_term *t = &terms.v[i];
                e = search_builder_add(x->b, &(struct search_entry) {
                        .kind = S("begrip"), .ref = t->slug, .title = t->title, .label = S(""), .summary = t->meaning,
                        .body = S(""), .also = t->also });
        }
        return e;
}

static struct str aliases_of(struct indexer *x, const struct app_aliases_row_list *all, int64_t id) {
        struct str out = S("");
        for (size_t i = 0; i < all->n; i++)
                if (all->v[i].municipality_id == id)
                        out = str_fmt(x->a, "%.*s %.*s", STR(out), STR(all->v[i].alias));
        return out;
}

static struct str successors_of(struct indexer *x, const struct app_successors_row_list *all, int64_t id) {
        struct str out = S("");
        for (size_t i = 0; i < all->n; i++)
                if (all->v[i].from_id == id)
                        out = str_fmt(x->a, "%.*s%s%.*s", STR(out), out.n ? ", " : "", STR(all->v[i].name));
        return out;
}

static enum err add_municipalities(struct indexer *x) {
        struct app_municipalities_row_list rows;
        struct app_aliases_row_list aliases;
        struct app_successors_row_list successors;
        enum err e = app_municipalities(x->db, x->a, &rows);
        if (e == OK)
                e = app_aliases(x->db, x->a, &aliases);
        if (e == OK)
                e = app_successors(x->db, x->a, &successors);
        for (size_t i = 0; e == OK && i < rows.n; i++) {
                const struct app_municipalities_row *r = &rows.v[i];
                struct str summary = r->ends_on.n
                        ? str_fmt(x->a, "Was een gemeente in %.*s. Sinds %.*s deel van %.*s.", STR(r->province),
                                  STR(clock_dutch_date(x->a, r->ends_on)), STR(successors_of(x, &successors, r->id)))
                        : str_fmt(x->a, "Gemeente in %.*s: cijfers, vergelijkbare gemeenten en aanpakken.", STR(r->province));
                e = search_builder_add(x->b, &(struct search_entry) {
                        .kind = S("gemeente"), .ref = r->slug, .title = r->name, .label = r->ends_on.n ? S("Voormalige gemeente") : r->province,
                        .summary = summary, .body = S(""), .also = aliases_of(x, &aliases, r->id) });
        }
        return e;
}

enum err index_rebuild(struct db *db, struct arena *a, const struct analyser *an) {
        struct indexer x = { .db = db, .a = a };
        enum err e = search_builder_new(db, a, an, &x.b);
        if (e == OK)
                e = add_municipalities(&x);
        if (e == OK)
                e = add_indicators(&x);
        if (e == OK)
                e = add_terms(&x);
        if (e == OK)
                e = knowledge_each(db, add_item, &x);
        if (e == OK)
                e = dialogue_each(db, add_question, &x);
        return e == OK ? search_builder_store(x.b) : e;
}
